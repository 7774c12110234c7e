// Connections that are not made, or end with the daemon.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launch, REBOUND_HOST } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { type Line, layLine } from './line.ts';
import {
  complaints,
  field,
  hears,
  inside,
  loaded,
  newPage,
  openRoom,
  press,
  say,
  seen,
  dismiss,
} from './people.ts';

let daemon: Daemon;
let browser: Browser;
const lines: Line[] = [];
before(async () => {
  daemon = await startDaemon();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  for (const line of lines) line.close();
  await daemon?.stop();
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
