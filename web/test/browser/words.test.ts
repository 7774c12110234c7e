// The page in another language: one catalogue is exchanged, and no English is left on any screen.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { AS_TYPED } from '../../src/commands.ts';
import * as english from '../../src/words/en.ts';
import { INSECURE_HOST, OPTIONS } from './browsers.ts';
import { circled } from './circled.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import * as people from './people.ts';

const folder = mkdtempSync(join(tmpdir(), 'sanctuary-words-'));
const dist = join(folder, 'dist');
/** What is read by people. */
const SAID = Object.keys(english).filter(name => !['LANGUAGE', 'DIRECTION'].includes(name));

let daemon: Daemon;
let browser: Browser;
let origin: string;

before(async () => {
  const catalogue = join(folder, 'circled.ts');
  writeFileSync(
    catalogue,
    [
      `import * as english from '${resolve('src/words/en.ts')}';`,
      "export const LANGUAGE = 'en-GB', DIRECTION = 'ltr';",
      `import { translated } from '${resolve('test/browser/circled.ts')}';`,
      ...SAID.map(name => `export const ${name} = translated(english.${name});`),
    ].join('\n'),
  );
  execFileSync('node', ['build.mjs', `--words=${catalogue}`, `--out=${dist}`]);
  [daemon, browser] = await Promise.all([
    startDaemon('open_rooms = { code = "sesame-open" }\n'),
    // Pages that a test answers for come from no address, and may not reach one of this machine.
    chromium.launch({ ...OPTIONS, args: [...OPTIONS.args, '--disable-features=LocalNetworkAccessChecks'] }),
  ]);
  origin = `http://localhost:${daemon.port}`;
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
  rmSync(folder, { recursive: true });
  assert.deepEqual(people.complaints, []);
});

/** A page as the daemon serves it, but for its words. Its locale writes times without letters. */
async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await people.newPage(browser, { locale: 'en-GB', ...options });
  await page.route('**/*', async route => {
    const { pathname } = new URL(route.request().url());
    const path = join(dist, { '/': 'index.html', '/farewell': 'farewell.html' }[pathname] ?? pathname);
    if (!existsSync(path)) return route.continue();
    const response = await route.fetch({ url: origin + pathname });
    const { 'content-encoding': _, ...headers } = response.headers();
    return route.fulfill({ response, headers, path });
  });
  return page;
}

const field = (page: Page, label: string) => people.field(page, circled(label));
const press = (page: Page, name: string) => people.press(page, circled(name));
const seen = (page: Page, text: string) => people.seen(page, circled(text));

async function chooseFrom(page: Page, opener: Locator, name: string): Promise<void> {
  await opener.click();
  await isTranslated(page);
  await page.getByRole('menuitem', { name: circled(name), exact: true }).click();
}
const choose = (page: Page, name: string) =>
  chooseFrom(page, page.getByRole('button', { name: circled(english.MORE), exact: true }), name);
/** Does something with the only other member. */
const doWith = (page: Page, name: string) => chooseFrom(page, page.locator('.members .opener'), name);

/** Addresses, room keys, the names of commands and what they take, the same in each language. */
const UNTRANSLATED = new RegExp(
  ['http://\\S+', '[0-9A-Z]{4}-[0-9A-Z]{4}', ...Object.values(AS_TYPED), '/[a-z]+'].join('|'),
  'g',
);

/** Nothing that is read, or read out, has a plain letter. */
async function isTranslated(page: Page): Promise<void> {
  const texts = await page.evaluate(() => {
    const found = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
      // Languages are named in themselves.
      if (!walker.currentNode.parentElement?.closest('noscript, script, option[lang]'))
        found.push(walker.currentNode.textContent ?? '');
    for (const name of ['aria-label', 'title', 'alt', 'placeholder'])
      for (const each of document.querySelectorAll(`[${name}]`)) found.push(each.getAttribute(name) ?? '');
    return found;
  });
  const english = texts.filter(text => /[a-z]/i.test(text.replace(UNTRANSLATED, '')));
  assert.deepEqual(english, []);
  assert.ok(texts.filter(text => /[Ⓐ-ⓩ]/u.test(text)).length >= 4);
}

/** Fills in what opening a room takes, and asks for it. */
async function fillIn(page: Page, alias: string, code = ''): Promise<void> {
  await field(page, english.ALIAS).fill(alias);
  if (code) await field(page, english.CODE).fill(code);
  await press(page, english.OPEN_ROOM);
}

async function say(page: Page, text: string): Promise<void> {
  await page.locator('textarea').fill(text);
  await press(page, english.SEND);
}

test('where nothing starts', async () => {
  const unscripted = await newPage({ javaScriptEnabled: false });
  await unscripted.goto(origin);
  assert.match((await unscripted.locator('noscript p').textContent()) ?? '', /^[^a-z]+$/i);
  const page = await newPage();
  await page.route('**/*.js', route => route.abort());
  await page.goto(origin);
  await seen(page, english.NOT_STARTED);
  await isTranslated(page);
  await page.unroute('**/*.js');
  for (const [body, why] of [
    ['let a := 1;', english.START.old],
    ['missing()', english.START.stopped],
  ] as const) {
    await page.route('**/app.js', route => route.fulfill({ contentType: 'text/javascript', body }));
    await page.goto(origin);
    await seen(page, why);
    await isTranslated(page);
  }
  people.complaints.length = 0;
  people.dismiss(unscripted, page);
});

test('the entrance, and what is refused there', async () => {
  const page = await newPage();
  await page.goto(`http://${INSECURE_HOST}:${daemon.port}`);
  await people.loaded(page);
  await seen(page, english.PLAIN_HTTP);
  await isTranslated(page);
  await field(page, english.HAVE_INVITATION).fill('1');
  await press(page, english.ENTER_ROOM);
  await seen(page, english.REFUSALS['bad-room-key']);
  await field(page, english.HAVE_INVITATION).fill('');
  for (const [alias, fault] of [
    ['', 'An alias has 1 to 32 characters.'],
    ['/1', 'An alias does not begin with “/”.'],
    ['1 2', 'An alias has no spaces (U+0020).'],
    ['\u0430z', '“z” (U+007A, Latin) can’t stand beside Cyrillic letters.'],
  ] as const) {
    await fillIn(page, alias);
    await seen(page, fault);
    await isTranslated(page);
  }
  await page.getByText(circled(english.OPTIONS)).click();
  await field(page, english.OWN_PASSWORD).fill('1');
  await field(page, english.ALIAS).fill('1');
  await press(page, english.OPEN_ROOM);
  await seen(page, english.badPassword(8, 256));
  await isTranslated(page);
  await field(page, english.OWN_PASSWORD).fill('');
  await fillIn(page, '1');
  await seen(page, english.PASSWORD_IS_STRETCHED);
  await isTranslated(page);
  await seen(page, english.REFUSALS['needs-code']);
  await fillIn(page, '1', 'sesame-shut');
  await seen(page, english.WRONG_CODE);
  await isTranslated(page);
  await page.goto('about:blank');
  await page.goto(`${origin}/#K7QM-4XZ:secret`);
  await seen(page, english.INVITATION_BROKEN);
  await page.goto('about:blank');
  await page.goto(`${origin}/#K7QM-4XZD:9F3K-TQ2M-XA7B-0C1D`);
  await field(page, english.ALIAS).fill('1');
  await press(page, english.ENTER_ROOM);
  await seen(page, english.REFUSALS['no-entry']);
  await isTranslated(page);
  await page.route('**/derive.js', route => route.abort());
  await press(page, english.OPEN_ANEW);
  await seen(page, 'You will be alone');
  await isTranslated(page);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: circled(english.OPEN_ROOM) })
    .click();
  await seen(page, english.REFUSALS['no-worker']);
  await isTranslated(page);
  people.complaints.length = 0;
  people.dismiss(page);
});

test('a room, from its first member to its end', async () => {
  const one = await newPage();
  await one.goto(origin);
  await fillIn(one, '1');
  await seen(one, english.REFUSALS['needs-code']);
  await fillIn(one, '1', 'sesame-open');
  await one.getByRole('log').waitFor();
  await press(one, english.INVITE);
  const link = await field(one, english.INVITATION_LINK).inputValue();
  await seen(one, 'Whoever has');
  await isTranslated(one);
  await press(one, english.CLOSE);
  const two = await newPage();
  await two.goto(link);
  await seen(two, 'You are invited to room');
  await isTranslated(two);
  await field(two, english.ALIAS).fill('1.');
  await press(two, english.ENTER_ROOM);
  await seen(two, english.LOOKALIKES.you);
  await isTranslated(two);
  for (const [typed, answer] of [
    ['/help', english.HELP.slash],
    ['/1', 'There is no command'],
    ['/kick', 'Write /kick ALIAS.'],
    ['/stop 1', 'with nothing after it.'],
    ['\\purr 1 2', 'A command begins with /'],
    ['/kick 3', 'Nobody called'],
    ['/purr 1 2', 'That is you.'],
    ['2'.repeat(70_000), english.STAYS_HERE],
  ] as const) {
    await say(one, typed);
    await seen(one, answer);
  }
  await say(two, '/stop');
  await seen(two, 'Only the keeper may do that, and that is ');
  await say(two, `<img alt="3"> 4${'\u0301'.repeat(20)} ${'5 '.repeat(9000)}`);
  await seen(one, english.SHOW_ALL);
  await seen(one, '[image not shown: 3]');
  await say(one, '/purr 1. 6');
  await seen(two, english.WHISPERS_TO_YOU);
  await doWith(one, english.WHISPER);
  await seen(one, english.BACK_TO_EVERYONE);
  await press(one, english.PREVIEW);
  await seen(one, english.NOTHING_TO_PREVIEW);
  await one.locator('textarea').fill('/');
  await one.getByRole('option').first().waitFor();
  await isTranslated(one);
  await one.locator('textarea').fill('');
  await press(one, english.PREVIEW);
  await choose(one, english.LOCK);
  await seen(two, 'locked the room');
  await isTranslated(one);
  await isTranslated(two);
  await doWith(one, english.KICK);
  await isTranslated(one);
  await press(one, english.CANCEL);
  await choose(one, english.STOP_ROOM);
  await seen(one, english.ASK_STOP);
  await isTranslated(one);
  await press(one, english.CANCEL);
  await say(two, '/exit 7');
  await two.waitForURL('**/farewell');
  await seen(two, english.FAREWELLS.left);
  await isTranslated(two);
  await seen(one, english.SAYS_FAREWELL);
  await isTranslated(one);
  people.dismiss(one, two);
});
