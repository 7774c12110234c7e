// What becomes of what is typed, by the vectors that a client in another language holds as well, and its bounds.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import vectors from '../../testdata/markdown.json' with { type: 'json' };
import { MARKS_MOST, TEXT_MOST, toHtml } from '../src/markdown.ts';
import { DEPTH_MOST, TAGS_MOST } from '../src/view/bounds.ts';

/** Milliseconds in which even a busy machine is done with the worst of these, and with none that grows faster than it. */
const FROZEN = 120_000;

const { about, ...kinds } = vectors;
for (const [kind, all] of Object.entries(kinds))
  describe(kind, () => {
    assert.ok(about.includes(`\`${kind}\``));
    for (const { name, typed, html } of all) test(name, () => assert.equal(toHtml(typed), html));
  });

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const isAsTyped = (text: string): boolean => toHtml(text) === escaped(text);

test('plain text is what was typed', () => {
  const words = fc.array(
    fc.constantFrom('one', 'two,', 'né', '漢字', '😀', '3', '(four)', "it's", '&', '<'),
    {
      minLength: 1,
    },
  );
  fc.assert(
    fc.property(fc.array(words, { minLength: 1 }), lines => {
      const text = lines.map(line => line.join(' ')).join('\n');
      assert.equal(toHtml(text), escaped(text));
    }),
  );
});

test('what stands in a fence is shown as it was typed', () => {
  const signs = fc.constantFrom(
    '<b>',
    '</b>',
    '*',
    '_',
    '`',
    '&lt;',
    '&',
    ' ',
    '\n',
    '>',
    '- ',
    '1.',
    '](',
    '<!--',
    '2*3',
  );
  fc.assert(
    fc.property(fc.array(signs), all => {
      const code = `x${all.join('')}x`.replaceAll('```', '``');
      const html = toHtml(`\`\`\`\n${code}\n\`\`\``);
      const shown = /^<pre><code>([^]*)\n<\/code><\/pre>$/.exec(html)?.[1] ?? '';
      const text = shown.replace(
        /&(lt|gt|quot|amp);/g,
        (_, name: string) => ({ lt: '<', gt: '>', quot: '"' })[name] ?? '&',
      );
      assert.equal(text, code);
    }),
  );
});

const typed = fc
  .array(
    fc.constantFrom(
      ...'*_`[]()<>!-+.:~&\\#"\' \n\t1ax'.split(''),
      '](https://a)',
      '<b>',
      '</b>',
      '> ',
      '- ',
      '    ',
      '\n---\n',
      '![',
      '&amp;',
      '\ufdd0',
      '\ufdd1',
    ),
    { maxLength: 400, size: 'max' },
  )
  .map(all => all.join(''));

test('whatever is typed, readers show its formatting', () => {
  fc.assert(
    fc.property(typed, text => {
      const html = toHtml(text);
      assert.doesNotMatch(html, /[\ufdd0-\ufdd2]|%EF%B7%9/);
      assert.ok((html.match(/<\/?[a-z]/g)?.length ?? 0) <= TAGS_MOST);
    }),
  );
});

test('what is built says the same as the whole parser', async () => {
  // Its table of character references is the browser's own.
  Object.assign(globalThis, { document: { createElement: () => ({}) } });
  const built: { toHtml: typeof toHtml } = await import(join(process.cwd(), 'dist/markdown.js'));
  const isSame = (text: string) => assert.equal(built.toHtml(text), toHtml(text));
  for (const { typed } of Object.values(kinds).flat()) isSame(typed);
  fc.assert(fc.property(typed, isSame), { numRuns: 1000 });
});

describe('bounds', () => {
  const bold = '**a** ';
  test('signs: at the bound formatted, above it as typed', () => {
    const words = (count: number) => `${bold}${'_'.repeat(count - 4)}`;
    for (const count of [MARKS_MOST - 1, MARKS_MOST]) assert.match(toHtml(words(count)), /^<strong>/);
    assert.ok(isAsTyped(words(MARKS_MOST + 1)));
    // Lines are counted as well.
    assert.ok(isAsTyped(`${bold}${'\n'.repeat(MARKS_MOST - 3)}a`));
  });

  test('letters: at the bound formatted, above it as typed', () => {
    const letters = (count: number) => `${bold}${'a'.repeat(count - bold.length)}`;
    for (const count of [TEXT_MOST - 1, TEXT_MOST]) assert.match(toHtml(letters(count)), /^<strong>/);
    assert.ok(isAsTyped(letters(TEXT_MOST + 1)));
  });

  test('tags: at the bound formatted, above it as typed', () => {
    const words = (count: number) => '*a* '.repeat(count).trimEnd();
    for (const count of [TAGS_MOST / 2 - 1, TAGS_MOST / 2]) assert.match(toHtml(words(count)), /^<em>/);
    assert.ok(isAsTyped(words(TAGS_MOST / 2 + 1)));
  });

  test('depth: at the bound formatted, above it as typed', () => {
    const quotes = (depth: number) => `${'> '.repeat(depth)}a`;
    // A paragraph is in it.
    for (const depth of [DEPTH_MOST - 3, DEPTH_MOST - 2])
      assert.ok(toHtml(quotes(depth)).startsWith('<blockquote>\n'.repeat(depth)));
    assert.ok(isAsTyped(quotes(DEPTH_MOST - 1)));
    assert.ok(isAsTyped(`${'- '.repeat(DEPTH_MOST / 2)}a`));
    assert.ok(toHtml(`${'- '.repeat(DEPTH_MOST / 2 - 1)}a`).startsWith('<ul>'));
  });

  test('of the largest size nothing takes long', { timeout: FROZEN }, () => {
    const full = (text: string, rest: string) =>
      text + rest.repeat(Math.floor((TEXT_MOST - text.length) / rest.length));
    const signs = `* **a _a*b [ [a](http://b ]( <a <!-- <? \` \`\`a > - 1. ![ [a] <http:// \\* & ! ~ ( https://_ 2*3`;
    for (const sign of [...signs.split(' '), '\n', ' \n', '- a\n', '> a\n', '<a b="', "<a b='"]) {
      for (const unit of [sign, `${sign} `]) {
        const marks = unit.match(/[*_`[\]<>\n]|[-+.)] /g)?.length || 1;
        const dense = unit.repeat(MARKS_MOST / marks);
        for (const text of [
          full('', unit),
          dense,
          ...['x', '\n', 'x\n'].map(rest => full(dense.slice(0, TEXT_MOST), rest)),
        ])
          assert.ok(toHtml(text).length > 0 || !text.trim());
      }
    }
    toHtml(Array.from({ length: 200 }, (_, at) => `${' '.repeat(at * 2)}- a`).join('\n') + '\n'.repeat(1000));
  });
});
