// The room on screens and with settings that few have: magnified, beside a keyboard on the screen, in colours of the system's,
// in large type, from right to left. The conversation keeps its place, and what is there is told apart.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { layLine, type Line } from './line.ts';
import {
  complaints,
  dismiss,
  doWith,
  enterRoom,
  field,
  fits,
  hears,
  inside,
  log,
  member,
  newPage,
  openRoom,
  press,
  say,
  seen,
  touchable,
} from './people.ts';

let daemon: Daemon;
let browser: Browser;
let line: Line;
let origin: string;
before(async () => {
  daemon = await startDaemon();
  browser = await launch();
  line = await layLine(daemon.port);
  origin = `http://localhost:${line.port}`;
});
after(async () => {
  await browser?.close();
  line?.close();
  await daemon?.stop();
  assert.deepEqual(complaints.splice(0), []);
});

afterEach(() => line.mend());

/** A line and a half of text, at the least. */
const CONVERSATION_LEAST = 40;

/** The conversation's height, and whether its newest line is in sight. */
const conversation = (page: Page): Promise<{ height: number; isAtEnd: boolean }> =>
  log(page).evaluate(node => ({
    height: node.getBoundingClientRect().height,
    isAtEnd: node.scrollHeight - node.scrollTop - node.clientHeight < 2,
  }));

async function keepsItsPlace(page: Page, what: string): Promise<void> {
  await page.waitForFunction(() => {
    const node = document.querySelector('[role=log]') as HTMLElement;
    return node.scrollHeight - node.scrollTop - node.clientHeight < 2;
  });
  const { height } = await conversation(page);
  assert.ok(height >= CONVERSATION_LEAST, `${what}: ${height} pixels of the conversation`);
  const box = await field(page, 'Message').boundingBox();
  const { height: below = 0 } = page.viewportSize() ?? {};
  assert.ok(box && box.y + box.height <= below, `${what}: the box to write in is out of sight`);
  await fits(page);
}

describe('the conversation keeps its place', () => {
  for (const { name, viewport } of [
    { name: 'magnified four times', viewport: { width: 320, height: 256 } },
    { name: 'with a keyboard on a telephone on its side', viewport: { width: 740, height: 180 } },
    { name: 'with a keyboard on a small telephone', viewport: { width: 320, height: 300 } },
  ])
    test(name, async () => {
      const [alice, bob] = await Promise.all([
        newPage(browser, { viewport, hasTouch: true, isMobile: true }),
        newPage(browser),
      ]);
      const link = await openRoom(alice, origin, 'alice');
      await enterRoom(bob, link, 'bob');
      await say(bob, 'one<br>two<br>three');
      await hears(alice, 'onetwothree');
      await keepsItsPlace(alice, 'talk');
      await field(alice, 'Message').fill('a\nb\nc\nd\ne\nf');
      await keepsItsPlace(alice, 'a long draft');
      await field(alice, 'Message').fill('');
      await press(alice, '2 here');
      await doWith(alice, 'bob', 'Whisper');
      await seen(alice, 'Whispering to');
      await keepsItsPlace(alice, 'a whisper');
      await field(alice, 'Message').press('Escape');
      line.cut();
      await seen(alice, 'Try now');
      await keepsItsPlace(alice, 'a broken connection');
      line.mend();
      await press(alice, 'Try now');
      await inside(alice);
      dismiss(alice, bob);
    });

  test('and its newest line whatever changes the size', async () => {
    const [alice, bob] = await Promise.all([newPage(browser), newPage(browser)]);
    await alice.setViewportSize({ width: 600, height: 800 });
    await enterRoom(bob, await openRoom(alice, origin, 'alice'), 'bob');
    for (let at = 0; at < 12; at++) await say(bob, `${at} `.repeat(100));
    await hears(alice, '11 '.repeat(100).trim());
    for (const size of [
      { width: 360, height: 500 },
      { width: 600, height: 800 },
      { width: 1280, height: 300 },
      { width: 320, height: 256 },
    ]) {
      await alice.setViewportSize(size);
      await keepsItsPlace(alice, `${size.width}×${size.height}`);
    }
    dismiss(alice, bob);
  });
});

test('in the system’s colours, what only colours tell apart is told apart otherwise', async () => {
  const [alice, bob] = await Promise.all([
    newPage(browser, { forcedColors: 'active' }),
    newPage(browser, { forcedColors: 'active' }),
  ]);
  await enterRoom(bob, await openRoom(alice, origin, 'alice'), 'bob');
  for (const text of ['mine', '/purr bob for bob']) await say(alice, text);
  await say(bob, 'his');
  await hears(alice, 'his');
  const edge = (selector: string, pseudo?: string) =>
    alice.evaluate(
      ([selector, pseudo]) => {
        const style = getComputedStyle(document.querySelector(selector) as Element, pseudo);
        return [
          style.borderTopStyle,
          style.borderTopWidth,
          style.borderInlineEndWidth,
          style.outlineStyle,
        ].join();
      },
      [selector, pseudo] as const,
    );
  const [own, other] = [await edge('.mine.message .said'), await edge('.line.message:not(.mine) .said')];
  assert.notEqual(own, other, 'own lines');
  const connected = await edge('.state', '::before');
  line.cut();
  await seen(alice, 'Try now');
  assert.notEqual(await edge('.state', '::before'), connected, 'the disc of the connection');
  line.mend();
  dismiss(alice, bob);
});

test('with text twice as large, nothing sticks out and all is reached', async () => {
  const page = await newPage(browser, {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
  });
  const large = () =>
    page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
  await page.goto(`${origin}/`);
  await large();
  await fits(page);
  await touchable(page);
  await field(page, 'Alias').fill('a'.repeat(32));
  await press(page, 'Open a room');
  await inside(page);
  await say(page, 'a line');
  await hears(page, 'a line');
  await keepsItsPlace(page, 'large text');
  await touchable(page);
  for (const name of ['1 here', 'Invite', 'More'])
    assert.ok(await isInSight(page, name), `${name} is out of sight`);
  await press(page, 'Invite');
  await fits(page);
  await press(page, 'Close');
  await press(page, '1 here');
  await member(page, 'a'.repeat(32)).waitFor();
  await fits(page);
  dismiss(page);
});

async function isInSight(page: Page, name: string): Promise<boolean> {
  const box = await page.getByRole('button', { name, exact: true }).boundingBox();
  const { width = 0 } = page.viewportSize() ?? {};
  return box !== null && box.x >= 0 && box.x + box.width <= width;
}

for (const width of [360, 1280])
  test(`from right to left, all is mirrored at ${width} pixels`, async () => {
    const [alice, bob] = await Promise.all([
      newPage(browser, { viewport: { width, height: 740 } }),
      newPage(browser),
    ]);
    await enterRoom(bob, await openRoom(alice, origin, 'alice'), 'bob');
    await say(bob, '<ul><li>item</li></ul>');
    await hears(alice, 'item');
    if (width < 960) await press(alice, '2 here');
    const places = async (dir: 'ltr' | 'rtl') =>
      alice.evaluate(dir => {
        document.documentElement.dir = dir;
        const nodes = document.querySelectorAll('.bar *, .room *:not(.line *, [role=log] *, textarea)');
        return [...nodes]
          .filter(node => node.checkVisibility() && getComputedStyle(node).display !== 'inline')
          .map(node => {
            const { left, right } = node.getBoundingClientRect();
            const name = `${node.localName}.${node.className}`;
            return { name, at: Math.round(dir === 'ltr' ? left : innerWidth - right) };
          });
      }, dir);
    const ltr = await places('ltr');
    const rtl = await places('rtl');
    const moved = ltr.filter(({ at }, index) => Math.abs(at - (rtl[index]?.at ?? NaN)) > 1);
    assert.deepEqual(moved, []);
    await fits(alice);
    dismiss(alice, bob);
  });
