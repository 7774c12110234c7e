// The language is chosen anew inside a room: all that is shown and being written goes on in it, and nothing of the old view
// stays.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import * as arabic from '../../src/words/ar.ts';
import * as german from '../../src/words/de.ts';
import * as english from '../../src/words/en.ts';
import { launch, launchFirefox } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { give, picture } from './files.ts';
import {
  choose,
  complaints,
  dismiss,
  doWith,
  enterRoom,
  farewell,
  field,
  hears,
  member,
  newPage,
  openRoom,
  press,
  say,
} from './people.ts';

let daemon: Daemon;
let browser: Browser;
let firefox: Browser;
let origin: string;
before(async () => {
  [daemon, browser, firefox] = await Promise.all([startDaemon(), launch(), launchFirefox()]);
  origin = `http://localhost:${daemon.port}`;
});
after(async () => {
  await Promise.all([browser?.close(), firefox?.close()]);
  await daemon?.stop();
  assert.deepEqual(complaints.splice(0), []);
});

type Words = { MORE: string; SETTINGS: string };

const dialog = (page: Page): Locator => page.getByRole('dialog');
const choice = (page: Page): Locator => dialog(page).locator('.languages select');
const log = (page: Page): Locator => page.getByRole('log');
const box = (page: Page): Locator => page.locator('.composer textarea');
const lineOf = (page: Page, text: string): Locator =>
  log(page).locator('.line', { has: page.locator('.body').getByText(text, { exact: true }) });

async function settings(page: Page, words: Words): Promise<void> {
  await press(page, words.MORE);
  await page.getByRole('menuitem', { name: words.SETTINGS, exact: true }).click();
}

async function speak(page: Page, language: string): Promise<void> {
  await choice(page).focus();
  await choice(page).selectOption(language);
  await page.locator(`html[lang=${language}]`).waitFor();
}

async function replyTo(page: Page, text: string, words: typeof english): Promise<void> {
  await lineOf(page, text).locator('.body').hover();
  await page.locator('.doings .opener').click();
  await page.getByRole('menuitem', { name: words.REPLY, exact: true }).click();
}

/** The languages whose words a page asks for from now on, and whatever else it fetches. */
function asked(page: Page): string[] {
  const found: string[] = [];
  page.on('request', request => found.push(new URL(request.url()).pathname));
  return found;
}

for (const [name, browserOf] of [
  ['Chromium', () => browser],
  ['Firefox', () => firefox],
] as const)
  test(`${name}: all that is shown and being written goes on in another language, and in a third`, async () => {
    const [ada, bob] = await Promise.all([
      newPage(browserOf(), { locale: 'en-GB' }),
      newPage(browser, { locale: 'en-GB' }),
    ]);
    await enterRoom(bob, await openRoom(ada, origin, 'ada'), 'bob');
    await member(ada, 'bob').waitFor();
    await say(bob, 'what do **you** say?');
    await lineOf(ada, 'what do you say?').waitFor();
    await say(bob, '/purr ada between us');
    await hears(ada, 'between us');
    await say(ada, 'mine');
    await hears(bob, 'mine');
    // To all an answer is being written, with a picture, and to bob a whisper that answers one.
    await replyTo(ada, 'what do you say?', english);
    await field(ada, 'Message').fill('an answer');
    await give(
      ada,
      'paste',
      await picture(ada, { width: 40, height: 30, kind: 'drawing', type: 'image/png' }),
    );
    await ada.getByLabel(english.DESCRIPTION).fill('a field');
    await replyTo(ada, 'between us', english);
    await field(ada, 'Message').fill('for bob alone');
    await box(ada).evaluate(node => (node as HTMLTextAreaElement).setSelectionRange(4, 7));

    const requests = asked(ada);
    await settings(ada, english);
    for (const [language, words, direction] of [
      ['ar', arabic, 'rtl'],
      ['de', german, 'ltr'],
    ] as const) {
      requests.length = 0;
      await speak(ada, language);
      assert.equal(await ada.evaluate(() => document.dir), direction);
      assert.deepEqual(requests, [`/words/${language}.js`]);
      // The choice keeps the focus, in a dialog of the new language.
      await dialog(ada).getByText(words.SETTINGS, { exact: true }).waitFor();
      assert.equal(await dialog(ada).count(), 1);
      assert.equal(await choice(ada).evaluate(node => node === document.activeElement), true);
      assert.equal(await dialog(ada).getByLabel(words.CHOOSE_LANGUAGE).inputValue(), language);
      await ada.keyboard.press('Escape');
      await dialog(ada).waitFor({ state: 'detached' });
      assert.equal(await ada.evaluate(() => document.activeElement?.getAttribute('aria-label')), words.MORE);
      assert.equal(await ada.getByRole('log', { name: words.CONVERSATION }).isVisible(), true);
      assert.equal(await ada.getByRole('status').getByText(words.STATES.room).count(), 1);
      for (const text of ['what do you say?', 'between us', 'mine']) await lineOf(ada, text).waitFor();
      assert.equal(await log(ada).getByText(english.WHISPERS_TO_YOU).count(), 0);
      await lineOf(ada, 'between us').getByText(words.WHISPERS_TO_YOU).waitFor();
      assert.equal(await ada.locator('.members li').count(), 2);
      // The whisper: to whom, which text with its caret, and what it answers.
      assert.equal(await box(ada).inputValue(), 'for bob alone');
      assert.deepEqual(
        await box(ada).evaluate(node => {
          const { selectionStart, selectionEnd } = node as HTMLTextAreaElement;
          return [selectionStart, selectionEnd];
        }),
        [4, 7],
      );
      assert.equal(await box(ada).getAttribute('placeholder'), words.whisperTo('bob'));
      await ada.locator('.whispering').getByText('bob').waitFor();
      await ada.locator('.replying').getByText('between us').waitFor();
      await say(bob, `heard in ${language}`);
      await lineOf(ada, `heard in ${language}`).waitFor();
      await settings(ada, words);
    }
    await press(ada, german.CLOSE);
    await press(ada, german.SEND);
    await lineOf(bob, 'for bob alone').locator('.quote').getByText('between us').waitFor();
    await press(ada, german.BACK_TO_EVERYONE);
    assert.equal(await box(ada).inputValue(), 'an answer');
    await ada.locator('.replying').getByText('what do you say?').waitFor();
    assert.equal(await ada.getByLabel(german.DESCRIPTION, { exact: true }).inputValue(), 'a field');
    await ada.locator('.thumbnail img').waitFor();
    await press(ada, german.SEND);
    await lineOf(bob, 'an answer').locator('.quote').getByText('what do you say?').waitFor();
    await log(bob).getByRole('button', { name: 'a field' }).waitFor();
    // The way out is in it, too.
    await box(ada).fill('/exit');
    await press(ada, german.SEND);
    await farewell(ada, german.FAREWELLS.left);
    dismiss(ada, bob);
  });

test('further up in the conversation, what is in sight stays in sight, and nothing of the view before is left', async () => {
  const [ada, bob] = await Promise.all([
    newPage(browser, { locale: 'en-GB' }),
    newPage(browser, { locale: 'en-GB' }),
  ]);
  await enterRoom(bob, await openRoom(ada, origin, 'ada'), 'bob');
  await member(ada, 'bob').waitFor();
  for (let number = 0; number < 60; number += 1) await say(bob, `line ${number}\n`.repeat(1 + (number % 5)));
  await log(ada).getByText('line 59').first().waitFor();
  // A line of one's own draws nobody down a second time.
  await say(ada, 'my own');
  await lineOf(bob, 'my own').waitFor();
  await log(ada).evaluate(node => {
    node.scrollTop = node.scrollHeight / 3;
  });
  /** The first line that is seen, and how far it is from the top. */
  const sight = () =>
    log(ada).evaluate(node => {
      const { top } = node.getBoundingClientRect();
      const first = [...node.querySelectorAll('.line')].find(
        each => each.getBoundingClientRect().bottom > top + 1,
      );
      return [
        first?.querySelector('.body')?.textContent,
        (first?.getBoundingClientRect().top ?? 0) - top,
      ] as const;
    });
  const settled = () =>
    ada.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
  await settled();
  const seenBefore = await sight();
  await ada.evaluate(() => {
    const old = ['.room', '.tools', '.composer', '.conversation', '.members', 'textarea', '.said', 'dialog'];
    const refs = () =>
      old.flatMap(each => [...document.querySelectorAll(each)].map(node => new WeakRef(node)));
    Object.assign(globalThis, { refs });
  });
  for (const [language, words] of [
    ['ar', english],
    ['de', arabic],
  ] as const) {
    await settings(ada, words);
    await ada.evaluate(() =>
      Object.assign(globalThis, { old: (globalThis as unknown as { refs(): unknown }).refs() }),
    );
    await speak(ada, language);
    await ada.keyboard.press('Escape');
    await dialog(ada).waitFor({ state: 'detached' });
    await settled();
    const now = await sight();
    assert.equal(now[0], seenBefore[0]);
    assert.ok(Math.abs(now[1] - seenBefore[1]) < 24, `${seenBefore} and ${now}`);
  }
  assert.ok((await ada.evaluate(() => (globalThis as unknown as { old: unknown[] }).old.length)) > 60);
  // Counts and observers that look again once a second see that it has gone.
  const session = await ada.context().newCDPSession(ada);
  await ada.waitForTimeout(1100);
  for (const _ of [1, 2]) await session.send('HeapProfiler.collectGarbage');
  assert.deepEqual(
    await ada.evaluate(() =>
      (globalThis as unknown as { old: WeakRef<Element>[] }).old.flatMap(
        each => each.deref()?.className ?? [],
      ),
    ),
    [],
  );
  // Nothing has come meanwhile; and the newest line takes nobody away from there.
  assert.equal(await ada.getByRole('button', { name: german.NEW_MESSAGES }).isVisible(), false);
  await say(bob, 'the newest');
  await log(ada).getByText('the newest').waitFor();
  assert.equal((await sight())[0], seenBefore[0]);
  await ada.getByRole('button', { name: german.NEW_MESSAGES }).waitFor();
  dismiss(ada, bob);
});

test('words that do not load change nothing inside a room; it is said, and they are tried again', async () => {
  const ada = await newPage(browser, { locale: 'en-GB' });
  await openRoom(ada, origin, 'ada');
  await choose(ada, 'Settings');
  await ada.route('**/words/de.js*', route => route.abort());
  await choice(ada).selectOption('de');
  await dialog(ada).getByText(english.REFUSALS['not-loaded']).waitFor();
  assert.equal(await choice(ada).inputValue(), 'en');
  await ada.unrouteAll();
  await choice(ada).selectOption('de');
  await dialog(ada).getByText(german.SETTINGS, { exact: true }).waitFor();
  complaints.length = 0;
  dismiss(ada);
});

test('the end is told in the language that was chosen last', async () => {
  const hasty = await startDaemon();
  const ada = await newPage(browser, { locale: 'en-GB' });
  await openRoom(ada, `http://localhost:${hasty.port}`, 'ada');
  await choose(ada, 'Settings');
  await speak(ada, 'de');
  await ada.keyboard.press('Escape');
  await hasty.stop();
  await ada.getByText(german.FAREWELLS['shutting-down']).waitFor();
  complaints.length = 0;
  dismiss(ada);
});

test('what was said while another language was on its way stays where it can be said again', async () => {
  const ada = await newPage(browser, { locale: 'en-GB' });
  let load = () => {};
  const mayLoad = new Promise<void>(done => (load = done));
  await ada.route('**/markdown.js', async route => {
    await mayLoad;
    await route.continue();
  });
  await openRoom(ada, origin, 'ada');
  await field(ada, 'Message').fill('waits for its markdown');
  await ada.keyboard.press('Enter');
  await settings(ada, english);
  await choice(ada).selectOption('de');
  await ada.keyboard.press('Escape');
  await dialog(ada).waitFor({ state: 'detached' });
  await field(ada, 'Message').fill('so does this');
  await ada.keyboard.press('Enter');
  await field(ada, 'Message').fill('/whisper nobody words');
  await ada.keyboard.press('Enter');
  load();
  await ada.locator('html[lang=de]').waitFor();
  await lineOf(ada, 'so does this').waitFor();
  await ada.waitForFunction(
    () => document.querySelector('textarea')?.value === '/whisper nobody words',
    undefined,
    { timeout: 5000 },
  );
  dismiss(ada);
});

test('that words did not load is said also when the settings were closed meanwhile', async () => {
  const ada = await newPage(browser, { locale: 'en-GB' });
  await openRoom(ada, origin, 'ada');
  let fail = () => {};
  const mayFail = new Promise<void>(done => (fail = done));
  await ada.route('**/words/de.js*', async route => {
    await mayFail;
    await route.abort();
  });
  await settings(ada, english);
  await choice(ada).selectOption('de');
  await ada.keyboard.press('Escape');
  await dialog(ada).waitFor({ state: 'detached' });
  fail();
  await ada.getByText(english.REFUSALS['not-loaded']).waitFor({ timeout: 5000 });
  complaints.length = 0;
  dismiss(ada);
});

test('who is asked something, or chooses a picture, does so to the end before another language is there', async () => {
  const [ada, bob] = await Promise.all([
    newPage(browser, { locale: 'en-GB' }),
    newPage(browser, { locale: 'en-GB' }),
  ]);
  await enterRoom(bob, await openRoom(ada, origin, 'ada'), 'bob');
  await member(ada, 'bob').waitFor();
  let load = () => {};
  const mayLoad = new Promise<void>(done => (load = done));
  await ada.route('**/words/de.js*', async route => {
    await mayLoad;
    await route.continue();
  });
  await settings(ada, english);
  await choice(ada).selectOption('de');
  await ada.keyboard.press('Escape');
  await dialog(ada).waitFor({ state: 'detached' });
  const [chooser] = await Promise.all([
    ada.waitForEvent('filechooser'),
    ada.getByRole('button', { name: english.ATTACH }).click(),
  ]);
  await doWith(ada, 'bob', english.KICK);
  await dialog(ada).waitFor();
  const loaded = ada.waitForResponse('**/words/de.js*');
  load();
  await (await loaded).finished();
  await ada.evaluate(() => new Promise(done => setTimeout(() => requestAnimationFrame(done))));
  assert.equal(await dialog(ada).isVisible(), true);
  assert.equal(await ada.evaluate(() => document.documentElement.lang), 'en');
  await ada.keyboard.press('Escape');
  await ada.locator('html[lang=de]').waitFor();
  const { type, ...dot } = await picture(ada, { width: 40, height: 30, kind: 'drawing', type: 'image/png' });
  await chooser.setFiles({ name: dot.name, mimeType: type, buffer: dot.bytes as Buffer });
  await ada.locator('.thumbnail img').waitFor();
  dismiss(ada, bob);
});
