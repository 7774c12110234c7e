// A kick that is to stay: who was kicked does not come back, the others go on, and a new invitation lets in.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { INSECURE_HOST, launch, launchFirefox } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import {
  complaints,
  dismiss,
  enterRoom,
  farewell,
  field,
  hears,
  inside,
  invitation,
  log,
  member,
  newPage,
  openRoom,
  press,
  say,
  seen,
  choose,
  doWith,
} from './people.ts';

let daemon: Daemon;
let browser: Browser;
let firefox: Browser;
before(async () => {
  daemon = await startDaemon();
  [browser, firefox] = await Promise.all([launch(), launchFirefox()]);
});
after(async () => {
  await Promise.all([browser?.close(), firefox?.close()]);
  await daemon?.stop();
  assert.deepEqual(complaints.splice(0), []);
});

const RELOCKED = 'gave the room a new password: older invitations let nobody in any more';
const stays = 'Give the room a new password, so that the old invitation no longer opens it';

/** Tries to enter by an invitation, in vain. */
async function isRefused(page: Page, link: string, alias: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(link);
  await field(page, 'Alias').fill(alias);
  await press(page, 'Enter the room');
  const why = 'No entry: there is no such room, or the password is not the right one.';
  await seen(page, `${why} The room may have been given a new password`);
}

for (const [name, host, opened] of [
  ['Chromium, without WebCrypto', INSECURE_HOST, () => browser],
  ['Firefox', 'localhost', () => firefox],
] as const) {
  describe(`in ${name}`, () => {
    let link: string;
    let anew: string;
    let alice: Page;
    let bob: Page;
    let carol: Page;
    before(async () => {
      [alice, bob, carol] = await Promise.all([newPage(opened()), newPage(opened()), newPage(opened())]);
      link = await openRoom(alice, `http://${host}:${daemon.port}`, 'alice');
      await Promise.all([enterRoom(bob, link, 'bob'), enterRoom(carol, link, 'carol')]);
      for (const alias of ['bob', 'carol']) await member(alice, alias).waitFor();
    });
    after(() => dismiss(alice, bob, carol));

    test('a kick that is to stay does, and the others go on', async () => {
      await doWith(alice, 'carol', 'Kick');
      const dialog = alice.getByRole('dialog', { name: 'Kick carol out of the room?' });
      const box = dialog.getByRole('checkbox', { name: stays });
      assert.equal(await box.isChecked(), true, 'a kick is to stay, unless something else is said');
      const receivers = dialog.getByRole('list', { name: 'The new password goes to' });
      assert.deepEqual(await receivers.getByRole('listitem').allTextContents(), ['bob']);
      await dialog.getByRole('button', { name: 'Kick', exact: true }).click();
      await farewell(carol, '\u2068alice\u2069 put you out of the room.');
      for (const page of [alice, bob]) await log(page).getByText(`alice ${RELOCKED}`).waitFor();
      await log(alice).getByText('alice unlocked the room').waitFor();
      await isRefused(carol, link, 'carol');
      await say(bob, 'we go on');
      await hears(alice, 'we go on');
      await say(alice, '/purr bob between us');
      await hears(bob, 'between us');
    });

    test('every member that stays has the new invitation, and it lets in', async () => {
      anew = await invitation(bob);
      assert.notEqual(anew, link);
      assert.equal(await invitation(alice), anew);
      assert.equal(anew.split(':').at(-2), link.split(':').at(-2), 'the room key stays');
      await enterRoom(carol, anew, 'carol');
      await member(bob, 'carol').waitFor();
      await say(carol, 'let in again');
      await hears(alice, 'let in again');
      await hears(bob, 'let in again');
    });

    test('an invitation that is shown becomes the new one, and says so', async () => {
      await press(bob, 'Invite');
      const shown = bob.getByRole('textbox', { name: 'Invitation link' });
      assert.equal(await shown.inputValue(), anew);
      await choose(alice, 'New password');
      const dialog = alice.getByRole('dialog', { name: 'Give the room a new password?' });
      const receivers = dialog.getByRole('list', { name: 'The new password goes to' });
      assert.deepEqual(await receivers.getByRole('listitem').allTextContents(), ['bob', 'carol']);
      await dialog.getByRole('button', { name: 'New password' }).click();
      await bob
        .getByRole('status')
        .filter({ hasText: 'this is the new link, and older ones let nobody in any more' })
        .waitFor();
      assert.notEqual(await shown.inputValue(), anew);
      const dave = await newPage(opened());
      await isRefused(dave, anew, 'dave');
      await enterRoom(dave, await shown.inputValue(), 'dave');
      await inside(dave);
      await hears(alice, 'dave joined');
      dismiss(dave);
    });
  });
}
