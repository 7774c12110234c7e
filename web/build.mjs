// Builds the page into dist/: what the daemon serves, and nothing else. Says what each file weighs.

import { copyFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'esbuild';

const src = new URL('src/', import.meta.url).pathname;
const dist = new URL('dist/', import.meta.url).pathname;

const bundles = { app: 'main.ts', derive: 'derive.ts', farewell: 'farewell.ts', style: 'style.css' };
// Loaded when the page is there (src/lazy.ts).
const later = {
  aliases: 'looks/aliases.ts',
  confusables: 'looks/confusables.ts',
  late: 'late.ts',
  messages: 'messages.ts',
};
const copies = ['index.html', 'farewell.html', 'icon.svg'];

await rm(dist, { recursive: true, force: true });
await mkdir(dist);
const entryPoints = entries => Object.entries(entries).map(([out, entry]) => ({ out, in: join(src, entry) }));
const options = {
  outdir: dist,
  bundle: true,
  minify: true,
  // BigInt and private fields are used as they are: lowered, the curves would be slow and large.
  target: ['es2022', 'chrome109', 'firefox115', 'safari16.4'],
  charset: 'utf8',
  legalComments: 'eof',
  logLevel: 'warning',
};
// Classic scripts serve pages and workers alike; what comes later is a module, which any of them can load.
await build({ ...options, entryPoints: entryPoints(bundles), format: 'iife' });
// It is read where nothing else can be.
await build({ ...options, entryPoints: entryPoints({ start: 'start.js' }), bundle: false, target: 'es5' });
await build({ ...options, entryPoints: entryPoints(later), format: 'esm' });
for (const name of copies) await copyFile(join(src, name), join(dist, name));

const sums = { 'at once': [0, 0], later: [0, 0] };
const row = (name, plain, brotli) =>
  console.log(`${name.padEnd(16)}${String(plain).padStart(9)} B${String(brotli).padStart(9)} B brotli`);
for (const name of (await readdir(dist)).sort()) {
  const bytes = await readFile(join(dist, name));
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  const brotli = brotliCompressSync(bytes, quality).length;
  row(name, bytes.length, brotli);
  const sum = sums[name.replace('.js', '') in later ? 'later' : 'at once'];
  sum[0] += bytes.length;
  sum[1] += brotli;
}
for (const [when, sum] of Object.entries(sums)) row(when, ...sum);
