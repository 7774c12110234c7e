// By what members are told apart: who looks like whom, and who has which hue.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import vectors from '../../testdata/lookalikes.json' with { type: 'json' };
import { skeletonsOf } from '../src/looks/confusables.ts';
import { HUES, Looks } from '../src/looks/looks.ts';
import { checkAlias } from '../src/seal/alias.ts';

const alike = (one: string, other: string): boolean =>
  skeletonsOf(one).some(key => skeletonsOf(other).includes(key));

/** Aliases that pass the rule and can be taken for the first of their row; and different names, near as their letters are. */
const { alike: ALIKE, different: DIFFERENT } = vectors;

test('what can be taken for one another is known', () => {
  for (const [first = '', ...others] of ALIKE) {
    for (const other of others) {
      assert.equal(checkAlias(other.normalize('NFKC')), other.normalize('NFKC'), `${other} passes the rule`);
      assert.ok(
        alike(first, other.normalize('NFKC')),
        `${first} and ${other}: ${skeletonsOf(first)} ${skeletonsOf(other)}`,
      );
    }
  }
});

test('different names are left in peace', () => {
  for (const names of DIFFERENT) {
    for (const [at, one] of names.entries()) {
      for (const other of names.slice(at + 1)) assert.ok(!alike(one, other), `${one} and ${other}`);
    }
  }
});

test('what every character is drawn like settles', () => {
  for (let code = 0; code <= 0x1ffff; code++) {
    const character = String.fromCodePoint(code);
    if (typeof checkAlias(character) === 'string')
      for (const key of skeletonsOf(character)) assert.deepEqual(skeletonsOf(key), [key]);
  }
});

test('case, accents and punctuation tell nobody apart', () => {
  const name = fc.stringMatching(/^[A-Za-z0-9]{1,12}$/);
  fc.assert(
    fc.property(name, fc.constantFrom('.', ',', '✓', '🦀', '\u0323', '\u0335', '_'), (alias, put) => {
      assert.ok(alike(alias, alias + put));
      assert.ok(alike(alias, alias.toUpperCase()));
      assert.ok(alike(alias, alias.toLowerCase()));
    }),
  );
});

const looks = (standing: (id: number) => boolean = () => false) => new Looks(skeletonsOf, standing);

test('each of two that look alike is marked with the other, and the reader never', () => {
  const faces = looks();
  faces.add(1, 'Bob', true);
  faces.add(2, 'Ada');
  assert.equal(faces.lookalike(2), undefined);
  faces.add(3, 'Аԁа');
  assert.deepEqual(faces.lookalike(2), { of: 'member', alias: 'Аԁа' });
  assert.deepEqual(faces.lookalike(3), { of: 'member', alias: 'Ada' });
  faces.add(4, 'B0b');
  assert.deepEqual(faces.lookalike(4), { of: 'you' });
  assert.equal(faces.lookalike(1), undefined);
  assert.deepEqual(faces.lookalike(2), { of: 'member', alias: 'Аԁа' });
  faces.remove(3);
  assert.equal(faces.lookalike(2), undefined);
});

test('who looks like one that has left is marked while that one’s lines stand', () => {
  let stands = true;
  const faces = looks(() => stands);
  faces.add(1, 'Bob', true);
  faces.add(2, 'Ada');
  faces.remove(2);
  faces.add(3, 'Ada.');
  assert.deepEqual(faces.lookalike(3), { of: 'member', alias: 'Ada' });
  faces.remove(3);
  faces.add(4, 'ada');
  assert.deepEqual(faces.lookalike(4), { of: 'member', alias: 'Ada.' }, 'the same alias again is no other');
  faces.remove(4);
  stands = false;
  faces.add(5, 'x');
  faces.remove(5);
  faces.add(6, 'Ada,');
  assert.equal(faces.lookalike(6), undefined);
});

test('an alias that is a word of the page is called an alias', () => {
  const faces = looks();
  for (const [id, alias] of [
    'you',
    'Keeper',
    '(unnamed)',
    'Ѕуѕтем',
    'k\u0435eper'.replace('\u0435', 'e'),
  ].entries()) {
    faces.add(id, alias);
    assert.equal(faces.lookalike(id) === undefined, false, alias);
  }
  const alone = looks();
  alone.add(1, '(unnamed)');
  assert.deepEqual(alone.lookalike(1), { of: 'page' });
  alone.add(2, '');
  assert.equal(alone.lookalike(2), undefined);
});

test('members that are present have different hues while there are enough', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30), { maxLength: 200 }), steps => {
      const faces = looks(() => true);
      const present = new Set<number>();
      let next = 1;
      for (const step of steps) {
        const leaver = [...present][step];
        if (leaver === undefined) {
          if (present.size === HUES) continue;
          faces.add(next, `member${next}`);
          present.add(next++);
        } else {
          faces.remove(leaver);
          present.delete(leaver);
        }
        assert.equal(new Set([...present].map(id => faces.hue(id))).size, present.size);
      }
    }),
  );
});

test('a hue stays with its member, and goes to another one last of all', () => {
  const faces = looks();
  for (let id = 1; id <= 3; id++) faces.add(id, `m${id}`);
  const hue = faces.hue(2);
  faces.remove(2);
  for (let id = 4; id < 4 + HUES - 3; id++) {
    faces.add(id, `m${id}`);
    assert.notEqual(faces.hue(id), hue);
  }
  faces.add(99, 'last');
  assert.equal(faces.hue(99), hue);
  assert.deepEqual([faces.hue(1), faces.hue(3)], [0, 2]);
  faces.remove(99);
  faces.remove(1);
  faces.add(100, 'next');
  assert.equal(faces.hue(100), hue, 'the one that was given up first');
});

test('look-alikes never share a hue, in a crowd either', () => {
  const faces = looks();
  for (let id = 0; id < 64; id++) faces.add(id, `member${String.fromCodePoint(0x4e00 + id)}`);
  const variants = ['member一', 'member一.', 'Member一', 'mernber一', 'member一,', 'member·一'];
  for (const [at, alias] of variants.entries()) faces.add(100 + at, alias);
  const hues = [0, ...variants.keys()].map((_, at) => faces.hue(at === 0 ? 0 : 99 + at));
  assert.equal(new Set(hues).size, hues.length);
  const counts = Array.from(
    { length: HUES },
    (_, hue) => [...Array(64).keys()].filter(id => faces.hue(id) === hue).length,
  );
  assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, `${counts}`);
});

test('without the table hues are given all the same, and nobody is marked', () => {
  const faces = new Looks(
    () => [],
    () => true,
  );
  for (let id = 0; id < HUES; id++) faces.add(id, 'Ada');
  assert.equal(new Set([...Array(HUES).keys()].map(id => faces.hue(id))).size, HUES);
  assert.equal(faces.lookalike(3), undefined);
});

test('there are as many hues as are given out', () => {
  const style = readFileSync('src/style/hues.css', 'utf8');
  for (let hue = 0; hue < HUES; hue++) {
    const both = `--hue-${hue}: var\\(--by-day, #[0-9a-f]{6}\\) var\\(--by-night, #[0-9a-f]{6}\\);`;
    assert.match(style, new RegExp(both), 'light and dark');
    assert.ok(style.includes(`.hue-${hue} {\n  --own-hue: var(--hue-${hue});`));
  }
  assert.ok(!style.includes(`hue-${HUES}`));
});

test('what an alias is drawn like is worked out once, however often members come and go', () => {
  let asked = 0;
  const looks = new Looks(
    alias => {
      asked += 1;
      return skeletonsOf(alias);
    },
    () => true,
  );
  const before = asked;
  for (let id = 1; id <= 50; id++) {
    looks.add(id, `Ada${id}`, id === 1);
    for (let each = 1; each <= id; each++) looks.lookalike(each);
  }
  assert.equal(asked - before, 50);
});

test('of a number that comes again, only the later alias counts', () => {
  const faces = looks(() => true);
  faces.add(1, 'Ada');
  faces.add(1, 'Zoe');
  faces.add(2, 'Ada.');
  assert.equal(faces.lookalike(2), undefined);
});

test('who is who is as if each were compared with all', () => {
  const names = ['Ada', 'ada', 'Ada.', 'АԀа', 'Bob', 'B0b', 'Il', 'll', 'ii', 'you'];
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...names), fc.nat(40)), { maxLength: 60 }), steps => {
      const faces = looks(() => true);
      faces.add(0, 'Bob', true);
      const all = new Map<number, { alias: string; here: boolean }>([[0, { alias: 'Bob', here: true }]]);
      for (const [at, [alias, leaver]] of steps.entries()) {
        const left = leaver > 0 ? all.get(leaver) : undefined;
        if (left?.here) {
          left.here = false;
          faces.remove(leaver);
        } else {
          faces.add(at + 1, alias);
          all.set(at + 1, { alias, here: true });
        }
      }
      for (const [id, { alias, here }] of all) {
        if (id === 0 || !here) continue;
        const near = [...all].filter(([other, face]) => other !== id && alike(face.alias, alias));
        const others = near.filter(
          ([, face]) => face.here || face.alias.toLowerCase() !== alias.toLowerCase(),
        );
        const you = near.some(([other]) => other === 0);
        const of = faces.lookalike(id)?.of;
        assert.equal(of === 'you', you);
        if (!you) assert.equal(of === 'member', others.length > 0, alias);
      }
    }),
  );
});
