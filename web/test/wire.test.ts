// Frames: the vectors to the byte, limits at, below and above, and any bytes at all.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  CARD_MOST,
  type DaemonFrame,
  decodeClientFrame,
  decodeDaemonFrame,
  encodeClientFrame,
  encodeDaemonFrame,
  PASSES_MOST,
  WireError,
} from '../src/wire.ts';
import vectors, { hex, unhex } from './vectors.ts';

for (const { side, name, hex: written } of vectors.frames) {
  test(`the ${side}'s ${name} is read and written to the byte: ${written.slice(0, 16)}`, () => {
    const bytes = unhex(written);
    const again =
      side === 'client'
        ? encodeClientFrame(decodeClientFrame(bytes))
        : encodeDaemonFrame(decodeDaemonFrame(bytes));
    assert.equal(hex(again), written);
  });
}

for (const [name, written] of Object.entries(vectors.bad_client_frames)) {
  test(`refused from either side: ${name}`, () => {
    assert.throws(() => decodeClientFrame(unhex(written)), WireError);
    // These are, or read as, whole frames of the daemon's or break only the form of a client's.
    if (name !== 'short_room' && name !== 'long_array')
      assert.throws(() => decodeDaemonFrame(unhex(written)), WireError);
  });
}

const bad: Record<string, string> = {
  'a float for an id': '8207f90000',
  'a float of 64 bits for an id': '8207fb3ff0000000000000',
  'a tagged id': '8207c101',
  'a negative id': '820720',
  'an id above 2^53 - 1': '82071b0020000000000000',
  'undefined for a bool': '820af7',
  'null for a bool': '820af6',
  'a number not in its shortest form': '82071801',
  'an array head not in its shortest form': '98020701',
  'an indefinite array': '9f0701ff',
  'an indefinite byte string': '8306015f4101ff',
  'a map': 'a10701',
  'a text for a byte string': '8306016161',
  'refusal 0': '820200',
  'refusal 10': '82020a',
  'departure 3': '84040203f6',
  'denial 0': '840b040000',
  'denial 4': '840b040400',
  'denied frame 256': '840b1901000300',
  'end 0': '830c00f6',
  'end 8': '830c08f6',
  'a welcome that claims 2^32 - 1 members': '880102508dd081a940b43e502d34075214f312170101f4182a9affffffff',
  'a seat of 15 bytes': '8801024f8dd081a940b43e502d34075214f3120001f40080',
  'a member of two fields': '880102508dd081a940b43e502d34075214f312170001f40081820a4101f4',
  'a number that names a property of objects': '816b636f6e7374727563746f72',
};
for (const [name, written] of Object.entries(bad)) {
  test(`refused from the daemon: ${name}`, () => {
    assert.throws(() => decodeDaemonFrame(unhex(written)), WireError);
  });
}

test('2^53 - 1 is still a number', () => {
  assert.deepEqual(decodeDaemonFrame(unhex('82071b001fffffffffffff')), {
    kind: 'away',
    id: Number.MAX_SAFE_INTEGER,
  });
});

test('a card has one byte to the limit', () => {
  for (const [size, ok] of [
    [0, false],
    [1, true],
    [CARD_MOST, true],
    [CARD_MOST + 1, false],
  ] as const) {
    const bytes = encodeDaemonFrame({ kind: 'joined', id: 1, card: new Uint8Array(size) });
    if (ok) decodeDaemonFrame(bytes);
    else assert.throws(() => decodeDaemonFrame(bytes), WireError, `${size} bytes`);
  }
});

test('a pass names one member to the limit', () => {
  for (const [count, ok] of [
    [0, false],
    [1, true],
    [PASSES_MOST, true],
    [PASSES_MOST + 1, false],
  ] as const) {
    const passes = Array.from({ length: count }, () => ({ to: 1, passed: new Uint8Array(1) }));
    const bytes = encodeClientFrame({ kind: 'pass', passes });
    if (ok) decodeClientFrame(bytes);
    else assert.throws(() => decodeClientFrame(bytes), WireError, `${count} passes`);
  }
});

test('nesting as deep as a frame is long ends the reading, not the page', () => {
  assert.throws(() => decodeDaemonFrame(new Uint8Array(1 << 20).fill(0x81)), WireError);
});

const refusedOrReadAlike = (bytes: Uint8Array) => {
  let frame: DaemonFrame;
  try {
    frame = decodeDaemonFrame(bytes);
  } catch (error) {
    assert.ok(error instanceof WireError);
    return;
  }
  // Under node cborg writes a Buffer, which is not deeply equal to what it is read from.
  assert.deepEqual(decodeDaemonFrame(Uint8Array.from(encodeDaemonFrame(frame))), frame);
};

test('any bytes are refused, or read alike when written again', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), refusedOrReadAlike), { numRuns: 2000 });
});

test('a frame of the vectors with any byte changed or cut is refused, or read alike when written again', () => {
  const frames = vectors.frames.filter(({ side }) => side === 'daemon').map(frame => unhex(frame.hex));
  const spoiled = fc.tuple(fc.constantFrom(...frames), fc.nat(), fc.nat(255), fc.nat());
  fc.assert(
    fc.property(spoiled, ([frame, at, byte, cut]) => {
      const bytes = frame.slice();
      bytes[at % bytes.length] = byte;
      refusedOrReadAlike(bytes);
      refusedOrReadAlike(bytes.subarray(0, cut % bytes.length));
    }),
    { numRuns: 2000, includeErrorInReport: true },
  );
});
