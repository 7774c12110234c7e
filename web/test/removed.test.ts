// Those who were members, or become some: they have kept every key and every frame, get all others from the daemon,
// and try whatever can be made of what they have.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bytes, writeItem } from '../src/cbor.ts';
import { open } from '../src/seal/aead.ts';
import { concat, utf8 } from '../src/seal/bytes.ts';
import type { Party } from '../src/seal/card.ts';
import { type Chain, openSaid, payloadHead } from '../src/seal/chain.ts';
import { diffieHellman } from '../src/seal/curves.ts';
import { SealError } from '../src/seal/error.ts';
import type { RoomSalt } from '../src/seal/heart.ts';
import { expand, hkdf } from '../src/seal/hkdf.ts';
import { portableSuite } from '../src/seal/portable.ts';
import { messageKeyOf, stepped } from './chain-keys.ts';
import { chains, door, type Held, keysOf, pairOf, passes, payloads, room, saltOf } from './keys.ts';
import { World } from './relay.ts';

/** What keys are derived under, and what somebody might have thought of. */
const LABELS = [
  ...['chain', 'message', 'gate', 'card', 'alias', 'salt', 'pair', 'generation'].map(
    name => `sanctuary/1 ${name}`,
  ),
  ...['pair', 'chain', 'generation', ''],
];

/** All keys that somebody has, with everything that follows from each by one more derivation, 64 bytes each. */
function tried({ salt }: RoomSalt, held: Bytes[], infos: Bytes[]): Bytes[] {
  return held.flatMap(key => {
    const plain = concat(key, new Uint8Array(64)).subarray(0, 64);
    const expanded = key.length === 32 ? LABELS.map(label => expand(key, label, 64)) : [];
    return [plain, ...infos.map(info => hkdf(salt, key, info, 64)), ...expanded];
  });
}

const doorKeys = [door.gate.seed, door.cardKey, door.aliasKey, new Uint8Array(32)];

const infosOf = (one: Party, other: Party): Bytes[] => {
  const [some, others] = [one, other].map(({ voice, public: key }) => [voice.bytes, key]);
  return [
    ...LABELS.map(utf8),
    ...[[0], [1], [0, 0, 0, 1]].map(numbers => Uint8Array.from(numbers)),
    ...[one.public, other.public],
    ...[writeItem(['pair', one.public, other.public]), writeItem(['pair', other.public, one.public])],
    writeItem(['pair', room, ...(some ?? []), ...(others ?? [])]),
    writeItem(['pair', room, ...(others ?? []), ...(some ?? [])]),
  ];
};

const isForged = (error: unknown) => error instanceof SealError && error.fault === 'forged';

/** Whether any of these keys, as the sender's chain at the message's own place, opens it. */
async function anyReads(salt: RoomSalt, keys: Bytes[], from: Party, payload: Uint8Array): Promise<boolean> {
  const place = payloadHead(payload);
  for (const key of keys) {
    const chain = { ...place, key: Uint8Array.from(key.subarray(0, 32)), next: place.counter, skipped: 0 };
    const read = await openSaid(portableSuite, salt, from.voice, chain, payload).catch(isForged);
    if (read !== true) return true;
  }
  return false;
}

/** Whether any of these keys, as that of the pair and direction, opens what was passed. */
async function anyOpens(keys: Bytes[], passed: Uint8Array): Promise<boolean> {
  const aad = writeItem(['pass', room]);
  for (const key of keys) {
    const opened = await open(portableSuite, key, passed, aad, () => null).catch(isForged);
    if (opened !== true) return true;
  }
  return false;
}

test('who was removed opens nothing with all that it ever held', async () => {
  const world = new World();
  const ada = await world.person('Ada', 'open');
  const bob = await world.person('Bob', 'enter');
  const eve = await world.person('Eve', 'enter');
  for (const text of ['one', 'two', 'three']) {
    await ada.say(text);
    await world.settle();
  }
  const [adas, eves] = [await keysOf(world, ada), await keysOf(world, eve)];
  const salt = await saltOf(world);
  const held = async (own: Held, chain: Chain[]) => {
    const pair = await pairOf(world, own, adas);
    const steps = chain.flatMap(({ key, ...place }) => {
      const at = Array.from({ length: 20 }, (_, count) => stepped(salt, { key, ...place }, count).key);
      return [...at, ...at.map(key => messageKeyOf(salt, key))];
    });
    const own32 = [
      ...[own.secret, own.public, adas.public, salt.salt],
      diffieHellman(own.secret, adas.public),
      ...[pair.sending, pair.receiving],
    ];
    return tried(salt, [...doorKeys, ...own32, ...steps], infosOf(own.party, adas.party));
  };
  // Her tries open all that she might read.
  const [handed] = passes(world, ada).filter(({ to }) => to === eve.id);
  assert.ok(handed && (await anyOpens(await held(eves, []), handed.passed)));
  const keys = await held(eves, await chains(world, ada, eve));
  for (const payload of payloads(world, ada)) assert.ok(await anyReads(salt, keys, adas.party, payload));

  await ada.kick(eve.id);
  await world.settle();
  const since = world.seen.length;
  await ada.say('four');
  await ada.whisper(bob, 'just us');
  await ada.say('five');
  await world.settle();
  assert.equal(bob.lines().at(-1), 'Ada: five');
  const [messages, passed] = [payloads(world, ada, since), passes(world, ada, since)];
  assert.deepEqual([messages.length, passed.length], [2, 2]);
  for (const payload of messages)
    assert.ok(!(await anyReads(salt, keys, adas.party, payload)), 'a later message');
  for (const { passed: sealed } of passed)
    assert.ok(!(await anyOpens(keys, sealed)), 'what was passed to somebody else');
});

test('a member who was away when it was kicked reads nothing more', async () => {
  const world = new World();
  const ada = await world.person('Ada', 'open');
  const bob = await world.person('Bob', 'enter');
  const eve = await world.person('Eve', 'enter');
  await ada.say('one');
  await world.settle();
  const [chain] = await chains(world, ada, eve);
  assert.ok(chain);
  await eve.lose();
  await world.settle();
  await ada.kick(3);
  await world.settle();
  await ada.say('two');
  await world.settle();
  assert.equal(bob.lines().at(-1), 'Ada: two');
  const payload = payloads(world, ada).at(-1);
  assert.ok(payload);
  const salt = await saltOf(world);
  const { party } = await keysOf(world, ada);
  const keys = Array.from({ length: 20 }, (_, count) => stepped(salt, chain, count).key);
  assert.ok(!(await anyReads(salt, keys, party, payload)));
});

test('who enters is handed the chain where it is now, and reads nothing from before', async () => {
  const world = new World();
  const ada = await world.person('Ada', 'open');
  await world.person('Bob', 'enter');
  for (const text of ['one', 'two']) {
    await ada.say(text);
    await world.settle();
  }
  const before = payloads(world, ada);
  const zoe = await world.person('Zoe', 'enter');
  await ada.say('three');
  await world.settle();
  assert.deepEqual(zoe.lines(), ['Ada: three']);
  const [chain, ...more] = await chains(world, ada, zoe);
  assert.ok(chain && more.length === 0);
  assert.deepEqual([chain.generation, chain.counter], [0, 2]);
  const salt = await saltOf(world);
  const { party } = await keysOf(world, ada);
  const held = [...doorKeys, salt.salt, chain.key, stepped(salt, chain, 1).key];
  const keys = tried(salt, held, infosOf(party, party));
  for (const payload of before) assert.ok(!(await anyReads(salt, keys, party, payload)));
});

test('who learns the password opens nothing that was recorded', async () => {
  const world = new World();
  const ada = await world.person('Ada', 'open');
  const bob = await world.person('Bob', 'enter');
  await ada.say('one');
  await ada.whisper(bob, 'two');
  await world.settle();
  const [adas, bobs] = [(await keysOf(world, ada)).party, (await keysOf(world, bob)).party];
  const salt = await saltOf(world);
  const held = [...doorKeys, salt.salt, utf8('Ada'), utf8('Bob'), adas.public, bobs.public];
  const keys = tried(salt, held, infosOf(adas, bobs));
  for (const payload of payloads(world, ada)) assert.ok(!(await anyReads(salt, keys, adas, payload)));
  for (const { passed } of passes(world, ada)) assert.ok(!(await anyOpens(keys, passed)));
});
