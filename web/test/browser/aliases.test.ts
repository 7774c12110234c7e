// Who is who: aliases that are refused by name, look-alikes that are marked, hues that tell members apart.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
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
  press,
  say,
  seen,
  doWith,
} from './people.ts';

/** Ada in Cyrillic letters alone. */
const FALSE_ADA = '\u0410\u0501\u0430';

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

const colour = (page: Page, alias: string): Promise<string> =>
  member(page, alias)
    .locator('.alias')
    .first()
    .evaluate(node => getComputedStyle(node).color);

test('a refusal names the character that is wrong', async () => {
  const page = await newPage(browser);
  await page.goto(`${origin}/`);
  for (const [alias, sentence] of [
    ['Ad\u0430', '“\u0430” (U+0430, Cyrillic) can’t stand beside Latin letters.'],
    ['two words', 'An alias has no spaces (U+0020).'],
    ['x\u0301\u0301\u0301', 'The mark “◌\u0301” (U+0301) is one too many on its letter.'],
    ['a\u200db', 'The joiner U+200D changes nothing where it stands.'],
  ] as const) {
    await field(page, 'Alias').fill(alias);
    await press(page, 'Open a room');
    await page.getByRole('alert').filter({ hasText: sentence }).waitFor();
    assert.equal(await field(page, 'Alias').getAttribute('aria-invalid'), 'true');
  }
  dismiss(page);
});

test('look-alikes are marked wherever they are named', async () => {
  const [ada, bob, eve] = await Promise.all([newPage(browser), newPage(browser), newPage(browser)]);
  const link = await openRoom(ada, origin, 'Ada');
  await enterRoom(bob, link, 'Bob');
  await enterRoom(eve, link, FALSE_ADA);
  await member(bob, `${FALSE_ADA}looks like Ada`).waitFor();
  await member(bob, `Adalooks like ${FALSE_ADA}`).waitFor();
  await member(ada, `${FALSE_ADA}looks like you`).waitFor();
  await log(bob).getByText(`${FALSE_ADA} looks like Ada joined`).waitFor();
  await say(eve, 'It is me');
  await hears(bob, 'It is me');
  await log(bob).locator('.message .head').getByText('looks like Ada').waitFor();
  await say(ada, 'No, me');
  await hears(bob, 'No, me');
  assert.notEqual(await colour(bob, `${FALSE_ADA}looks`), await colour(bob, 'Adalooks'));
  await doWith(bob, `${FALSE_ADA}looks`, 'Whisper');
  await bob
    .getByRole('status')
    .filter({ hasText: `Whispering to ${FALSE_ADA}` })
    .getByText('looks like Ada')
    .waitFor();
  dismiss(ada, bob, eve);
});

test('without the table of look-alikes the page says so and goes on', async () => {
  const [ada, bob] = await Promise.all([newPage(browser), newPage(browser)]);
  await bob.route('**/confusables.js*', route => route.abort());
  await enterRoom(bob, await openRoom(ada, origin, 'Ada'), 'Bob');
  await log(bob).getByText('aliases that look alike are not marked here').waitFor();
  await say(bob, 'All else works');
  await hears(ada, 'All else works');
  complaints.splice(0).forEach(complaint => assert.match(complaint, /ERR_FAILED/));
  dismiss(ada, bob);
});

test('without the rule of aliases nobody enters, and the next try loads it', async () => {
  const page = await newPage(browser);
  await page.route('**/aliases.js*', route => route.abort());
  await page.goto(`${origin}/`);
  await field(page, 'Alias').fill('Ada');
  await press(page, 'Open a room');
  await seen(page, 'A part of this page did not load.');
  await page.unroute('**/aliases.js*');
  await press(page, 'Open a room');
  await log(page).waitFor();
  complaints.splice(0).forEach(complaint => assert.match(complaint, /ERR_FAILED/));
  dismiss(page);
});
