// A daemon that shows members different rooms, or somebody who is not among them: it is told at the first word that
// crosses, and nobody is handed a chain who stands in no list.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deriveDoor } from '../src/seal/door.ts';
import { openPassed, sealPassed } from '../src/seal/pair.ts';
import { portableSuite } from '../src/seal/portable.ts';
import type { DaemonFrame } from '../src/wire.ts';
import { door, ENTRY, keysOf, pairOf, passes, payloads, room, saltOf, sealAs, strange } from './keys.ts';
import { type Person, three, World } from './relay.ts';

type Welcome = DaemonFrame & { kind: 'welcome' };

const IV = new Uint8Array(16).fill(3);

const member = (of: Person, id: number) => of.room.members.find(each => each.id === id);

const differing = (of: Person, other: Person) => of.lines().includes(`* differs ${other.alias}`);

/** To whom somebody passed something since a point. */
const toWhom = (world: World, from: Person, since: number) => passes(world, from, since).map(({ to }) => to);

/** The next `welcome` is told otherwise. */
function welcomedWith(world: World, spoil: (frame: Welcome) => Partial<Welcome>): void {
  world.tamper = (to, frame, bytes) => {
    if (frame.kind !== 'welcome') return [bytes];
    world.tamper = (_to, _frame, bytes) => [bytes];
    (to.owner as Person).tell({ ...frame, ...spoil(frame) });
    return [];
  };
}

test('a card that is made without the password is taken of nobody, and handed nothing', async () => {
  const { world, ada, bob, eve } = await three();
  const card = await strange('Mallory', deriveDoor(room, new Uint8Array(32).fill(7)));
  bob.tell({ kind: 'joined', id: 60, entry: ENTRY, card });
  await world.settle();
  assert.notEqual(member(bob, 60)?.standing, 'ready');
  const point = world.seen.length;
  await bob.say('to whom I know');
  await world.settle();
  assert.deepEqual(toWhom(world, bob, point), [ada.id, eve.id]);
});

test('a member that the daemon adds stands in the list before it is handed a chain, and is not verified', async () => {
  const { world, ada, bob, eve } = await three();
  for (const { id } of [ada, eve]) bob.membership.verify(bob.addressee(id), true);
  assert.equal(bob.room.verified, true);
  const point = world.seen.length;
  bob.tell({ kind: 'joined', id: 60, entry: ENTRY, card: await strange('Mallory') });
  // Nor is anything handed to who asks for it and is not there.
  bob.tell({ kind: 'passed', from: 99, passed: new Uint8Array(192) });
  await world.settle();
  assert.deepEqual([bob.lines().includes('* joined Eve, Mallory'), bob.room.verified], [true, false]);
  assert.equal(member(bob, 60)?.standing, 'ready');
  assert.deepEqual(toWhom(world, bob, point), []);
  await bob.say('hello');
  await world.settle();
  assert.deepEqual(toWhom(world, bob, point), [ada.id, eve.id, 60]);
});

test('a newcomer who is shown another room is told so by the first word, and so are the others', async () => {
  const lies: Record<string, (frame: Welcome) => Partial<Welcome>> = {
    none: () => ({}),
    keeper: ({ members }) => ({ keeper: members[1]?.id ?? 0 }),
    locked: () => ({ locked: true }),
    lock: ({ lock }) => ({ lock: lock + 1 }),
    order: () => ({ order: new Uint8Array(32) }),
    hidden: ({ members }) => ({ members: members.filter((_, at) => at !== 1) }),
    away: ({ members }) => ({ members: members.map((each, at) => ({ ...each, away: at === 1 })) }),
    count: ({ count }) => ({ count: count + 5 }),
  };
  for (const [lie, spoil] of Object.entries(lies)) {
    const { world, ada } = await three();
    welcomedWith(world, spoil);
    const zoe = await world.person('Zoe', 'enter');
    await ada.say('welcome');
    await world.settle();
    assert.equal(differing(zoe, ada), lie !== 'none', lie);
    await zoe.say('hello');
    await world.settle();
    assert.equal(differing(ada, zoe), lie !== 'none', lie);
  }
});

test('who comes back and is given a count that is too high is told by the second word, and the others by its next', async () => {
  for (const more of [0, 5]) {
    const { world, ada, bob } = await three();
    await bob.lose();
    welcomedWith(world, ({ count }) => ({ count: count + more }));
    await bob.connect();
    for (const [text, isTold] of [
      ['one', false],
      ['two', more > 0],
    ] as const) {
      await ada.say(text);
      await world.settle();
      assert.deepEqual([bob.lines().at(-1), differing(bob, ada)], [`Ada: ${text}`, isTold], `${more} more`);
    }
    await bob.say('hello');
    await world.settle();
    assert.equal(differing(ada, bob), more > 0);
  }
});

test('who says less than it has said to have seen is told to differ', async () => {
  for (const back of [0, 1]) {
    const { world, ada, bob, eve } = await three();
    const before = eve.membership.parts.order.sight();
    await ada.lock(true);
    await world.settle();
    const after = eve.membership.parts.order.sight();
    await eve.say('I have seen the lock');
    await world.settle();
    const body = { kind: 'message', at: world.now, timer: 0, text: 'and now I have not' } as const;
    const payload = await sealAs(world, eve, bob, body, { sight: back ? before : after });
    world.all({ kind: 'said', from: eve.id, payload });
    await world.settle();
    assert.deepEqual([bob.lines().at(-1), differing(bob, eve)], ['Eve: and now I have not', back > 0]);
  }
});

test('a word that was under way when its reader came back tells of no difference', async () => {
  for (const isNewcomer of [false, true]) {
    const { world, ada, bob, eve } = await three();
    await ada.say('before');
    await eve.leave();
    await world.settle();
    await bob.drop();
    const speaker = isNewcomer ? await world.person('Zoe', 'enter') : ada;
    bob.open();
    await bob.hearOne();
    await bob.sendOne();
    // The speaker has not heard that Bob is back: its chain is of a new generation, and reaches him.
    speaker.deaf = true;
    await speaker.say('crosses');
    await world.settle();
    speaker.deaf = false;
    await world.settle();
    const told = [bob.lines().at(-1), differing(bob, speaker)];
    assert.deepEqual(told, [`${speaker.alias}: crosses`, false]);
  }
});

test('a newcomer who is shown a member that has gone is told by the first word', async () => {
  const { world, ada, eve } = await three();
  const { id } = eve;
  const seat = world.seatOf(eve);
  assert.ok(seat);
  await eve.leave();
  await world.settle();
  const gone = { id, entry: seat.entry, card: seat.card, away: false };
  welcomedWith(world, ({ members }) => ({ members: members.toSpliced(2, 0, gone) }));
  const zoe = await world.person('Zoe', 'enter');
  assert.equal(member(zoe, id)?.standing, 'ready', 'nothing tells yet');
  await ada.say('welcome');
  await world.settle();
  assert.ok(differing(zoe, ada));
});

test('a chain counts as that of who handed it over, and as nobody else’s', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.say('mine');
  await world.settle();
  const chain = eve.membership.parts.roster.of(ada.id)?.heard.chain;
  assert.ok(chain);
  const { sending } = await pairOf(world, await keysOf(world, eve), await keysOf(world, bob));
  const salt = await saltOf(world);
  // At the place of Ada's: a key of Eve's own, and Ada's.
  for (const [key, text] of [
    [new Uint8Array(32).fill(5), 'mine, too'],
    [Uint8Array.from(chain.key), 'still mine'],
  ] as const) {
    const passed = await sealPassed(portableSuite, salt, sending, { kind: 'chain', ...chain, key }, IV);
    bob.tell({ kind: 'passed', from: eve.id, passed });
    await ada.say(text);
    await world.settle();
    assert.equal(bob.lines().at(-1), `Ada: ${text}`);
  }
  bob.tell({ kind: 'said', from: eve.id, payload: Uint8Array.from(payloads(world, ada).at(-1) ?? []) });
  await world.settle();
  assert.equal(bob.lines().at(-1), '* unreadable Eve');
});

test('a tick is of a voice: it outlives a renewal, and not who has left', async () => {
  const { world, ada, bob, eve } = await three();
  for (const { id } of [ada, eve]) bob.membership.verify(bob.addressee(id), true);
  await eve.lose();
  await eve.connect();
  assert.deepEqual([eve.membership.stay.own.n, bob.room.verified], [1, true]);
  const before = member(bob, eve.id)?.number;
  await eve.leave();
  const again = await world.person('Eve', 'enter');
  assert.notEqual(member(bob, again.id)?.number, before);
  assert.deepEqual([member(bob, again.id)?.verified, bob.room.verified], [false, false]);
  // Nor does one's id bear another voice.
  bob.membership.verify(bob.addressee(again.id), true);
  const entry = world.seatOf(ada)?.entry;
  bob.tell({ kind: 'renewed', id: ada.id, card: await strange('Ada', door, entry) });
  await world.settle();
  assert.deepEqual([member(bob, ada.id)?.standing, bob.room.verified], ['unreadable', false]);
});

test('a card that the daemon has exchanged has another number than its owner reads aloud', async () => {
  const { world, ada, bob } = await three();
  const card = await strange('Zoe');
  world.tamper = (to, frame, bytes) => {
    if (frame.kind !== 'joined' || to.owner !== bob) return [bytes];
    bob.tell({ ...frame, entry: ENTRY, card });
    return [];
  };
  const zoe = await world.person('Zoe', 'enter');
  assert.equal(member(ada, zoe.id)?.number, zoe.room.you.number);
  assert.equal(member(bob, zoe.id)?.standing, 'ready');
  assert.notEqual(member(bob, zoe.id)?.number, zoe.room.you.number);
});

test('who seizes the device of who spoke opens nothing that it passed before its last renewal', async () => {
  const { world, ada, bob } = await three();
  await ada.say('before');
  await ada.whisper(bob, 'before');
  await world.settle();
  const before = passes(world, ada).filter(({ to }) => to === bob.id);
  assert.equal(before.length, 2);
  await world.pass(16 * 60_000);
  const { stay, parts } = ada.membership;
  const peer = parts.roster.of(bob.id);
  assert.ok(stay.own.n > 0 && peer?.shown && stay.formerOwn.length === 0);
  // All that is left: the present pair, and what is kept of the other's.
  const sending = peer.pair.sending(stay, peer.shown);
  for (const { passed } of before) {
    await assert.rejects(openPassed(portableSuite, stay.roomSalt, sending, Uint8Array.from(passed)));
    await assert.rejects(peer.pair.open(stay, peer.shown, Uint8Array.from(passed), world.now));
  }
});

test('however many whispers arrive, each sender gets a receipt a second and no more', async () => {
  const { world, ada, bob } = await three();
  const receipts = () => passes(world, bob).filter(({ to }) => to === ada.id).length;
  for (let count = 0; count < 20; count++) await ada.whisper(bob, `${count}`);
  await world.settle();
  const first = receipts();
  assert.ok(first <= 1, `${first}`);
  await world.pass(999);
  const second = receipts();
  assert.ok(second <= 1, `${second}`);
  await world.pass(1);
  assert.ok(receipts() >= 1 && receipts() <= 2);
});
