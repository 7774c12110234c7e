// What the page weighs as it travels: brotli at its best, as the daemon embeds it.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Bytes of all that is fetched before the entrance can be used. */
const FIRST_WAVE = 27_000;
/** Bytes of all that there is, with one language. */
const ALL = 146_000;

function weight(name: string): number {
  const bytes = readFileSync(`dist/${name}`);
  // Documents travel as they are.
  if (name.endsWith('.html')) return bytes.length;
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

/** What these weigh, and the heaviest language: of all one comes, and is waited for; it travels by gzip. */
function together(files: readonly string[]): number {
  const words = readdirSync('dist/words').map(
    name => gzipSync(readFileSync(`dist/words/${name}`), { level: 9 }).length,
  );
  return files.map(weight).reduce((one, other) => one + other) + Math.max(...words);
}

test('the entrance is there after a few kilobytes', () => {
  const document = readFileSync('dist/index.html', 'utf8');
  const named = [...document.matchAll(/(?:src|href)="([\w.]+)"/g)].map(([, name = '']) => name);
  const files = [...new Set(['index.html', ...named])];
  assert.deepEqual(files.toSorted(), ['app.js', 'icon.svg', 'index.html', 'start.js', 'style.css']);
  assert.ok(together(files) <= FIRST_WAVE, `${together(files)} bytes`);
});

test('all of it is there after a few more', () => {
  const files = readdirSync('dist').filter(name => name !== 'words');
  assert.ok(together(files) <= ALL, `${together(files)} bytes`);
});
