// All words that people read stand in the catalogue, so that a language is one file. This test reads
// the sources; test/browser/words.test.ts sees on the screen what that misses.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { parsers } from 'prettier/plugins/babel';

type Syntax = { type: string; [part: string]: unknown };

/** All that is of such a type in a source, each followed by what it stands in, the innermost first. */
function* partsOf(part: unknown, type: RegExp, around: Syntax[] = []): Generator<[Syntax, ...Syntax[]]> {
  if (typeof part !== 'object' || part === null) return;
  const syntax = part as Syntax;
  if (type.test(syntax.type)) yield [syntax, ...around];
  for (const [name, inner] of Object.entries(part))
    if (!['loc', 'comments', 'tokens'].includes(name))
      yield* partsOf(inner, type, syntax.type ? [syntax, ...around] : around);
}

const parsed = (source: string): unknown => parsers['babel-ts'].parse(source, {} as never);

const textOf = ({ value }: Syntax): string =>
  typeof value === 'string' ? value : (value as { cooked: string }).cooked;

/** `button` of `button()` and of `view.button()`, `aria-label` of `{ 'aria-label': … }`. */
const nameOf = (syntax: unknown): string => {
  const { property, name, value } = syntax as { property?: unknown; name?: string; value?: string };
  return property ? nameOf(property) : (name ?? value ?? '');
};

/** The first argument that each of these shows. */
const SHOWS: Record<string, number> = {
  element: 2,
  button: 0,
  field: 0,
  confirm: 0,
  setText: 1,
  append: 0,
  prepend: 0,
  before: 0,
  after: 0,
  replaceWith: 0,
  replaceChildren: 0,
};
/** Attributes and properties that are read or read out. */
const SHOWN = /^(?:aria-label|title|alt|placeholder|textContent)$/;
/** Syntax that hands on a text as it is. */
const HANDS_ON =
  /^(?:TemplateLiteral|ConditionalExpression|LogicalExpression|ArrayExpression|SpreadElement)$/;

function isShown(literal: Syntax, around: Syntax[]): boolean {
  const at = around.findIndex(({ type }) => !HANDS_ON.test(type));
  const [user, handed] = [around[at], around[at - 1] ?? literal];
  if (user?.type === 'CallExpression')
    return (user.arguments as Syntax[]).indexOf(handed) >= (SHOWS[nameOf(user.callee)] ?? Infinity);
  if (user?.type === 'ObjectProperty') return user.value === handed && SHOWN.test(nameOf(user.key));
  return user?.type === 'AssignmentExpression' && SHOWN.test(nameOf(user.left));
}

/** Names of classes, lists of tags, and errors for who reads the code. */
const isForTheCode = (around: Syntax[]): boolean =>
  around.some(
    ({ type, key, property }) =>
      type === 'ThrowStatement' ||
      (type === 'ObjectProperty' && /^(?:class|rel)$/.test(nameOf(key))) ||
      (type === 'MemberExpression' && nameOf(property) === 'split'),
  );

function wordsIn(source: string): string[] {
  const found: string[] = [];
  for (const [literal, ...around] of partsOf(parsed(source), /^(?:StringLiteral|TemplateElement)$/)) {
    const text = textOf(literal);
    const sentence = /\p{L}{2,}\s+\p{L}{2,}/u.test(text) && !isForTheCode(around);
    if (sentence || (/\p{L}/u.test(text) && isShown(literal, around))) found.push(text);
  }
  return found;
}

/** The same in each language: how a room key looks, and the mark of a picture. */
const ALLOWED = ['K7QM-4XZD', '<img src="'];

test('no word stands in the code', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    name => /\.(?:ts|js)$/.test(name) && !/^words\/|-table\.ts$/.test(name),
  );
  assert.ok(sources.length > 50);
  for (const name of sources) {
    const words = wordsIn(readFileSync(`src/${name}`, 'utf8')).filter(text => !ALLOWED.includes(text));
    assert.deepEqual(words, [], name);
  }
});

test('no word stands in the documents', () => {
  for (const name of ['index.html', 'farewell.html']) {
    const html = readFileSync(`src/${name}`, 'utf8').replace(/<!--[^]*?-->|\{\{\w+\}\}/g, '');
    assert.doesNotMatch(html.replace(/<[^>]*>/g, ''), /\p{L}/u, name);
    assert.doesNotMatch(html, /\s(?:alt|title|aria-label|placeholder)="[^"]*\p{L}/u, name);
  }
});

test('a word in the code is found wherever it is shown', () => {
  for (const [source, found] of [
    ["button('Go', act)", 'Go'],
    ["element('p', { class: 'card first' }, on ? 'Go' : name)", 'Go'],
    ["element('p', { title: wide && 'Go' })", 'Go'],
    ['element("p", {}, `${count} left`)', ' left'],
    ["setText(node, 'Go')", 'Go'],
    ["region.textContent = 'Go'", 'Go'],
    ["lines.note('Nobody is here.')", 'Nobody is here.'],
  ] as const)
    assert.deepEqual(wordsIn(source), [found], source);
  for (const source of ["element('p', { class: 'card first' }, words.GO)", "throw new Error('not a frame')"])
    assert.deepEqual(wordsIn(source), [], source);
});

/** Uses of a catalogue that the build can't turn into the place of a word. */
const unnamed = (source: string): string[] =>
  [...partsOf(parsed(source), /^Identifier$/)]
    .filter(([identifier, used]) => identifier.name === 'words' && !isNaming(used as Syntax, identifier))
    .map(([, used]) => (used as Syntax).type);
const isNaming = ({ type, computed, key, shorthand }: Syntax, identifier: Syntax): boolean =>
  (type === 'MemberExpression' && computed !== true) ||
  (key === identifier && shorthand !== true) ||
  /^(?:TSQualifiedName|ImportNamespaceSpecifier)$/.test(type);

test('each word is asked for by its own name', () => {
  for (const name of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
    const source = /\.ts$/.test(name) ? readFileSync(`src/${name}`, 'utf8') : '';
    if (/^import .*\bwords\b/m.test(source)) assert.deepEqual(unnamed(source), [], name);
    // The build knows no other form.
    const forms = source.match(/^(?:import|export)(?! type).*\/words\/en\.ts';$/gm) ?? [];
    for (const form of forms) assert.match(form, /^import \* as words from /, name);
  }
  const uses = 'const { ALIAS } = words; f(words); words[name]; words.ALIAS; type A = typeof words.ALIAS;';
  assert.deepEqual(unnamed(uses), ['VariableDeclarator', 'CallExpression', 'MemberExpression']);
});

/** Words that a script asks for as it is loaded. */
const wordsAtOnce = (source: string): string[] =>
  [...partsOf(parsed(source), /^MemberExpression$/)]
    .filter(([{ object }, ...around]) => nameOf(object) === 'words' && !around.some(isFunction))
    .map(([{ property }]) => nameOf(property));
const isFunction = ({ type }: Syntax): boolean => /Function|Method/.test(type);

test('a word is looked up when it is needed, for by then the language may be another one', () => {
  for (const name of readdirSync('src', { recursive: true, encoding: 'utf8' }))
    if (/\.ts$/.test(name)) assert.deepEqual(wordsAtOnce(readFileSync(`src/${name}`, 'utf8')), [], name);
  assert.deepEqual(wordsAtOnce('const MORE = words.MARKS_MORE; const f = () => words.ALIAS;'), [
    'MARKS_MORE',
  ]);
});

const PARTLY: [what: string, wrong: RegExp][] = [
  ["FAREWELLS = { kicked: '' }", /FAREWELLS[^]*left/],
  ["marksDropped = 'marks not shown'", /marksDropped/],
  ["OWN_WORDS = { you: 'you' }", /OWN_WORDS/],
  ["askKick = () => 'Kick?'", /Pieces/],
];

test('a word that is not there, or that nothing uses, is not built', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sanctuary-words-'));
  const [catalogue, dist] = [join(folder, 'more.ts'), join(folder, 'dist')];
  writeFileSync(catalogue, `export * from '${resolve('src/words/en.ts')}'; export const NEVER_SAID = '';`);
  const args = ['build.mjs', '--quick', `--words=${catalogue}`, `--out=${dist}`];
  const { status, stderr } = spawnSync('node', args, { encoding: 'utf8' });
  assert.notEqual(status, 0);
  assert.match(stderr, /nothing uses these words: NEVER_SAID/);
  rmSync(folder, { recursive: true });
});

test('a language that lacks a word, or has one of another kind, is not built', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sanctuary-words-'));
  const [catalogue, dist] = [join(folder, 'partly.ts'), join(folder, 'dist')];
  for (const [what, wrong] of PARTLY) {
    writeFileSync(catalogue, `export * from '${resolve('src/words/en.ts')}'; export const ${what};`);
    const args = ['build.mjs', '--quick', `--words=${catalogue}`, `--out=${dist}`];
    const { status, stdout } = spawnSync('node', args, { encoding: 'utf8' });
    assert.notEqual(status, 0, what);
    assert.match(stdout, wrong);
    assert.equal(existsSync(dist), false, what);
  }
  rmSync(folder, { recursive: true });
});

test('signs of HTML within words are text in the documents', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sanctuary-words-'));
  const [catalogue, dist] = [join(folder, 'signs.ts'), join(folder, 'dist')];
  const words = `export const LANGUAGE = '">&'; export const TITLE = '</title><b>{{OVER}}$&';`;
  writeFileSync(catalogue, `export * from '${resolve('src/words/en.ts')}'; ${words}`);
  execFileSync('node', ['build.mjs', '--quick', `--words=${catalogue}`, `--out=${dist}`]);
  for (const name of ['index.html', 'farewell.html']) {
    const html = readFileSync(join(dist, name), 'utf8');
    assert.ok(html.includes('<html lang="&quot;>&amp;">'), name);
    assert.ok(html.includes('<title>&lt;/title>&lt;b>{{OVER}}$&amp;</title>'), name);
  }
  rmSync(folder, { recursive: true });
});
