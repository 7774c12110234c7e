// What comes late at the entrance finds something newer there, and leaves it as it is.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import * as german from '../../src/words/de.ts';
import * as english from '../../src/words/en.ts';
import { launch } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { complaints, dismiss, field, inside, newPage, press, seen } from './people.ts';

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

const [ONE, OTHER] = ['K7QM-4XZD', 'Y1HE-DCG7'];
const PASSWORD = '9F3K-TQ2M-XA7B-0C1D';
const language = (page: Page) => page.locator('.languages select');

/** Holds a script back; what is returned lets it come, and waits until the page has it. */
async function hold(page: Page, script: string): Promise<() => Promise<void>> {
  let release = () => {};
  const released = new Promise<void>(resolve => (release = resolve));
  await page.route(`**/${script}.js*`, async route => {
    await released;
    await route.continue();
  });
  return async () => {
    const come = page.waitForResponse(response => response.url().includes(`/${script}.js`));
    release();
    await (await come).finished();
    await page.evaluate(() => new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn))));
  };
}

test('who was refused may choose another language', async () => {
  const page = await newPage(browser, { locale: 'en-GB' });
  await page.goto(`${origin}/#${ONE}:${PASSWORD}`);
  await field(page, english.ALIAS).fill('ada');
  await press(page, english.ENTER_ROOM);
  await seen(page, english.REFUSALS['no-entry']);
  await language(page).selectOption('de');
  await field(page, german.ALIAS).waitFor();
  assert.equal(await field(page, german.ALIAS).inputValue(), 'ada');
  dismiss(page);
});

test('words that come when somebody has gone on are not mixed with those on the screen', async () => {
  const page = await newPage(browser, { locale: 'en-GB' });
  const come = await hold(page, 'words/de');
  await page.goto(origin);
  await field(page, english.ALIAS).fill('ada');
  await language(page).selectOption('de');
  await press(page, english.OPEN_ROOM);
  await inside(page);
  await come();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  await press(page, english.MORE);
  await page.getByRole('menuitem', { name: english.LEAVE, exact: true }).waitFor();
  dismiss(page);
});

test('an invitation that is read late takes the place of no newer one', async () => {
  const page = await newPage(browser, { locale: 'en-GB' });
  const come = await hold(page, 'late');
  await page.goto(origin);
  await field(page, english.HAVE_INVITATION).fill(`see “${ONE}:${PASSWORD}”.`);
  await field(page, english.HAVE_INVITATION).fill(`${origin}/#${OTHER}:${PASSWORD}`);
  await seen(page, `You are invited to room ${OTHER}`);
  await come();
  assert.ok(await page.getByText(`You are invited to room ${OTHER}`).isVisible());
  dismiss(page);
});

test('an invitation that is opened while somebody enters by another one takes its place', async () => {
  const page = await newPage(browser, { locale: 'en-GB' });
  const come = await hold(page, 'inside');
  await page.goto(`${origin}/#${ONE}:${PASSWORD}`);
  await field(page, english.ALIAS).fill('ada');
  await press(page, english.ENTER_ROOM);
  await page.getByRole('button', { name: english.CANCEL }).waitFor();
  await page.goto(`${origin}/#${OTHER}:${PASSWORD}`);
  await seen(page, `You are invited to room ${OTHER}`);
  await come();
  assert.ok(await page.getByText(`You are invited to room ${OTHER}`).isVisible());
  assert.equal(await page.getByRole('alert').count(), 0);
  dismiss(page);
});
