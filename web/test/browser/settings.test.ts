// Settings by hand, for as long as the tab lives: light or dark, the size of text, sound, notifications.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { SOUND_EVERY } from '../../src/view/alerts.ts';
import { INSECURE_HOST, launch } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import {
  choose,
  complaints,
  dismiss,
  enterRoom,
  farewell,
  field,
  fits,
  hears,
  newPage,
  openRoom,
  press,
  say,
  touchable,
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
  assert.deepEqual(complaints, []);
});

/** The ground, and how large text is. */
const looks = (page: Page): Promise<[string, string, string]> =>
  page.evaluate(() => {
    const [body, root] = [getComputedStyle(document.body), getComputedStyle(document.documentElement)];
    return [body.backgroundColor, root.fontSize, root.colorScheme];
  });
const LIGHT = 'rgb(245, 243, 238)';
const DARK = 'rgb(20, 24, 26)';

test('light, dark and the size of text go by the device until set by hand, and by hand until the tab is closed', async () => {
  for (const [colorScheme, device] of [
    ['light', LIGHT],
    ['dark', DARK],
  ] as const) {
    const page = await newPage(browser, { colorScheme });
    await page.goto(`${origin}/`);
    assert.deepEqual(await looks(page), [device, '16px', 'light dark']);
    await page.getByText('Options').click();
    await field(page, 'Light or dark').selectOption({ label: 'Dark' });
    assert.deepEqual(await looks(page), [DARK, '16px', 'dark']);
    await field(page, 'Light or dark').selectOption({ label: 'Light' });
    await field(page, 'Size of text').selectOption({ label: '150 %' });
    const set = [LIGHT, '24px', 'light'];
    assert.deepEqual(await looks(page), set);
    await page.reload();
    assert.deepEqual(await looks(page), set, 'after a reload');
    await openRoom(page, origin, 'alice');
    assert.deepEqual(await looks(page), set, 'in a room');
    await choose(page, 'Settings');
    await field(page, 'Light or dark').selectOption({ label: 'As the device has it' });
    assert.deepEqual(await looks(page), [device, '24px', 'light dark']);
    await press(page, 'Close');
    await choose(page, 'Leave');
    await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
    await farewell(page, 'You have left the room.');
    assert.deepEqual(await looks(page), [device, '24px', 'light dark'], 'at the farewell');
    await page.getByRole('link', { name: 'Back to the entrance' }).click();
    await field(page, 'Alias').waitFor();
    assert.deepEqual(await looks(page), [device, '24px', 'light dark'], 'at the entrance again');
    const another = await page.context().newPage();
    await another.goto(`${origin}/`);
    assert.deepEqual(await looks(another), [device, '16px', 'light dark'], 'in another tab');
    const stored = await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]);
    assert.deepEqual(stored, [0, 0, '']);
    dismiss(page);
  }
});

test('who is invited may set it before entering', async () => {
  const [alice, bob] = await Promise.all([newPage(browser), newPage(browser)]);
  await bob.goto(await openRoom(alice, origin, 'alice'));
  await bob.getByText('Options').click();
  await field(bob, 'Size of text').selectOption({ label: '125 %' });
  assert.equal((await looks(bob))[1], '20px');
  assert.equal(await field(bob, 'Your own room key').isVisible(), false);
  dismiss(alice, bob);
});

test('whatever another site has named the tab changes nothing', async () => {
  const page = await newPage(browser);
  for (const name of ['null', '7', '"x"', '{', '{"theme":"<b>","size":[1],"by":{}}', 'x'.repeat(10_000)]) {
    await page.goto('about:blank');
    await page.evaluate(name => (window.name = name), name);
    await page.goto(`${origin}/farewell#kicked`);
    assert.deepEqual(await looks(page), [LIGHT, '16px', 'light dark'], name);
    await page.getByText('You were kicked out of the room.').waitFor();
  }
  dismiss(page);
});

for (const width of [320, 360, 1280])
  test(`nothing sticks out with text twice as large at ${width} pixels, and all can be touched`, async () => {
    const page = await newPage(browser, { viewport: { width, height: 740 } });
    await page.goto(`${origin}/`);
    await page.getByText('Options').click();
    await field(page, 'Size of text').selectOption({ label: '200 %' });
    await fits(page);
    await touchable(page);
    await openRoom(page, origin, 'a'.repeat(32));
    await say(page, 'w'.repeat(300));
    await fits(page);
    await touchable(page);
    for (const panel of ['Settings', 'Who can see what', 'Disappearing messages']) {
      await choose(page, panel);
      await fits(page);
      await touchable(page);
      await page.keyboard.press('Escape');
    }
    dismiss(page);
  });

/** Notes each sound that begins and each notification, in the real ones' place beside them. */
async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const noted = { sounds: 0, shown: [] as string[], closed: 0 };
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) {
      noted.sounds += 1;
      return start.apply(this, when);
    };
    if ('Notification' in globalThis) {
      globalThis.Notification = class extends Notification {
        constructor(title: string, options?: NotificationOptions) {
          super(title, options);
          noted.shown.push(JSON.stringify([title, options]));
        }
        override close(): void {
          noted.closed += 1;
          super.close();
        }
      };
    }
    Object.assign(globalThis, { noted });
  });
}
type Noted = { sounds: number; shown: string[]; closed: number };
const noted = (page: Page): Promise<Noted> =>
  page.evaluate(() => (globalThis as unknown as { noted: Noted }).noted);

test('a whisper is heard once that is switched on, and no more than once in a while', async () => {
  const [alice, bob] = await Promise.all([newPage(browser), newPage(browser)]);
  await listen(bob);
  await enterRoom(bob, await openRoom(alice, origin, 'alice'), 'bob');
  await say(alice, '/purr bob before');
  await hears(bob, 'before');
  assert.equal((await noted(bob)).sounds, 0, 'off at first');
  await choose(bob, 'Settings');
  await field(bob, 'A sound for whispers and mentions').check();
  await press(bob, 'Close');
  assert.equal((await noted(bob)).sounds, 1, 'as it will sound');
  // Time enough for the next is let pass by the page's own clock.
  await bob.evaluate(every => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + every;
  }, SOUND_EVERY);
  await say(alice, 'to all');
  await hears(bob, 'to all');
  assert.equal((await noted(bob)).sounds, 1, 'not for what goes to all');
  for (const text of ['one', 'two', 'three']) await say(alice, `/purr bob ${text}`);
  await hears(bob, 'three');
  assert.equal((await noted(bob)).sounds, 2);
  await say(bob, '/purr alice mine');
  await hears(bob, 'mine');
  assert.equal((await noted(bob)).sounds, 2, 'not for one’s own');
  dismiss(alice, bob);
});

test('a notification says that there is a whisper, and not what or whose; it goes with the room', async () => {
  const [alice, bob] = await Promise.all([newPage(browser), newPage(browser)]);
  await bob.context().grantPermissions(['notifications'], { origin });
  await listen(bob);
  await enterRoom(bob, await openRoom(alice, origin, 'alice'), 'bob');
  await choose(bob, 'Settings');
  await field(bob, 'A notification for them, without what was said').check();
  await press(bob, 'Close');
  await say(alice, '/purr bob in sight');
  await hears(bob, 'in sight');
  assert.deepEqual((await noted(bob)).shown, []);
  await bob.evaluate(() => Object.defineProperty(document, 'hidden', { value: true, configurable: true }));
  await say(alice, '/purr bob out of sight');
  await bob.waitForFunction(() => (globalThis as unknown as { noted: Noted }).noted.shown.length === 1);
  const [shown = ''] = (await noted(bob)).shown;
  assert.deepEqual(JSON.parse(shown), ['Sanctuary', { body: 'A whisper', tag: 'sanctuary', silent: true }]);
  await bob.evaluate(() => Object.defineProperty(document, 'hidden', { value: false, configurable: true }));
  await bob.evaluate(() => dispatchEvent(new Event('focus')));
  assert.equal((await noted(bob)).closed, 1);
  dismiss(alice, bob);
});

test('who allows no notifications is told so, and over plain http none are offered', async () => {
  const page = await newPage(browser);
  await page.addInitScript(() => (Notification.requestPermission = async () => 'denied'));
  await openRoom(page, origin, 'alice');
  await choose(page, 'Settings');
  const notify = field(page, 'A notification for them, without what was said');
  await notify.click();
  await page.getByText('This browser shows no notifications of this page.').waitFor();
  assert.equal(await notify.isChecked(), false);
  const plain = await newPage(browser);
  await openRoom(plain, `http://${INSECURE_HOST}:${daemon.port}`, 'alice');
  await choose(plain, 'Settings');
  await field(plain, 'A sound for whispers and mentions').waitFor();
  assert.equal(await field(plain, 'A notification for them, without what was said').count(), 0);
  dismiss(page, plain);
});

test('every dialog begins by a title of one look', async () => {
  const page = await newPage(browser);
  await openRoom(page, origin, 'alice');
  const looks = [];
  for (const [name, close] of [
    ['Settings', 'Close'],
    ['Who can see what', 'Close'],
    ['Disappearing messages', 'Cancel'],
    ['Stop room', 'Cancel'],
  ] as const) {
    await choose(page, name);
    const title = page.locator('dialog > p:first-child');
    looks.push(
      await title.evaluate(node => [getComputedStyle(node).fontWeight, getComputedStyle(node).fontSize]),
    );
    await press(page, close);
  }
  for (const look of looks) assert.deepEqual(look, looks[0]);
  dismiss(page);
});
