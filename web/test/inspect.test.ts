// What a file is taken for, by its bytes alone.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { inspect, SOURCE_MOST } from '../src/picture/inspect.ts';

/** Text as Latin-1 and numbers as bytes, one after the other. */
const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap(part => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part)),
  );
const long = (value: number): number[] => [24, 16, 8, 0].map(by => (value >>> by) & 255);
const short = (value: number): number[] => [value >> 8, value & 255];

const png = (width: number, height: number): Uint8Array =>
  bytes('\x89PNG\r\n\x1a\n', long(13), 'IHDR', long(width), long(height), [8, 2, 0, 0, 0, 0, 0, 0, 0]);
const jpeg = (width: number, height: number, scans: number): Uint8Array =>
  bytes(
    [0xff, 0xd8, 0xff, 0xc2, 0, 11, 8],
    short(height),
    short(width),
    ...new Array<number[]>(scans).fill([0xff, 0xda, 0, 2, 1]),
  );
const boxes = (brand: string, ...sizes: [number, number][]): Uint8Array =>
  bytes(
    long(24),
    `ftyp${brand}`,
    long(0),
    'mif1miaf',
    ...sizes.flatMap(([width, height]) => [long(20), 'ispe', long(0), long(width), long(height)]),
  );
const gif = (frames: number): Uint8Array =>
  bytes(
    'GIF89a',
    [3, 0, 2, 0, 0, 0, 0],
    ...new Array<number[]>(frames).fill([0x2c, 0, 0, 0, 0, 3, 0, 2, 0, 0, 2, 1, 0, 0]),
    [0x3b],
  );

for (const [what, file, claimed, expected] of [
  ['PNG', png(4, 3), '', 'image/png'],
  ['PNG under the name of another kind', png(4, 3), 'text/plain', 'image/png'],
  ['JPEG', jpeg(4, 3, 1), '', 'image/jpeg'],
  ['WebP', bytes('RIFF', long(0), 'WEBPVP8L', [9, 0, 0, 0, 0x2f, 2, 0x40, 1, 0]), '', 'image/webp'],
  ['AVIF', boxes('avif', [40, 30]), '', 'image/avif'],
  ['HEIC', boxes('heic', [512, 512], [4032, 3024]), '', 'image/heic'],
  ['HEIC by its other name', boxes('mif1', [40, 30]), '', 'image/heic'],
  ['SVG', bytes('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">'), 'image/svg+xml', 'svg'],
  ['SVG under the name of another kind', bytes('<svg>'), 'image/png', 'svg'],
  ['TIFF', bytes('II*\0', long(8)), 'image/tiff', 'kind'],
  ['PDF', bytes('%PDF-1.7'), 'application/pdf', 'no-picture'],
  ['text', bytes('hello'), 'text/plain', 'no-picture'],
  ['a film', boxes('isom', [640, 480]), 'video/mp4', 'no-picture'],
  ['nothing, or a folder', bytes(), '', 'no-picture'],
  ['PNG without its size', png(4, 3).subarray(0, 18), 'image/png', 'broken'],
  ['PNG of no width', png(0, 3), 'image/png', 'broken'],
  ['AVIF without a size', boxes('avif'), 'image/avif', 'broken'],
  ['AVIF cut within its size', boxes('avif', [40, 30]).subarray(0, -1), 'image/avif', 'broken'],
] as const) {
  test(`${what}: ${expected}`, () => {
    const found = inspect(file, claimed);
    assert.equal(typeof found === 'string' ? found : found.type, expected);
  });
}

test('pixels are bounded before any is decoded, wherever the size stands', () => {
  const [side, more] = [8000, SOURCE_MOST / 8000 + 1];
  for (const [within, beyond] of [
    [png(side, side), png(side, more)],
    [jpeg(side, side, 1), jpeg(side, more, 1)],
    // Each sixteen scans take as long as a picture.
    [jpeg(side, side / 2, 32), jpeg(side, side / 2, 33)],
    [boxes('avif', [side, side]), boxes('avif', [side, more])],
    [boxes('heic', [512, 512], [side, side]), boxes('heic', [side, more], [512, 512])],
    [boxes('heic', [side, side]), boxes('heic', [0xffff_ffff, 0xffff_ffff])],
  ] as const) {
    assert.equal(typeof inspect(within, ''), 'object');
    assert.equal(inspect(beyond, ''), 'large-picture');
  }
});

test('of an animation it is told that it moves', () => {
  const isMoving = (file: Uint8Array) => {
    const found = inspect(file, '');
    return typeof found === 'object' && found.isMoving;
  };
  assert.deepEqual([gif(1), gif(2), jpeg(4, 3, 40)].map(isMoving), [false, true, false]);
  assert.deepEqual([boxes('avif', [4, 3]), boxes('avis', [4, 3])].map(isMoving), [false, true]);
});

test('no bytes are too odd to be looked at', () => {
  for (const start of [png(4, 3), gif(1), jpeg(4, 3, 1), boxes('heic', [4, 3])])
    fc.assert(
      fc.property(fc.nat(start.length), fc.uint8Array({ maxLength: 60 }), (end, rest) => {
        inspect(bytes([...start.subarray(0, end)], [...rest]), '');
      }),
    );
});
