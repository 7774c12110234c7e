// A slow finger on the conversation while messages come: it leaves the newest line, and comes back to it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { launch } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { complaints, dismiss, enterRoom, hears, log, member, newPage, openRoom, say } from './people.ts';

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

/** Waits until the newest line is in sight. */
const isAtBottom = (page: Page) =>
  page.waitForFunction(() => {
    const node = document.querySelector('[role=log]') as HTMLElement;
    return node.scrollHeight - node.scrollTop - node.clientHeight < 2;
  });

/** Pixels from the left at which the finger is. */
const X = 180;
/** Milliseconds between two steps of a slow finger. */
const STEP_EVERY = 320;

async function touch(
  session: CDPSession,
  type: 'touchStart' | 'touchMove' | 'touchEnd',
  y = 0,
): Promise<void> {
  const touchPoints = type === 'touchEnd' ? [] : [{ x: X, y }];
  await session.send('Input.dispatchTouchEvent', { type, touchPoints });
}

test('a slow finger leaves the newest line while messages come, and is followed again once it is back', async () => {
  const phone = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };
  const [alice, bob] = await Promise.all([newPage(browser), newPage(browser, phone)]);
  await enterRoom(bob, await openRoom(alice, `http://localhost:${daemon.port}`, 'alice'), 'bob');
  await member(alice, 'bob').waitFor();
  for (let number = 1; number <= 20; number += 1) await say(alice, `before ${number}`);
  await hears(bob, 'before 20');
  const session = await bob.context().newCDPSession(bob);
  let count = 0;
  const speak = async () => {
    count += 1;
    await say(alice, `message ${count}`);
    await hears(bob, `message ${count}`);
  };
  await speak();
  await isAtBottom(bob);

  const start = await log(bob).evaluate(node => node.scrollTop);
  let y = 200;
  await touch(session, 'touchStart', y);
  // The first steps are no scrolling yet, for a finger is never quite still.
  for (const step of [20, 4, 4, 4, 4, 4, 4]) {
    y += step;
    await touch(session, 'touchMove', y);
    await pause(STEP_EVERY);
    await speak();
  }
  const after = await log(bob).evaluate(node => node.scrollTop);
  assert.ok(after < start - 20, `${start}, then ${after}`);
  await touch(session, 'touchEnd');
  await bob.getByRole('button', { name: 'New messages' }).waitFor();

  await bob.getByRole('button', { name: 'New messages' }).tap();
  await isAtBottom(bob);
  // A finger that rests there holds up nothing.
  await touch(session, 'touchStart', 200);
  for (const _ of [1, 2, 3]) await speak();
  await isAtBottom(bob);
  await touch(session, 'touchEnd');
  await speak();
  await isAtBottom(bob);
  dismiss(alice, bob);
});

test('a finger that dragged and is gone holds up nothing, though another rests beside the conversation', async () => {
  const phone = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };
  const [alice, bob] = await Promise.all([newPage(browser), newPage(browser, phone)]);
  await enterRoom(bob, await openRoom(alice, `http://localhost:${daemon.port}`, 'alice'), 'bob');
  await member(alice, 'bob').waitFor();
  for (let number = 1; number <= 20; number += 1) await say(alice, `before ${number}`);
  await hears(bob, 'before 20');
  await isAtBottom(bob);
  await bob.evaluate(() => {
    const touch = (target: Element, identifier: number) => new Touch({ identifier, target });
    const [first, second] = [
      touch(document.querySelector('.lines .line') as Element, 1),
      touch(document.querySelector('textarea') as Element, 2),
    ];
    const tell = (type: string, { target }: Touch, touches: Touch[]) =>
      target.dispatchEvent(new TouchEvent(type, { touches, bubbles: true }));
    tell('touchstart', first, [first]);
    tell('touchmove', first, [first]);
    tell('touchstart', second, [first, second]);
    tell('touchend', first, [second]);
    tell('touchend', second, []);
  });
  await pause(STEP_EVERY);
  for (let number = 1; number <= 8; number += 1) await say(alice, `after ${number}`);
  await hears(bob, 'after 8');
  await isAtBottom(bob);
  dismiss(alice, bob);
});
