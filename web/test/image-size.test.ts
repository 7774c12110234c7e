// The size of images, from heads that say no more than that.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { imageSize } from '../src/picture/image-size.ts';

/** Text as Latin-1 and numbers as bytes, one after the other. */
const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap(part => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part)),
  );

const PNG = bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 7, 0xd0, 0, 0, 1, 2]);
const GIF = bytes('GIF89a', [3, 0, 2, 0, 0x80, 0, 0], [1, 2, 3, 4, 5, 6]);
const COMMENT = [0x21, 0xfe, 2, 0x2c, 0x2c, 1, 0x2c, 0];
const LARGE_FRAME = [0x2c, 1, 0, 0, 0, 0x20, 3, 0x10, 1, 0x80, 1, 2, 3, 4, 5, 6, 2, 1, 0, 0, 0x3b];
const RIFF = bytes('RIFF', [0, 0, 0, 0], 'WEBP');
const JPEG = bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0xff, 0xc0, 0xff, 0xff, 0xdb, 0, 3, 9]);
const FRAME = [0xff, 0xc2, 0, 11, 8, 1, 2, 3, 4];

for (const [name, image, size] of [
  ['PNG', PNG, [2000, 258]],
  ['GIF', GIF, [3, 2]],
  ['GIF with a larger frame behind a comment', bytes([...GIF], COMMENT, LARGE_FRAME), [801, 272]],
  ['WebP, extended', bytes([...RIFF], 'VP8X', [10, 0, 0, 0], [0, 0, 0, 0, 1, 0, 1, 2, 0, 0]), [65_538, 3]],
  ['WebP, lossless', bytes([...RIFF], 'VP8L', [9, 0, 0, 0], [0x2f, 0x02, 0x40, 0x01, 0x00]), [3, 6]],
  [
    'WebP, lossy',
    bytes([...RIFF], 'VP8 ', [9, 0, 0, 0], [0, 0, 0, 0x9d, 1, 0x2a, 5, 0x41, 6, 0x80]),
    [261, 6],
  ],
  ['JPEG', bytes([...JPEG], FRAME), [772, 258]],
  ['JPEG with data before its frame', bytes([...JPEG], [0xff, 0xd0], FRAME), null],
  ['JPEG without a frame', bytes([...JPEG], [0xff, 0xda, 0, 4]), null],
  ['PNG of no height', bytes([...PNG.subarray(0, 20)], [0, 0, 0, 0]), null],
  ['AVIF', bytes([0, 0, 0, 28], 'ftypavif', [0, 0, 0, 0], 'avifmif1miaf'), null],
  ['BMP', bytes('BM', new Array(64).fill(1)), null],
  ['nothing', bytes(), null],
] as const) {
  test(`${name}: ${size ? size.join(' by ') : 'no size'}`, () => {
    const read = imageSize(image);
    assert.deepEqual(read && [read.width, read.height], size);
  });
}

const chunk = (type: string, length: number): Uint8Array =>
  bytes([0, 0, 0, length], type, new Array(length + 4).fill(0x7a));
const box = (type: string, length: number): Uint8Array =>
  bytes(type, [length, 0, 0, 0], new Array(length + (length & 1)).fill(0x41));
const ANIMATED = bytes([...RIFF], 'VP8X', [10, 0, 0, 0], [2, 0, 0, 0, 1, 0, 1, 2, 0, 0]);

for (const [name, image, frames] of [
  ['PNG of one', bytes([...PNG], [8, 6, 0, 0, 0, 1, 2, 3, 4], [...chunk('IDAT', 5)]), 0],
  [
    'PNG of three',
    bytes(
      [...PNG],
      [8, 6, 0, 0, 0, 1, 2, 3, 4],
      [...chunk('acTL', 8)],
      ...['fcTL', 'IDAT', 'fcTL', 'fdAT', 'fcTL', 'fdAT'].map(type => [...chunk(type, 26)]),
    ),
    3,
  ],
  ['JPEG of 16 scans', bytes([...JPEG], FRAME, ...new Array(16).fill([0xff, 0xda, 0, 2, 1])), 1],
  ['JPEG of 17 scans', bytes([...JPEG], FRAME, ...new Array(17).fill([0xff, 0xda, 0, 2, 1])), 2],
  ['GIF of two', bytes([...GIF], LARGE_FRAME.slice(0, -1), LARGE_FRAME), 2],
  ['WebP of two', bytes([...ANIMATED], ...['ANIM', 'ANMF', 'ANMF'].map(type => [...box(type, 7)])), 2],
] as const) {
  test(`${name}: ${frames} frames that count`, () => assert.equal(imageSize(image)?.frames, frames));
}

test('an image cut before its size has none, and no bytes are too odd to read', () => {
  for (const image of [PNG, GIF.subarray(0, 10), bytes([...JPEG], FRAME)]) {
    for (let end = 0; end < image.length; end++) assert.equal(imageSize(image.subarray(0, end)), null);
  }
  for (const head of [PNG.subarray(0, 16), GIF, RIFF, JPEG]) {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), rest => {
        const size = imageSize(bytes([...head], [...rest]));
        assert.ok(size === null || size.width * size.height > 0);
      }),
    );
  }
});
