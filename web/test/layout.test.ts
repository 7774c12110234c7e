// Who may know whom (ARCHITECTURE.md): the import rules, read from the sources themselves.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

/** For each part all that it may import of ours: whole parts, or single files of one. */
const MAY_IMPORT: Record<string, string[]> = {
  cbor: [],
  commands: [],
  // Types alone, in both.
  state: ['commands', 'seal/alias', 'seal/room-key'],
  words: ['commands', 'state'],
  wire: ['cbor'],
  seal: ['cbor', 'wire'],
  looks: ['seal/alias', 'state', 'words'],
  // Types alone: its code is loaded when the page is there.
  lazy: ['late', 'looks'],
  session: ['cbor', 'lazy', 'looks/looks', 'seal', 'state', 'wire'],
  socket: ['cbor', 'paths', 'wire'],
  derive: ['cbor', 'seal'],
  client: [
    'cbor',
    'commands',
    'derive',
    'lazy',
    'paths',
    'seal/suite',
    'session',
    'socket',
    'state',
    'trusted',
  ],
  // How a room key, a password and an alias are written; no key.
  view: [
    'client',
    'commands',
    'lazy',
    'seal/invitation',
    'seal/password',
    'seal/room-key',
    'paths',
    'state',
    'words',
  ],
  late: ['paths', 'seal/lenient', 'seal/room-key', 'view', 'words'],
};

/** What reaches the page, the network, the clock or chance; these parts are handed what they need of it. */
const OUTSIDE =
  /\b(?:document|window|location|navigator|WebSocket|fetch|set(?:Timeout|Interval)|Date|Math\.random)\b\s*[.(]/;
const PURE = ['cbor', 'commands', 'looks', 'seal', 'session', 'state', 'wire', 'words'];

const partOf = (file: string): string => file.split('/')[0] ?? '';
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => ({ file: name.slice(0, -3), text: readFileSync(`src/${name}`, 'utf8') }));

test('each part imports only what it may', () => {
  for (const [part, allowed] of Object.entries(MAY_IMPORT)) {
    const files = sources.filter(({ file }) => partOf(file) === part);
    assert.ok(files.length > 0, `${part} is no part any more`);
    for (const { file, text } of files) {
      for (const [, path = ''] of text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)\.ts'/g)) {
        const other = new URL(path, `src:/${file}`).pathname.slice(1);
        const may = [part, ...allowed].some(one => other === one || partOf(other) === one);
        assert.ok(may, `${file} imports ${other}`);
      }
    }
  }
});

test('keys are drawn by the browser’s own generator, and what anybody may guess is no key', () => {
  const naming = (words: RegExp): string[] =>
    sources
      .filter(({ text }) => words.test(text.replace(/\/\*[^]*?\*\/|\/\/.*/g, '')))
      .map(({ file }) => file);
  assert.deepEqual(naming(/getRandomValues|randomBytes|randomUUID|generateKey/), [
    'client',
    'seal/password',
    'seal/room-key',
  ]);
  assert.deepEqual(naming(/Math\s*\.\s*random|Math\[/), ['socket'], 'which waits before it tries again');
});

test('what is pure reaches for nothing outside', () => {
  for (const { file, text } of sources.filter(({ file }) => PURE.includes(partOf(file)))) {
    const code = text.replace(/\/\*[^]*?\*\/|\/\/.*/g, '');
    assert.equal(OUTSIDE.exec(code)?.[0], undefined, file);
  }
});
