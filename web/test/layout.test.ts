// Which part imports which: the sources are held against the drawing in ARCHITECTURE.md.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

/** Imports that leave nothing in a script. */
const TYPES = /^import type .*|typeof import\(/gm;

/** What reaches the page, the network, the clock or chance; these parts are handed what they need of it. */
const OUTSIDE =
  /\b(?:document|window|location|navigator|WebSocket|fetch|set(?:Timeout|Interval)|Date|Math\.random)\b\s*[.(]/;
const PURE = [
  'cbor',
  'commands',
  'forms',
  'looks',
  'picture',
  'seal',
  'session',
  'state',
  'typed',
  'wire',
  'words',
];

const partOf = (file: string): string => file.split('/')[0] ?? '';
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => ({ file: name.slice(0, -3), text: readFileSync(`src/${name}`, 'utf8') }));

/** The files of other parts that a part imports. */
function importedBy(part: string): string[] {
  const files = sources.filter(({ file }) => partOf(file) === part);
  const imported = files.flatMap(({ file, text }) =>
    [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)\.ts'/g)].map(([, path = '']) =>
      new URL(path, `src:/${file}`).pathname.slice(1),
    ),
  );
  return imported.filter(other => partOf(other) !== part);
}

/** The lines `part --> other, other` of ARCHITECTURE.md. */
const drawn = new Map(
  [...readFileSync('../ARCHITECTURE.md', 'utf8').matchAll(/^(\w+) +--> (.+)$/gm)].map(
    ([, part = '', others = '']) => [part, others.split(', ')],
  ),
);

test('each part imports those that the architecture says, and all of them', () => {
  const parts = new Set(sources.map(({ file }) => partOf(file)));
  const importing = [...parts].filter(part => importedBy(part).length > 0);
  assert.deepEqual(importing.sort(), [...drawn.keys()].sort());
  for (const [part, others] of drawn) {
    const named = (file: string) => others.find(other => other === file || other === partOf(file)) ?? file;
    assert.deepEqual([...new Set(importedBy(part).map(named))].sort(), [...others].sort(), part);
  }
});

test('state and lazy import types alone', () => {
  for (const { file, text } of sources.filter(({ file }) => ['state', 'lazy'].includes(file))) {
    assert.match(text, TYPES, file);
    assert.doesNotMatch(text.replace(TYPES, ''), /^import|import\('/m, file);
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
