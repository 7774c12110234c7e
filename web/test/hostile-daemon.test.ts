// A daemon that may do anything: it drops, repeats, reorders, forges and swaps what it hands on, shows each member
// something else, alone or with the help of a member. Here and in hostile-*.test.ts is one test for each way in which
// that once succeeded; hostile-runs.test.ts has whatever chance comes upon.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bytes } from '../src/cbor.ts';
import { sealCard } from '../src/seal/card.ts';
import { keyPair } from '../src/seal/curves.ts';
import { openPassed } from '../src/seal/pair.ts';
import { portableSuite } from '../src/seal/portable.ts';
import { publicKey, signingKey } from '../src/seal/signature.ts';
import type { DaemonFrame } from '../src/wire.ts';
import type { Caller } from './daemon-double.ts';
import { door, passes, payloads, sealAs } from './keys.ts';
import { type Person, standing, three, World } from './relay.ts';
import { hex } from './vectors.ts';

const IV = new Uint8Array(16).fill(3);

/** Keeps frames from one person. */
function hide(world: World, from: Person, isHidden: (frame: DaemonFrame) => boolean): void {
  world.tamper = (to, frame, bytes) => (to.owner === from && isHidden(frame) ? [] : [bytes]);
}

const honest = (world: World) => {
  world.tamper = (_to, _frame, bytes) => [bytes];
};

/** What stands behind a membership, as its own member has it. */
const partsOf = (person: Person) => person.membership.parts;

// A listener takes a seat.

test('nothing of a seat’s secret travels, and who has recorded a resume can’t use it', async () => {
  const { world, bob, eve } = await three();
  await bob.lose();
  await bob.connect();
  const { seat } = bob.membership.stay;
  for (const { bytes } of world.seen) assert.ok(!hex(bytes).includes(hex(seat.seed)));
  const recorded = world.seen.find(({ frame }) => frame.kind === 'resume');
  assert.ok(recorded);
  await bob.lose();
  const heard: Bytes[] = [];
  const stranger: Caller = { hear: bytes => heard.push(bytes), cut() {} };
  world.greet(stranger);
  world.take(stranger, recorded.bytes);
  assert.equal(hex(heard[1] ?? new Uint8Array()).slice(0, 6), '830201', 'refused: no entry');
  await bob.connect();
  assert.equal(bob.view.phase, 'room');
  assert.equal(eve.room.members.length, 3);
});

// A member that has left is brought back, and what it said with it.

test('who has left is not brought back, under whatever number, and nothing of it is read again', async () => {
  const { world, ada, bob, eve } = await three();
  await eve.say('once');
  await eve.whisper(bob, 'psst');
  await world.settle();
  const { id } = eve;
  const seat = world.seatOf(eve);
  const [said] = payloads(world, eve);
  assert.ok(seat && said);
  const passed = passes(world, eve).filter(({ to }) => to === bob.id);
  await eve.leave();
  await world.settle();
  for (const again of [id, 77]) {
    for (const person of [ada, bob]) {
      person.tell({ kind: 'joined', id: again, entry: seat.entry, card: seat.card });
      for (const { passed: sealed } of passed)
        person.tell({ kind: 'passed', from: again, passed: Uint8Array.from(sealed) });
      person.tell({ kind: 'said', from: again, payload: Uint8Array.from(said) });
    }
    await world.settle();
    // An id is given once; who comes by another is as unreadable as its card.
    assert.equal(standing(bob, again), again === id ? undefined : 'unreadable');
    for (const person of [ada, bob]) {
      if (again === id) assert.ok(person.lines().includes('* contradicted'));
      assert.equal(person.lines().filter(line => line.includes('once')).length, 1);
      assert.ok(person.lines().filter(line => line.includes('psst')).length <= 1);
    }
  }
});

// A member speaks as another.

test('who has a member’s chain can’t speak with its voice', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.say('mine');
  await world.settle();
  const { stay } = eve.membership;
  // Sealed in Ada's place, and signed by Eve.
  const body = { kind: 'message', at: world.now, timer: 0, text: 'I resign' } as const;
  const forged = await sealAs(world, ada, eve, body, { seed: stay.voice.seed });
  world.all({ kind: 'said', from: ada.id, payload: forged });
  await world.settle();
  assert.ok(!bob.lines().some(line => line.includes('I resign')));
  assert.equal(bob.lines().at(-1), '* unreadable Ada');
  await ada.say('still mine');
  await world.settle();
  assert.equal(bob.lines().at(-1), 'Ada: still mine');
});

test('what one member says is not shown as another’s', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.say('mine');
  await eve.say('hers');
  await world.settle();
  world.tamper = (to, frame, bytes) => (to.owner === bob && frame.kind === 'said' ? [] : [bytes]);
  await ada.say('I resign');
  await world.settle();
  const payload = payloads(world, ada).at(-1);
  assert.ok(payload);
  for (const from of [eve.id, bob.id, 99])
    bob.tell({ kind: 'said', from, payload: Uint8Array.from(payload) });
  await world.settle();
  assert.ok(!bob.lines().some(line => line.includes('I resign')));
});

// A departure is hidden.

test('from whom the daemon hides a kick, it is told by what that member says next, and by what others do', async () => {
  const { world, ada, bob, eve } = await three();
  await bob.say('one');
  await world.settle();
  hide(world, bob, ({ kind }) => kind === 'kicked');
  await ada.kick(eve.id);
  await world.settle();
  assert.equal(bob.room.members.length, 3);
  honest(world);
  // As if it were still on its way.
  await bob.say('two');
  await world.settle();
  assert.deepEqual(ada.lines().slice(-2), ['* kicked Eve by Ada', 'Bob: two']);
  await bob.say('three');
  await world.settle();
  assert.deepEqual(ada.lines().slice(-2), ['* differs Bob', 'Bob: three']);
  assert.ok(ada.room.members[1]?.differs);
  await ada.say('four');
  await world.settle();
  assert.deepEqual(bob.lines().slice(-2), ['* differs Ada', 'Ada: four']);
});

test('who is shut out is not heard, and who is unreadable is not whispered to', async () => {
  const { world, ada, bob, eve } = await three();
  await eve.say('hello');
  await ada.say('hello');
  await world.settle();
  const { id } = eve;
  hide(world, eve, ({ kind }) => kind === 'said');
  world.intercept = (_from, _frame, command) => {
    if (command?.kind !== 'kick') return false;
    world.all({ kind: 'said', from: ada.id, payload: command.payload });
    return true;
  };
  await ada.kick(id);
  await world.settle();
  await eve.say('still here');
  await eve.whisper(bob, 'still here');
  await world.settle();
  assert.ok(!bob.lines().some(line => line.includes('still here')));
  const point = world.seen.length;
  await bob.whisper({ id }, 'are you?');
  await world.settle();
  assert.equal(bob.lines().at(-1), 'Bob whisper to Eve: are you? (failed)');
  assert.deepEqual(passes(world, bob, point), []);
  ada.tell({ kind: 'renewed', id: bob.id, card: new Uint8Array(300) });
  await world.settle();
  await ada.whisper(bob, 'are you?');
  await world.settle();
  assert.equal(ada.lines().at(-1), 'Ada whisper to Bob: are you? (failed)');
});

// Messages are dropped, and members are shown different things.

test('what the daemon withholds from one is missing there, and how much of it', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.say('Do');
  await world.settle();
  hide(world, bob, ({ kind }) => kind === 'said');
  for (const text of ['not', 'at', 'all']) await ada.say(text);
  await world.settle();
  honest(world);
  await ada.say('attack');
  await world.settle();
  assert.deepEqual(bob.lines().slice(-4), ['Ada: Do', '* missing Ada 3', '* differs Ada', 'Ada: attack']);
  assert.equal(eve.lines().at(-1), 'Ada: attack');
});

test('who is shown another order of messages learns of it by the next one', async () => {
  const { world, ada, bob, eve } = await three();
  for (const person of [ada, eve]) await person.say('hello');
  await world.settle();
  const held: Bytes[] = [];
  world.tamper = (to, frame, bytes) => {
    if (to.owner !== bob || frame.kind !== 'said') return [bytes];
    held.push(bytes);
    return held.length === 2 ? held.reverse() : [];
  };
  await ada.say('yes');
  await world.settle();
  await eve.say('shall we?');
  await world.settle();
  assert.deepEqual(bob.lines().slice(-3), ['Eve: shall we?', '* differs Eve', 'Ada: yes'].sort(order(bob)));
  honest(world);
  await ada.say('now');
  await world.settle();
  assert.ok(bob.room.members.some(({ differs }) => differs));
});

/** As somebody reads them. */
const order = (person: Person) => (one: string, other: string) =>
  person.lines().indexOf(one) - person.lines().indexOf(other);

test('another keeper than by the rules is told of, and not obeyed', async () => {
  const { world, bob, eve } = await three();
  bob.tell({ kind: 'keeper', id: eve.id });
  await world.settle();
  assert.equal(bob.lines().at(-1), '* keeper-unsaid Eve');
  assert.deepEqual(
    bob.room.members.map(({ keeper }) => keeper),
    [true, false, false],
  );
});

test('a missing whisper is told of, and its sender does not see it delivered', async () => {
  const { world, ada, bob } = await three();
  await ada.whisper(bob, 'one');
  await world.settle();
  hide(world, bob, ({ kind }) => kind === 'passed');
  await ada.whisper(bob, 'two');
  await world.pass(2000);
  honest(world);
  await ada.whisper(bob, 'three');
  await world.pass(2000);
  assert.deepEqual(bob.lines().slice(-3), ['Ada whisper: one', '* missing Ada 1', 'Ada whisper: three']);
  const state = (text: string) => ada.lines().find(line => line.includes(text));
  assert.equal(state('one'), 'Ada whisper to Bob: one (delivered)');
  assert.equal(state('two'), 'Ada whisper to Bob: two');
  assert.equal(state('three'), 'Ada whisper to Bob: three');
  await ada.whisper(bob, 'four');
  await world.pass(2000);
  assert.equal(state('four'), 'Ada whisper to Bob: four (delivered)');
});

// A device is seized.

test('who seizes a device opens nothing that was passed to it before its last renewal', async () => {
  const { world, ada, bob } = await three();
  await ada.whisper(bob, 'before');
  await world.settle();
  const before = passes(world, ada).at(-1)?.passed;
  assert.ok(before);
  await world.pass(13 * 60_000);
  await ada.whisper(bob, 'after');
  await world.settle();
  const { stay } = bob.membership;
  assert.ok(stay.own.n > 0);
  await world.pass(3 * 60_000);
  const peer = partsOf(bob).roster.of(ada.id);
  assert.ok(peer?.shown && stay.formerOwn.length === 0);
  // All that is left: the present pair, and what PairKeys keeps.
  await assert.rejects(peer.pair.open(stay, peer.shown, Uint8Array.from(before), world.now));
  const sending = peer.pair.sending(stay, peer.shown);
  await assert.rejects(openPassed(portableSuite, stay.roomSalt, sending, Uint8Array.from(before)));
});

// A member that was kicked is back.

test('who was kicked for good does not come back by the old invitation, and others do by the new one', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.kick(eve.id, true);
  await world.settle();
  assert.deepEqual(eve.view, { phase: 'over', ending: 'kicked', by: 'Ada' });
  const again = await world.person('Eve', 'enter');
  assert.deepEqual(again.view, { phase: 'entrance', refusal: 'no-entry' });
  await again.enterBy(bob);
  await world.settle();
  assert.equal(again.view.phase, 'room');
  assert.notEqual(ada.session.invitation(), '#Y1HE-DCG7:9F3K-TQ2M-XA7B-0C1D');
});

test('who was kicked for good is not brought in by the daemon behind the former door', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.kick(eve.id, true);
  await world.settle();
  const entry = new Uint8Array(16).fill(9);
  const [voice, own] = [signingKey(new Uint8Array(32).fill(1)), keyPair(new Uint8Array(32).fill(2))];
  const shown = { alias: 'Mallory', voice: publicKey(voice.public), public: own.public, n: 0 };
  const card = await sealCard(portableSuite, door, entry, shown, voice, IV);
  bob.tell({ kind: 'joined', id: 60, entry, card });
  await world.settle();
  assert.equal(standing(bob, 60), 'not-ready');
});
