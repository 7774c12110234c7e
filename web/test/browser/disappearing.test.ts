// Messages that disappear, as people set and see them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import {
  choose,
  complaints,
  dismiss,
  enterRoom,
  field,
  hears,
  log,
  newPage,
  openRoom,
  press,
  say,
  seen,
} from './people.ts';

let daemon: Daemon;
let browser: Browser;
let origin: string;
before(async () => {
  daemon = await startDaemon();
  browser = await launch();
  origin = `http://localhost:${daemon.port}`;
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
  assert.deepEqual(complaints, []);
});

/** Chooses from the menu of a line. */
async function actOn(page: Page, text: string, name: string): Promise<void> {
  await page.locator('.line').filter({ hasText: text }).hover();
  await page.getByRole('button', { name: new RegExp(`^What to do with the message .*${text}`) }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

test('the keeper sets a time; each message then shows how long it stays, and goes with all that quotes it', async () => {
  const [alice, bob] = await Promise.all([newPage(browser), newPage(browser)]);
  await enterRoom(bob, await openRoom(alice, origin, 'alice'), 'bob');
  await say(alice, 'stays');
  await hears(bob, 'stays');
  assert.equal(await bob.locator('.bar .fading').isVisible(), false);
  await choose(alice, 'Disappearing messages');
  await seen(alice, 'nobody can make a dishonest one forget');
  await field(alice, 'What is said from now on disappears after').selectOption({ label: '5 minutes' });
  await press(alice, 'Set for all');
  await hears(
    bob,
    'alice lets messages disappear 5 minutes after they come. Honest pages obey; nobody can make a dishonest one forget.',
  );
  await bob.locator('.bar .fading').getByText('5 minutes').waitFor();
  await bob.clock.install();
  await say(alice, 'the secret text');
  await hears(bob, 'the secret text');
  const line = bob.locator('.line.message').filter({ hasText: 'the secret text' });
  await line.getByText('goes in 5 min').waitFor();
  assert.equal(await line.locator('.fading').getAttribute('aria-live'), 'off');
  await bob.clock.fastForward(120_000);
  await line.getByText('goes in 3 min').waitFor();
  await line.hover();
  await bob.getByRole('button', { name: /^What to do with the message of alice: the secret/ }).click();
  await bob.getByRole('menuitem', { name: 'Reply' }).click();
  await bob.locator('.replying').getByText('the secret text').waitFor();
  await bob.clock.fastForward(181_000);
  await line.waitFor({ state: 'detached' });
  await bob.locator('.replying').waitFor({ state: 'hidden' });
  assert.ok(!(await bob.content()).includes('the secret text'));
  await hears(bob, 'stays');
  await say(alice, '/timer off');
  await hears(bob, 'alice lets messages stay from now on');
  dismiss(alice, bob);
});

test('who has the focus on a message that goes has it in the conversation then', async () => {
  const page = await newPage(browser);
  await openRoom(page, origin, 'alice');
  await choose(page, 'Disappearing messages');
  await field(page, 'What is said from now on disappears after').selectOption({ label: '30 seconds' });
  await press(page, 'Set for all');
  await seen(page, 'alice lets messages disappear 30 seconds');
  await page.clock.install();
  await say(page, '<a href="https://example.org/">a link</a>');
  const link = log(page).getByRole('link', { name: 'a link' });
  await log(page).getByText('goes in').waitFor();
  await link.focus();
  await page.clock.fastForward(31_000);
  await link.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'log');
  dismiss(page);
});

test('who may not moderate is offered no such setting, and sets nothing by typing', async () => {
  const [alice, bob] = await Promise.all([newPage(browser), newPage(browser)]);
  await enterRoom(bob, await openRoom(alice, origin, 'alice'), 'bob');
  await press(bob, 'More');
  await bob.getByRole('menuitem', { name: 'Settings' }).waitFor();
  assert.equal(await bob.getByRole('menuitem', { name: 'Disappearing messages' }).count(), 0);
  await bob.keyboard.press('Escape');
  await say(bob, '/timer 5m');
  await seen(bob, 'Only the keeper may do that');
  await say(alice, '/timer 5m');
  await seen(bob, 'alice lets messages disappear 5 minutes');
  await seen(alice, 'alice lets messages disappear 5 minutes');
  assert.equal(await log(alice).getByText('disappear').count(), 1);
  dismiss(alice, bob);
});

test('a message that is taken back stands nowhere any more, in no reply that is being written either', async () => {
  const [alice, bob] = await Promise.all([newPage(browser), newPage(browser)]);
  await enterRoom(bob, await openRoom(alice, origin, 'alice'), 'bob');
  await say(alice, 'the secret text');
  await hears(bob, 'the secret text');
  await actOn(bob, 'the secret text', 'Reply');
  await bob.locator('.replying').getByText('the secret text').waitFor();
  await field(bob, 'Message').fill('an answer');
  await actOn(alice, 'the secret text', 'Unsend');
  await log(bob).getByText('alice took a message back').waitFor();
  await bob.locator('.replying').waitFor({ state: 'hidden' });
  assert.equal(await field(bob, 'Message').inputValue(), 'an answer');
  for (const page of [alice, bob])
    await page.waitForFunction(() => !document.documentElement.outerHTML.includes('the secret text'));
  dismiss(alice, bob);
});
