// What no honest member says or passes: pages judge it as crates/seal does, so that members of both see one conversation.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bytes, type Item, writeItem } from '../src/cbor.ts';
import { seal } from '../src/seal/aead.ts';
import { bigEndian, concat } from '../src/seal/bytes.ts';
import { MAX_SKIP, stepChain } from '../src/seal/chain.ts';
import { portableSuite } from '../src/seal/portable.ts';
import { signItems } from '../src/seal/signed.ts';
import { makePeer } from '../src/session/peers.ts';
import {
  type DaemonFrame,
  decodeDaemonFrame,
  encodeDaemonFrame,
  SEATS_MOST,
  WireError,
} from '../src/wire.ts';
import { messageKeyOf } from './chain-keys.ts';
import { passes, room, saltOf } from './keys.ts';
import { type Person, World } from './relay.ts';

const IV = new Uint8Array(16).fill(3);

const two = async () => {
  const world = new World();
  const ada = await world.person('Ada', 'open');
  const bob = await world.person('Bob', 'enter');
  await bob.say('hello');
  await world.settle();
  return { world, ada, bob };
};

/** What stands behind a membership, as its own member has it. */
const partsOf = (person: Person) => person.membership.parts;

/** Whatever stands in the place of a body, said by somebody to another one, as so many messages later than the next. */
async function said(world: World, from: Person, to: Person, body: Bytes, later: number): Promise<void> {
  const salt = await saltOf(world);
  const chain = partsOf(to).roster.of(from.id)?.heard.chain ?? assert.fail();
  const { generation, counter } = chain;
  const ahead = { generation, counter, key: Uint8Array.from(chain.key) };
  for (let step = 0; step < later; step++) stepChain(salt, ahead);
  const { voice } = from.membership.stay;
  const { n, lock, count } = partsOf(from).order.sight();
  const place = [room, voice.public, generation, ahead.counter];
  const seen = [n, lock, count, new Uint8Array(16), body];
  const item = [...seen, signItems(voice, 'say', ...place, ...seen)];
  const key = messageKeyOf(salt, ahead.key);
  const sealed = await seal(portableSuite, key, item, writeItem(['say', ...place]), IV, 256);
  const payload = concat(bigEndian(generation, 4), bigEndian(ahead.counter, 4), sealed);
  world.all({ kind: 'said', from: from.id, payload });
  await world.settle();
}

/** Whatever somebody passes to another one. */
async function passed(world: World, from: Person, to: Person, item: Item): Promise<void> {
  const peer = partsOf(from).roster.of(to.id);
  assert.ok(peer?.shown);
  const key = peer.pair.sending(from.membership.stay, peer.shown);
  const sealed = await seal(portableSuite, key, item, writeItem(['pass', room]), IV);
  to.tell({ kind: 'passed', from: from.id, passed: sealed });
  await world.settle();
}

test('what is lacking before a message, and what its sender sees, is told though its body is none', async () => {
  const { world, ada, bob } = await two();
  await said(world, bob, ada, writeItem([1, 1]), 2);
  assert.deepEqual(ada.lines().slice(-3), ['* missing Bob 2', '* differs Bob', '* unreadable Bob']);
});

test('a whisper whose body is none is counted, and its sender told that it came', async () => {
  const { world, ada, bob } = await two();
  await bob.whisper(ada, 'one');
  await world.settle();
  await passed(world, bob, ada, [1, 1, writeItem([1, 1])]);
  assert.equal(ada.lines().at(-1), '* unreadable Bob');
  const point = world.seen.length;
  await world.pass(1000);
  assert.equal(passes(world, ada, point).length, 1, 'a receipt');
  await passed(world, bob, ada, [1, 2, writeItem([1, 1, 0, 'two'])]);
  assert.equal(ada.lines().at(-1), 'Bob whisper: two');
});

test('a receipt for what was not sent, or for more than that, confirms nothing', async () => {
  const { world, ada, bob } = await two();
  world.intercept = (from, frame) => frame.kind === 'pass' && (from as { owner?: unknown }).owner === bob;
  await ada.whisper(bob, 'one');
  await world.pass(1000);
  await ada.whisper(bob, 'two');
  await world.pass(1000);
  const delivered = () => ada.lines().filter(line => line.endsWith('(delivered)')).length;
  for (const [counter, arrived] of [
    // It would take in all whispers to come.
    [2, 3],
    [2 ** 32 - 1, 2 ** 32 - 1],
    [1, 3],
    [0, 0],
    // One is missing.
    [1, 1],
    // So many can't have come when no more were sent.
    [1, 2],
  ]) {
    await passed(world, bob, ada, [2, counter ?? 0, arrived ?? 0]);
    assert.equal(delivered(), 0);
  }
  await ada.whisper(bob, 'three');
  await passed(world, bob, ada, [2, 2, 2]);
  assert.equal(delivered(), 1, 'nothing is missing since');
});

test('a daemon is believed so many seats as it can be set to, and no more', async () => {
  const { world, ada } = await two();
  const { roster } = partsOf(ada);
  while (roster.ids().length < SEATS_MOST - 1) {
    const id = roster.ids().length + 10;
    roster.add(makePeer(id, new Uint8Array(16), roster.nextArrival(), 0, false));
  }
  for (const [id, last] of [
    [77_777, '* joined'],
    [88_888, '* contradicted'],
  ] as const) {
    ada.tell({ kind: 'joined', id, entry: new Uint8Array(16), card: new Uint8Array(9) });
    await world.settle();
    assert.equal(ada.lines().at(-1), last);
  }
  assert.equal(ada.room.members.length, SEATS_MOST);
});

test('a welcome names so many and no more', () => {
  const seated = { id: 1, entry: new Uint8Array(16), card: new Uint8Array(1), away: false };
  const hash = new Uint8Array(32);
  const numbers = { you: 1, keeper: 1, locked: false, lock: 0, said: 0, count: 0 };
  const welcome = (seats: number): DaemonFrame => {
    const members = new Array<typeof seated>(seats).fill(seated);
    return { kind: 'welcome', ...numbers, heart: hash, order: hash, protections: 0, members };
  };
  decodeDaemonFrame(encodeDaemonFrame(welcome(SEATS_MOST)));
  assert.throws(() => decodeDaemonFrame(encodeDaemonFrame(welcome(SEATS_MOST + 1))), WireError);
});

test('who is told of a message that is too far ahead asks for the chain', async () => {
  const { world, ada, bob } = await two();
  const { generation, counter } = partsOf(ada).roster.of(bob.id)?.heard.chain ?? assert.fail();
  for (const [far, asks] of [
    [MAX_SKIP, 0],
    [MAX_SKIP + 1, 1],
  ] as const) {
    const point = world.seen.length;
    const payload = concat(bigEndian(generation, 4), bigEndian(counter + far, 4), new Uint8Array(400));
    ada.tell({ kind: 'said', from: bob.id, payload: Uint8Array.from(payload) });
    await world.settle();
    const { skipped } = partsOf(ada).roster.of(bob.id)?.heard.chain ?? assert.fail();
    assert.equal(passes(world, ada, point).length, asks);
    // Handed over anew, it can be stepped along as far as before.
    assert.equal(skipped, asks === 0 ? MAX_SKIP : 0);
  }
});

test('what was told as unreadable of who was refused is not told as missing, too', async () => {
  const { world, ada, bob } = await two();
  const seat = world.seatOf(bob) ?? assert.fail();
  const { card } = seat;
  ada.tell({ kind: 'renewed', id: bob.id, card: new Uint8Array(300) });
  for (const text of ['one', 'two']) {
    await bob.say(text);
    await world.settle();
  }
  ada.tell({ kind: 'renewed', id: bob.id, card });
  await bob.say('three');
  await world.settle();
  await bob.say('four');
  await world.settle();
  const lines = ada.lines().filter(line => /missing|unreadable/.test(line));
  assert.deepEqual([lines, ada.lines().at(-1)], [['* unreadable Bob ×3'], 'Bob: four']);
});

test('receipts for many at once go in frames that the daemon takes', async () => {
  const world = new World();
  world.largestFrame = 2048;
  const ada = await world.person('Ada', 'open');
  const others: Person[] = [];
  for (let n = 0; n < 12; n++) others.push(await world.person(`B${n}`, 'enter'));
  partsOf(ada).queue.backOff(world.now + 5000);
  for (const other of others) await other.whisper(ada, 'to you');
  await world.settle();
  const point = world.seen.length;
  await world.pass(5000);
  assert.equal(passes(world, ada, point).length, others.length);
  for (const other of others)
    assert.equal(other.lines().at(-1), `${other.alias} whisper to Ada: to you (delivered)`);
});
