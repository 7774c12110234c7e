// Opening rooms where the host does not let everybody.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launch } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { complaints, dismiss, field, inside, invitation, newPage, press, seen } from './people.ts';

let daemon: Daemon;
let browser: Browser;
before(async () => {
  daemon = await startDaemon('open_rooms = { code = "sesame-open" }\n');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
  assert.deepEqual(complaints.splice(0), []);
});

test('who needs a code is asked for it, loses nothing, and opens the room with the Enter key', async () => {
  const page = await newPage(browser);
  await page.goto(`http://localhost:${daemon.port}/`);
  const code = field(page, 'Code to open rooms');
  assert.equal(await code.isVisible(), false, 'nobody is asked before it is needed');
  await field(page, 'Alias').fill('alice');
  await press(page, 'Open a room');
  await seen(page, 'To open a room here takes a code.');
  assert.equal(await field(page, 'Alias').inputValue(), 'alice');
  assert.equal(await code.evaluate(input => input === document.activeElement), true);
  await code.fill('sesame-shut');
  await code.press('Enter');
  await page.getByText('Making keys').first().waitFor({ state: 'hidden' });
  await seen(page, 'This is not the code to open rooms here');
  assert.equal(await code.inputValue(), 'sesame-shut');
  await code.fill(' “sesame-open\u200b” ');
  await code.press('Enter');
  await inside(page);
  dismiss(page);
});

test('who is invited after all needs no code, and is led into no other room by one', async () => {
  const page = await newPage(browser);
  await page.goto(`http://localhost:${daemon.port}/`);
  await field(page, 'Alias').fill('alice');
  await press(page, 'Open a room');
  await seen(page, 'To open a room here takes a code.');
  await field(page, 'Code to open rooms').fill('sesame-open');
  await field(page, 'I have an invitation').fill('K7QM-4XZE:9F3K-TQ2M-XA7B-0C1D');
  await seen(page, 'You are invited to room');
  await field(page, 'Alias').press('Enter');
  await seen(page, 'No entry');
  dismiss(page);
});

test('the room that is opened anew by a code is the one that was asked for', async () => {
  const page = await newPage(browser);
  const invitationTo = 'K7QM-4XZD:9F3K-TQ2M-XA7B-0C1D';
  await page.goto(`http://localhost:${daemon.port}/#${invitationTo}`);
  await field(page, 'Alias').fill('alice');
  await field(page, 'Alias').press('Enter');
  await seen(page, 'No entry');
  await press(page, 'Open a new room with this key');
  await page.getByRole('dialog').getByRole('button', { name: 'Open a room' }).click();
  await seen(page, 'To open a room here takes a code.');
  const code = field(page, 'Code to open rooms');
  await code.fill('sesame-shut');
  await press(page, 'Try again');
  await seen(page, 'This is not the code to open rooms here');
  await code.fill('sesame-open');
  await code.press('Enter');
  await inside(page);
  assert.equal((await invitation(page)).split('#')[1], invitationTo);
  dismiss(page);
});

test('the room that was asked about is opened, though another invitation came before the answer', async () => {
  const page = await newPage(browser);
  const invitationTo = 'K7QM-4XZF:9F3K-TQ2M-XA7B-0C1D';
  await page.goto(`http://localhost:${daemon.port}/#${invitationTo}`);
  await field(page, 'Alias').fill('alice');
  await field(page, 'Alias').press('Enter');
  await seen(page, 'No entry');
  await press(page, 'Open a new room with this key');
  await page.evaluate(() => (location.hash = '#K7QM-4XZG:9F3K-TQ2M-XA7B-0C1D'));
  await seen(page, 'You are invited to room');
  await page.getByRole('dialog').getByRole('button', { name: 'Open a room' }).click();
  await seen(page, 'To open a room here takes a code.');
  await field(page, 'Code to open rooms').fill('sesame-open');
  await press(page, 'Try again');
  await inside(page);
  assert.equal((await invitation(page)).split('#')[1], invitationTo);
  dismiss(page);
});
