// A room of which one member sits before a browser and another before a terminal, both as they are shipped.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { launch, launchFirefox } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { complaints, dismiss, farewell, hears, log, member, newPage, openRoom, say, seen } from './people.ts';
import { Terminal } from './terminal.ts';

let daemon: Daemon;
let chromium: Browser;
let firefox: Browser;
before(async () => {
  daemon = await startDaemon();
  [chromium, firefox] = await Promise.all([launch(), launchFirefox()]);
});
after(async () => {
  await Promise.all([chromium?.close(), firefox?.close()]);
  await daemon?.stop();
  assert.deepEqual(complaints.splice(0), []);
});

const line = (page: Page, text: string): Locator =>
  log(page)
    .locator('.line')
    .filter({ has: page.locator('.body').getByText(text, { exact: true }) });

async function doWithLine(page: Page, text: string, name: string): Promise<void> {
  await line(page, text).locator('.body').hover();
  await page.locator('.doings .opener').click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

for (const [name, browserOf] of [
  ['Chromium', () => chromium],
  ['Firefox', () => firefox],
] as const) {
  describe(`a terminal and ${name}`, () => {
    let ada: Page;
    let tess: Terminal;
    before(async () => {
      ada = await newPage(browserOf());
      const link = await openRoom(ada, `http://localhost:${daemon.port}`, 'ada');
      tess = new Terminal(link, 'tess');
      await member(ada, 'tess').waitFor();
      await tess.shows('2 here');
    });
    after(() => {
      tess?.close();
      dismiss(ada);
    });

    test('what either says the other reads, formatted as each can show it', async () => {
      await say(ada, 'good *evening*');
      await tess.shows('good evening');
      await say(ada, '<ul><li>bread</li><li>olives</li></ul>');
      await tess.shows(/- bread\s+│\s+- olives/);
      await say(ada, 'a <a href="https://example.org/x">map</a>');
      await tess.shows(/map.*https:\/\/example\.org\/x/);
      tess.say('from a <terminal> & back');
      await hears(ada, 'from a <terminal> & back');
      tess.say('/me waves');
      await log(ada).getByText('waves').first().waitFor();
      await say(ada, '/me nods');
      await tess.shows('nods');
    });

    test('whispers go both ways and say that they are some', async () => {
      await say(ada, '/purr tess psst');
      await tess.shows(/whispers[\s\S]*psst/);
      tess.say('/r for you alone');
      await hears(ada, 'for you alone');
      tess.say('/purr ada and again');
      await hears(ada, 'and again');
    });

    test('answers, reactions and what is taken back are seen by either', async () => {
      tess.say('what of Saturday?');
      await hears(ada, 'what of Saturday?');
      await doWithLine(ada, 'what of Saturday?', 'Reply');
      await ada.keyboard.type('at seven');
      await ada.keyboard.press('Enter');
      await tess.shows('at seven');
      await doWithLine(ada, 'what of Saturday?', 'React…');
      await ada.getByRole('menuitem', { name: 'heart' }).click();
      await tess.shows('❤');
      await doWithLine(ada, 'at seven', 'Unsend');
      await tess.shows(/^(?![\s\S]*at seven)/);
    });

    test('the keeper’s orders, first of the page and then of the terminal', async () => {
      for (const [order, told] of [
        ['/timer 5m', 'disappear'],
        ['/timer off', 'stay'],
        ['/lock', 'locked the room'],
        ['/unlock', 'unlocked the room'],
        ['/relock', 'new password'],
        ['/keeper tess', 'keeps the room'],
      ] as const) {
        await say(ada, order);
        await tess.shows(told);
      }
      for (const [order, told] of [
        ['/lock', 'tess locked the room'],
        ['/unlock', 'tess unlocked the room'],
        ['/relock', 'tess gave the room a new password'],
        ['/alias Tessa', 'tess is called Tessa'],
        ['/timer 1h', 'Tessa lets messages'],
      ] as const) {
        tess.say(order);
        await log(ada).getByText(told).first().waitFor();
      }
    });

    test('numbers are compared, and a member is passed over', async () => {
      tess.say('/number');
      await tess.shows('Your number');
      const shown = /Your number[^0-9]*([0-9][0-9 ]+[0-9])/.exec(tess.text())?.[1] ?? 'none';
      tess.say('/verify ada');
      await tess.shows('The number of ada');
      tess.press('y');
      await tess.shows(/ada.*verified/);
      await say(ada, '/verify Tessa');
      await seen(ada, shown);
      await ada.keyboard.press('Escape');
      tess.say('/ignore ada');
      await tess.shows('nothing of ada');
      await say(ada, 'unheard');
      await say(ada, '/alias Adela');
      await tess.shows('is called Adela');
      assert.doesNotMatch(tess.text(), /unheard/);
      tess.say('/ignore Adela');
      await tess.shows('see again');
    });

    test('the end comes to both', async () => {
      tess.say('/stop');
      await farewell(ada, 'Tessa');
      await tess.shows('The room was stopped.');
      tess.press('\r');
      assert.equal(await tess.ends(), 2);
    });
  });
}
