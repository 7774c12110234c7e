// The protocol's part of CBOR beside a whole implementation of it: written alike, and no bytes are read here that mean
// anything else there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode, encode } from 'cborg';
import fc from 'fast-check';
import { type Item, Reader, WireError, writeItem } from '../src/cbor.ts';
import { hex, unhex } from './vectors.ts';

const { item } = fc.letrec<{ item: Item }>(tie => ({
  item: fc.oneof(
    { maxDepth: 4 },
    fc.maxSafeNat(),
    fc.constantFrom(0, 23, 24, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER),
    fc.boolean(),
    fc.constant(null),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie('item'), { maxLength: 30 }),
  ),
}));

const STRICT = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: false,
};

/** Whether exactly one item stands there. */
function isRead(bytes: Uint8Array): boolean {
  const reader = new Reader(bytes);
  try {
    reader.skip(1);
    reader.end();
    return true;
  } catch (error) {
    assert.ok(error instanceof WireError);
    return false;
  }
}

test('items are written to the byte as elsewhere', () => {
  fc.assert(fc.property(item, each => assert.equal(hex(writeItem(each)), hex(encode(each)))));
});

test('what is written is read', () => {
  fc.assert(fc.property(item, each => assert.ok(isRead(writeItem(each)))));
});

test('what is read of any bytes is read elsewhere, and written again to the same bytes', () => {
  const mutated = fc.tuple(item, fc.nat(), fc.nat(255)).map(([each, at, byte]) => {
    const bytes = writeItem(each);
    bytes[at % bytes.length] = byte;
    return bytes;
  });
  const bytes = fc.oneof(mutated, fc.uint8Array({ minLength: 1, maxLength: 12 }));
  fc.assert(
    fc.property(bytes, each => {
      if (isRead(each)) assert.equal(hex(encode(decode(each, STRICT))), hex(each));
    }),
    { numRuns: 5000 },
  );
});

for (const number of [-1, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])
  test(`${number} is not written`, () => assert.throws(() => writeItem(number), RangeError));

const REFUSED: Record<string, string> = {
  nothing: '',
  'a number in two bytes that one would hold': '1817',
  'a number in three bytes that two would hold': '1900ff',
  'a number in five bytes that three would hold': '1a0000ffff',
  'a number in nine bytes that five would hold': '1b00000000ffffffff',
  'a number above 2^53 - 1': '1b0020000000000000',
  'a negative number': '20',
  'a length that is longer than what is there': '4261',
  'a length of 2^53 - 1': '5b001fffffffffffff',
  'bytes without an end': '5f4161ff',
  'a text that is not UTF-8': '61ff',
  'an array that is cut short': '8201',
  'an array without an end': '9f01ff',
  'a map': 'a0',
  'a tag': 'c101',
  undefined: 'f7',
  'a simple value': 'f8ff',
  'a float': 'f93c00',
  'reserved argument': '1c',
};
for (const [name, written] of Object.entries(REFUSED))
  test(`is refused: ${name}`, () => assert.ok(!isRead(unhex(written))));

test('numbers at the bounds of each width are read', () => {
  for (const written of [
    '17',
    '1818',
    '18ff',
    '190100',
    '1a00010000',
    '1b0000000100000000',
    '1b001fffffffffffff',
  ])
    assert.equal(new Reader(unhex(written)).uint(), decode(unhex(written)));
});
