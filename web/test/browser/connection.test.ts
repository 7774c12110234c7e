// Connections that break: the seat is taken again, or the way leads back to the entrance.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launch, REBOUND_HOST } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { type Line, layLine } from './line.ts';
import {
  complaints,
  enterRoom,
  field,
  hears,
  inside,
  loaded,
  log,
  member,
  newPage,
  openRoom,
  press,
  say,
  seen,
  state,
  dismiss,
} from './people.ts';

let daemon: Daemon;
let hasty: Daemon;
let browser: Browser;
const lines: Line[] = [];
before(async () => {
  [daemon, hasty] = await Promise.all([startDaemon(), startDaemon('grace = "1 s"\n')]);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  for (const line of lines) line.close();
  await Promise.all([daemon?.stop(), hasty?.stop()]);
  assert.deepEqual(complaints, []);
});

test('a page that could not load all of itself says so, and tries again', async () => {
  const page = await newPage(browser);
  await page.route('**/inside.js*', route => route.abort());
  await page.goto(`http://localhost:${daemon.port}/`);
  await field(page, 'Alias').fill('alice');
  await press(page, 'Open a room');
  await seen(page, 'A part of this page did not load.');
  // The browser complains of what it was kept from; nothing else is to be complained of.
  complaints.splice(0, complaints.length, ...complaints.filter(each => !/ERR_FAILED/.test(each)));
  await page.unroute('**/inside.js*');
  await press(page, 'Open a room');
  await inside(page);
  await say(page, 'hello <b>all</b>');
  await hears(page, 'all');
  dismiss(page);
});

async function twoOverALine(to: Daemon) {
  const line = await layLine(to.port);
  lines.push(line);
  const [alice, bob] = await Promise.all([newPage(browser), newPage(browser)]);
  const link = await openRoom(alice, `http://localhost:${to.port}`, 'alice');
  await enterRoom(bob, link.replace(`:${to.port}`, `:${line.port}`), 'bob');
  await say(bob, 'before the cut');
  await hears(alice, 'before the cut');
  return { line, alice, bob, link };
}

test('a member whose network was cut comes back to its seat', async () => {
  const { line, alice, bob } = await twoOverALine(daemon);
  line.cut();
  await state(bob, 'Reconnecting');
  await member(alice, 'bob').getByText('away').waitFor();
  await say(alice, 'said meanwhile');
  await log(alice).locator('.mine[data-state=sent]').last().waitFor();
  line.mend();
  await state(bob, 'Connected');
  await seen(bob, 'One message passed while you were away');
  await hears(bob, 'before the cut');
  assert.equal(await log(bob).getByText('said meanwhile').count(), 0);
  await member(alice, 'bob').getByText('away').waitFor({ state: 'detached' });
  await say(alice, 'said after');
  await hears(bob, 'said after');
  await say(bob, 'answered after');
  await hears(alice, 'answered after');
  dismiss(alice, bob);
});

test('a seat that is gone leads back to the entrance, alias and key kept', async () => {
  const { line, alice, bob, link } = await twoOverALine(hasty);
  line.cut();
  await hears(alice, 'bob is gone');
  line.mend();
  await seen(bob, 'your place in the room is gone');
  const [key, password = ''] = (link.split('#')[1] ?? '').split(':');
  assert.equal(await field(bob, 'Alias').inputValue(), 'bob');
  assert.equal(await field(bob, 'I have an invitation').inputValue(), key);
  assert.equal(await field(bob, 'Password').inputValue(), '');
  assert.equal(await log(bob).count(), 0);
  assert.ok(!(await bob.content()).includes('before the cut'));
  await field(bob, 'Password').fill(password);
  await press(bob, 'Enter the room');
  await inside(bob);
  assert.equal(await log(bob).getByText('before the cut').count(), 0);
  dismiss(alice, bob);
});

test('a server that is not there is told as such', async () => {
  const line = await layLine(daemon.port);
  lines.push(line);
  const page = await newPage(browser);
  await page.goto(`http://localhost:${line.port}/`);
  await loaded(page);
  line.cut();
  await field(page, 'Alias').fill('alice');
  await press(page, 'Open a room');
  await seen(page, 'The server can’t be reached.');
  line.mend();
  await press(page, 'Open a room');
  await inside(page);
  dismiss(page);
});

test('a daemon that stops ends the conversation with a sentence', async () => {
  const short = await startDaemon();
  const page = await newPage(browser);
  await openRoom(page, `http://localhost:${short.port}`, 'alice');
  await say(page, 'the last word');
  await hears(page, 'the last word');
  short.makeWay();
  await seen(page, 'The server restarts in 60 seconds: the conversation is over then for everybody.');
  await short.stop();
  await seen(page, 'The server is shutting down.');
  assert.equal(await page.getByText('the last word').count(), 0);
  await page.getByRole('link', { name: 'Back to the entrance' }).waitFor();
  dismiss(page);
});

test('a page whose name was made to lead here reaches nothing', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const site = `http://${REBOUND_HOST}:${daemon.port}`;
  // A document of the other site's origin, which is all that there is under its name.
  await page.goto(`${site}/healthz`);
  const reached = await page.evaluate(async () => {
    const status = async (path: string) => (await fetch(path)).status;
    const socket = new WebSocket(`ws://${location.host}/ws/abc`, 'sanctuary.1');
    const ended = new Promise(resolve => {
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve('refused');
    });
    return [await status('/'), await status('/app.js'), await ended];
  });
  assert.deepEqual(reached, [421, 421, 'refused']);

  // Somebody who comes by that name in earnest reads what to set.
  const response = await page.goto(site);
  assert.equal(response?.status(), 421);
  await page.getByRole('heading', { name: 'Not under this name' }).waitFor();
  assert.equal(await page.locator('pre').textContent(), `hosts = ["${REBOUND_HOST}"]`);
  await context.close();
});
