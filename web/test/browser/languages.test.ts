// The page in the reader's language: the browser's, or the one that is chosen; and each fits a narrow phone.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import * as german from '../../src/words/de.ts';
import * as english from '../../src/words/en.ts';
import { type Language, LANGUAGES } from '../../src/words/languages.ts';
import { CATALOGUES } from '../catalogues.ts';
import { launch, launchFirefox } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { complaints, dismiss, field, fits, newPage, press, seen, touchable } from './people.ts';

let daemon: Daemon;
let origin: string;
const browsers: Record<string, Browser> = {};
before(async () => {
  [daemon, browsers.Chromium, browsers.Firefox] = await Promise.all([
    startDaemon(),
    launch(),
    launchFirefox(),
  ]);
  origin = `http://localhost:${daemon.port}`;
});
after(async () => {
  for (const browser of Object.values(browsers)) await browser.close();
  await daemon?.stop();
});

const pageOf = (options: BrowserContextOptions, name = 'Chromium'): Promise<Page> =>
  newPage(browsers[name] as Browser, options);

/** The languages whose words a page has asked for. */
function asked(page: Page): string[] {
  const found: string[] = [];
  page.on('request', request => {
    const language = /\/words\/(\w+)\.js/.exec(request.url())?.[1];
    if (language) found.push(language);
  });
  return found;
}

const lang = (page: Page): Promise<string> => page.evaluate(() => document.documentElement.lang);
const choice = (page: Page) => page.locator('.languages select');

for (const name of ['Chromium', 'Firefox'])
  test(`${name}: the browser's language is spoken, from the entrance to the farewell, and no other is loaded`, async () => {
    const page = await pageOf({ locale: 'de-AT' }, name);
    const loaded = asked(page);
    await page.goto(origin);
    await field(page, german.ALIAS).fill('ada');
    assert.equal(await lang(page), 'de');
    await press(page, german.OPEN_ROOM);
    await seen(page, german.NOBODY_ELSE);
    await choice(page).waitFor({ state: 'hidden' });
    await field(page, german.MESSAGE).fill('hallo');
    await press(page, german.SEND);
    await page.getByRole('log').getByText('hallo').waitFor();
    assert.match((await page.locator('time').first().textContent()) ?? '', /^\d\d:\d\d$/);
    await field(page, german.MESSAGE).fill('/exit');
    await press(page, german.SEND);
    await page.waitForURL('**/farewell');
    await seen(page, german.FAREWELLS.left);
    await seen(page, german.NOTHING_KEPT);
    assert.equal(await lang(page), 'de');
    await page.getByRole('link', { name: german.BACK }).click();
    await field(page, german.ALIAS).waitFor();
    assert.deepEqual([...new Set(loaded)], ['de']);
    dismiss(page);
  });

test('a language that the page has not is spoken in English', async () => {
  const page = await pageOf({ locale: 'cy' });
  await page.goto(origin);
  await field(page, english.ALIAS).waitFor();
  assert.equal(await lang(page), 'en');
  dismiss(page);
});

test('another language is chosen at the entrance, where what was filled in stays', async () => {
  const page = await pageOf({ locale: 'en-GB' });
  await page.goto(origin);
  await field(page, english.ALIAS).fill('ada');
  await page.getByText(english.OPTIONS).click();
  await page.getByLabel(english.EVERY_MEMBER).check();
  await field(page, english.OWN_ROOM_KEY).fill('K7QM-4XZD');
  await field(page, english.OWN_PASSWORD).fill('abcdefghij');
  await choice(page).focus();
  await choice(page).selectOption({ label: 'Deutsch' });
  await page.locator('html[lang=de]').waitFor();
  assert.equal(await field(page, german.ALIAS).inputValue(), 'ada');
  assert.equal(await choice(page).evaluate(node => node === document.activeElement), true);
  assert.equal(await choice(page).getAttribute('aria-label'), german.CHOOSE_LANGUAGE);
  await page.getByText(german.OPTIONS).click();
  assert.equal(await page.getByLabel(german.EVERY_MEMBER).isChecked(), true);
  assert.equal(await field(page, german.OWN_ROOM_KEY).inputValue(), 'K7QM-4XZD');
  assert.equal(await field(page, german.OWN_PASSWORD).inputValue(), 'abcdefghij');
  await seen(page, german.CHOSEN_PASSWORD);

  await field(page, german.OWN_ROOM_KEY).fill('');
  await field(page, german.OWN_PASSWORD).fill('');
  await field(page, german.HAVE_INVITATION).fill('K7QM-4XZD:9F3K-TQ2M-XA7B-0C1D');
  await seen(page, 'K7QM-4XZD');
  await choice(page).selectOption('en');
  await page.getByText('You are invited to room K7QM-4XZD').waitFor();
  await press(page, english.ENTER_ROOM);
  await seen(page, english.REFUSALS['no-entry']);

  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [
    0,
    0,
    '',
  ]);
  await page.reload();
  await field(page, english.ALIAS).waitFor();
  dismiss(page);
});

test('the language that was chosen goes along into the room, the farewell and the next room', async () => {
  const page = await pageOf({ locale: 'en-GB' });
  await page.goto(origin);
  await choice(page).selectOption('de');
  await field(page, german.ALIAS).fill('ada');
  await press(page, german.OPEN_ROOM);
  await seen(page, german.NOBODY_ELSE);
  await field(page, german.MESSAGE).fill('/exit');
  await press(page, german.SEND);
  await seen(page, german.FAREWELLS.left);
  assert.ok(page.url().endsWith('/farewell'), page.url());
  await page.getByRole('link', { name: german.BACK }).click();
  await field(page, german.ALIAS).waitFor();
  assert.equal(page.url(), `${origin}/`);
  dismiss(page);
});

test('words that do not load are said in English; where these do not load either, that is told', async () => {
  const page = await pageOf({ locale: 'de-DE' });
  await page.route('**/words/de.js*', route => route.abort());
  await page.goto(origin);
  await field(page, english.ALIAS).fill('ada');
  await choice(page).selectOption('de');
  await seen(page, english.REFUSALS['not-loaded']);
  assert.equal(await choice(page).inputValue(), 'en');
  assert.equal(await field(page, english.ALIAS).inputValue(), 'ada');
  // They are tried again.
  await page.unrouteAll();
  await choice(page).selectOption('de');
  await field(page, german.ALIAS).waitFor();

  await page.route('**/words/*', route => route.abort());
  await page.goto(`${origin}/?#K7QM-4XZD:9F3K-TQ2M-XA7B-0C1D`);
  await page.getByRole('alert').filter({ hasText: 'words/en.js, did not load' }).waitFor();
  await fits(page);
  await page.unrouteAll();
  complaints.length = 0;
  dismiss(page);
});

const EACH = Object.keys(LANGUAGES) as Language[];

describe('on a phone of 320 pixels', { concurrency: 2 }, () => {
  for (const language of EACH)
    test(`${LANGUAGES[language]} fits`, async () => {
      const words = CATALOGUES[language];
      const page = await pageOf({ locale: language, viewport: { width: 320, height: 640 } });
      const isWhole = async () => {
        await fits(page);
        await touchable(page);
        assert.deepEqual(await page.evaluate(cut), []);
      };
      await page.goto(origin);
      await page.getByText(words.OPTIONS).click();
      await isWhole();
      await field(page, words.ALIAS).fill('ada');
      await press(page, words.OPEN_ROOM);
      await page.getByRole('log').waitFor();
      await isWhole();
      await page.setViewportSize({ width: 360, height: 640 });
      assert.deepEqual(await page.evaluate(cutPlaceholders), []);
      await page.setViewportSize({ width: 320, height: 640 });
      const bar = await page.locator('.bar').boundingBox();
      assert.ok(bar && bar.height <= 60, `the bar is ${bar?.height} pixels high`);
      await press(page, words.MORE);
      await isWhole();
      await page.keyboard.press('Escape');
      await press(page, words.INVITE);
      await isWhole();
      await press(page, words.CLOSE);
      await press(page, words.MORE);
      await page.getByRole('menuitem', { name: words.RELOCK }).click();
      await isWhole();
      await press(page, words.CANCEL);
      dismiss(page);
    });
});

/** Placeholders that are cut off. */
const cutPlaceholders = (): string[] =>
  [...document.querySelectorAll('textarea')]
    .filter(box => box.checkVisibility())
    .filter(box => {
      const pen = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
      pen.font = getComputedStyle(box, '::placeholder').font;
      const { paddingLeft, paddingRight } = getComputedStyle(box);
      const place = box.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
      return pen.measureText(box.placeholder).width > place;
    })
    .map(box => box.placeholder);

/** Words on buttons that are cut off, or that stick out of the window. */
const cut = (): string[] =>
  [...document.querySelectorAll('button, a.button, summary, label')]
    .filter(each => each.checkVisibility() && !each.matches('.unseen'))
    .filter(each => {
      const { left, right } = each.getBoundingClientRect();
      return each.scrollWidth > each.clientWidth + 1 || left < 0 || right > innerWidth + 1;
    })
    .map(({ textContent }) => textContent ?? '');
