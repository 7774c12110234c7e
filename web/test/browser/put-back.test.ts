// Lines that come back in the middle of the conversation, when a member is ignored no more, in a real browser.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import {
  complaints,
  dismiss,
  doWith,
  enterRoom,
  hears,
  log,
  member,
  newPage,
  openRoom,
  say,
} from './people.ts';

/** More than one part holds (view/conversation). */
const MANY = 34;

let daemon: Daemon;
let browser: Browser;
before(async () => {
  [daemon, browser] = await Promise.all([startDaemon(), launch()]);
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
  assert.deepEqual(complaints.splice(0), []);
});

/** From now on, the texts of lines that are taken from their place and stay all the same. */
const watch = (page: Page) =>
  page.evaluateHandle(() => {
    const seen = { moved: [] as string[] };
    const observer = new MutationObserver(changes => {
      for (const node of changes.flatMap(({ removedNodes }) => [...removedNodes]))
        if (node.isConnected) seen.moved.push(node.textContent ?? '');
    });
    observer.observe(document.querySelector('.lines') as Node, { childList: true, subtree: true });
    return seen;
  });

test('lines that come back move none of those that stay, which would be read out anew and lose the focus', async () => {
  const [ada, bob] = await Promise.all([newPage(browser), newPage(browser)]);
  await enterRoom(bob, await openRoom(ada, `http://localhost:${daemon.port}`, 'ada'), 'bob');
  await member(ada, 'bob').waitFor();
  const texts = ['before', ...Array.from({ length: MANY }, (_, at) => `hidden ${at}`), 'behind', 'last'];
  await doWith(ada, 'bob', 'Ignore');
  for (const text of texts) {
    const [who, other] = text.startsWith('hidden') ? [bob, ada] : [ada, bob];
    await say(who, text);
    if (who === ada) await hears(other, text);
  }
  const seen = await watch(ada);
  await doWith(ada, 'bob', 'Ignore no more');
  await hears(ada, `hidden ${MANY - 1}`);
  assert.deepEqual(await seen.evaluate(({ moved }) => moved), []);
  const order = () => log(ada).locator('.line:not(.event) .body').allTextContents();
  assert.deepEqual((await order()).slice(-texts.length), texts);
  // The next line is the newest again, and nothing is left of lines that go.
  await say(bob, 'newest');
  await hears(ada, 'newest');
  assert.equal((await order()).at(-1), 'newest');
  await doWith(ada, 'bob', 'Ignore');
  await log(ada).getByText('hidden 0', { exact: true }).waitFor({ state: 'detached' });
  assert.equal(await log(ada).locator('.part:empty').count(), 0);
  assert.deepEqual(await seen.evaluate(({ moved }) => moved), []);
  dismiss(ada, bob);
});
