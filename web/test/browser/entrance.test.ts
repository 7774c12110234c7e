// The first minute: what somebody sees and does who was never here before.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launch } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import {
  choose,
  complaints,
  dismiss,
  field,
  inside,
  invitation,
  loaded,
  newPage,
  press,
  seen,
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

test('all that there is to do stands on one small screen, and nothing tells of a connection yet', async () => {
  const page = await newPage(browser, { viewport: { width: 360, height: 740 } });
  await page.goto(origin);
  await field(page, 'Alias').waitFor();
  const below = await page.evaluate(() =>
    [...document.querySelectorAll('input, button, summary')]
      .filter(each => each.checkVisibility() && each.getBoundingClientRect().bottom > innerHeight)
      .map(each => each.outerHTML),
  );
  assert.deepEqual(below, []);
  assert.equal(await page.getByText('Not connected').isVisible(), false);
  dismiss(page);
});

test('the rest of the page is asked for when the entrance is on the screen', async () => {
  const page = await newPage(browser);
  const asked: string[] = [];
  page.on('request', request => asked.push(request.url()));
  await page.addInitScript(() => {
    const frames: FrameRequestCallback[] = [];
    const { requestAnimationFrame } = window;
    window.requestAnimationFrame = callback => frames.push(callback);
    Object.assign(window, {
      draw: () => {
        window.requestAnimationFrame = requestAnimationFrame;
        frames.forEach(requestAnimationFrame);
      },
    });
  });
  await page.goto(origin);
  await field(page, 'Alias').waitFor();
  assert.ok(asked.some(url => url.includes('words/')));
  assert.ok(!asked.some(url => url.includes('inside')));
  await page.evaluate('draw()');
  await loaded(page);
  dismiss(page);
});

test('a room is opened by an alias and one press, each with a key and a password of its own', async () => {
  const [ada, bob] = await Promise.all([newPage(browser), newPage(browser)]);
  const links = [];
  for (const page of [ada, bob]) {
    await page.goto(origin);
    await field(page, 'Alias').fill('ada');
    await field(page, 'Alias').press('Enter');
    await inside(page);
    links.push(await invitation(page));
  }
  for (const link of links)
    assert.match(link, /#[0-9A-Z]{4}-[0-9A-Z]{4}:[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  const parts = links.map(link => (link.split('#')[1] ?? '').split(':'));
  assert.notEqual(parts[0]?.[0], parts[1]?.[0]);
  assert.notEqual(parts[0]?.[1], parts[1]?.[1]);
  dismiss(ada, bob);
});

test('who has a room key is asked for its password, and what was typed may be a whole invitation', async () => {
  const [ada, bob] = await Promise.all([newPage(browser), newPage(browser)]);
  await ada.goto(origin);
  await field(ada, 'Alias').fill('ada');
  await press(ada, 'Open a room');
  await inside(ada);
  const [key = '', password = ''] = ((await invitation(ada)).split('#')[1] ?? '').split(':');
  await bob.goto(origin);
  await field(bob, 'Alias').fill('bob');
  assert.equal(await field(bob, 'Password').isVisible(), false);
  await field(bob, 'I have an invitation').pressSequentially(key.toLowerCase());
  await field(bob, 'I have an invitation').press('Enter');
  assert.equal(await bob.locator('input:focus').getAttribute('type'), 'password');
  await bob.keyboard.type(password);
  await bob.keyboard.press('Enter');
  await inside(bob);
  await choose(bob, 'Leave');
  await seen(bob, 'You have left the room.');
  await bob.goto(origin);
  await field(bob, 'Alias').fill('bob');
  await field(bob, 'I have an invitation').pressSequentially(`${key} ${password}`);
  await bob.keyboard.press('Enter');
  await inside(bob);
  dismiss(ada, bob);
});
