// Leaving at once, without a trace and without a question: Escape twice, or a finger on the room's icon.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { HELD_FOR, TWICE_WITHIN } from '../../src/view/panic.ts';
import { launch, launchFirefox } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { PATIENCE } from './driver.ts';
import {
  choose,
  complaints,
  dismiss,
  doWith,
  enterRoom,
  field,
  hears,
  newPage,
  openRoom,
  press,
  say,
  seen,
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

/** The page is blank: nothing is shown, named or remembered. */
async function isBlank(page: Page): Promise<void> {
  const look = () =>
    page.evaluate(() => [location.href, document.body?.innerHTML ?? '', document.title, window.name]);
  // Between two documents there is none to look at.
  let left: string[] = [];
  for (const last = Date.now() + PATIENCE; Date.now() < last && left[0] !== 'about:blank'; await pause(20))
    left = await look().catch(() => []);
  assert.deepEqual(left, ['about:blank', '', '', '']);
}

const isInside = (page: Page) => page.evaluate(() => document.body.classList.contains('inside'));

type Key = [key: string, at: number, more?: { isComposing?: true; keyCode?: number; repeat?: true }];

/** Keys as a keyboard sends them, each so many milliseconds after the first; all in one turn. */
const keys = (page: Page, ...sent: Key[]): Promise<void> =>
  page.evaluate(sent => {
    const box = document.querySelector('textarea') as HTMLElement;
    for (const [key, at, more] of sent) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
      Object.defineProperty(event, 'timeStamp', { value: 10_000 + at });
      box.dispatchEvent(event);
    }
  }, sent);

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

    test('Escape twice leaves to a blank page, whatever would be lost, and no way back leads to the room', async () => {
      const [alice, bob] = await Promise.all([newPage(browser), newPage(browser)]);
      const link = await openRoom(alice, origin, 'alice');
      const asked: string[] = [];
      bob.on('dialog', dialog => {
        asked.push(dialog.type());
        void dialog.accept();
      });
      await bob.goto(`${origin}/healthz`);
      await enterRoom(bob, link, 'bob');
      await say(alice, 'the secret text');
      await hears(bob, 'the secret text');
      await field(bob, 'Message').fill('a draft');
      await bob.keyboard.press('Escape');
      assert.ok(await isInside(bob), 'once is not enough');
      await bob.keyboard.press('Escape');
      await isBlank(bob);
      await hears(alice, 'bob left');
      await bob.goBack();
      assert.equal(bob.url(), `${origin}/healthz`);
      // Firefox tells nobody that a blank page has loaded.
      await bob.evaluate(() => void setTimeout(() => history.forward()));
      await isBlank(bob);
      assert.deepEqual(asked, []);
      dismiss(alice, bob);
    });

    test('who is alone in a room is asked nothing either', async () => {
      const page = await newPage(browser);
      const asked: string[] = [];
      page.on('dialog', dialog => {
        asked.push(dialog.type());
        void dialog.accept();
      });
      await openRoom(page, origin, 'alice');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await isBlank(page);
      assert.deepEqual(asked, []);
      dismiss(page);
    });
  });

describe('what counts', () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser?.close());

  test('Escape that closes something does not count', async () => {
    const small = { viewport: { width: 360, height: 740 } };
    const [alice, bob] = await Promise.all([newPage(browser, small), newPage(browser, small)]);
    await enterRoom(bob, await openRoom(alice, origin, 'alice'), 'bob');
    await say(alice, 'hello');
    await hears(bob, 'hello');
    const opens: Record<string, () => Promise<unknown>> = {
      'a dialog': () => press(bob, 'Invite'),
      'a menu': () => press(bob, 'More'),
      'the list of members': () => press(bob, '2 here'),
      'the list of members, with the focus elsewhere': async () => {
        await press(bob, '2 here');
        await bob.evaluate(() => (document.activeElement as HTMLElement).blur());
      },
      'a whisper': async () => {
        await press(bob, '2 here');
        await doWith(bob, 'alice', 'Whisper');
      },
      'a reply': async () => {
        await bob.locator('.line.message').last().hover();
        await bob.getByRole('button', { name: /^What to do with the message/ }).click();
        await bob.getByRole('menuitem', { name: 'Reply' }).click();
      },
      'the panel of who sees what': () => choose(bob, 'Who can see what'),
    };
    for (const [what, open] of Object.entries(opens)) {
      await open();
      await bob.keyboard.press('Escape');
      await bob.keyboard.press('Escape');
      assert.ok(await isInside(bob), what);
      assert.equal(await bob.locator('dialog[open], [aria-expanded="true"]').count(), 0, what);
      // Any other key begins anew.
      await bob.keyboard.press('Shift');
    }
    // Nothing closes the bar of formats but its button.
    await press(bob, 'Format');
    await bob.keyboard.press('Escape');
    await bob.keyboard.press('Escape');
    await isBlank(bob);
    dismiss(alice, bob);
  });

  test('twice counts within its time, and not by an input method, another key between, or one long press', async () => {
    const page = await newPage(browser);
    await openRoom(page, origin, 'alice');
    const misses: Key[][] = [
      [
        ['Escape', 0],
        ['Escape', TWICE_WITHIN + 1],
      ],
      [
        ['Escape', 0],
        ['a', 10],
        ['Escape', 20],
      ],
      [
        ['Escape', 0],
        ['Escape', 10, { isComposing: true }],
        ['Escape', 20],
      ],
      [
        ['Escape', 0],
        ['Escape', 10, { keyCode: 229 }],
        ['Escape', 20],
      ],
      [
        ['Escape', 0],
        ['Escape', 10, { repeat: true }],
        ['Escape', 500, { repeat: true }],
      ],
    ];
    for (const sent of misses) {
      await keys(page, ...sent);
      assert.ok(await isInside(page), JSON.stringify(sent));
      await keys(page, ['Shift', 0]);
    }
    await keys(page, ['Escape', 0], ['Escape', TWICE_WITHIN]);
    await isBlank(page);
    dismiss(page);
  });

  test('a finger that stays on the icon for a second leaves, one that is lifted before does not', async () => {
    const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
    const page = await newPage(browser, phone);
    await openRoom(page, origin, 'alice');
    const icon = await page.locator('.bar img').boundingBox();
    assert.ok(icon);
    const devtools = await page.context().newCDPSession(page);
    const at = [{ x: icon.x + icon.width / 2, y: icon.y + icon.height / 2 }];
    const touch = (
      type: 'touchStart' | 'touchMove' | 'touchEnd',
      touchPoints = type === 'touchEnd' ? [] : at,
    ) => devtools.send('Input.dispatchTouchEvent', { type, touchPoints });
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
    await touch('touchStart');
    await page.clock.runFor(HELD_FOR - 1);
    await touch('touchEnd');
    await page.clock.runFor(HELD_FOR);
    assert.ok(await isInside(page), 'lifted');
    await touch('touchStart');
    await touch('touchMove', [{ x: 180, y: 400 }]);
    await page.clock.runFor(HELD_FOR);
    assert.ok(await isInside(page), 'moved away');
    await touch('touchEnd');
    await page.mouse.move(at[0]?.x ?? 0, at[0]?.y ?? 0);
    await page.mouse.down();
    await page.clock.runFor(HELD_FOR);
    assert.ok(await isInside(page), 'a mouse is no finger');
    await page.mouse.up();
    await touch('touchStart');
    await page.clock.runFor(HELD_FOR);
    await isBlank(page);
    dismiss(page);
  });

  test('it is told in the help, and a button does it, too', async () => {
    const page = await newPage(browser);
    await openRoom(page, origin, 'alice');
    await say(page, '/help');
    await seen(page, 'leave at once, to a blank page');
    await choose(page, 'Who can see what');
    await press(page, 'Leave to a blank page');
    await isBlank(page);
    dismiss(page);
  });
});
