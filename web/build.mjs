// Builds the page into dist/: what the daemon serves, and nothing else. Says what each file weighs.
//
// `npm run build -- --words=FILE` puts a catalogue in the place of the English one, `--out=FOLDER` builds
// into that folder, and `--quick` neither shortens nor weighs.

import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'esbuild';
import { minify } from 'terser';

const web = new URL('.', import.meta.url).pathname;
const src = join(web, 'src');
const { values } = parseArgs({
  options: { words: { type: 'string' }, out: { type: 'string' }, quick: { type: 'boolean' } },
});
const dist = resolve(values.out ?? join(web, 'dist'));

const english = join(src, 'words/en.ts');
const catalogues = Object.fromEntries(
  (await readdir(join(src, 'words')))
    .filter(name => /^[a-z]{2}\.ts$/.test(name))
    .map(name => [name.slice(0, 2), join(src, 'words', name)]),
);
if (values.words) catalogues.en = resolve(values.words);

const bundles = { app: 'main.ts', derive: 'derive.ts', farewell: 'farewell.ts', style: 'style.css' };
// Loaded when the page is there (src/lazy.ts).
const later = {
  aliases: 'looks/aliases.ts',
  confusables: 'looks/confusables.ts',
  late: 'late.ts',
  inside: 'inside.ts',
  markdown: 'markdown.ts',
  qr: 'qr.ts',
  pictures: 'pictures.ts',
};

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

/** A catalogue that lacks a word, or has one of another kind, would fail when somebody needs it. */
async function check(path) {
  const folder = await mkdtemp(join(web, 'node_modules/.words-'));
  const tsconfig = { extends: '../../tsconfig.json', include: ['check.ts'] };
  const code = [
    `import type { Translation } from '../../src/words/translation.ts';`,
    `import * as words from ${JSON.stringify(path)};`,
    'words satisfies Translation;',
  ];
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
  await writeFile(join(folder, 'check.ts'), code.join('\n'));
  const tsc = join(web, 'node_modules/.bin/tsc');
  const { status, error } = spawnSync(tsc, ['--project', folder], { stdio: 'inherit' });
  await rm(folder, { recursive: true });
  if (status !== 0) throw new Error(`${path} is no translation of ${english}`, { cause: error });
}

/** What a source exports. */
async function read(path) {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
}
if (values.words) await check(catalogues.en);
const words = await read(catalogues.en);

const names = Object.keys(words).sort();
const [said, written] = [new Set(), new Set(['START'])];
const CATALOGUE = /^import \* as words from '[^']*\/words\/en\.ts';$/m;

/** Where a word stands in what is loaded of each catalogue. */
function placeOf(name) {
  const at = names.indexOf(name);
  if (at < 0) throw new Error(`the catalogue has no ${name}`);
  said.add(name);
  return at;
}

/**
 * No script holds a catalogue. It is global, and asked for each word when that is needed: so the page loads the words
 * of one language, and can change it.
 */
const ask = {
  name: 'ask',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/src\/.*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!CATALOGUE.test(source)) return undefined;
      const contents = source
        .replace(CATALOGUE, '')
        .replace(/\bwords\s*\.(\w+)/g, (_, name) => `words[${placeOf(name)}]`);
      return { contents, loader: 'ts' };
    }),
};

const { LEFT_OUT } = await read(join(src, 'markdown.ts'));
/** The parser of Markdown brings all of CommonMark. Of a construct that is turned off it asks for the name alone. */
const narrow = {
  name: 'narrow',
  setup({ onLoad, onEnd }) {
    const missing = new Set(LEFT_OUT);
    onLoad({ filter: /\/micromark-core-commonmark\/lib\/[\w-]+\.js$/ }, ({ path }) => {
      const name = basename(path, '.js').replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
      return missing.delete(name) ? { contents: `export const ${name} = { name: '${name}' };` } : undefined;
    });
    onEnd(() => {
      if (missing.size > 0) throw new Error(`the parser has no ${[...missing].join(', ')}`);
    });
  },
};
const scripts = { ...options, plugins: [ask] };

// By it a page says which release it is.
const [, version] = /^version = "(.*)"$/m.exec(await readFile(join(web, '../Cargo.toml'), 'utf8'));

const ENTITIES = { '&': '&amp;', '<': '&lt;', '"': '&quot;' };
const filled = html =>
  html.replace('{{VERSION}}', version).replace(/\{\{(\w+)\}\}/g, (_, name) => {
    written.add(name);
    return words[name].replace(/[&<"]/g, sign => ENTITIES[sign]);
  });

/** Takes off a twentieth more than the bundler does; the licences at the end stay, and a table that it would write out longer. */
async function shorten(path, module) {
  if (values.quick) return;
  const [code, legal] = (await readFile(path, 'utf8')).split(/^(?=\/\*! Bundled license)/m);
  const { code: short } = await minify(code, { module, ecma: 2020, compress: { passes: 3 } });
  if (short.length < code.length) await writeFile(path, `${short}\n${legal ?? ''}`);
}

// Only our own folder is ours to empty.
if (!values.out) await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
// Classic scripts serve pages and workers alike; what comes later is a module, which any of them can load.
await build({ ...scripts, entryPoints: entryPoints(bundles), format: 'iife' });
await build({ ...scripts, plugins: [ask, narrow], entryPoints: entryPoints(later), format: 'esm' });
for (const [language, path] of Object.entries(catalogues)) {
  const listed = names.map(name => (said.has(name) ? name : ''));
  const contents = `import { ${[...said]} } from ${JSON.stringify(path)}; export default [${listed}];`;
  const outfile = join(dist, `words/${language}.js`);
  await build({
    ...options,
    stdin: { contents, resolveDir: src },
    outdir: undefined,
    outfile,
    format: 'esm',
  });
}
// It is read where nothing else can be.
const define = Object.fromEntries(
  Object.entries(words.START).map(([name, text]) => [`START.${name}`, JSON.stringify(text)]),
);
await build({
  ...options,
  entryPoints: entryPoints({ start: 'start.js' }),
  bundle: false,
  target: 'es5',
  define,
});
for (const name of ['app', 'derive', 'farewell']) await shorten(join(dist, `${name}.js`), false);
const modules = [...Object.keys(later), ...Object.keys(catalogues).map(language => `words/${language}`)];
for (const name of modules) await shorten(join(dist, `${name}.js`), true);
for (const name of ['index.html', 'farewell.html'])
  await writeFile(join(dist, name), filled(await readFile(join(src, name), 'utf8')));
const unused = names.filter(name => !said.has(name) && !written.has(name));
if (unused.length > 0) throw new Error(`nothing uses these words: ${unused.join(', ')}`);
await copyFile(join(src, 'icon.svg'), join(dist, 'icon.svg'));

const sums = { 'at once': [0, 0], later: [0, 0] };
const row = (name, plain, brotli) =>
  console.log(`${name.padEnd(16)}${String(plain).padStart(9)} B${String(brotli).padStart(9)} B brotli`);
const files = values.quick ? [] : await readdir(dist, { recursive: true });
for (const name of files.filter(name => /\.\w+$/.test(name)).sort()) {
  const bytes = await readFile(join(dist, name));
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  const brotli = brotliCompressSync(bytes, quality).length;
  row(name, bytes.length, brotli);
  if (name.startsWith('words/') && name !== 'words/en.js') continue;
  const sum = sums[name.replace('.js', '') in later ? 'later' : 'at once'];
  sum[0] += bytes.length;
  sum[1] += brotli;
}
if (!values.quick) for (const [when, sum] of Object.entries(sums)) row(when, ...sum);
