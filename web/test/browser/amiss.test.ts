// Faults of the page that somebody saw, each of a kind that comes again.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launch } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import {
  choose,
  complaints,
  dismiss,
  doWith,
  enterRoom,
  field,
  fits,
  hears,
  log,
  member,
  newPage,
  openRoom,
  press,
  say,
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
  assert.deepEqual(complaints.splice(0), []);
});

test('a farewell is a line as others are', async () => {
  const [alice, bob] = await Promise.all([newPage(browser), newPage(browser)]);
  await enterRoom(bob, await openRoom(alice, origin, 'alice'), 'bob');
  await say(bob, 'a line');
  await hears(alice, 'a line');
  await say(bob, '/exit so long');
  await hears(alice, 'so long');
  const size = (text: string) =>
    log(alice)
      .getByText(text, { exact: true })
      .evaluate(node => getComputedStyle(node).fontSize);
  assert.equal(await size('so long'), await size('a line'));
  dismiss(alice, bob);
});

test('the bar is one row at any width', async () => {
  const page = await newPage(browser);
  await openRoom(page, origin, 'alice');
  await choose(page, 'Lock');
  await page.locator('.mark.locked').waitFor({ state: 'attached' });
  for (const width of [320, 360, 600, 767, 768, 959, 960, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    const { height = 0 } = (await page.locator('.bar').boundingBox()) ?? {};
    // 52 pixels and its line.
    assert.ok(height > 0 && height <= 53, `${height} pixels at ${width}`);
    await fits(page);
  }
  dismiss(page);
});

test('the focus is on something after a member was kicked', async () => {
  const [alice, bob, carol] = await Promise.all([newPage(browser), newPage(browser), newPage(browser)]);
  const link = await openRoom(alice, origin, 'alice');
  await enterRoom(bob, link, 'bob');
  await enterRoom(carol, link, 'carol');
  const focused = () => alice.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await doWith(alice, 'bob', 'Kick');
  await alice.getByRole('dialog').getByRole('button', { name: 'Kick' }).click();
  await member(alice, 'bob').waitFor({ state: 'detached' });
  assert.equal(await focused(), 'What to do with carol');
  await doWith(alice, 'carol', 'Kick');
  await alice.getByRole('dialog').getByRole('button', { name: 'Kick' }).click();
  await member(alice, 'carol').waitFor({ state: 'detached' });
  assert.ok(await field(alice, 'Message').evaluate(box => box === document.activeElement));
  dismiss(alice, bob, carol);
});

test('what is asked about a member closes when that one leaves, and the focus is on something', async () => {
  const alice = await newPage(browser);
  const link = await openRoom(alice, origin, 'alice');
  for (const name of ['Kick', 'Make keeper', 'Verify']) {
    const bob = await newPage(browser);
    await enterRoom(bob, link, 'bob');
    await doWith(alice, 'bob', name);
    await alice.getByRole('dialog').waitFor();
    await choose(bob, 'Leave');
    await alice.getByRole('dialog').waitFor({ state: 'detached' });
    assert.ok(await field(alice, 'Message').evaluate(box => box === document.activeElement), name);
    dismiss(bob);
  }
  dismiss(alice);
});

test('members stand in their column or in a sheet, whatever the width was before', async () => {
  const page = await newPage(browser, { viewport: { width: 600, height: 800 } });
  await openRoom(page, origin, 'alice');
  const members = page.getByRole('region', { name: 'Members' });
  assert.equal(await members.isVisible(), false);
  await page.setViewportSize({ width: 1280, height: 800 });
  await member(page, 'alice').waitFor();
  const { width: talk = 0 } = (await log(page).boundingBox()) ?? {};
  const { width: column = 0 } = (await members.boundingBox()) ?? {};
  assert.equal(talk + column, 1280, 'there is no empty column');
  await page.setViewportSize({ width: 600, height: 800 });
  assert.equal(await members.isVisible(), false);
  await press(page, '1 here');
  await member(page, 'alice').waitFor();
  await page.setViewportSize({ width: 1280, height: 800 });
  await member(page, 'alice').waitFor();
  assert.equal((await log(page).boundingBox())?.width, talk);
  dismiss(page);
});

test('it is said whose it is to do what a member may not', async () => {
  const [alice, bob] = await Promise.all([newPage(browser), newPage(browser)]);
  await enterRoom(bob, await openRoom(alice, origin, 'alice'), 'bob');
  await say(bob, '/kick alice');
  await log(bob)
    .getByText(/^Only the keeper may do that, and that is alice/)
    .waitFor();
  dismiss(alice, bob);
});

test('the buttons of members stand below each other, however long aliases are', async () => {
  const [alice, bob, carol] = await Promise.all([
    newPage(browser, { viewport: { width: 320, height: 700 } }),
    newPage(browser),
    newPage(browser),
  ]);
  const link = await openRoom(alice, origin, 'alice');
  await enterRoom(bob, link, 'b'.repeat(32));
  await enterRoom(carol, link, 'c');
  await press(alice, '3 here');
  await member(alice, 'b'.repeat(32)).waitFor();
  const at = async (alias: string) => (await member(alice, alias).getByRole('button').boundingBox())?.x;
  assert.equal(await at('b'.repeat(32)), await at('c'));
  assert.ok(await at('c'));
  dismiss(alice, bob, carol);
});

test('the commands are found without knowing one', async () => {
  const page = await newPage(browser, { viewport: { width: 360, height: 740 } });
  await openRoom(page, origin, 'alice');
  await choose(page, 'Commands');
  await log(page).getByText('/purr ALIAS TEXT').waitFor();
  dismiss(page);
});

test('times have no leading zero where nobody writes one', async () => {
  const page = await newPage(browser, { locale: 'en-US' });
  await page.clock.setFixedTime(new Date(2026, 0, 2, 8, 59));
  await openRoom(page, origin, 'alice');
  await say(page, 'good morning');
  await log(page)
    .getByText(/^8:59\sAM$/)
    .first()
    .waitFor();
  dismiss(page);
});

test('what can’t be undone is filled in its question, and Cancel is not', async () => {
  const page = await newPage(browser);
  await openRoom(page, origin, 'alice');
  await choose(page, 'Stop room');
  const ground = (name: string) =>
    page
      .getByRole('dialog')
      .getByRole('button', { name })
      .evaluate(node => getComputedStyle(node).backgroundColor);
  const danger = await page.evaluate(() => {
    const probe = document.createElement('p');
    probe.style.color = 'var(--danger)';
    document.body.append(probe);
    return getComputedStyle(probe).color;
  });
  assert.equal(await ground('Stop room'), danger);
  assert.notEqual(await ground('Cancel'), danger);
  dismiss(page);
});
