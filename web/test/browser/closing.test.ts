// A menu closes with its line, or with its member, and an invitation that is pasted is read once.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { launch } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import {
  complaints,
  dismiss,
  enterRoom,
  farewell,
  field,
  hears,
  log,
  member,
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
  [daemon, browser] = await Promise.all([startDaemon(), launch()]);
  origin = `http://localhost:${daemon.port}`;
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
  assert.deepEqual(complaints.splice(0), []);
});

const menu = (page: Page): Locator => page.getByRole('menu');
const openMenuOf = async (page: Page, text: string): Promise<void> => {
  await log(page).locator('.body').getByText(text, { exact: true }).hover();
  await page.locator('.doings .opener').click();
  await menu(page).waitFor();
};

test('a menu closes with the line that it is about, and stays while others come and go', async () => {
  const [alice, bob] = await Promise.all([newPage(browser), newPage(browser)]);
  await enterRoom(bob, await openRoom(alice, origin, 'alice'), 'bob');
  for (const text of ['first', 'second']) {
    await say(alice, text);
    await hears(bob, text);
  }
  await openMenuOf(bob, 'first');
  await openMenuOf(alice, 'second');
  await alice.getByRole('menuitem', { name: 'Unsend', exact: true }).click();
  await log(bob).getByText('alice took a message back').waitFor();
  assert.equal(await menu(bob).isVisible(), true);
  await openMenuOf(alice, 'first');
  await alice.getByRole('menuitem', { name: 'Unsend', exact: true }).click();
  await menu(bob).waitFor({ state: 'detached' });
  assert.equal(await bob.evaluate(() => document.activeElement?.getAttribute('role')), 'log');
  dismiss(alice, bob);
});

test('a menu closes with the member that it is about', async () => {
  const [alice, bob, carol] = await Promise.all([1, 2, 3].map(() => newPage(browser)));
  assert.ok(alice && bob && carol);
  const link = await openRoom(alice, origin, 'alice');
  await enterRoom(bob, link, 'bob');
  await enterRoom(carol, link, 'carol');
  await member(alice, 'carol').getByRole('button').click();
  await menu(alice).waitFor();
  await say(bob, '/exit');
  await farewell(bob, 'You have left the room.');
  await member(alice, 'bob').waitFor({ state: 'detached' });
  assert.equal(await menu(alice).isVisible(), true);
  await say(carol, '/exit');
  await farewell(carol, 'You have left the room.');
  await menu(alice).waitFor({ state: 'detached' });
  assert.equal(await alice.evaluate(() => document.activeElement?.localName), 'textarea');
  dismiss(alice, bob, carol);
});

test('an invitation that is pasted is read once', async () => {
  const page = await newPage(browser);
  await page.goto(origin);
  const asked: string[] = [];
  page.on('request', request => asked.push(new URL(request.url()).pathname));
  await field(page, 'Alias').waitFor();
  // Not as it should be written, so that the lenient reader is asked: it is loaded when it first is.
  await page.evaluate(() => {
    const { prototype } = HTMLInputElement;
    const { set, ...rest } = Object.getOwnPropertyDescriptor(prototype, 'value') as PropertyDescriptor;
    const filled: string[] = [];
    Object.assign(globalThis, { filled });
    Object.defineProperty(prototype, 'value', {
      ...rest,
      set(this: HTMLInputElement, text: string) {
        filled.push(text);
        set?.call(this, text);
      },
    });
  });
  const invitation = field(page, 'I have an invitation');
  await invitation.focus();
  await page.keyboard.insertText('<K7QM-4XZD:9F3K-TQ2M-XA7B-0C1D>');
  await seen(page, 'You are invited to room');
  await press(page, 'Use another room');
  const before = await page.evaluate(() => (globalThis as unknown as { filled: string[] }).filled.length);
  await invitation.focus();
  await page.keyboard.insertText('<K7QM-4XZD:9F3K-TQ2M-XA7B-0C1D>');
  await seen(page, 'You are invited to room');
  const once = await page.evaluate(() => (globalThis as unknown as { filled: string[] }).filled.length);
  // Taking it fills the two fields anew, each once.
  assert.equal(once - before, 2);
  assert.equal(asked.filter(path => path.endsWith('/late.js')).length, 1);
  dismiss(page);
});
