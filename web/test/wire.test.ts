// Frames: the vectors to the byte, limits at, below and above, and any bytes at all.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { writeItem } from '../src/cbor.ts';
import {
  BOX,
  CARD_MOST,
  CODE_MOST,
  type DaemonFrame,
  decodeClientFrame,
  decodeCommand,
  decodeDaemonFrame,
  encodeClientFrame,
  encodeCommand,
  encodeDaemonFrame,
  FRAME,
  HEART_MOST,
  isInOrder,
  PASSES_MOST,
  WireError,
} from '../src/wire.ts';
import vectors, { hex, unhex } from './vectors.ts';

const AGAIN: Record<string, (bytes: Uint8Array) => Uint8Array> = {
  client: bytes => encodeClientFrame(decodeClientFrame(bytes)),
  command: bytes => encodeCommand(decodeCommand(bytes)),
  daemon: bytes => encodeDaemonFrame(decodeDaemonFrame(bytes)),
};

for (const { side, name, hex: written } of vectors.frames) {
  test(`the ${side}'s ${name} is read and written to the byte: ${written.slice(0, 16)}`, () => {
    assert.equal(hex(AGAIN[side]?.(unhex(written)) ?? new Uint8Array()), written);
  });
}

const BAD: [side: string, frames: Record<string, string>][] = [
  ['client', vectors.bad_client_frames],
  ['command', vectors.bad_commands],
  ['daemon', vectors.bad_daemon_frames],
];
for (const [side, frames] of BAD) {
  for (const [name, written] of Object.entries(frames)) {
    test(`no frame of the ${side}'s: ${name}`, () => {
      assert.throws(() => AGAIN[side]?.(unhex(written)), WireError);
    });
  }
}

const bad: Record<string, string> = {
  'a float for an id': '8207f90000',
  'a float of 64 bits for an id': '8207fb3ff0000000000000',
  'a tagged id': '8207c101',
  'a negative id': '820720',
  'an id above 2^53 - 1': '82071b0020000000000000',
  'undefined for a bool': '830af701',
  'null for a bool': '830af601',
  'a number not in its shortest form': '82071801',
  'an array head not in its shortest form': '98020701',
  'an indefinite array': '9f0701ff',
  'an indefinite byte string': '8306015f4101ff',
  'a map': 'a10701',
  'a text for a byte string': '8306016161',
  'refusal 0': '83020000',
  'refusal 15': '83020f00',
  'departure 2': '83040202',
  'denial 0': '840b040000',
  'denial 6': '840b040600',
  'denied frame 256': '840b1901000300',
  'end 0': '830c00f6',
  'end 8': '830c08f6',
  'null for what was said at the end': '840c01f6f6',
  'a lock number of 2^32': '85110100411b0000000100000000414180',
  'a lock number of 2^32, in its place': '8511011b0000000100000000414180',
  'who stays is no number': '851101014141814101',
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

const zeros = (length: number) => new Uint8Array(length);

/** Fields of a size of their own, each in a frame. */
const sized: [name: string, least: number, most: number, read: (size: number) => unknown][] = [
  ['a card', 1, CARD_MOST, size => decodeDaemonFrame(writeItem([3, 1, zeros(16), zeros(size)]))],
  ['a heart', 1, HEART_MOST, size => decodeDaemonFrame(writeItem([17, 1, 2, zeros(size), [1]]))],
  ['a box', BOX, BOX, size => decodeDaemonFrame(writeItem([18, 1, zeros(size)]))],
  ['an entry', 16, 16, size => decodeDaemonFrame(writeItem([3, 1, zeros(size), zeros(9)]))],
  ['a nonce', 32, 32, size => decodeDaemonFrame(writeItem([0, zeros(size), 2048, 1]))],
  ['a signature', 64, 64, size => decodeClientFrame(writeItem([6, zeros(1), zeros(size)]))],
  ['a room', 5, 5, size => decodeClientFrame(writeItem([3, zeros(size), 1, zeros(64)]))],
  ['a tag', 16, 16, size => decodeCommand(writeItem([12, 1, zeros(9), zeros(size)]))],
  ['a gate', 32, 32, size => decodeCommand(writeItem([11, 1, 0, zeros(size), zeros(9), []]))],
  [
    'a code',
    1,
    CODE_MOST,
    size => decodeClientFrame(writeItem([1, ...[5, 32, 9, 32, 9, 16].map(zeros), 0, zeros(64), zeros(size)])),
  ],
];
for (const [name, least, most, read] of sized) {
  test(`${name} has ${least} to ${most} bytes`, () => {
    read(least);
    read(most);
    assert.throws(() => read(least - 1), WireError);
    assert.throws(() => read(most + 1), WireError);
  });
}

test('a pass names one member to the limit', () => {
  for (const [count, ok] of [
    [0, false],
    [1, true],
    [PASSES_MOST, true],
    [PASSES_MOST + 1, false],
  ] as const) {
    const passes = Array.from({ length: count }, (_, to) => ({ to, passed: zeros(1) }));
    const bytes = encodeClientFrame({ kind: 'pass', passes });
    if (ok) decodeClientFrame(bytes);
    else assert.throws(() => decodeClientFrame(bytes), WireError, `${count} passes`);
  }
});

test('a pass names nobody twice', () => {
  for (const [ids, ok] of [
    [[1, 2, 3], true],
    [[3, 1, 2], true],
    [[1, 2, 1], false],
    [[2, 2, 1], false],
  ] as const) {
    const bytes = encodeClientFrame({ kind: 'pass', passes: ids.map(to => ({ to, passed: zeros(1) })) });
    if (ok) decodeClientFrame(bytes);
    else assert.throws(() => decodeClientFrame(bytes), WireError, `${ids}`);
  }
});

test('a lock number has 32 bits, and is not written where it has more', () => {
  const relocked = (lock: number) => ({ by: 1, lock, heart: zeros(9), staying: [1] });
  for (const lock of [0, 2 ** 32 - 1]) {
    const frame = { kind: 'relocked', ...relocked(lock) } as const;
    assert.deepEqual(decodeDaemonFrame(Uint8Array.from(encodeDaemonFrame(frame))), frame);
  }
  assert.throws(() => encodeDaemonFrame({ kind: 'relocked', ...relocked(2 ** 32) }), WireError);
});

test('what may be left out is there or not, and never null', () => {
  const nobody = { kind: 'over', end: 'shutting-down', by: null } as const;
  assert.equal(hex(encodeDaemonFrame(nobody)), '830c06f6');
  assert.deepEqual(decodeDaemonFrame(unhex('830c06f6')), nobody);
  assert.deepEqual(decodeDaemonFrame(unhex('840c06f64107')), { ...nobody, payload: Uint8Array.of(7) });
  for (const bytes of ['830c06', '850c06f6410700', '840c06f6f6'])
    assert.throws(() => decodeDaemonFrame(unhex(bytes)), WireError, bytes);
});

test('frames and commands have no number in common, for denials name either', () => {
  assert.deepEqual(
    Object.values(FRAME),
    Array.from({ length: 13 }, (_, at) => at + 1),
  );
  for (const [kind, number] of Object.entries(FRAME)) {
    const alone = writeItem([number]);
    if (kind === 'exit') assert.deepEqual(decodeClientFrame(alone), { kind });
    else assert.throws(() => decodeClientFrame(alone), WireError);
    assert.throws(() => decodeCommand(alone), WireError, kind);
  }
});

test('what concerns the whole room is in the order, and nothing else', () => {
  const frames = vectors.frames.filter(({ side }) => side === 'daemon');
  const kinds = frames.map(frame => decodeDaemonFrame(unhex(frame.hex))).filter(isInOrder);
  assert.deepEqual([...new Set(kinds.map(({ kind }) => kind))].sort(), [
    ...['away', 'back', 'handed', 'joined', 'keeper', 'kicked', 'left', 'locked'],
    ...['relocked', 'renewed', 'said'],
  ]);
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
  assert.deepEqual(decodeDaemonFrame(encodeDaemonFrame(frame)), frame);
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
