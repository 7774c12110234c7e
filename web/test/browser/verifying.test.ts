// Numbers that members read to each other, compared and ticked; and members of one alias told apart.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { layLine } from './line.ts';
import {
  complaints,
  dismiss,
  enterRoom,
  field,
  hears,
  log,
  member,
  newPage,
  openRoom,
  say,
  state,
  choose,
  doWith,
} from './people.ts';

let daemon: Daemon;
let browser: Browser;
before(async () => {
  daemon = await startDaemon();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
  assert.deepEqual(complaints.splice(0), []);
});

const NUMBER = /\d{5} \d{5} \d{5} \d{5}/;

/** The number that a member's own page says. */
async function ownNumber(page: Page): Promise<string> {
  await say(page, '/number');
  const line = log(page).locator('.local.info').last();
  await line.filter({ hasText: NUMBER }).waitFor();
  return NUMBER.exec(await line.innerText())?.[0] ?? '';
}

const same = (page: Page) =>
  page.getByRole('dialog').getByRole('checkbox', { name: 'This is the number that was read aloud' });
/** Beside the room's key: all members were verified. */
const verified = (page: Page) => page.locator('.tools').getByText('verified', { exact: true });
const isVerified = (page: Page, alias: string) =>
  member(page, alias).locator('.mark').getByText('verified', { exact: true });

test('a member is verified by its number, and a room by those of all its members', async () => {
  const [alice, bob, carol] = await Promise.all([newPage(browser), newPage(browser), newPage(browser)]);
  const link = await openRoom(alice, `http://localhost:${daemon.port}`, 'alice');
  await enterRoom(bob, link, 'bob');
  await enterRoom(carol, link, 'carol');
  assert.equal(await verified(alice).isVisible(), false);
  const own = await ownNumber(alice);
  for (const [page, alias] of [
    [bob, 'bob'],
    [carol, 'carol'],
  ] as const) {
    await doWith(alice, alias, 'Verify');
    const dialog = alice.getByRole('dialog', { name: `The number of ${alias}` });
    assert.equal(await dialog.locator('.number').innerText(), await ownNumber(page));
    assert.ok((await dialog.innerText()).includes(own), 'one’s own is there to be read');
    assert.equal(await same(alice).isChecked(), false);
    await same(alice).check();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await isVerified(alice, alias).waitFor();
    assert.equal(await verified(alice).isVisible(), alias === 'carol', 'once all are');
  }
  assert.equal(await verified(bob).isVisible(), false, 'each compares by itself');
  const dave = await newPage(browser);
  await enterRoom(dave, link, 'dave');
  await verified(alice).waitFor({ state: 'hidden' });
  await choose(dave, 'Leave');
  await verified(alice).waitFor();
  await doWith(alice, 'bob', 'Verify');
  await same(alice).uncheck();
  await verified(alice).waitFor({ state: 'hidden' });
  await isVerified(alice, 'bob').waitFor({ state: 'hidden' });
  dismiss(alice, bob, carol, dave);
});

test('by keyboard alone, the cursor ends where it was', async () => {
  const [alice, bob] = await Promise.all([newPage(browser), newPage(browser)]);
  await enterRoom(bob, await openRoom(alice, `http://localhost:${daemon.port}`, 'alice'), 'bob');
  await member(alice, 'bob').waitFor();
  const message = field(alice, 'Message');
  await message.focus();
  await alice.keyboard.type('/verify bob');
  await alice.keyboard.press('Enter');
  await alice.getByRole('dialog', { name: 'The number of bob' }).waitFor();
  const hasFocus = (name: string, role: 'button' | 'checkbox') =>
    alice.getByRole('dialog').getByRole(role, { name }).and(alice.locator(':focus')).waitFor();
  await hasFocus('Close', 'button');
  await alice.keyboard.press('Shift+Tab');
  await hasFocus('This is the number that was read aloud', 'checkbox');
  await alice.keyboard.press('Space');
  assert.equal(await same(alice).isChecked(), true);
  await alice.keyboard.press('Escape');
  await alice.getByRole('dialog').waitFor({ state: 'detached' });
  await verified(alice).waitFor();
  assert.equal(await message.evaluate(box => box === document.activeElement), true);
  assert.equal(await message.inputValue(), '');
  dismiss(alice, bob);
});

test('of two with one alias each has a number, and a whisper reaches the one that is meant', async () => {
  const line = await layLine(daemon.port);
  const [bob, first, second] = await Promise.all([newPage(browser), newPage(browser), newPage(browser)]);
  const link = await openRoom(bob, `http://localhost:${daemon.port}`, 'bob');
  await enterRoom(first, link.replace(`:${daemon.port}/`, `:${line.port}/`), 'alice');
  await say(first, 'from the first');
  await hears(bob, 'from the first');
  line.cut();
  await member(bob, 'alice').getByText('away', { exact: true }).waitFor();
  await enterRoom(second, link, 'alice');
  line.mend();
  await state(first, 'Connected');
  await hears(bob, 'alice 1 is back');
  const names = (page: Page) =>
    page.getByRole('list', { name: 'Members' }).locator('.alias').allTextContents();
  for (const page of [bob, first, second]) {
    await member(page, 'alice 2').waitFor();
    assert.deepEqual(await names(page), ['bob', 'alice 1', 'alice 2']);
  }
  await say(second, 'from the second');
  await hears(bob, 'from the second');
  await log(bob).locator('.message .head').getByText('alice 2', { exact: true }).waitFor();
  await say(bob, '/purr alice for whom?');
  await log(bob).getByText('2 members are called alice. Say which one: alice 1 or alice 2.').waitFor();
  await say(bob, '/purr alice 1 to the first');
  await hears(first, 'to the first');
  await say(bob, '/purr alice 2 to the second');
  await hears(second, 'to the second');
  assert.equal(await log(second).getByText('to the first').count(), 0);
  assert.equal(await log(first).getByText('to the second').count(), 0);
  line.close();
  dismiss(bob, first, second);
});
