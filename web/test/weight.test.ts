// What text weighs, and what is left of marks: the counts that bound drawing.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Capacity, hasRightToLeft, Marks, MARKS_MOST, PIECE_MOST } from '../src/view/weight.ts';
import { HOSTILE, PLAIN } from './hostile.ts';

/** What the texts become, taken one after the other. */
const kept = (...texts: string[]): string[] => {
  const marks = new Marks();
  return texts.map(text => marks.take(text));
};
const MARK = '\u0301';
const most = MARK.repeat(MARKS_MOST);

describe('marks on a letter', () => {
  for (const [name, texts, expected] of [
    ['below the bound', ['a' + most.slice(1) + 'b'], ['a' + most.slice(1) + 'b']],
    ['at the bound', [`a${most}b${most}`], [`a${most}b${most}`]],
    ['above it', [`a${most}${MARK}b${MARK}`], [`a${most}b${MARK}`]],
    ['on no letter', [most + most], [most]],
    ['over texts', ['a', most, MARK, '', MARK, 'b', MARK], ['a', most, '', '', '', 'b', MARK]],
    ['over texts, with a letter between', [`a${most}`, 'b', most], [`a${most}`, 'b', most]],
    [
      'of many kinds',
      [`a${'\u0301\u0903\u20dd\ufe0f\u200d\u{e0061}\u{1f3fd}\u00ad\u2060'}`],
      [`a${'\u0301\u0903\u20dd\ufe0f\u200d\u{e0061}\u{1f3fd}\u00ad'}`],
    ],
    ['joined emoji are one', ['👩\u200d'.repeat(9)], [`${'👩\u200d'.repeat(8)}👩`]],
    ['joined emoji are one over texts', [...'👩\u200d'.repeat(9)], [...'👩\u200d'.repeat(8), '👩', '']],
    ['joined letters are not', ['क\u094d\u200d'.repeat(9)], ['क\u094d\u200d'.repeat(9)]],
  ] as [string, string[], string[]][]) {
    test(name, () => assert.deepEqual(kept(...texts), expected));
  }

  test('none is taken from what people write', () => {
    for (const text of [
      'Tiếng Việt',
      'ﷺ بِسْمِ ٱللَّٰهِ',
      'שָׁלוֹם',
      'ກ້ໍ',
      'བསྒྲུབས',
      'क्षत्रिय',
      '👨🏻‍👩🏻‍👧🏻‍👦🏻',
      '👩🏽‍❤️‍💋‍👨🏿',
      '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
      '1️⃣',
    ])
      assert.deepEqual(kept(text.normalize('NFD')), [text.normalize('NFD')]);
  });

  test('however texts are cut, what is left is within the bound, and the rest is counted', () => {
    const text = fc.array(fc.constantFrom('a', MARK, '\u20dd', '👩', '\u200d', '\ufe0f'), { maxLength: 60 });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), texts => {
        const marks = new Marks();
        const all = texts.map(one => one.join(''));
        const left = all.map(one => marks.take(one)).join('');
        for (const run of left.split(/[^\p{M}\p{Default_Ignorable_Code_Point}]/u))
          assert.ok([...run].length <= MARKS_MOST);
        assert.equal([...left].length + marks.dropped, [...all.join('')].length);
      }),
    );
  });
});

describe('the room of a piece', () => {
  const fits = (text: string, most = PIECE_MOST): number =>
    new Capacity(most, hasRightToLeft(text)).text(text);

  test('letters: below, at and above the bound', () => {
    for (const length of [PIECE_MOST - 1, PIECE_MOST]) assert.equal(fits('x'.repeat(length)), length);
    assert.equal(fits('x'.repeat(PIECE_MOST + 1)), PIECE_MOST);
  });

  test('it ends with a word where one ends nearby, and before no mark', () => {
    assert.equal(fits('one two three', 10), 8);
    assert.equal(fits(`one ${'x'.repeat(200)}`, 150), 150);
    assert.equal(fits(`xx${MARK}${MARK}y`, 3), 4);
    assert.equal(fits('x😀😀', 2), 3);
  });

  test('an end can be reached from everywhere', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 1 }),
        fc.integer({ min: 1, max: 50 }),
        (text, most) => {
          let rest = text;
          while (rest) {
            const end = fits(rest, most);
            assert.ok(end > 0);
            rest = rest.slice(end);
          }
        },
      ),
    );
  });

  /** How often this matches in the piece that begins a text. */
  const inPiece = (text: string, what: RegExp): number => text.slice(0, fits(text)).match(what)?.length ?? 0;

  test('so many of each kind and no more', () => {
    for (const [name, what, bound] of [
      ['newlines', /\n/g, 1000],
      ['newlines and letters', /\n/g, 1000],
      ['directions in turn', /[א1]/g, 500],
      ['directions and spaces', /א/g, 250],
      ['digits and Arabic', /1/g, 250],
      ['isolates closed', /[\u2066-\u2069]/g, 500],
      ['embeddings closed', /[\u202a-\u202e]/g, 500],
      ['marks of direction', /[\u200e\u200f]/g, 250],
      ['brackets of two directions', /א/g, 250],
      ['digits and spaces from the right', /1/g, 500],
      ['each Chinese character', /[^]/gu, 500],
      ['each character beyond', /[^]/gu, 450],
      ['emoji of many kinds', /[^]/gu, 450],
      ['Thai', /[^]/gu, 1001],
      ['Arabic joined without an end', /[^]/gu, 900],
      ['N’Ko joined without an end', /[^]/gu, 900],
      ['controls of lines', /[^]/gu, 1000],
      ['Nastaliq words', /[^]/gu, 5000],
    ] as const) {
      const text = HOSTILE[name] ?? '';
      const count = inPiece(text, what);
      assert.ok(count > bound / 2 && count <= bound, `${name}: ${count}`);
    }
  });

  test('a piece holds a long message as people write them', () => {
    assert.equal(inPiece(PLAIN, /\S+/g) > 1500, true);
    assert.equal(fits('Широкая электрификация южных губерний. '.repeat(100)), 3900);
    assert.equal(fits('שלום עולם, זה מבחן של 20 מילים. '.repeat(80)), 32 * 80);
    assert.equal(fits('我们今天晚上一起去吃饭吧,好不好? '.repeat(80)), 18 * 80);
  });
});
