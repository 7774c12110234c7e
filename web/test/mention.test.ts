// Who is meant by a word, and how mentions are counted apart.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { Line } from '../src/state.ts';
import { mentionOf } from '../src/view/mention.ts';
import { createUnread } from '../src/view/unread.ts';

for (const [alias, means, others] of [
  [
    'Ada',
    ['ada', 'ADA!', '@ada', 'hi (Ada)', 'Ada’s', "ada's", 'a,ada,b'],
    ['adam', 'Lada', 'ada_', 'x@ada.org', ''],
  ],
  ['al', ['@al', 'hi @Al:', '(@AL)'], ['al', 'Al said', '@ali', 'x@al', '@ al']],
  ['a', ['@a', '@A.'], ['a', 'A', 'a b a', 'b@a']],
  ['zoë', ['Zoë', 'ZOË'], ['zo', 'zoëy']],
  ['c++', ['C++', 'c++.', '@c++'], ['c', 'cc', 'xc++']],
  ['小明明', ['小明明你好', '你好小明明'], ['小明']],
  ['สมชาย', ['สวัสดีสมชายครับ'], ['สม']],
  ['🦊fox', ['🦊fox', 'a 🦊Fox!'], ['fox', '🦊foxes']],
  ['[x].*', ['[x].*'], ['x', 'xyz']],
] as [string, string[], string[]][])
  test(`who is called ${alias}`, () => {
    for (const text of means) assert.match(text, mentionOf(alias), text);
    for (const text of others) assert.doesNotMatch(text, mentionOf(alias), text);
  });

const unread = { hidden: true, title: '' };
beforeEach(() => Object.assign(globalThis, { document: unread }));
afterEach(() => Reflect.deleteProperty(globalThis, 'document'));

test('the title counts mentions apart', () => {
  const from = { id: 1, number: '', alias: 'Eve', hue: 1, you: false };
  const line = (key: number): Line => ({ kind: 'message', key, from, at: 0, html: '', state: 'sent' });
  const unreadOf = createUnread();
  const show = (lines: Line[]) => unreadOf(lines, key => key % 2 === 0);
  show([line(1)]);
  assert.equal(unread.title, '(1) Sanctuary');
  show([1, 2, 3, 4, 5].map(line));
  assert.equal(unread.title, '(5, @2) Sanctuary');
  show([2, 3].map(key => ({ ...line(key), from: { ...from, you: true } }) as Line));
  assert.equal(unread.title, 'Sanctuary');
});
