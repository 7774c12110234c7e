// The bodies of what is said: every kind there and back, what is not known, and what is not of the
// form.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Item, writeItem } from '../src/cbor.ts';
import { readBody, readWhispered, writeBody } from '../src/seal/body.ts';
import { concat } from '../src/seal/bytes.ts';
import { BODIES, failsWith, filled } from './stays.ts';
import { plain, unhex } from './vectors.ts';

test('bodies are read as they were written', () => {
  for (const body of BODIES) assert.equal(plain(readBody(writeBody(body))), plain(body));
});

test('of an unknown kind an even one is passed over, and an odd one shown as what can’t be shown', () => {
  for (const [number, read] of [
    [0, null],
    [16, null],
    [256, null],
    [9, { kind: 'unknown' }],
    [13, { kind: 'unknown' }],
    [2 ** 32 + 1, { kind: 'unknown' }],
  ] as const) {
    for (const rest of [[], [null, [[1], []], 'x', new Uint8Array(9)]]) {
      assert.deepEqual(readBody(writeItem([number, ...rest])), read, `${number}`);
      assert.deepEqual(readWhispered(writeItem([number, ...rest])), read, `${number}`);
    }
  }
});

test('of an unknown kind is read what the protocol has items for, and nothing else', () => {
  const strange: Record<string, string> = {
    'a break': 'ff',
    'an indefinite array': '9fff',
    'indefinite bytes': '5f4101ff',
    'an indefinite text': '7f6178ff',
    'a map': 'a10102',
    'an empty map': 'a0',
    'a negative number': '20',
    'a tag': 'c101',
    undefined: 'f7',
    'a simple value': 'e0',
    'false in two bytes': 'f814',
    'a float': 'f93c00',
    'a float of 64 bits': 'fb3ff0000000000000',
    NaN: 'f97e00',
    'a number not in its shortest form': '1817',
    'a number of 2^53': '1b0020000000000000',
    'bytes with a longer head': '580100',
    'a text that is no UTF-8': '61ff',
    'half a surrogate pair': '63eda080',
    'an array with a longer head': '980100',
  };
  for (const [name, item] of Object.entries(strange))
    for (const head of ['8210', '8209', '821081'])
      assert.throws(() => readBody(unhex(head + item)), failsWith('malformed'), `${name} after ${head}`);
  assert.throws(() => readBody(unhex('811b0020000000000000')), failsWith('malformed'), 'a kind of 2^53');
});

test('a body of another form is malformed', () => {
  for (const item of [
    [],
    [1, 1, 0],
    [1, 1, 0, 'x', 0],
    [1, 1, 0, filled(3, 0x61)],
    [1, 1, 'x', 0],
    [7, 1, 0, 'x', filled(15, 1)],
    [2, 1, 0, 'x', filled(16, 1)],
    [4, 1, filled(17, 1)],
    [8, filled(31, 1)],
    // No point, and one of small order.
    [8, Uint8Array.of(2, ...filled(31, 0))],
    [12, Uint8Array.of(1, ...filled(31, 0))],
    [10, 0],
    [14],
    [14, 1, 1],
    'x',
    1,
  ] as Item[])
    assert.throws(() => readBody(writeItem(item)), failsWith('malformed'), JSON.stringify(item));
  assert.throws(() => readBody(concat(writeItem([6, 1]), writeItem(0))), failsWith('malformed'));
  assert.throws(() => readBody(Uint8Array.of(0x84, 1, 1, 0, 0x61, 0xff)), failsWith('malformed'), 'no UTF-8');
  for (const bytes of [
    '840120006178',
    '820e20',
    '811000',
    '8210',
    '831000',
    '82109b001fffffffffffff',
    '8210820082',
  ])
    assert.throws(() => readBody(unhex(bytes)), failsWith('malformed'), bytes);
  // A clock of 2^53.
  assert.throws(
    () => readBody(Uint8Array.of(0x82, 6, 0x1b, 0, 0x20, 0, 0, 0, 0, 0, 0)),
    failsWith('malformed'),
  );
});

test('what others obey is said to all, and never whispered', () => {
  for (const body of BODIES) {
    const isObeyed = ['kick', 'stop', 'hand', 'timer'].includes(body.kind);
    assert.equal(readWhispered(writeBody(body))?.kind, isObeyed ? undefined : body.kind);
  }
});
