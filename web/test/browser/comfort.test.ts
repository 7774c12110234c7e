// The page for everybody: by keyboard alone, on the smallest screen, in light and dark, read aloud.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { EVENTS_MOST } from '../../src/session/lines.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { type Browser, type Page, PATIENCE } from './driver.ts';
import { engine } from './engines.ts';
import {
  complaints,
  enterRoom,
  farewell,
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
  dismiss,
  choose,
  doWith,
} from './people.ts';

let daemon: Daemon;
let browser: Browser;
let origin: string;
before(async () => {
  daemon = await startDaemon();
  browser = await engine.launch();
  origin = `http://localhost:${daemon.port}`;
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
  assert.deepEqual(complaints, []);
});

/** What has the focus, by its name for assistive technology. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const node = document.activeElement as HTMLInputElement;
    return (
      node.labels?.[0]?.textContent || node.getAttribute('aria-label') || node.textContent || node.localName
    );
  });

/** Waits until this has the focus: what a key does may take a while. */
async function focuses(page: Page, name: string): Promise<void> {
  const last = Date.now() + PATIENCE;
  while ((await focused(page)) !== name && Date.now() < last) await pause(20);
  assert.equal(await focused(page), name);
}

/** Goes on by a key until this has the focus; not past the page's end, where Firefox keeps the focus to itself. */
async function tabTo(page: Page, name: string, key = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let steps = 0; steps < 30; steps += 1) {
    const at = await focused(page);
    if (at === name) return;
    passed.push(at);
    await page.keyboard.press(key);
  }
  assert.fail(`${name} is not among what Tab leads to: ${passed.join(', ')}`);
}

test('everything is done by keyboard alone', async () => {
  const [alice, bob] = await Promise.all([newPage(browser), newPage(browser)]);
  await alice.goto(`${origin}/`);
  // Keys press nothing in a window behind another.
  await alice.bringToFront();
  await focuses(alice, 'Alias');
  await alice.keyboard.type('alice');
  await alice.keyboard.press('Enter');
  await inside(alice);
  await focuses(alice, 'Message');

  await tabTo(alice, 'Invite', 'Shift+Tab');
  await alice.keyboard.press('Enter');
  await focuses(alice, 'Copy');
  const link = await alice.getByRole('textbox', { name: 'Invitation link' }).inputValue();
  await alice.keyboard.press('Escape');
  await focuses(alice, 'Invite');
  assert.equal(await alice.getByRole('textbox', { name: 'Invitation link' }).count(), 0);

  await bob.goto(link);
  await bob.bringToFront();
  await focuses(bob, 'Alias');
  await bob.keyboard.type('bob');
  await bob.keyboard.press('Enter');
  await inside(bob);
  await bob.keyboard.type('one');
  await bob.keyboard.press('Shift+Enter');
  await bob.keyboard.type('two');
  await bob.keyboard.press('Enter');
  await log(alice).getByText('one\ntwo').waitFor();
  assert.equal(await field(bob, 'Message').inputValue(), '');

  await alice.bringToFront();
  await tabTo(alice, 'What to do with bob');
  await alice.keyboard.press('Enter');
  await focuses(alice, 'Whisper');
  await alice.keyboard.press('Enter');
  await focuses(alice, 'Message');
  await seen(alice, 'Whispering to');
  await alice.keyboard.type('psst');
  await alice.keyboard.press('Enter');
  await hears(bob, 'psst');
  await alice.keyboard.press('Escape');
  await alice.getByText('Whispering to').waitFor({ state: 'hidden' });

  await tabTo(alice, 'What to do with bob');
  for (const key of ['Enter', 'ArrowUp']) await alice.keyboard.press(key);
  await focuses(alice, 'Kick');
  await alice.keyboard.press('Enter');
  await focuses(alice, 'Cancel');
  await alice.keyboard.press('Escape');
  await alice.getByRole('dialog').waitFor({ state: 'detached' });
  await focuses(alice, 'What to do with bob');

  await tabTo(alice, 'More', 'Shift+Tab');
  for (const key of ['Enter', 'End']) await alice.keyboard.press(key);
  await focuses(alice, 'Leave');
  await alice.keyboard.press('Enter');
  await farewell(alice, 'You have left the room.');
  await tabTo(alice, 'Back to the entrance');
  await alice.keyboard.press('Enter');
  await alice.waitForURL(`${origin}/`);
  dismiss(alice, bob);
});

test('a refusal is read out and the cursor stands where it is mended', async () => {
  const page = await newPage(browser);
  await page.goto(`${origin}/`);
  await field(page, 'Alias').fill('two words');
  await press(page, 'Open a room');
  await page.getByRole('alert').filter({ hasText: 'An alias has' }).waitFor();
  await focuses(page, 'Alias');
  assert.equal(await field(page, 'Alias').getAttribute('aria-invalid'), 'true');
  dismiss(page);
});

test('of a chosen password the entrance says what it is worth, and of a generated one nothing', async () => {
  const page = await newPage(browser, engine.has.phone && { viewport: { width: 360, height: 640 } });
  await page.goto(`${origin}/`);
  const warning = page
    .getByRole('status')
    .filter({ hasText: 'A password that somebody chose can be guessed' });
  await page.getByText('Options').click();
  const password = field(page, 'Your own password');
  await password.fill('1234567');
  assert.equal(await warning.count(), 0, 'too short for any room');
  await password.fill('12345678');
  await warning.waitFor();
  await password.fill('correct horse');
  await warning.waitFor();
  await fits(page);
  await password.fill('9f3k-tq2m-xa7b-oc1d');
  await warning.waitFor({ state: 'detached' });
  dismiss(page);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(
    `nothing sticks out at 320 pixels in ${colorScheme}, and all can be touched`,
    { skip: engine.lacks.phone },
    async () => {
      const small = { viewport: { width: 320, height: 568 }, colorScheme, ...engine.has.phone };
      const [alice, bob] = await Promise.all([newPage(browser, small), newPage(browser, small)]);
      const check = async (page: Page) => {
        await fits(page);
        await touchable(page);
      };
      const insecure = `http://${engine.insecureHost}:${daemon.port}`;
      await alice.goto(`${insecure}/`);
      await alice.getByText('This page came over plain http').click();
      await check(alice);
      await alice.getByText('Options').click();
      await check(alice);
      await field(alice, 'I have an invitation').fill('K7QM');
      await press(alice, 'Enter the room');
      await seen(alice, 'A room key has');
      await check(alice);
      const link = await openRoom(alice, origin, 'a'.repeat(32));
      await bob.goto(link);
      await check(bob);
      await enterRoom(bob, link, 'b'.repeat(32));
      await say(bob, `${'w'.repeat(500)} <pre>${'p'.repeat(500)}</pre><h1>${'h'.repeat(100)}</h1>`);
      const cells = `<td>${'c'.repeat(30)}</td>`.repeat(20);
      await say(
        bob,
        `<table><tr>${cells}</tr></table><ul>${'<li><ul>'.repeat(10)}deep${'</ul></li>'.repeat(10)}</ul>`,
      );
      await hears(alice, 'deep');
      await press(alice, 'Invite');
      await check(alice);
      await press(alice, 'Close');
      await press(alice, '2 here');
      await member(alice, 'b'.repeat(32)).waitFor();
      await check(alice);
      await doWith(alice, 'b'.repeat(32), 'Whisper');
      await member(alice, 'b'.repeat(32)).waitFor({ state: 'hidden' });
      await check(alice);
      await press(alice, '2 here');
      for (const [doing, away] of [
        ['Verify', 'Close'],
        ['Kick', 'Cancel'],
      ] as const) {
        await doWith(alice, 'b'.repeat(32), doing);
        await check(alice);
        await alice.getByRole('dialog').getByRole('button', { name: away }).click();
      }
      await choose(alice, 'Stop room');
      await check(alice);
      await alice.getByRole('dialog').getByRole('button', { name: 'Stop room' }).click();
      await farewell(alice, 'The room was stopped.');
      await check(alice);
      dismiss(alice, bob);
    },
  );
}

test('text stands out from its ground in light and dark', { skip: engine.lacks.dark }, async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await newPage(browser, { colorScheme });
    await page.goto(`${origin}/`);
    assert.ok(
      await page.evaluate(scheme => matchMedia(`(prefers-color-scheme: ${scheme})`).matches, colorScheme),
    );
    const weak = await page.evaluate(() => {
      const style = getComputedStyle(document.documentElement);
      const luminance = (name: string) => {
        const hex = style.getPropertyValue(name).trim();
        const [red = 0, green = 0, blue = 0] = [1, 3, 5]
          .map(at => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
          .map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const hues = Array.from({ length: 16 }, (_, hue) => `--hue-${hue}`);
      const found: string[] = [];
      for (const ground of ['--ground', '--surface', '--raised', '--whisper']) {
        for (const text of ['--text', '--quiet', '--accent', '--danger', ...hues]) {
          const [dark = 0, light = 0] = [luminance(ground), luminance(text)].sort(
            (one, other) => one - other,
          );
          const contrast = (light + 0.05) / (dark + 0.05);
          // WCAG 1.4.3
          if (!(contrast >= 4.5)) found.push(`${text} on ${ground}: ${contrast.toFixed(2)}`);
        }
      }
      return found;
    });
    assert.deepEqual(weak, [], colorScheme);
    dismiss(page);
  }
});

test(
  'for who asked for that, nothing moves that moves for others',
  { skip: engine.lacks.stillness },
  async () => {
    for (const reducedMotion of ['no-preference', 'reduce'] as const) {
      const page = await newPage(browser, { reducedMotion });
      await page.goto(`http://${engine.insecureHost}:${daemon.port}/`);
      await field(page, 'Alias').fill('alice');
      await press(page, 'Open a room');
      await page.getByRole('progressbar').waitFor();
      const moving = await page.evaluate(() => document.getAnimations().length);
      assert.equal(moving > 0, reducedMotion === 'no-preference');
      await inside(page);
      assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
      dismiss(page);
    }
  },
);

describe('the conversation', () => {
  test('follows the newest line, unless somebody reads further up', async () => {
    const [alice, bob] = await Promise.all([newPage(browser), newPage(browser)]);
    await enterRoom(bob, await openRoom(alice, origin, 'alice'), 'bob');
    const below = () => log(bob).evaluate(node => node.scrollHeight - node.scrollTop - node.clientHeight);
    await say(alice, 'first\n'.repeat(15));
    await say(alice, 'next\n'.repeat(15));
    await say(alice, 'last\n'.repeat(15));
    await log(bob).getByText('last').waitFor();
    await bob.waitForFunction(() => {
      const node = document.querySelector('[role=log]') as HTMLElement;
      return node.scrollHeight - node.scrollTop - node.clientHeight < 2;
    });
    await log(bob).evaluate(node => {
      node.scrollTop = 0;
    });
    await bob.waitForFunction(() => document.querySelector('[role=log]')?.scrollTop === 0);
    await say(alice, 'second');
    const jump = bob.getByRole('button', { name: 'New messages' });
    await jump.waitFor();
    assert.ok((await below()) > 0);
    await jump.click();
    await jump.waitFor({ state: 'hidden' });
    assert.ok((await below()) < 2);
    dismiss(alice, bob);
  });

  test('says of each line who spoke to who can’t see how lines are grouped', async () => {
    const [alice, bob] = await Promise.all([newPage(browser), newPage(browser)]);
    await enterRoom(bob, await openRoom(alice, origin, 'alice'), 'bob');
    for (const text of ['one of mine', 'carol was kicked by alice']) {
      await say(alice, text);
      await hears(bob, text);
    }
    await bob.locator('.line.continued').waitFor();
    const read = await log(bob).innerText();
    assert.equal(await log(bob).locator('[aria-hidden] .head, .head[aria-hidden]').count(), 0);
    assert.match(read, /alice[^]*one of mine[^]*alice[^]*carol was kicked by alice/);
    dismiss(alice, bob);
  });

  test('keeps no more notes than it may, and they drive out no message', async () => {
    const page = await newPage(browser);
    await openRoom(page, origin, 'alice');
    await say(page, 'the oldest line');
    await hears(page, 'the oldest line');
    await page.evaluate(async most => {
      const box = document.querySelector('textarea') as HTMLTextAreaElement;
      for (let asked = 0; asked < most + 10; asked += 1) {
        box.value = '/help';
        box.form?.requestSubmit();
      }
    }, EVENTS_MOST);
    await say(page, 'the newest line');
    await hears(page, 'the newest line');
    assert.equal(await log(page).locator('.local').count(), EVENTS_MOST);
    await hears(page, 'the oldest line');
    dismiss(page);
  });

  test('lays out only what is near, and arrow keys come to all of it', async () => {
    const page = await newPage(browser);
    await openRoom(page, origin, 'alice');
    await say(page, 'far up');
    await hears(page, 'far up');
    await page.evaluate(async () => {
      const box = document.querySelector('textarea') as HTMLTextAreaElement;
      for (let asked = 0; asked < 80; asked += 1) {
        box.value = '/help';
        box.form?.requestSubmit();
      }
    });
    await say(page, 'the newest');
    await hears(page, 'the newest');
    const isLaidOut = (text: string) =>
      log(page)
        .getByText(text, { exact: true })
        .evaluate(node => node.checkVisibility({ contentVisibilityAuto: true }));
    assert.equal(await isLaidOut('the newest'), true);
    assert.equal(await isLaidOut('far up'), false);
    const opener = page.locator('.doings .opener');
    await opener.focus();
    await page.keyboard.press('ArrowUp');
    assert.match((await opener.getAttribute('aria-label')) ?? '', /far up/);
    await log(page).getByText('far up', { exact: true }).waitFor();
    assert.equal(await isLaidOut('far up'), true);
    const top = (node: Element) => node.getBoundingClientRect().top;
    const line = log(page).locator('.line').filter({ hasText: 'far up' });
    const [beside, at] = [await opener.evaluate(top), await line.evaluate(top)];
    assert.ok(Math.abs(beside - at) < 24, `${beside} beside ${at}`);
    dismiss(page);
  });
});

test('messages that come while the tab is out of sight are counted in its title', async () => {
  const [alice, bob] = await Promise.all([newPage(browser), newPage(browser)]);
  await enterRoom(bob, await openRoom(alice, origin, 'alice'), 'bob');
  await say(alice, 'seen');
  await hears(bob, 'seen');
  assert.equal(await bob.title(), 'Sanctuary');
  // Headless pages are always in sight; the page asks for no more than this.
  const turn = (hidden: boolean) =>
    bob.evaluate(hidden => {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await turn(true);
  await say(alice, 'one');
  await say(alice, '/purr bob two');
  await bob.waitForFunction(() => document.title === '(2) Sanctuary');
  await turn(false);
  await bob.waitForFunction(() => document.title === 'Sanctuary');
  dismiss(alice, bob);
});

describe('the invitation is copied', () => {
  for (const host of ['localhost', engine.insecureHost]) {
    test(`at ${host}`, async () => {
      const page = await newPage(browser);
      await openRoom(page, `http://${host}:${daemon.port}`, 'alice');
      await press(page, 'Invite');
      await press(page, 'Copy');
      await seen(page, 'Copied');
      const link = await page.getByRole('textbox', { name: 'Invitation link' }).inputValue();
      await press(page, 'Close');
      await field(page, 'Message').focus();
      await page.keyboard.press('Control+V');
      await page.waitForFunction(link => document.querySelector('textarea')?.value === link, link);
      dismiss(page);
    });
  }
});

test('the link is seen whole, however narrow the window is', async () => {
  const page = await newPage(browser);
  await openRoom(page, origin, 'alice');
  await press(page, 'Invite');
  const link = page.getByRole('textbox', { name: 'Invitation link' });
  for (const width of engine.has.phone ? [1280, 360, 320] : [1280, 480]) {
    await page.setViewportSize({ width, height: 740 });
    await page.waitForFunction(() => {
      const { clientHeight, scrollHeight, clientWidth, scrollWidth } =
        document.querySelector('.invitation textarea') ?? document.body;
      return scrollHeight <= clientHeight && scrollWidth <= clientWidth;
    });
    assert.ok((await link.evaluate(field => field.getBoundingClientRect().height)) < 240);
  }
  dismiss(page);
});
