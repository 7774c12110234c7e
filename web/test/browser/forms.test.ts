// Browsers keep nothing of this page's forms and conversations to show them again.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { INSECURE_HOST, launch, launchFirefox } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import {
  choose,
  complaints,
  dismiss,
  enterRoom,
  farewell,
  field,
  hears,
  newPage,
  openRoom,
  press,
  say,
} from './people.ts';

let daemon: Daemon;
let origin: string;
before(async () => {
  daemon = await startDaemon();
  origin = `http://localhost:${daemon.port}`;
});
after(async () => {
  await daemon?.stop();
  assert.deepEqual(complaints, []);
});

/** All that may hold what somebody has typed, and by what a browser would remember it. */
const fields = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement>('input, textarea, select')].map(each => ({
      what: each.outerHTML,
      name: each.type === 'radio' ? '' : each.name,
      autocomplete: each.autocomplete,
      // Of a file nothing is remembered.
      isTyped: !/radio|checkbox|file/.test(each.type),
      value: /radio|checkbox|select/.test(each.type) ? '' : each.value,
    })),
  );

const hasNoneThatIsKept = async (page: Page): Promise<void> => {
  const all = await fields(page);
  assert.ok(all.length > 0);
  for (const { what, name, autocomplete, isTyped } of all) {
    assert.equal(name, '', what);
    if (isTyped) assert.match(autocomplete, /^(?:off|new-password)$/, what);
  }
};

for (const [name, start] of [
  ['Chromium', launch],
  ['Firefox', launchFirefox],
] as const)
  describe(name, () => {
    let browser: Browser;
    before(async () => {
      browser = await start();
    });
    after(() => browser?.close());

    test('no field has a name, or may be filled in by the browser', async () => {
      const page = await newPage(browser);
      await page.goto(`${origin}/`);
      await page.getByText('Options').click();
      await hasNoneThatIsKept(page);
      await openRoom(page, origin, 'alice');
      await hasNoneThatIsKept(page);
      for (const panel of ['Settings', 'Who can see what', 'Disappearing messages']) {
        await choose(page, panel);
        await hasNoneThatIsKept(page);
        await page.keyboard.press('Escape');
      }
      dismiss(page);
    });

    test('what was filled in is not there any more after a reload, or after going elsewhere and back', async () => {
      const page = await newPage(browser);
      for (const away of ['reload', 'elsewhere'] as const) {
        await page.goto(`${origin}/`);
        await field(page, 'Alias').fill('zebulon');
        await page.getByText('Options').click();
        await field(page, 'Your own password').fill('a password of my own');
        await field(page, 'Your own room key').fill('K7QM');
        if (away === 'reload') await page.reload();
        else {
          await page.goto(`http://${INSECURE_HOST}:${daemon.port}/farewell`);
          await page.goBack();
        }
        await field(page, 'Alias').waitFor();
        assert.deepEqual((await fields(page)).map(({ value }) => value).join(''), '', away);
      }
      dismiss(page);
    });

    test('a conversation that was left is not brought back by the way back', async () => {
      const [alice, bob] = await Promise.all([newPage(browser), newPage(browser)]);
      await enterRoom(bob, await openRoom(alice, origin, 'alice'), 'bob');
      await say(alice, 'the secret text');
      await hears(bob, 'the secret text');
      await bob.goto(`http://${INSECURE_HOST}:${daemon.port}/farewell`);
      await hears(alice, 'bob left');
      await bob.goBack();
      await field(bob, 'Alias').waitFor();
      assert.ok(!(await bob.content()).includes('the secret text'));
      dismiss(alice, bob);
    });
  });

test('from the farewell back to the entrance, the history holds one page alone', async () => {
  const browser = await launch();
  const page = await newPage(browser);
  await openRoom(page, origin, 'alice');
  await choose(page, 'Leave');
  await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
  await farewell(page, 'You have left the room.');
  await page.getByRole('link', { name: 'Back to the entrance' }).click();
  await field(page, 'Alias').waitFor();
  const devtools = await page.context().newCDPSession(page);
  const { entries } = await devtools.send('Page.getNavigationHistory');
  assert.deepEqual(
    entries.map(({ url }) => url),
    ['about:blank', `${origin}/`],
  );
  await press(page, 'Open a room');
  await browser.close();
});
