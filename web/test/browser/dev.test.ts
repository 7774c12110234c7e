// `make dev`: the page from disk, under the real daemon's own headers and with its WebSockets.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launch } from './browsers.ts';
import { binary, type Daemon, startDaemon } from './daemon.ts';
import { complaints, newPage, openRoom, seen } from './people.ts';

type Dev = { origin: string; child: ChildProcess; said: string[] };

let copy: string;
let web: string;
let daemon: Daemon;
let dev: Dev;
let browser: Browser;
const children: ChildProcess[] = [];

before(async () => {
  // A copy that a test may change, where its modules are found.
  copy = mkdtempSync(join('node_modules', '.dev-'));
  web = join(copy, 'web');
  cpSync('../Cargo.toml', join(copy, 'Cargo.toml'));
  for (const name of ['src', 'build.mjs', 'dev.mjs', 'tsconfig.json'])
    cpSync(name, join(web, name), { recursive: true });
  [daemon, browser] = await Promise.all([startDaemon(), launch()]);
  dev = await serve('0', String(daemon.port));
});

after(async () => {
  for (const child of children) child.kill();
  await Promise.all([browser.close(), daemon.stop()]);
  rmSync(copy, { recursive: true });
});

function run(...args: string[]): { child: ChildProcess; said: string[] } {
  const child = spawn(process.execPath, [join(web, 'dev.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface(stream).on('line', line => void said.push(line));
  return { child, said };
}

async function until(true_: () => unknown): Promise<void> {
  while (!true_()) await new Promise(again => setTimeout(again, 20));
}

async function serve(...args: string[]): Promise<Dev> {
  const { child, said } = run(...args);
  const address = () => /http:\/\/[\d.:]+/.exec(said.join('\n'))?.[0];
  await until(() => address() ?? child.exitCode !== null);
  const origin = address();
  assert.ok(origin, said.join('\n'));
  return { origin, child, said };
}

/** How it ends when it is called so. */
async function ends(...args: string[]): Promise<string> {
  const { child, said } = run(...args);
  const [status] = await once(child, 'close');
  assert.equal(status, 1);
  return said.join('\n');
}

async function ask(origin: string, path: string): Promise<IncomingMessage & { text: string }> {
  const [response] = (await once(get(origin + path), 'response')) as [IncomingMessage];
  let text = '';
  for await (const part of response.setEncoding('utf8')) text += part;
  return Object.assign(response, { text });
}

test('each answer has the headers that the daemon gives, and the page’s files are those on disk', async () => {
  const origin = `http://127.0.0.1:${daemon.port}`;
  for (const path of [
    '/',
    '/farewell',
    '/app.js',
    '/style.css',
    '/icon.svg',
    '/healthz',
    '/ws/abc',
    '/no',
    '//',
  ]) {
    const [ours, theirs] = [await ask(dev.origin, path), await ask(origin, path)];
    assert.equal(ours.statusCode, theirs.statusCode, path);
    // These belong to the connection, the moment or the body.
    for (const { headers } of [ours, theirs])
      for (const name of ['connection', 'keep-alive', 'date', 'content-length']) delete headers[name];
    assert.deepEqual(ours.headers, theirs.headers, path);
  }
  const icon = await ask(dev.origin, '/icon.svg');
  assert.equal(icon.text, readFileSync('src/icon.svg', 'utf8'));
});

test('a room opens, a change shows by itself, and a fault is told and changes nothing', async () => {
  const page = await newPage(browser);
  await openRoom(page, dev.origin, 'Ada');
  await page.goto(dev.origin);
  const catalogue = join(web, 'src/words/en.ts');
  const words = readFileSync(catalogue, 'utf8');
  const entitled = (title: string) => words.replace("TITLE = 'Sanctuary'", `TITLE = '${title}'`);
  writeFileSync(catalogue, entitled('Changed on disk'));
  await seen(page, 'Changed on disk');

  const script = join(web, 'src/main.ts');
  const code = readFileSync(script, 'utf8');
  writeFileSync(script, `${code}\nconst const`);
  await until(() => dev.said.some(line => line.startsWith('not built')));
  assert.match((await ask(dev.origin, '/')).text, /Changed on disk/);
  writeFileSync(catalogue, entitled('Mended'));
  writeFileSync(script, code);
  await seen(page, 'Mended');
  assert.deepEqual(complaints, []);
});

test('it starts a daemon where none is named, and ends it with itself', async () => {
  const { origin, child } = await serve('0', binary());
  assert.equal((await ask(origin, '/healthz')).statusCode, 200);
  const begotten = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ');
  child.kill();
  await once(child, 'close');
  await until(() => !begotten.some(id => existsSync(`/proc/${id}`)));
});

test('what is in the way is said, and nobody waits', async () => {
  const port = new URL(dev.origin).port;
  assert.match(await ends(port, String(daemon.port)), new RegExp(`^port ${port} is taken`, 'm'));
  assert.match(await ends('0', '127.0.0.1:1'), /^no daemon answers at 127.0.0.1, port 1: /m);
  assert.match(await ends('0', './no-such-program'), /^there is no daemon to start: .*`cargo build`/m);
  assert.match(await ends('0', '/bin/true'), /^the daemon has ended/m);
});
