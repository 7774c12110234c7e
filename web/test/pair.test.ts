// What passes between two: chains, whispers, receipts and boxes; who shows another's key, and who
// seizes a device.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bytes, type Item, WireError, writeItem } from '../src/cbor.ts';
import { open as openSealed, seal } from '../src/seal/aead.ts';
import { writeBody } from '../src/seal/body.ts';
import { openBox, sealBox, stayingHash } from '../src/seal/box.ts';
import { concat } from '../src/seal/bytes.ts';
import { diffieHellman, keyPair } from '../src/seal/curves.ts';
import { roomSaltOf } from '../src/seal/heart.ts';
import { hkdf } from '../src/seal/hkdf.ts';
import { KnownKeys } from '../src/seal/known-keys.ts';
import { numberOf } from '../src/seal/number.ts';
import { agreePair, openPassed, type Passed, passedLength, sealPassed, wipePair } from '../src/seal/pair.ts';
import { BOX } from '../src/wire.ts';
import {
  draw,
  elsewhere,
  failsWith,
  filled,
  heart,
  renewed,
  room,
  roomSalt,
  spoiled,
  type Stay,
  stayOf,
  suites,
} from './stays.ts';
import { hex } from './vectors.ts';

const pairOf = (own: Stay, other: Stay, salt = roomSalt) =>
  agreePair(salt, own.keys.secret, own.card, other.card);

const LARGEST = 2 ** 32 - 1;
const chain: Passed = { kind: 'chain', generation: LARGEST, counter: LARGEST, key: filled(32, 7) };
const whisper = (text: string): Passed => ({
  kind: 'whisper',
  counter: LARGEST,
  said: { kind: 'message', at: 1, timer: 0, text },
});
const BODIES: Passed[] = [
  chain,
  whisper('psst'),
  { kind: 'receipt', counter: LARGEST, arrived: LARGEST },
  { kind: 'lack' },
];

for (const [name, suite] of suites) {
  const pass = (key: Bytes, body: Passed) => sealPassed(suite, roomSalt, key, body, draw(16));
  const open = (key: Bytes, passed: Uint8Array) => openPassed(suite, roomSalt, key, passed);

  test(`${name}: what is passed is read by the other alone, and all but whispers are as long`, async () => {
    const [ada, bob] = [stayOf('Ada'), stayOf('Bob')];
    const [adas, bobs] = [pairOf(ada, bob), pairOf(bob, ada)];
    assert.equal(hex(adas.sending), hex(bobs.receiving));
    assert.equal(hex(adas.receiving), hex(bobs.sending));
    for (const body of BODIES) {
      const passed = await pass(adas.sending, body);
      assert.deepEqual(await open(bobs.receiving, passed), body);
      assert.equal(passed.length, passedLength(body));
      if (body.kind !== 'whisper') assert.equal(passed.length, 16 + 128 + 16 + 32);
    }
    const long = await pass(adas.sending, whisper('x'.repeat(1000)));
    assert.deepEqual(await open(bobs.receiving, long), whisper('x'.repeat(1000)));
  });

  test(`${name}: a pass changed, sent back, or of another pair or room does not open`, async () => {
    const [ada, bob, eve] = [stayOf('Ada'), stayOf('Bob'), stayOf('Eve')];
    const [adas, bobs] = [pairOf(ada, bob), pairOf(bob, ada)];
    const passed = await pass(adas.sending, whisper('psst'));
    for (const at of [0, 16, passed.length - 1])
      await assert.rejects(open(bobs.receiving, spoiled(passed, at)), failsWith('forged'), `byte ${at}`);
    await assert.rejects(open(adas.receiving, passed), failsWith('forged'));
    await assert.rejects(open(pairOf(bob, eve).receiving, passed), failsWith('forged'));
    await assert.rejects(open(pairOf(eve, ada).receiving, passed), failsWith('forged'));
    const moved = roomSaltOf(elsewhere, heart);
    assert.notEqual(hex(pairOf(bob, ada, moved).receiving), hex(bobs.receiving));
    const opening = openPassed(suite, moved, bobs.receiving, passed);
    await assert.rejects(opening, failsWith('forged'), 'the same key in another room');
    await open(bobs.receiving, passed);
  });

  test(`${name}: who shows another’s key as its own passes nothing of the other’s on`, async () => {
    const [victim, bob] = [stayOf('Victim'), stayOf('Bob')];
    const own = stayOf('Mallory');
    const mallory = { ...own, card: { ...own.card, public: victim.keys.public } };
    const said = await pass(pairOf(victim, bob).sending, whisper('I resign'));
    await assert.rejects(open(pairOf(bob, mallory).receiving, said), failsWith('forged'), 'to Bob');
    // A word to her mirror goes to her voice, and is no word of the victim's either way.
    const toMallory = await pass(pairOf(victim, mallory).sending, whisper('I resign'));
    await assert.rejects(open(pairOf(bob, mallory).receiving, toMallory), failsWith('forged'));
    await assert.rejects(open(pairOf(victim, mallory).receiving, toMallory), failsWith('forged'));
    await assert.rejects(open(pairOf(victim, bob).receiving, toMallory), failsWith('forged'));
    const known = new KnownKeys();
    known.accept(1, victim.card);
    assert.throws(() => known.accept(2, mallory.card), failsWith('taken'), 'and she is not accepted at all');
  });

  test(`${name}: a device seized after a renewal opens nothing that was handed to it before`, async () => {
    const [ada, bob] = [stayOf('Ada'), stayOf('Bob')];
    const recorded = await pass(pairOf(ada, bob).sending, chain);
    const inbound = pairOf(bob, ada).receiving;
    const after = renewed(bob);
    // Bob sends on under either key, or Ada does, or whoever shows such a key.
    for (const pair of [
      pairOf(after, ada),
      pairOf({ ...bob, keys: after.keys }, ada),
      pairOf(after, renewed(ada)),
    ])
      for (const key of [pair.sending, pair.receiving])
        await assert.rejects(open(key, recorded), failsWith('forged'));
    // That which was derived before opens what was still on its way, until it is wiped.
    assert.deepEqual(await open(inbound, recorded), chain);
    wipePair({ sending: inbound, receiving: inbound });
    await assert.rejects(open(inbound, recorded), failsWith('forged'));
  });

  test(`${name}: a pass of another kind is passed over, of another form malformed`, async () => {
    const [ada, bob] = [stayOf('Ada'), stayOf('Bob')];
    const [key, receiving] = [pairOf(ada, bob).sending, pairOf(bob, ada).receiving];
    const sealed = (item: Item) => seal(suite, key, item, writeItem(['pass', room]), draw(16));
    for (const item of [[3], [6, null, 'x'], [256]])
      assert.equal(await open(receiving, await sealed(item)), null);
    const said = writeBody({ kind: 'typing', at: 1 });
    for (const [body, shown] of [
      [[16], null],
      [[10], null],
      [[9, 1], { kind: 'unknown' }],
      [[1, 1], 'malformed'],
    ] as const) {
      const passed = await sealed([1, 0, writeItem([...body])]);
      assert.deepEqual(await open(receiving, passed), { kind: 'whisper', counter: 0, said: shown });
    }
    for (const item of [
      [],
      [0, 0, 0],
      [0, 0, 0, filled(31, 1)],
      [0, 2 ** 32, 0, filled(32, 1)],
      [0, 0, 2 ** 32, filled(32, 1)],
      [1, 2 ** 32, said],
      [1, 0, 'x'],
      [1, 0, said, 0],
      [2, 0],
      [2, 2 ** 32, 0],
      [2, 0, 2 ** 32],
      [4, 0],
    ])
      await assert.rejects(open(receiving, await sealed(item)), failsWith('malformed'), JSON.stringify(item));
    for (const body of [
      { ...chain, counter: 2 ** 32 },
      { kind: 'whisper', counter: 2 ** 32, said: { kind: 'typing', at: 1 } },
    ] as Passed[])
      assert.throws(() => pass(key, body), WireError);
  });

  test(`${name}: a box is for one member, by one voice, for one relock and those who stay`, async () => {
    const [ada, bob, eve] = [stayOf('Ada'), stayOf('Bob'), stayOf('Eve')];
    const door = filled(32, 5);
    const ephemeral = keyPair(draw(32));
    const relock = { lock: 1, staying: stayingHash([1, 2]) };
    const box = await sealBox(suite, roomSalt, ada.voice, bob.card, relock, door, ephemeral, draw(16));
    assert.equal(box.length, BOX);
    assert.ok(ephemeral.secret.every(byte => byte === 0));
    const open = (own = bob, by = ada, as = relock, sealed: Bytes = box, salt = roomSalt) =>
      openBox(suite, salt, own.keys.secret, own.card, by.card.voice, as, sealed);
    assert.equal(hex(await open()), hex(door));
    await assert.rejects(open(bob, eve), failsWith('unsigned'));
    for (const ids of [[2, 1], [1], [1, 2, 3], []])
      await assert.rejects(open(bob, ada, { ...relock, staying: stayingHash(ids) }), failsWith('unsigned'));
    const asEve = { ...bob, card: { ...bob.card, voice: eve.card.voice } };
    for (const own of [eve, asEve, renewed(bob)]) await assert.rejects(open(own), failsWith('forged'));
    await assert.rejects(open(bob, ada, { ...relock, lock: 2 }), failsWith('forged'));
    const moved = roomSaltOf(elsewhere, heart);
    await assert.rejects(open(bob, ada, relock, box, moved), failsWith('forged'));
    for (const at of [0, 32, BOX - 1])
      await assert.rejects(open(bob, ada, relock, spoiled(box, at)), failsWith('forged'), `byte ${at}`);
    for (const weak of [filled(32, 0), filled(32, 0xff)]) {
      const opening = open(bob, ada, relock, concat(weak, box.subarray(32)));
      await assert.rejects(opening, failsWith('weak-key'));
    }
  });

  test(`${name}: who opened a box can’t seal its door on in the name of who sealed it`, async () => {
    const [ada, bob, eve] = [stayOf('Ada'), stayOf('Bob'), stayOf('Eve')];
    const relock = { lock: 1, staying: stayingHash([1, 2]) };
    const box = await sealBox(
      suite,
      roomSalt,
      ada.voice,
      eve.card,
      relock,
      filled(32, 5),
      keyPair(draw(32)),
      draw(16),
    );
    // Eve takes Ada's signature out of her own box: it names another key and another member.
    const keyOf = (shared: Bytes, ephemeral: Bytes, to: Stay) => {
      const place = ['box', room, 1, ephemeral, to.voice.public, to.keys.public];
      return hkdf(roomSalt.salt, shared, writeItem(place), 64);
    };
    const aad = writeItem(['box', room, 1]);
    const own = keyOf(diffieHellman(eve.keys.secret, box.slice(0, 32)), box.slice(0, 32), eve);
    const item: Item = await openSealed(suite, own, box.subarray(32), aad, reader => {
      reader.arrayOf(2);
      return [reader.bytesOf(32), reader.bytesOf(64)];
    });
    const ephemeral = keyPair(draw(32));
    const key = keyOf(diffieHellman(ephemeral.secret, bob.keys.public), ephemeral.public, bob);
    const forged = concat(ephemeral.public, await seal(suite, key, item, aad, draw(16)));
    const opening = openBox(suite, roomSalt, bob.keys.secret, bob.card, ada.card.voice, relock, forged);
    await assert.rejects(opening, failsWith('unsigned'));
  });

  test(`${name}: what is passed is no box, and no message`, async () => {
    const [ada, bob] = [stayOf('Ada'), stayOf('Bob')];
    const passed = await pass(pairOf(ada, bob).sending, chain);
    for (const aad of [
      ['box', room, 0],
      ['card', room],
      ['heart', room],
      ['say', room, ada.voice.public, 0, 0],
    ]) {
      const opening = openSealed(suite, pairOf(bob, ada).receiving, passed, writeItem(aad), () => null);
      await assert.rejects(opening, failsWith('forged'), `${aad[0]}`);
    }
  });
}

test('with a public key of small order no keys are agreed on', () => {
  const ada = stayOf('Ada');
  for (const weak of [filled(32, 0), Uint8Array.of(1, ...filled(31, 0))]) {
    assert.throws(() => diffieHellman(ada.keys.secret, weak), failsWith('weak-key'));
    const other = { ...stayOf('Eve').card, public: weak };
    assert.throws(() => agreePair(roomSalt, ada.keys.secret, ada.card, other), failsWith('weak-key'));
  }
});

test('each part of who the two are makes other keys', () => {
  const [ada, bob, eve] = [stayOf('Ada'), stayOf('Bob'), stayOf('Eve')];
  const keys = [
    pairOf(ada, bob),
    pairOf({ ...ada, card: { ...ada.card, voice: eve.card.voice } }, bob),
    pairOf({ ...ada, card: { ...ada.card, public: eve.card.public } }, bob),
    pairOf(ada, { ...bob, card: { ...bob.card, voice: eve.card.voice } }),
    pairOf(ada, { ...bob, card: { ...bob.card, public: eve.card.public } }),
    pairOf(ada, bob, roomSaltOf(elsewhere, heart)),
    pairOf(ada, bob, roomSaltOf(room, { ...heart, secret: filled(32, 3) })),
  ].flatMap(({ sending, receiving }) => [hex(sending), hex(receiving)]);
  assert.equal(new Set(keys).size, 14);
});

test('a voice has one number in a room, of 20 digits in groups of five', () => {
  const voices = Array.from({ length: 30 }, () => stayOf('Ada').card.voice);
  const numbers = voices.map(voice => numberOf(room, voice));
  for (const number of numbers) assert.match(number, /^\d{5}( \d{5}){3}$/);
  assert.equal(new Set(numbers).size, 30);
  assert.deepEqual(
    voices.map(voice => numberOf(room, voice)),
    numbers,
  );
  assert.notEqual(numberOf(elsewhere, voices[0] ?? assert.fail()), numbers[0]);
});
