// Messages in Markdown, typed on one page and read on another.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import {
  complaints,
  enterRoom,
  field,
  hears,
  invitation,
  log,
  newPage,
  openRoom,
  say,
  seen,
} from './people.ts';

let daemon: Daemon;
let browser: Browser;
let ada: Page;
let bob: Page;
before(async () => {
  daemon = await startDaemon();
  browser = await launch();
  [ada, bob] = await Promise.all([newPage(browser), newPage(browser)]);
  await enterRoom(bob, await openRoom(ada, `http://localhost:${daemon.port}`, 'ada'), 'bob');
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
  assert.deepEqual(complaints, []);
});

const bodies = (page: Page) => log(page).locator('.body');

test('what one types in Markdown, all read formatted; HTML goes on, but in code', async () => {
  for (const [typed, html] of [
    ['**one** `<b>` <i>two</i>', '<strong>one</strong> <code>&lt;b&gt;</code> <i>two</i>'],
    ['```\n<b>three</b>\n  2 * 3\n```', '<pre><code>&lt;b&gt;three&lt;/b&gt;\n  2 * 3\n</code></pre>'],
    ['2 * 3 * 4 snake_case a < b >_<', '2 * 3 * 4 snake_case a &lt; b &gt;_&lt;'],
    ['> four\nfive\n- six', '<blockquote><p>four</p></blockquote><p>five</p><ul><li>six</li></ul>'],
    ['seven\neight', 'seven\neight'],
    ['/me **nine**', '<strong>nine</strong>'],
  ] as const) {
    await say(ada, typed);
    for (const page of [ada, bob])
      await page.waitForFunction(
        html => [...document.querySelectorAll('.body')].some(body => body.innerHTML === html),
        html,
      );
  }
});

test('an answer quotes paragraphs as words apart', async () => {
  await say(bob, 'first\n\nsecond');
  await hears(ada, 'second');
  await bodies(ada).last().hover();
  await ada.locator('.doings .opener').click();
  await ada.getByRole('menuitem', { name: 'Reply' }).click();
  await ada.getByRole('status').filter({ hasText: 'bob first second' }).waitFor();
  await ada.keyboard.press('Escape');
});

test('a message whose formatting makes it too long stays in its box', async () => {
  // Each is escaped by four letters.
  const typed = '<'.repeat(30_000);
  await say(ada, typed);
  await seen(ada, 'Too long by');
  assert.equal(await field(ada, 'Message').inputValue(), typed);
  await field(ada, 'Message').fill('');
});

test('what is typed before its script is there waits for it', async () => {
  const eve = await newPage(browser);
  let release = () => {};
  const released = new Promise<void>(free => (release = free));
  await eve.route('**/markdown.js', async route => {
    await released;
    await route.continue();
  });
  await enterRoom(eve, await invitation(ada), 'eve');
  await say(eve, '*late*');
  await say(ada, 'meanwhile');
  await hears(eve, 'meanwhile');
  assert.equal(await bodies(eve).filter({ hasText: 'late' }).count(), 0);
  release();
  await bob.waitForFunction(
    () => [...document.querySelectorAll('.body')].at(-1)?.innerHTML === '<em>late</em>',
  );
});

test('a mention is counted apart in the title of a tab out of sight', async () => {
  await bob.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await say(ada, 'hello all');
  await say(ada, 'and **Bob**, look: https://example.org/');
  await bob.waitForFunction(() => document.title === '(2, @1) Sanctuary');
  await bob.locator('.mention').getByText('Bob', { exact: true }).waitFor();
});
