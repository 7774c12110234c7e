// What is sealed and derived before anything is said: the aead, the password's stretching, the door
// and what is signed by gate and seat.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ed25519 } from '@noble/curves/ed25519.js';
import { writeItem } from '../src/cbor.ts';
import { FILL, open, seal, sealedLength } from '../src/seal/aead.ts';
import { concat, equal, utf8 } from '../src/seal/bytes.ts';
import { aliasTag, deriveDoor, doorSalt, signCreate, signEnter, wipeDoor } from '../src/seal/door.ts';
import { sha256 } from '../src/seal/hkdf.ts';
import { passwordBytes, passwordOf } from '../src/seal/password.ts';
import { signOrder, signResume } from '../src/seal/seat.ts';
import { signingKey } from '../src/seal/signature.ts';
import { stretchNatively, stretchPortably, ROUNDS } from '../src/seal/stretch.ts';
import { type ClientFrame, decodeCommand, FRAME } from '../src/wire.ts';
import { doorOf, failsWith, filled, room, roomOf, spoiled, suites } from './stays.ts';
import vectors, { hex } from './vectors.ts';

const drain = (stretching: Generator<number, Uint8Array<ArrayBuffer>>) => {
  const reported: number[] = [];
  for (;;) {
    const step = stretching.next();
    if (step.done) return { reported, key: step.value };
    reported.push(step.value);
  }
};

for (const door of vectors.doors) {
  test(`stretching the password of ${door.room_key}, natively and portably`, async () => {
    const password = passwordBytes(door.password);
    assert.ok(password);
    assert.equal(hex(password), door.password_bytes);
    const salt = doorSalt(roomOf(door.room_key));
    assert.equal(hex(await stretchNatively(crypto.subtle, password, salt, ROUNDS)), door.door);
    const { reported, key } = drain(stretchPortably(password, salt, ROUNDS));
    assert.equal(hex(key), door.door);
    assert.deepEqual(
      reported,
      [...reported].sort((one, other) => one - other),
    );
    assert.equal(reported.at(-1), 1);
    assert.ok((reported[0] ?? 1) < 1 / 500, 'of the time that it takes, something is known early');
  });
}

test('passwords longer than a block and few rounds stretch alike', async () => {
  for (const length of [8, 63, 64, 65, 256]) {
    for (const rounds of [1, 2, 10_000, 10_001]) {
      const password = new Uint8Array(length).fill(length & 255);
      const salt = utf8('salt');
      const natively = await stretchNatively(crypto.subtle, password, salt, rounds);
      assert.equal(
        hex(drain(stretchPortably(password, salt, rounds)).key),
        hex(natively),
        `${length}, ${rounds}`,
      );
    }
  }
});

test('deriving wipes the stretched password, wiping wipes the keys', () => {
  const stretched = filled(32, 1);
  const door = deriveDoor(room, stretched);
  assert.ok(stretched.every(byte => byte === 0));
  const keys = [door.gate.seed, door.cardKey, door.aliasKey];
  assert.ok(keys.every(key => key.some(byte => byte !== 0)));
  wipeDoor(door);
  assert.ok(keys.every(key => key.every(byte => byte === 0)));
});

test('aliases that differ in case or width alone have one tag, behind one door', () => {
  const tags = (...aliases: string[]) => new Set(aliases.map(alias => hex(aliasTag(doorOf(), alias))));
  assert.equal(tags('Ada', 'ada', 'ＡＤＡ').size, 1);
  assert.equal(tags('Ada', 'Adа').size, 2, 'another letter that looks alike');
  const other = deriveDoor(room, filled(32, 2));
  assert.notEqual(hex(aliasTag(doorOf(), 'Ada')), hex(aliasTag(other, 'Ada')));
});

test('a password is read from its normal form alone', () => {
  for (const password of ['9F3KTQ2MXA7B0C1D', 'correct horse', 'Grüße', 'a'.repeat(256)])
    assert.equal(passwordOf(utf8(password)), password);
  for (const bytes of [
    utf8(''),
    utf8('9F3K-TQ2M-XA7B-0C1D'),
    utf8('9f3ktq2mxa7b0c1d'),
    utf8('Gru\u0308ße'),
    utf8('a'.repeat(257)),
    Uint8Array.of(0x61, 0xff),
  ])
    assert.equal(passwordOf(bytes), null, hex(bytes));
  assert.equal(passwordOf(utf8('\ufeffpassword')), '\ufeffpassword');
});

/** Whether a frame is signed by this key over exactly these bytes. */
const isSigned = (frame: ClientFrame, key: Uint8Array, signed: Uint8Array): boolean =>
  'signature' in frame && ed25519.verify(frame.signature, signed, key);

test('who opens or enters signs for this connection and all that is asked for', () => {
  const door = doorOf();
  const gate = door.gate.public;
  const nonce = filled(32, 3);
  const asked = { seat: filled(32, 4), card: filled(300, 5), tag: filled(16, 6) };
  const enter = signEnter(door, nonce, asked);
  const signed = ['sanctuary/1 enter', nonce, room, asked.seat, sha256(asked.card), asked.tag];
  assert.ok(isSigned(enter, gate, writeItem(signed)));
  assert.deepEqual(enter, { kind: 'enter', room, ...asked, signature: enter.signature });
  const heart = filled(500, 7);
  for (const rule of ['keeper', 'everyone'] as const) {
    const create = signCreate(door, nonce, { ...asked, heart, rule, code: filled(3, 8) });
    const code = rule === 'keeper' ? 0 : 1;
    const parts = [nonce, room, gate, sha256(heart), code, asked.seat, sha256(asked.card), asked.tag];
    assert.ok(isSigned(create, gate, writeItem(['sanctuary/1 create', ...parts])));
    assert.deepEqual(create.code, filled(3, 8));
  }
});

test('a seat signs for this connection what it resumes and what it orders', () => {
  const seat = signingKey(filled(32, 9));
  const nonce = filled(32, 3);
  const resume = signResume(seat, nonce, room, 7);
  assert.ok(isSigned(resume, seat.public, writeItem(['sanctuary/1 resume', nonce, room, 7])));
  const order = signOrder(seat, nonce, { kind: 'lock', turn: 3, locked: true });
  assert.ok(order.kind === 'order');
  assert.ok(isSigned(order, seat.public, writeItem(['sanctuary/1 order', nonce, order.command])));
  assert.deepEqual(decodeCommand(order.command), { kind: 'lock', turn: 3, locked: true });
  assert.equal(hex(order.command), hex(writeItem([FRAME.lock, 3, true])));
});

for (const [name, suite] of suites) {
  test(`${name}: what fills a plaintext up is zeros, to a multiple of 128, and to more where that is asked for`, async () => {
    const key = new Uint8Array(64).fill(7);
    const aad = utf8('aad');
    for (const [length, expected] of [
      [FILL - 3, 16 + FILL + 16 + 32],
      [FILL - 2, 16 + FILL + 16 + 32],
      [FILL - 1, 16 + 2 * FILL + 16 + 32],
    ] as const) {
      const sealed = await seal(suite, key, new Uint8Array(length), aad, new Uint8Array(16));
      assert.equal(sealed.length, expected, `${length} bytes`);
      assert.equal(sealedLength(writeItem(new Uint8Array(length)).length), expected);
      assert.equal((await open(suite, key, sealed, aad, reader => reader.bytes())).length, length);
    }
    for (const [length, least] of [
      [1, 2 * FILL],
      [FILL, 2 * FILL],
      [2 * FILL - 1, 3 * FILL],
    ] as const) {
      const sealed = await seal(suite, key, new Uint8Array(length), aad, new Uint8Array(16), 2 * FILL);
      assert.equal(sealed.length, 16 + least + 16 + 32, `${length} bytes`);
      assert.equal(sealedLength(writeItem(new Uint8Array(length)).length, 2 * FILL), sealed.length);
    }
    // The same box, but with a one in its filler.
    const read = (reader: { arrayOf(length: number): void; uint(): number }) => {
      reader.arrayOf(1);
      return reader.uint();
    };
    for (const at of [2, FILL / 2, FILL - 1]) {
      const filled = concat(writeItem([1]), new Uint8Array(FILL - 2));
      filled[at] = 1;
      const iv = new Uint8Array(16);
      const body = concat(iv, await suite.encryptCbc(key.subarray(32), iv, filled));
      const bits = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 8 * aad.length);
      const tag = await suite.hmacSha512(key.subarray(0, 32), concat(aad, body, bits));
      const sealed = concat(body, tag.subarray(0, 32));
      await assert.rejects(open(suite, key, sealed, aad, read), failsWith('malformed'), `byte ${at}`);
    }
  });
}

test('bytes are equal only if all are', () => {
  assert.ok(equal(utf8('abc'), utf8('abc')));
  for (const [one, two] of [
    ['abc', 'abd'],
    ['abc', 'ab'],
    ['ab', 'abc'],
    ['', 'a'],
  ] as const) {
    assert.ok(!equal(utf8(one), utf8(two)));
  }
});

test('a comparison looks at as many bytes wherever they differ', () => {
  const looked = (at: number) => {
    let count = 0;
    const bytes = new Proxy(new Uint8Array(32), {
      get(target, name) {
        if (typeof name === 'string' && /^\d+$/.test(name)) count += 1;
        return Reflect.get(target, name, target);
      },
    });
    assert.ok(!equal(bytes, spoiled(new Uint8Array(32), at)));
    return count;
  };
  assert.deepEqual([looked(0), looked(15), looked(31)], [32, 32, 32]);
});
