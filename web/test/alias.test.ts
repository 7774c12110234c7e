// Which aliases may be shown: the same in both languages, whatever Unicode the engine knows.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import aliases from '../../testdata/aliases.json' with { type: 'json' };
import { AliasError, checkAlias } from '../src/seal/alias.ts';
import { describeAliasFault } from '../src/words/en.ts';

/** In the form that both languages write: the form that it takes, or the fault and the character that is wrong. */
function verdict(typed: string): string {
  const alias = checkAlias(typed);
  if (!(alias instanceof AliasError)) return `ok ${alias}`;
  return alias.character ? `${alias.fault} ${alias.codePoint}` : alias.fault;
}

test('an alias is normalised and trimmed', () => {
  for (const [typed = '', alias] of aliases.shown) assert.equal(verdict(typed), `ok ${alias}`);
});

test('what may not be shown is refused by name', () => {
  for (const [typed = '', expected, why] of aliases.refused) assert.equal(verdict(typed), expected, why);
  // Half a character, which no other language can write.
  assert.equal(verdict('a\ud800'), 'unseen U+D800');
});

test('a refusal names the character and nothing else of the alias', () => {
  for (const [typed, sentence] of [
    ['Ad\u0430', '“\u0430” (U+0430, Cyrillic) can’t stand beside Latin letters.'],
    ['a b', 'An alias has no spaces (U+0020).'],
    ['secret\u202e', 'An alias has no invisible characters (U+202E).'],
    ['a\u001b', 'An alias has no invisible characters (U+001B).'],
    ['x\u0301\u0301\u0301', 'The mark “◌\u0301” (U+0301) is one too many on its letter.'],
  ] as const) {
    const error = checkAlias(typed);
    assert.ok(error instanceof AliasError && describeAliasFault(error) === sentence, sentence);
  }
});

test('an alias has 1 to 32 characters', () => {
  for (const [count, ok] of [
    [0, false],
    [1, true],
    [31, true],
    [32, true],
    [33, false],
  ] as const) {
    for (const character of ['x', '山', '🦀']) {
      assert.equal(verdict(character.repeat(count)).startsWith('ok'), ok, `${count} ${character}`);
    }
  }
  // One character that NFKC makes eighteen of.
  assert.equal(verdict('\ufdfa\ufdfa'), 'length');
  assert.equal(verdict('   '), 'length');
});

const digest = (verdicts: Iterable<string>): string =>
  createHash('sha256')
    .update([...verdicts, ''].join('\n'))
    .digest('hex');

function* ofEveryCharacter() {
  for (const [from = 0, to = 0] of aliases.verdicts.ranges) {
    for (let code = from; code <= to; code++) {
      const character = String.fromCodePoint(code);
      for (const typed of [character, `a${character}b`, `д${character}`]) yield verdict(typed);
    }
  }
}

/** Numbers that both languages draw alike (a linear congruential generator, Numerical Recipes' constants). */
function draws(): (bound: number) => number {
  let state = 8;
  return bound => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % bound;
  };
}

function* ofStrings() {
  const { count, pieces } = aliases.verdicts;
  const below = draws();
  for (let drawn = 0; drawn < count; drawn++) {
    const length = 1 + below(8);
    yield verdict(Array.from({ length }, () => pieces[below(pieces.length)]).join(''));
  }
}

test('both languages say the same of every character and of many strings', () => {
  assert.equal(digest(ofEveryCharacter()), aliases.verdicts.characters, 'of every character');
  assert.equal(digest(ofStrings()), aliases.verdicts.strings, 'of strings');
});

test('an alias reads as itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), typed => {
      const alias = checkAlias(typed);
      if (typeof alias === 'string') assert.equal(checkAlias(alias), alias);
    }),
  );
});
