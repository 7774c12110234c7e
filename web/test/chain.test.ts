// What is said to the room: who opens it, in which order, and how often.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bytes, WireError } from '../src/cbor.ts';
import { messageName, whisperName, writeBody } from '../src/seal/body.ts';
import {
  forgetChain,
  MAX_SKIP,
  nextGeneration,
  openSaid,
  payloadLength,
  renewChain,
  stepChain,
} from '../src/seal/chain.ts';
import { roomSaltOf } from '../src/seal/heart.ts';
import { portableSuite } from '../src/seal/portable.ts';
import { chainAt, message, readAt, sight, stateOf, stepped, talkBy } from './chain-keys.ts';
import {
  BODIES,
  elsewhere,
  failsWith,
  filled,
  heart,
  room,
  roomSalt,
  spoiled,
  stayOf,
  suites,
} from './stays.ts';
import { hex, plain } from './vectors.ts';

test('a generation goes on where the one before ended, whose key is wiped', () => {
  const first = nextGeneration(undefined, filled(32, 1));
  assert.deepEqual([first.generation, first.counter], [0, 0]);
  stepChain(roomSalt, first);
  stepChain(roomSalt, first);
  const second = nextGeneration(first, filled(32, 2));
  assert.deepEqual([second.generation, second.counter], [1, 2]);
  assert.ok(first.key.every(byte => byte === 0));
});

for (const [name, suite] of suites) {
  const { say, open } = talkBy(suite);

  test(`${name}: a message is read with the room as its sender saw it, however long it is`, async () => {
    const ada = stayOf('Ada');
    const [chain, reading] = [chainAt(1, 7), readAt(1, 7)];
    for (const body of [...BODIES, message('x'.repeat(1000))]) {
      const payload = await say(ada, chain, body);
      const { view, name, ...said } = await open(ada, reading, payload);
      assert.equal(plain(said), plain({ n: 3, lock: 2, count: 70_000, body, missed: 0 }));
      assert.equal(hex(view), hex(sight.view));
      assert.equal(hex(name), hex(messageName(room, ada.card.voice, chain.counter, writeBody(body))));
      assert.ok(payload.length <= payloadLength(body));
      stepChain(roomSalt, chain);
      const { counter } = chain;
      assert.equal(stateOf(reading), plain({ ...chain, next: counter, skipped: null }));
    }
  });

  test(`${name}: what is said in few words is as long as what is shown in none`, async () => {
    const ada = stayOf('Ada');
    const lengths = await Promise.all(
      [...BODIES, message('x'.repeat(80))].map(async body => (await say(ada, chainAt(0, 0), body)).length),
    );
    assert.deepEqual([...new Set(lengths)], [8 + 16 + 256 + 16 + 32]);
    assert.ok((await say(ada, chainAt(0, 0), message('x'.repeat(200)))).length > 328);
  });

  test(`${name}: what was not relayed is sealed anew under the same counter`, async () => {
    const ada = stayOf('Ada');
    const [chain, reading] = [chainAt(0, 5), readAt(0, 5)];
    const before = hex(chain.key);
    const [denied, again] = [await say(ada, chain), await say(ada, chain)];
    assert.deepEqual([chain.counter, hex(chain.key)], [5, before]);
    assert.notEqual(hex(denied), hex(again));
    await open(ada, reading, again);
    await assert.rejects(open(ada, reading, denied), failsWith('replayed'), 'and read once');
    // Also where a generation began meanwhile, for counters go on.
    const next = nextGeneration(chain, filled(32, 8));
    const anew = await say(ada, next);
    const renewed = renewChain(reading, { ...next, key: filled(32, 8) });
    await assert.rejects(open(ada, renewed, anew), failsWith('replayed'));
    stepChain(roomSalt, next);
    assert.equal((await open(ada, renewed, await say(ada, next))).missed, 0);
  });

  test(`${name}: a message changed anywhere, of another sender, room or generation does not open`, async () => {
    const [ada, eve] = [stayOf('Ada'), stayOf('Eve')];
    const reading = readAt(2, 6);
    const before = stateOf(reading);
    const payload = await say(ada, chainAt(2, 6));
    // A changed counter is a later or an earlier message, a changed generation another chain.
    for (const [at, fault] of [
      [0, 'no-chain'],
      [3, 'no-chain'],
      [7, 'forged'],
      [8, 'forged'],
      [24, 'forged'],
      [payload.length - 33, 'forged'],
      [payload.length - 1, 'forged'],
    ] as const)
      await assert.rejects(open(ada, reading, spoiled(payload, at)), failsWith(fault), `byte ${at}`);
    await assert.rejects(open(eve, reading, payload), failsWith('forged'));
    const moved = roomSaltOf(elsewhere, heart);
    await assert.rejects(openSaid(suite, moved, ada.card.voice, reading, payload), failsWith('forged'));
    await assert.rejects(open(ada, undefined, payload), failsWith('no-chain'));
    await assert.rejects(open(ada, readAt(3, 6), payload), failsWith('replayed'));
    await assert.rejects(open(ada, readAt(2, 7), payload), failsWith('replayed'));
    for (const length of [0, 7])
      await assert.rejects(open(ada, reading, payload.subarray(0, length)), failsWith('malformed'));
    await assert.rejects(open(ada, reading, payload.subarray(0, 8)), failsWith('forged'));
    assert.equal(stateOf(reading), before);
    await open(ada, reading, payload);
  });

  test(`${name}: a reader steps past what it missed, counts it, and opens nothing twice or from before`, async () => {
    const ada = stayOf('Ada');
    const reading = readAt(0, 0);
    const payloads: Bytes[] = [];
    for (const chain = chainAt(0, 0); payloads.length < 6; stepChain(roomSalt, chain))
      payloads.push(await say(ada, chain));
    const at = async (index: number) => open(ada, reading, payloads[index] ?? new Uint8Array());
    assert.equal((await at(0)).missed, 0);
    assert.equal((await at(3)).missed, 2);
    for (const index of [3, 2, 1, 0]) await assert.rejects(at(index), failsWith('replayed'), `${index}`);
    assert.equal((await at(4)).missed, 0);
    // Neither under a chain that is handed over again, from before what was opened.
    const handed = renewChain(reading, { ...chainAt(1, 2), key: filled(32, 3) });
    const again = await say(ada, { ...chainAt(1, 2), key: filled(32, 3) });
    await assert.rejects(open(ada, handed, again), failsWith('replayed'));
    const next = stepped(roomSalt, { ...chainAt(1, 2), key: filled(32, 3) }, 5);
    assert.equal((await open(ada, handed, await say(ada, next))).missed, 2);
  });

  test(`${name}: ${MAX_SKIP} steps are taken, and not one more`, async () => {
    const ada = stayOf('Ada');
    const far = await say(ada, stepped(roomSalt, chainAt(0, 1), MAX_SKIP));
    await assert.rejects(open(ada, readAt(0, 0), far), failsWith('too-far'));
    assert.equal((await open(ada, readAt(0, 1), far)).missed, MAX_SKIP);
  });

  test(`${name}: the last counter is used, and none after it`, async () => {
    const ada = stayOf('Ada');
    const [chain, reading] = [chainAt(2 ** 32 - 1, 2 ** 32 - 1), readAt(2 ** 32 - 1, 2 ** 32 - 1)];
    await open(ada, reading, await say(ada, chain));
    stepChain(roomSalt, chain);
    await assert.rejects(say(ada, chain), WireError);
    await assert.rejects(say(ada, chainAt(2 ** 32, 0)), WireError);
  });
}

test('a chain that leads no further than the one there is, is not taken', () => {
  for (const [generation, counter, taken] of [
    [1, 9, false],
    [2, 4, false],
    [2, 5, true],
    [2, 6, true],
    [3, 0, true],
  ] as const) {
    const [kept, handed] = [readAt(2, 5), chainAt(generation, counter)];
    const renewed = renewChain(kept, handed);
    assert.deepEqual([renewed.generation, renewed.counter], taken ? [generation, counter] : [2, 5]);
    assert.equal(renewed.next, 5);
    assert.ok((taken ? kept : handed).key.every(byte => byte === 0));
    assert.ok(renewed.key.some(byte => byte !== 0));
  }
});

test('a chain that was forgotten is read on where it is handed over, but nothing is opened twice', async () => {
  const ada = stayOf('Ada');
  const chain = chainAt(0, 3);
  const by = talkBy(portableSuite);
  const open = (payload: Uint8Array) => by.open(ada, reading, payload);
  const say = () => by.say(ada, chain);
  let reading = readAt(0, 3);
  const first = await say();
  await open(first);
  forgetChain(reading);
  assert.ok(reading.key.every(byte => byte === 0));
  await assert.rejects(open(first), failsWith('replayed'));
  // The daemon brings back both the chain, as it was handed over, and the message.
  reading = renewChain(reading, chainAt(0, 3));
  await assert.rejects(open(first), failsWith('replayed'));
  forgetChain(reading);
  for (let steps = 0; steps < 4; steps++) stepChain(roomSalt, chain);
  await assert.rejects(open(await say()), failsWith('no-chain'));
  reading = renewChain(reading, { ...chain, key: Uint8Array.from(chain.key) });
  assert.equal((await open(await say())).missed, 0, 'what came while nothing was to be opened');
  stepChain(roomSalt, chain);
  stepChain(roomSalt, chain);
  assert.equal((await open(await say())).missed, 1);
});

test('a message is named by who said it, where and what, and a whisper by both', () => {
  const [ada, bob] = [stayOf('Ada').card.voice, stayOf('Bob').card.voice];
  const body = writeBody(message('yes'));
  const names = [
    messageName(room, ada, 1, body),
    messageName(room, bob, 1, body),
    messageName(room, ada, 2, body),
    messageName(elsewhere, ada, 1, body),
    messageName(room, ada, 1, writeBody(message('no'))),
    whisperName(room, ada, bob, 1, body),
    whisperName(room, bob, ada, 1, body),
  ];
  assert.equal(new Set(names.map(hex)).size, names.length);
  assert.ok(names.every(name => name.length === 16));
});
