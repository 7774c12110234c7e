// What stays in the browser of a conversation: nothing.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { type Daemon, startDaemon } from './daemon.ts';
import { type Browser, type Page, PATIENCE } from './driver.ts';
import { engine } from './engines.ts';
import {
  address,
  complaints,
  enterRoom,
  farewell,
  field,
  hears,
  inside,
  invitation,
  newPage,
  openRoom,
  press,
  say,
  dismiss,
  choose,
} from './people.ts';

let daemon: Daemon;
let browser: Browser;
let alice: Page;
let link: string;
before(async () => {
  daemon = await startDaemon();
  browser = await engine.launch();
  alice = await newPage(browser);
  link = await openRoom(alice, `http://localhost:${daemon.port}`, 'alice');
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
  assert.deepEqual(complaints, []);
});

/** Nothing of a conversation is in these places. */
function hold(places: unknown[]): void {
  const [key = '', password = ''] = (link.split('#')[1] ?? '').split(':');
  const ids = [key, password, password.replaceAll('-', '')];
  for (const secret of [...ids, 'the secret text', 'the whispered text', 'bob'])
    for (const place of places) assert.ok(!String(place).includes(secret), `${secret} is in ${place}`);
}

/** Nothing of it is in the page, its storage or its address, or in what the browser's history has of the tab. */
async function holdsNothing(page: Page): Promise<void> {
  const kept = await page.evaluate(async () => ({
    page: document.documentElement.outerHTML,
    fields: [...document.querySelectorAll('input')].map(input => input.value).join('\n'),
    title: document.title,
    local: JSON.stringify(localStorage),
    session: JSON.stringify(sessionStorage),
    cookies: document.cookie,
    databases: (await indexedDB.databases()).length,
    // Not there without a secure context.
    caches: globalThis.caches ? (await caches.keys()).length : 0,
    workers: navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations()).length : 0,
    state: JSON.stringify(history.state),
    name: window.name,
    address: location.href,
  }));
  assert.equal(kept.local, '{}');
  assert.equal(kept.session, '{}');
  assert.equal(kept.cookies, '');
  assert.deepEqual([kept.databases, kept.caches, kept.workers], [0, 0, 0]);
  hold([...Object.values(kept), ...((await engine.has.history?.(page)) ?? [])]);
}

async function converse(page: Page): Promise<void> {
  await enterRoom(page, link, 'bob');
  await say(page, 'the secret text');
  await hears(alice, 'the secret text');
  await say(alice, '/purr bob the whispered text');
  await hears(page, 'the whispered text');
}

test('a conversation is nowhere but in memory while it goes on', async () => {
  const bob = await newPage(browser);
  await converse(bob);
  const stored = await bob.evaluate(() => [
    localStorage.length,
    sessionStorage.length,
    document.cookie,
    location.href,
  ]);
  assert.deepEqual(stored, [0, 0, '', `${new URL(link).origin}/`]);
  await choose(bob, 'Leave');
  dismiss(bob);
});

test('no key, and nothing that keys are made of, is in the page or its storage', async () => {
  const [bob, carol] = await Promise.all([newPage(browser), newPage(browser)]);
  // All that the page draws when it opens a room: its seat, its voice, its X25519 keys, its chains, and a room's secret.
  await bob.goto(`${new URL(link).origin}/`);
  await bob.evaluate(() => {
    const drawn: number[][] = [];
    const draw = crypto.getRandomValues.bind(crypto);
    crypto.getRandomValues = array => {
      const filled = draw(array);
      drawn.push([...(filled as unknown as Uint8Array)]);
      return filled;
    };
    Object.assign(globalThis, { drawn });
  });
  await field(bob, 'Alias').fill('bob');
  await press(bob, 'Open a room');
  await inside(bob);
  const room = await invitation(bob);
  await enterRoom(carol, room, 'carol');
  await say(bob, 'the secret text');
  await say(bob, '/purr carol the whispered text');
  await hears(carol, 'the whispered text');
  const { drawn, kept } = await bob.evaluate(() => ({
    drawn: (globalThis as unknown as { drawn: number[][] }).drawn,
    kept: [
      document.documentElement.outerHTML,
      ...[...document.querySelectorAll('input, textarea')].map(box => (box as HTMLInputElement).value),
      ...[localStorage, sessionStorage, history.state].map(each => JSON.stringify(each)),
      document.cookie,
      window.name,
      location.href,
    ].join('\n'),
  }));
  const secrets = drawn.filter(({ length }) => length >= 16).map(bytes => Buffer.from(bytes));
  assert.ok(secrets.filter(({ length }) => length === 32).length >= 5, 'keys were drawn');
  const password = room.split(':').at(-1) ?? '';
  const texts = secrets.flatMap(secret => [
    secret.toString('hex'),
    secret.toString('base64').slice(0, 20),
    secret.toString('base64url').slice(0, 20),
    secret.join(','),
  ]);
  for (const text of [password, password.replaceAll('-', ''), ...texts])
    assert.ok(!kept.toLowerCase().includes(text.toLowerCase()), text);
  // The names that a script of the page finds.
  const found = await bob.evaluate(() =>
    Object.entries(globalThis)
      .filter(([, value]) => value instanceof Uint8Array || value instanceof CryptoKey)
      .map(([name]) => name),
  );
  assert.deepEqual(found, []);
  dismiss(bob, carol);
});

test('closing the tab leaves the room at once', { skip: engine.lacks.closing }, async () => {
  const page = await newPage(browser);
  await enterRoom(page, link, 'tabby');
  await hears(alice, 'tabby joined');
  await page.close({ runBeforeUnload: true });
  await hears(alice, 'tabby left');
  dismiss(page);
});

test('a reload leaves nothing', async () => {
  const bob = await newPage(browser);
  await converse(bob);
  await bob.reload();
  await field(bob, 'Alias').waitFor();
  await holdsNothing(bob);
  const values = await bob.evaluate(() =>
    [...document.querySelectorAll('input:not([type=radio])')].map(each => (each as HTMLInputElement).value),
  );
  assert.ok(values.length > 1);
  assert.equal(values.join(''), '');
  dismiss(bob);
});

test('the history of the tab is seen', { skip: engine.lacks.history }, async () => {
  const page = await newPage(browser);
  await page.goto(`${new URL(link).origin}/#K7QM-4XZD`);
  const seen = (await engine.has.history?.(page)) ?? [];
  assert.ok(seen.includes(`${new URL(link).origin}/`), `${seen}`);
  dismiss(page);
});

test('leaving leaves nothing, and the way back leads to no conversation', async () => {
  const bob = await newPage(browser);
  await bob.goto('about:blank');
  await converse(bob);
  await choose(bob, 'Leave');
  await farewell(bob, 'You have left the room.');
  assert.equal(new URL(await address(bob)).hash, '');
  await holdsNothing(bob);
  const goes = async (by: -1 | 1, to: string) => {
    // Not every engine tells that a document has come from the history.
    await bob.evaluate(by => void setTimeout(() => history.go(by)), by);
    const at = () => address(bob).catch(() => '');
    for (const last = Date.now() + PATIENCE; Date.now() < last && (await at()) !== to;) await pause(20);
    assert.equal(await at(), to);
  };
  await goes(-1, 'about:blank');
  await goes(1, `${new URL(link).origin}/farewell`);
  await holdsNothing(bob);
  dismiss(bob);
});

test('going elsewhere and back ends the conversation at a clean entrance', async () => {
  const bob = await newPage(browser);
  await converse(bob);
  await bob.goto(`http://${engine.insecureHost}:${daemon.port}/farewell`);
  await bob.goBack();
  await field(bob, 'Alias').waitFor();
  await holdsNothing(bob);
  dismiss(bob);
});

test('an invitation opened in a room is removed from the address, and the room stays', async () => {
  const bob = await newPage(browser);
  await converse(bob);
  await bob.evaluate(
    fragment => {
      location.hash = fragment;
    },
    link.split('#')[1] ?? '',
  );
  await bob.waitForFunction(() => location.hash === '');
  await say(bob, 'still in');
  await hears(alice, 'still in');
  dismiss(bob);
});

test('a fragment that is no invitation is removed as well', async () => {
  const page = await newPage(browser);
  await page.goto(`${new URL(link).origin}/#K7QM-4XZD`);
  assert.equal(new URL(await address(page)).hash, '');
  await field(page, 'Password').waitFor();
  dismiss(page);
});

test('a pasted invitation leaves nothing on disk either', { skip: engine.lacks.profile }, async () => {
  const { open, history } = engine.has.profile as NonNullable<typeof engine.has.profile>;
  const folder = mkdtempSync(join(tmpdir(), 'sanctuary-profile-'));
  const context = await open(folder);
  const page = await context.newPage();
  await page.goto(`${new URL(link).origin}/`);
  await field(page, 'I have an invitation').fill(link);
  await field(page, 'Alias').fill('zebulon');
  await press(page, 'Enter the room');
  await say(page, 'the secret text');
  await hears(alice, 'the secret text');
  await choose(page, 'Leave');
  await farewell(page, 'You have left the room.');
  await context.close();
  const [key = '', password = ''] = (link.split('#')[1] ?? '').split(':');
  const secrets = [key, password, password.replaceAll('-', ''), 'the secret text', 'zebulon'];
  const needles = secrets.flatMap(secret => [Buffer.from(secret), Buffer.from(secret, 'utf16le')]);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  assert.ok(
    files.some(file => file.name === history),
    'the browser keeps a history',
  );
  for (const file of files) {
    const bytes = readFileSync(join(file.parentPath, file.name));
    for (const needle of needles) assert.ok(!bytes.includes(needle), `${needle} is in ${file.name}`);
  }
  rmSync(folder, { recursive: true });
});
