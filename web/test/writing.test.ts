// What helps to write a message: what was sent before, what a word may become, marks around it, and how long it may be.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { COMMANDS } from '../src/commands.ts';
import type { Member } from '../src/state.ts';
import { frameLength, textMost } from '../src/session/capacity.ts';
import { readLeft, TOLD_BELOW, tellLeft } from '../src/view/composer/count.ts';
import { type Format, formatted } from '../src/view/composer/formats.ts';
import { PROPOSALS_MOST, proposalsFor } from '../src/view/composer/proposals.ts';
import { Recall, RECALLED_MOST } from '../src/view/composer/recall.ts';

describe('what was sent', () => {
  const recallOf = (...said: string[]): Recall => {
    const recall = new Recall();
    for (const text of said) recall.add(text);
    return recall;
  };

  test('comes back from the newest to the oldest, and the other way to the empty box', () => {
    const recall = recallOf('one', 'two');
    assert.equal(recall.step('', -1), 'two');
    assert.equal(recall.step('two', -1), 'one');
    assert.equal(recall.step('one', -1), undefined);
    assert.equal(recall.step('one', 1), 'two');
    assert.equal(recall.step('two', 1), '');
    assert.equal(recall.step('', 1), undefined);
    assert.equal(recall.step('', -1), 'two');
  });

  test('takes the place of nothing that is written', () => {
    const recall = recallOf('one', 'two');
    assert.equal(recall.step('mine', -1), undefined);
    recall.step('', -1);
    assert.equal(recall.step('two, amended', -1), undefined);
    assert.equal(recall.step('two, amended', 1), undefined);
    // An emptied box begins anew.
    assert.equal(recall.step('', -1), 'two');
  });

  test('stands once where it was said twice in a row', () => {
    const recall = recallOf('one', 'two', 'two');
    assert.equal(recall.step('', -1), 'two');
    assert.equal(recall.step('two', -1), 'one');
  });

  test('is bounded, and forgotten', () => {
    const count = (recall: Recall) => {
      let text = '';
      for (let steps = 0; ; steps += 1) {
        const before = recall.step(text, -1);
        if (before === undefined) return steps;
        text = before;
      }
    };
    for (const [said, kept] of [
      [RECALLED_MOST - 1, RECALLED_MOST - 1],
      [RECALLED_MOST, RECALLED_MOST],
      [RECALLED_MOST + 1, RECALLED_MOST],
    ] as const)
      assert.equal(count(recallOf(...Array.from({ length: said }, (_, each) => `text ${each}`))), kept);
    const recall = recallOf('secret');
    recall.forget();
    assert.equal(recall.step('', -1), undefined);
  });
});

const member = (alias: string, more: Partial<Member> = {}): Member => ({
  id: 1,
  alias,
  hue: 0,
  you: false,
  away: false,
  keeper: false,
  standing: 'ready',
  number: '1',
  verified: false,
  differs: false,
  ignored: false,
  ...more,
});
const MEMBERS = [
  member('Ada', { you: true }),
  member('Ben'),
  member('Bea', { ordinal: 1 }),
  member('bea', { ordinal: 2, away: true }),
  member('Ünal'),
  member(''),
];

describe('a word that is being typed', () => {
  /** `|` is where the caret stands. */
  const proposed = (typed: string, members = MEMBERS) => {
    const caret = typed.indexOf('|');
    const found = proposalsFor(typed.replace('|', ''), caret, members);
    return found && [found.from, ...found.list.map(({ text }) => text)];
  };

  for (const [typed, ...expected] of [
    ['/kee|', 0, '/keeper '],
    [' ／ＫＥＥ|', 1, '/keeper '],
    ['/l|', 0, '/lock'],
    ['/lock|'],
    ['/purr|', 0, '/purr '],
    ['//|'],
    ['/nonsense|'],
    ['/pu|rr'],
    ['x /pu|'],
    ['/purr |', 6, 'Ben ', 'Bea 1 ', 'bea 2 ', 'Ünal '],
    ['/purr BE|', 6, 'Ben ', 'Bea 1 ', 'bea 2 '],
    ['/purr be| psst', 6, 'Ben ', 'Bea 1 ', 'bea 2 '],
    ['/kick  u\u0308|', 7, 'Ünal '],
    ['/me |'],
    ['/me @b|', 5, 'Ben ', 'Bea 1 ', 'bea 2 '],
    ['/alias b|'],
    ['/purr Ben |'],
    ['/purr Ben @üN|', 11, 'Ünal '],
    ['@|', 1, 'Ben ', 'Bea 1 ', 'bea 2 ', 'Ünal '],
    ['hello\n@ben|', 7, 'Ben '],
    ['mail a@b|'],
    ['@ada|'],
    ['@b|en'],
    ['be|'],
    ['|'],
  ] as const)
    test(`${JSON.stringify(typed)} may become ${expected.slice(1).join(', ') || 'nothing else'}`, () =>
      assert.deepEqual(proposed(typed), expected.length > 0 ? expected : undefined));

  test('a slash leads to every command', () => {
    const [, ...texts] = proposed('/|') ?? [];
    assert.deepEqual(
      texts.map(text => String(text).trimEnd()),
      COMMANDS.map(({ name }) => `/${name}`),
    );
  });

  test('proposals are bounded', () => {
    const crowd = (count: number) => Array.from({ length: count }, (_, each) => member(`m${each}`));
    for (const [members, shown] of [
      [PROPOSALS_MOST - 1, PROPOSALS_MOST - 1],
      [PROPOSALS_MOST, PROPOSALS_MOST],
      [PROPOSALS_MOST + 1, PROPOSALS_MOST],
    ] as const)
      assert.equal(proposed('@m|', crowd(members))?.length, 1 + shown);
    assert.ok(COMMANDS.length <= PROPOSALS_MOST);
  });

  test('whatever is typed, what is proposed continues it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'/@ \nbeKp') }), fc.nat(), (text, at) => {
        const caret = at % (text.length + 1);
        const found = proposalsFor(text, caret, MEMBERS);
        if (!found) return;
        const start = text.slice(found.from, caret).toLowerCase();
        assert.doesNotMatch(start, /\s/);
        for (const { text: proposal } of found.list) assert.ok(proposal.toLowerCase().startsWith(start));
      }),
    );
  });
});

describe('marks around what is written', () => {
  /** `[` and `]` are the ends of what is selected, `|` both. */
  const mark = (format: Format, typed: string): string => {
    const from = typed.search(/[[|]/);
    const to = typed.includes('|') ? from : typed.indexOf(']') - 1;
    const text = typed.replace(/[[\]|]/g, '');
    const edit = formatted(format, text, from, to);
    const made = text.slice(0, edit.from) + edit.text + text.slice(edit.to);
    const [start, end] = edit.select;
    if (start === end) return `${made.slice(0, start)}|${made.slice(start)}`;
    return `${made.slice(0, start)}[${made.slice(start, end)}]${made.slice(end)}`;
  };

  for (const [format, before, after] of [
    ['bold', 'a [word] here', 'a **[word]** here'],
    ['bold', 'a **[word]** here', 'a [word] here'],
    ['bold', 'a[ word ]here', 'a **[word]** here'],
    ['bold', '|', '**|**'],
    ['bold', '**|**', '|'],
    ['bold', 'a *[word]*', 'a ***[word]***'],
    ['italic', 'a [word]', 'a *[word]*'],
    ['italic', 'a **[word]**', 'a ***[word]***'],
    ['italic', 'a ***[word]***', 'a **[word]**'],
    ['italic', 'a *[word]*', 'a [word]'],
    ['code', 'a [word]', 'a `[word]`'],
    ['code', 'a `[word]`', 'a [word]'],
    ['code', '[a `tick` in]', '``[a `tick` in]``'],
    ['code', 'x [two\nlines] y', 'x \n```\n[two\nlines]\n```\n y'],
    ['code', '[two\n```\nlines]', '````\n[two\n```\nlines]\n````'],
    ['list', 'o[ne\ntw]o\nthree', '[- one\n- two]\nthree'],
    ['list', '[- one\n- two]\nthree', '[one\ntwo]\nthree'],
    ['list', '|', '- |'],
    ['list', 'one\ntwo|', 'one\n- two|'],
    ['quote', 'before\n[said]', 'before\n[> said]'],
    ['quote', '[> said]', '[said]'],
    ['link', 'see [this]', 'see LthisR([https://])'],
    ['link', 'see [https://example.org/]', 'see L|R(https://example.org/)'],
    ['link', 'see |', 'see L|R(https://)'],
  ] as const)
    test(`${format}: ${JSON.stringify(before)}`, () => {
      // Brackets of a link are none of a selection.
      const made = format === 'link' ? markLink(before) : mark(format, before);
      assert.equal(made, after);
    });

  function markLink(typed: string): string {
    const from = typed.search(/[[|]/);
    const to = typed.includes('|') ? from : typed.indexOf(']') - 1;
    const edit = formatted('link', typed.replace(/[[\]|]/g, ''), from, to);
    const text = typed.replace(/[[\]|]/g, '');
    const made = (text.slice(0, edit.from) + edit.text + text.slice(edit.to))
      .replace('[', 'L')
      .replace(']', 'R');
    const [start, end] = edit.select;
    const selected = start === end ? '|' : `[${made.slice(start, end)}]`;
    return made.slice(0, start) + selected + made.slice(end);
  }

  test('whatever is selected, nothing that is written is lost, and bold twice is as before', () => {
    const formats = fc.constantFrom<Format[]>('bold', 'italic', 'code', 'list', 'quote', 'link');
    fc.assert(
      fc.property(
        formats,
        fc.string({ unit: fc.constantFrom(...'ab *`\n->') }),
        fc.nat(),
        fc.nat(),
        (format, text, one, other) => {
          const [from = 0, to = 0] = [one, other].map(at => at % (text.length + 1)).sort((a, b) => a - b);
          const { from: start, to: end, text: made, select } = formatted(format, text, from, to);
          const now = text.slice(0, start) + made + text.slice(end);
          const letters = (of: string) => of.replace('https://', '').replace(/[^ab]/g, '');
          assert.equal(letters(now), letters(text));
          assert.ok(select[0] <= select[1] && select[1] <= now.length);
        },
      ),
    );
  });
});

test('what is left is told once it is little, exactly to the eye and seldom to the ear', () => {
  for (const [left, shown, read] of [
    [undefined, '', ''],
    [TOLD_BELOW, '', ''],
    [TOLD_BELOW - 1, `${TOLD_BELOW - 1} bytes left`, `${TOLD_BELOW} bytes left`],
    [120, '120 bytes left', '200 bytes left'],
    [1, '1 byte left', '100 bytes left'],
    [0, '0 bytes left', '0 bytes left'],
    [-1, 'Too long by 1 byte.', 'Too long to send.'],
    [-40, 'Too long by 40 bytes.', 'Too long to send.'],
  ] as const) {
    assert.equal(tellLeft(left), shown);
    assert.equal(readLeft(left), read);
  }
});

test('so much text fits as makes a frame of just the length that is taken', () => {
  for (const [isWhisper, isAnswer] of [
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ] as const)
    for (const timer of [0, 300]) {
      const length = (bytes: number) => {
        const said = { at: Number.MAX_SAFE_INTEGER, timer, text: 'x'.repeat(bytes) };
        return isAnswer
          ? frameLength(isWhisper, { kind: 'reply', ...said, to: new Uint8Array(16) })
          : frameLength(isWhisper, { kind: 'message', ...said });
      };
      const written = { isWhisper, isAnswer };
      const frame = length(5000);
      const most = textMost(frame, written, timer);
      assert.ok(most >= 5000);
      assert.equal(length(most), frame);
      assert.ok(length(most + 1) > frame);
      assert.ok(textMost(frame - 1, written, timer) < 5000);
      assert.equal(textMost(frame + 1, written, timer), most);
    }
});

test('texts that are recalled go when their messages do', () => {
  const recall = new Recall();
  recall.add('stays');
  recall.add('goes', 1000);
  recall.forget(999);
  assert.equal(recall.step('', -1), 'goes');
  recall.forget(1000);
  assert.equal(recall.step('', -1), 'stays');
  recall.forget();
  assert.equal(recall.step('', -1), undefined);
});
