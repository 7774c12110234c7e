// A daemon, or a member, that gives somebody a door which is not the room's: what is taken has the maker's right, list,
// lock number and the room's own heart behind it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBox, sealBox, stayingHash } from '../src/seal/box.ts';
import { sealCard } from '../src/seal/card.ts';
import { keyPair } from '../src/seal/curves.ts';
import { deriveDoor } from '../src/seal/door.ts';
import { type Heart, sealHeart } from '../src/seal/heart.ts';
import { portableSuite } from '../src/seal/portable.ts';
import { type Command, type DaemonFrame, FRAME } from '../src/wire.ts';
import { passes, sealAs } from './keys.ts';
import { type Person, standing, three } from './relay.ts';
import { filled } from './stays.ts';

const OLD = '#Y1HE-DCG7:9F3K-TQ2M-XA7B-0C1D';

test('a password from who may not give one is not taken, and that is told', async () => {
  const { world, ada, bob, eve } = await three();
  assert.ok(world.room);
  // Bob and the daemon do what is Ada's to do.
  world.room.rule = 'everyone';
  bob.membership.parts.roster.keeper = bob.id;
  await bob.relock();
  await world.settle();
  for (const person of [ada, eve]) {
    assert.ok(person.lines().includes('* keyless'));
    assert.equal(person.session.invitation(), OLD);
  }
});

test('the room is not put back behind a door that it once had', async () => {
  for (const welcomed of [false, true]) {
    const { world, ada, bob, eve } = await three();
    // The daemon keeps Bob at the key for which the first of two passwords was boxed.
    world.intercept = (from, _frame, command) => {
      if (from.owner !== bob || command?.kind !== 'renew') return false;
      world.deny(from, FRAME.renew, 'too-fast', 60_000);
      return true;
    };
    const told: DaemonFrame[] = [];
    world.tamper = (to, frame, bytes) => {
      if (to.owner === bob && (frame.kind === 'boxed' || frame.kind === 'relocked')) told.push(frame);
      return [bytes];
    };
    await ada.relock();
    await world.settle();
    const [first, both] = [ada.session.invitation(), told.slice()];
    await ada.kick(eve.id, true);
    await world.settle();
    // It may also say that the lock number is a lower one, to who comes back.
    world.tamper = (to, frame, bytes) => {
      if (to.owner !== bob || frame.kind !== 'welcome') return [bytes];
      (to.owner as Person).tell({ ...frame, lock: 0 });
      return [];
    };
    if (welcomed) {
      await bob.lose();
      await bob.connect();
    }
    for (const frame of both) bob.tell(frame);
    await world.settle();
    assert.equal(both.length, 2);
    assert.match(bob.lines().at(-1) ?? '', /^\* contradicted/);
    assert.notEqual(bob.session.invitation(), first);
    assert.equal(bob.session.invitation(), ada.session.invitation());
  }
});

test('a door is gone through if who may give it has boxed it for this list and lock number of this room, and else not', async () => {
  const another = filled(32, 9);
  const cases: [by: 'ada' | 'bob', ids: number[], lock: number, heart: Partial<Heart>, isTaken: boolean][] = [
    ['ada', [1, 2, 3], 1, {}, true],
    ['bob', [1, 2, 3], 1, {}, false],
    ['ada', [1, 2], 1, {}, false],
    ['ada', [1, 2, 3], 2, {}, false],
    ['ada', [1, 2, 3], 1, { secret: another }, false],
    ['ada', [1, 2, 3], 1, { rule: 'everyone' }, false],
    ['ada', [1, 2, 3], 1, { alias: 'Eve' }, false],
    ['ada', [1, 2, 3], 1, { at: 1 }, false],
  ];
  for (const [by, ids, lock, changed, isTaken] of cases) {
    const { world, ada, bob, eve } = await three();
    const maker = by === 'ada' ? ada : bob;
    const { stay } = maker.membership;
    const { voiceKey, own } = eve.membership.stay;
    const to = { voice: voiceKey, public: own.public };
    const relock = { lock, staying: stayingHash(ids) };
    const [stretched, iv] = [filled(32, 1), filled(16, 2)];
    const door = deriveDoor(stay.roomSalt.room, Uint8Array.from(stretched));
    const heart = await sealHeart(portableSuite, door, { ...stay.heart, ...changed }, iv);
    const ephemeral = keyPair(filled(32, 3));
    const box = await sealBox(portableSuite, stay.roomSalt, stay.voice, to, relock, stretched, ephemeral, iv);
    eve.tell({ kind: 'boxed', by: maker.id, box });
    world.all({ kind: 'relocked', by: maker.id, lock: 1, heart, staying: [1, 2, 3] });
    await world.settle();
    const what = JSON.stringify([by, ids, lock, Object.keys(changed)]);
    assert.equal(eve.lines().includes('* keyless'), !isTaken, what);
    assert.equal(eve.lines().includes(`* relocked by ${maker.alias}`), true, what);
    const { door: present } = eve.membership.stay;
    assert.equal(present.gate.public.join() === door.gate.public.join(), isTaken, what);
  }
});

test('who was left out by this member’s relock is handed nothing, whoever the daemon says has stayed', async () => {
  for (const breaks of [false, true]) {
    const { world, ada, bob, eve } = await three();
    await ada.say('hello');
    await world.settle();
    const eves = world.seatOf(eve) ?? assert.fail();
    const { id, entry, card } = eves;
    world.tamper = (to, frame, bytes) => {
      if (to.owner !== ada || !(frame.kind === 'relocked' || frame.kind === 'welcome')) return [bytes];
      const lie =
        frame.kind === 'relocked'
          ? { ...frame, staying: [...frame.staying, id] }
          : { ...frame, members: [...frame.members, { id, entry, card, away: false }] };
      ada.tell(lie);
      return [];
    };
    await ada.carryOut(await ada.membership.relock(world.now, [ada.addressee(bob.id)]));
    ada.deaf = breaks;
    await world.settle();
    if (breaks) {
      await ada.lose();
      ada.deaf = false;
      await ada.connect();
    }
    assert.ok(ada.lines().includes('* contradicted'));
    assert.equal(ada.lines().filter(line => line === '* left-out Eve by Ada').length, 1);
    const point = world.seen.length;
    await ada.say('without her');
    await world.settle();
    assert.deepEqual(
      passes(world, ada, point).map(({ to }) => to),
      [bob.id],
    );
    assert.equal(bob.lines().at(-1), 'Ada: without her');
  }
});

test('a door whose box was sent to somebody is given to the room no more once that one is out', async () => {
  const ways: Record<string, (ada: Person, eve: Person, bob: Person) => Promise<void>> = {
    'put out': (ada, { id }) => ada.kick(id, true),
    'not named any more': async (ada, _eve, bob) =>
      ada.carryOut(await ada.membership.relock(ada.world.now, [ada.addressee(bob.id)])),
    left: (_ada, eve) => eve.leave(),
    'not accepted any more': async (ada, { id }) =>
      ada.tell({ kind: 'renewed', id, card: new Uint8Array(300) }),
    there: async () => {},
  };
  for (const [how, becomes] of Object.entries(ways)) {
    const { world, ada, bob, eve } = await three();
    const { voiceKey, own, roomSalt } = eve.membership.stay;
    const [secret, party] = [Uint8Array.from(own.secret), { voice: voiceKey, public: own.public }];
    let sent: (Command & { kind: 'relock' }) | undefined;
    world.intercept = (from, _frame, command) => {
      if (command?.kind !== 'relock' || sent) return false;
      sent = command;
      world.deny(from, FRAME.relock, 'too-fast', 60_000);
      return true;
    };
    await ada.relock();
    await world.settle();
    assert.ok(sent);
    const { lock, staying } = sent;
    const { box } = staying.find(({ id }) => id === eve.id) ?? assert.fail();
    const relock = { lock: lock + 1, staying: stayingHash(staying.map(({ id }) => id)) };
    const salt = { room: roomSalt.room, salt: Uint8Array.from(roomSalt.salt) };
    const { voiceKey: by } = ada.membership.stay;
    const stretched = await openBox(portableSuite, salt as typeof roomSalt, secret, party, by, relock, box);
    const { gate } = deriveDoor(salt.room, stretched);
    await becomes(ada, eve, bob);
    await world.settle();
    await world.pass(60_000);
    assert.equal(world.room?.lock, 1, how);
    assert.equal(bob.session.invitation(), ada.session.invitation(), how);
    const isSame = gate.public.join() === ada.membership.stay.door.gate.public.join();
    assert.equal(isSame, how === 'there', how);
  }
});

test('who was put out, or whose card was refused, gives nobody a door by a welcome', async () => {
  for (const how of ['shut out', 'refused', 'heard'] as const) {
    const { world, ada, bob, eve } = await three('everyone');
    for (const person of [ada, eve]) await person.say('hello');
    await world.settle();
    const { stay } = eve.membership;
    const { voiceKey, own } = bob.membership.stay;
    const [stretched, iv] = [filled(32, 1), filled(16, 2)];
    const door = deriveDoor(stay.roomSalt.room, Uint8Array.from(stretched));
    const heart = await sealHeart(portableSuite, door, stay.heart, iv);
    const relock = { lock: 1, staying: stayingHash([1, 2, 3]) };
    const to = { voice: voiceKey, public: own.public };
    const ephemeral = keyPair(filled(32, 3));
    const box = await sealBox(portableSuite, stay.roomSalt, stay.voice, to, relock, stretched, ephemeral, iv);
    if (how === 'shut out') {
      const { voice } = stay;
      const payload = await sealAs(world, ada, bob, { kind: 'kick', voice: voice.public });
      bob.tell({ kind: 'said', from: ada.id, payload });
    }
    // Her own alias is another's now.
    if (how === 'refused') {
      const keys = keyPair(filled(32, 4));
      const shown = { alias: 'Ada', voice: stay.voiceKey, public: keys.public, n: 1 };
      const card = await sealCard(portableSuite, stay.door, stay.entry, shown, stay.voice, iv);
      bob.tell({ kind: 'renewed', id: eve.id, card });
    }
    await world.settle();
    const expected = { 'shut out': 'shut-out', refused: 'unreadable', heard: 'ready' } as const;
    assert.equal(standing(bob, eve.id), expected[how]);
    world.tamper = (to, frame, bytes) => {
      if (to.owner !== bob || frame.kind !== 'welcome') return [bytes];
      bob.tell({ ...frame, lock: 1, heart, boxed: { by: eve.id, staying: relock.staying, box } });
      return [];
    };
    await bob.lose();
    await bob.connect();
    assert.equal(bob.lines().includes('* keyless'), how !== 'heard', how);
    const { gate } = bob.membership.stay.door;
    assert.equal(gate.public.join() === door.gate.public.join(), how === 'heard', how);
  }
});
