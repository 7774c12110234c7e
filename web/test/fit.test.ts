// How large a picture may be: found with models of encoders, which no browser has and any could have.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { COLOURS_MOST, isDrawn, isSeeThrough } from '../src/picture/drawn.ts';
import { fit, QUALITY_LEAST, QUALITY_MOST, SIDE_LEAST, SIDE_MOST } from '../src/picture/fit.ts';
import { PIXELS_MOST } from '../src/view/bounds.ts';

type Encoded = { size: number; side: number; quality: number };

/** An encoder: so many bytes whatever it encodes, and so many for each pixel at the best quality. */
function encoder({ head = 600, perPixel = 0.3, ratio = 0.75 } = {}) {
  const tried: Encoded[] = [];
  const sizeOf = (side: number, quality: number) =>
    Math.ceil(head + side * side * ratio * perPixel * (quality / QUALITY_MOST) ** 2);
  const encode = async (side: number, quality: number): Promise<Encoded> => {
    const encoded = { size: sizeOf(side, quality), side, quality };
    tried.push(encoded);
    return encoded;
  };
  return { encode, sizeOf, tried };
}

test('a picture that fits as it is keeps its size, at the best quality', async () => {
  const { encode, sizeOf, tried } = encoder();
  for (const [most, isBest] of [
    [sizeOf(300, QUALITY_MOST) + 1, true],
    [sizeOf(300, QUALITY_MOST), true],
    [sizeOf(300, QUALITY_MOST) - 1, false],
  ] as const) {
    const found = await fit(encode, 300, most);
    assert.equal(found?.side, 300);
    assert.equal(found.quality === QUALITY_MOST, isBest, `${most}`);
    assert.ok(found.size <= most);
  }
  assert.deepEqual(
    tried.slice(0, 2).map(({ quality }) => quality),
    [QUALITY_LEAST, QUALITY_MOST],
    'without a search',
  );
});

test('no picture is sent larger than is shown', async () => {
  for (const side of [SIDE_MOST - 1, SIDE_MOST, SIDE_MOST + 1, 12_000])
    assert.equal((await fit(encoder().encode, side, 1e9))?.side, Math.min(side, SIDE_MOST));
  assert.ok(SIDE_MOST * SIDE_MOST <= PIXELS_MOST);
});

test('a picture is made worse before it is made smaller, down to a bound', async () => {
  const { encode, sizeOf } = encoder();
  const most = sizeOf(1000, QUALITY_LEAST);
  const [at, below] = [await fit(encode, 1000, most), await fit(encode, 1000, most - 1)];
  assert.deepEqual([at?.side, at?.quality], [1000, QUALITY_LEAST]);
  assert.ok(below && below.side < 1000 && below.side > 850 && below.quality >= QUALITY_LEAST);
});

test('the smallest is tried, and nothing smaller', async () => {
  const { encode, sizeOf, tried } = encoder();
  const least = sizeOf(SIDE_LEAST, QUALITY_LEAST);
  assert.equal((await fit(encode, 4000, least))?.side, SIDE_LEAST);
  assert.equal(await fit(encode, 4000, least - 1), null);
  assert.equal(await fit(encode, 4000, 0), null);
  assert.equal(Math.min(...tried.map(({ side }) => side)), SIDE_LEAST);
  // One that is smaller of itself stays as it is.
  assert.equal((await fit(encode, 16, least))?.side, 16);
  assert.equal(await fit(encode, 16, 10), null);
});

test('whatever an encoder makes of it, the picture fits after few tries', async () => {
  const kinds = fc.record({
    head: fc.integer({ min: 0, max: 3000 }),
    perPixel: fc.double({ min: 0.01, max: 4, noNaN: true }),
    ratio: fc.double({ min: 0.001, max: 1, noNaN: true }),
  });
  const sides = fc.integer({ min: 1, max: 20_000 });
  await fc.assert(
    fc.asyncProperty(kinds, sides, fc.integer({ min: 0, max: 800_000 }), async (kind, side, most) => {
      const { encode, tried } = encoder(kind);
      const found = await fit(encode, side, most);
      assert.ok(found === null || found.size <= most);
      assert.ok(tried.every(({ side }) => Number.isInteger(side) && side >= 1 && side <= SIDE_MOST));
      assert.ok(tried.length <= 40, `${tried.length} tries`);
    }),
  );
});

test('a common photograph takes ten tries at the most, and uses the room there is', async () => {
  for (const perPixel of [0.1, 0.2, 0.4]) {
    const { encode, tried } = encoder({ perPixel });
    const found = await fit(encode, 4032, 48_000);
    assert.ok(found && found.size > 48_000 * 0.85, `${found?.size}`);
    assert.ok(tried.length <= 10, `${tried.length} tries`);
  }
});

test('a picture whose noise goes as it is made smaller is made no smaller than it has to be', async () => {
  const tried: number[] = [];
  const encode = async (side: number, quality: number) => {
    tried.push(side);
    return { size: Math.ceil((side / 20) ** 3 * quality), side };
  };
  const [most, fitting] = [48_000, 20 * Math.cbrt(48_000 / QUALITY_LEAST)];
  const found = await fit(encode, 4032, most);
  assert.ok(found && found.size <= most && found.side > fitting * 0.85, `${found?.side} of ${fitting}`);
  assert.ok(tried.length <= 10, `${tried.length} tries`);
});

/** Pixels of so many colours, in turn. */
const coloured = (colours: number, pixels = 4 * colours): Uint8ClampedArray =>
  Uint8ClampedArray.from({ length: pixels * 4 }, (_, at) => {
    const colour = Math.floor(at / 4) % colours;
    return [colour % 256, colour >> 8, 0, 255][at % 4] ?? 0;
  });

test('what has few colours is drawn, and what has more is not', () => {
  assert.equal(isDrawn(coloured(1)), true);
  assert.equal(isDrawn(coloured(COLOURS_MOST)), true);
  assert.equal(isDrawn(coloured(COLOURS_MOST + 1)), false);
});

test('one pixel that shows the ground is enough', () => {
  const pixels = coloured(3, 100);
  assert.equal(isSeeThrough(pixels), false);
  pixels[pixels.length - 1] = 254;
  assert.equal(isSeeThrough(pixels), true);
});
