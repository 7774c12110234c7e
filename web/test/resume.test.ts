// Broken connections and a daemon that asks for patience: what is sent again, to whom, and read how often.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WHISPER_DENIED_MOST } from '../src/session/send-queue.ts';
import { type ClientFrame, FRAME, FRAME_LEAST } from '../src/wire.ts';
import { passes } from './keys.ts';
import { type Person, three, World } from './relay.ts';

const said = (person: Person) => person.lines().filter(line => !line.startsWith('*'));

/** Whom frames of a kind went to since a point. */
const passedTo = (world: World, since: number) =>
  world.seen
    .slice(since)
    .flatMap(({ frame }) => (frame.kind === 'pass' ? frame.passes.map(({ to }) => to) : []));

test('a broken connection takes its seat again and says how much was missed', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.say('one');
  await world.settle();
  await bob.lose();
  assert.equal(bob.view.phase, 'reconnecting');
  assert.deepEqual(bob.reconnects, [0]);
  await world.settle();
  assert.equal(ada.room.members[1]?.away, true);
  await ada.say('two');
  await eve.say('three');
  await world.settle();
  await bob.connect();
  assert.equal(bob.view.phase, 'room');
  assert.deepEqual(bob.lines().slice(-2), ['Ada: one', '* missed 2']);
  // Messages said meanwhile are not told of twice.
  await ada.say('four');
  await world.settle();
  assert.deepEqual(bob.lines().slice(-2), ['* missed 2', 'Ada: four']);
  assert.deepEqual(
    ada.lines().filter(line => line.includes('Bob')),
    ['* joined Bob, Eve', '* away Bob', '* back Bob'],
  );
});

test('who takes its seat again before anybody missed it was not away', async () => {
  const { world, ada, bob } = await three();
  await ada.say('one');
  await world.settle();
  // As if its connection had died without a sign: the seat is taken over by another one.
  await bob.drop();
  await bob.connect();
  assert.ok(!ada.lines().some(line => line.includes('back')));
  await ada.say('two');
  await world.settle();
  assert.equal(said(bob).at(-1), 'Ada: two');
});

test('who is away is not handed the chain, and is before the next message once back', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.say('one');
  await world.settle();
  await bob.lose();
  await world.settle();
  let point = world.seen.length;
  await ada.say('two');
  await world.settle();
  assert.deepEqual(passedTo(world, point), []);
  await bob.connect();
  point = world.seen.length;
  await ada.say('three');
  await world.settle();
  assert.deepEqual(passedTo(world, point), [bob.id]);
  assert.equal(said(bob).at(-1), 'Ada: three');
  assert.equal(said(eve).length, 3);
});

test('who took its seat again hands its chain to all once more, and they read on', async () => {
  const { world, ada, bob, eve } = await three();
  await bob.say('one');
  await world.settle();
  await bob.lose();
  await bob.connect();
  const point = world.seen.length;
  await bob.say('two');
  await world.settle();
  assert.deepEqual(passedTo(world, point), [ada.id, eve.id]);
  assert.deepEqual(said(eve), ['Bob: one', 'Bob: two']);
});

test('who loses the connection for good and who closes the page are told apart', async () => {
  const { world, ada, bob, eve } = await three();
  await bob.lose();
  await world.settle();
  for (const { id } of [bob, eve]) ada.tell({ kind: 'left', id, how: 'gone' });
  await world.settle();
  assert.deepEqual(ada.lines().slice(-2), ['* gone Bob', '* exit Eve']);
});

test('what changed while away becomes lines, and a departure a new generation', async () => {
  const { world, ada, bob, eve } = await three();
  await bob.say('one');
  await world.settle();
  await bob.lose();
  await world.settle();
  await ada.lock(true);
  await world.settle();
  await ada.leave();
  await world.settle();
  await bob.connect();
  assert.deepEqual(bob.lines().slice(-3), ['* exit Ada', '* keeper Eve', '* locked']);
  assert.deepEqual(
    bob.room.members.map(({ alias, keeper }) => [alias, keeper]),
    [
      ['Bob', false],
      ['Eve', true],
    ],
  );
  await bob.say('two');
  await world.settle();
  const last = world.seen.findLast(({ frame }) => frame.kind === 'say')?.frame;
  assert.ok(last?.kind === 'say');
  assert.equal(last.payload[3], 1);
  assert.equal(said(eve).at(-1), 'Bob: two');
});

test('what is typed while reconnecting waits and is said then', async () => {
  const { ada, bob } = await three();
  await bob.lose();
  assert.equal(await bob.say('wait for it'), true);
  assert.equal(bob.lines().at(-1), 'Bob: wait for it (sending)');
  await bob.connect();
  assert.equal(said(ada).at(-1), 'Bob: wait for it');
  assert.equal(said(bob).at(-1), 'Bob: wait for it');
});

test('a message that broke off before the daemon had it is sent again', async () => {
  const { world, ada, bob } = await three();
  await bob.say('one');
  await bob.lose();
  await bob.connect();
  assert.deepEqual(said(ada), ['Bob: one']);
  assert.deepEqual(said(bob), ['Bob: one']);
  assert.equal(world.room?.said, 1);
});

test('a message whose echo was lost is sent again and read once', async () => {
  const { world, ada, bob, eve } = await three();
  await bob.say('one');
  bob.deaf = true;
  await world.settle();
  assert.deepEqual(said(ada), ['Bob: one']);
  await bob.lose();
  bob.deaf = false;
  await bob.connect();
  assert.equal(world.room?.said, 2);
  for (const person of [ada, bob, eve]) assert.deepEqual(said(person), ['Bob: one'], person.alias);
  await bob.say('two');
  await world.settle();
  for (const person of [ada, bob, eve])
    assert.deepEqual(said(person), ['Bob: one', 'Bob: two'], person.alias);
  assert.ok(!ada.lines().some(line => line.includes('unreadable')));
});

test('a message whose echo was lost while somebody left is sent again, and read once', async () => {
  const { world, ada, bob, eve } = await three();
  await bob.say('one');
  bob.deaf = true;
  await world.settle();
  await bob.lose();
  bob.deaf = false;
  await eve.leave();
  await world.settle();
  await bob.connect();
  for (const person of [ada, bob]) assert.deepEqual(said(person), ['Bob: one'], person.alias);
  await bob.say('two');
  await world.settle();
  for (const person of [ada, bob]) assert.deepEqual(said(person), ['Bob: one', 'Bob: two'], person.alias);
});

test('a whisper that broke off is sent again and heard once', async () => {
  const { world, ada, bob } = await three();
  await bob.whisper(ada, 'psst');
  await world.settle();
  await bob.lose();
  await bob.connect();
  await world.pass(1000);
  assert.deepEqual(said(ada), ['Bob whisper: psst']);
  assert.deepEqual(said(bob), ['Bob whisper to Ada: psst (delivered)']);
});

test('a connection that echoes nothing for too long is given up and made again', async () => {
  const { world, ada, bob } = await three();
  bob.mute = true;
  await bob.say('hello?');
  await world.pass(14_999);
  assert.equal(bob.view.phase, 'room');
  await world.pass(1);
  assert.equal(bob.view.phase, 'reconnecting');
  bob.mute = false;
  await bob.lose();
  await bob.connect();
  assert.deepEqual(said(ada), ['Bob: hello?']);
});

test('who was too slow takes its seat again', async () => {
  const { world, ada, bob } = await three();
  bob.tell({ kind: 'over', end: 'too-slow', by: null });
  await world.settle();
  assert.equal(bob.view.phase, 'reconnecting');
  await bob.lose();
  await bob.connect();
  assert.equal(bob.view.phase, 'room');
  assert.equal(ada.room.members[1]?.away, false);
});

test('a daemon too busy to resume is asked again, after the time that it names', async () => {
  const { world, bob } = await three();
  await bob.lose();
  world.intercept = from => {
    world.refuse(from, 'busy', 4000);
    return true;
  };
  await bob.connect();
  assert.deepEqual([bob.view.phase, bob.reconnects], ['reconnecting', [0, 4000]]);
  world.intercept = () => false;
  await bob.connect();
  assert.equal(bob.view.phase, 'room');
});

const seconds = async (world: World, count: number): Promise<void> => {
  for (let passed = 0; passed < count; passed++) await world.pass(1000);
};

/** Denies the frames of a kind as too fast, as often as is said. */
function denyTooFast(world: World, kind: keyof typeof FRAME, times: number) {
  const denied: ClientFrame[] = [];
  world.intercept = (from, frame, command) => {
    if ((command ?? frame).kind !== kind || denied.length >= times) return false;
    denied.push(frame);
    world.deny(from, FRAME[kind], 'too-fast', 400);
    return true;
  };
  return denied;
}

test('a message that was too fast is sent again in its turn, after the time that the daemon names', async () => {
  const { world, ada, bob, eve } = await three();
  denyTooFast(world, 'say', 2);
  for (const text of ['one', 'two', 'three']) await ada.say(text);
  await world.settle();
  assert.deepEqual(said(bob), []);
  await world.pass(399);
  assert.equal(world.seen.filter(({ frame }) => frame.kind === 'say').length, 1);
  await world.pass(1);
  assert.deepEqual(said(bob), []);
  await world.pass(400);
  for (const person of [ada, bob, eve])
    assert.deepEqual(said(person), ['Ada: one', 'Ada: two', 'Ada: three']);
});

test('chains that were too fast, and the message with them, are sent again, and it is read once by all', async () => {
  const { world, ada, bob, eve } = await three();
  const denied = new Set<string>();
  world.intercept = (from, frame) => {
    if (denied.has(frame.kind) || (frame.kind !== 'pass' && frame.kind !== 'say')) return false;
    denied.add(frame.kind);
    world.deny(from, FRAME[frame.kind], 'too-fast', 400);
    return true;
  };
  await ada.say('one');
  await world.settle();
  assert.ok(!said(bob).includes('Ada: one'));
  await world.pass(400);
  for (const person of [ada, bob, eve]) assert.deepEqual(said(person), ['Ada: one'], person.alias);
  await ada.say('two');
  await world.settle();
  for (const person of [ada, bob, eve]) assert.deepEqual(said(person).at(-1), 'Ada: two', person.alias);
});

test('who takes no passes keeps nobody from speaking to the others, however often they are denied', async () => {
  const { world, ada, bob, eve } = await three();
  world.full.add(eve.id);
  for (const text of ['one', 'two', 'three']) await ada.say(text);
  await seconds(world, 5);
  for (const person of [ada, bob]) assert.deepEqual(said(person), ['Ada: one', 'Ada: two', 'Ada: three']);
  assert.equal(world.room?.said, 3, 'each once');
  assert.ok(eve.lines().some(line => line.startsWith('* unreadable Ada')));
  // Nobody is handed the chain who has it already.
  const zoe = await world.person('Zoe', 'enter');
  world.full.clear();
  await ada.say('four');
  await world.settle();
  world.full.add(zoe.id);
  await zoe.lose();
  await zoe.connect();
  const point = world.seen.length;
  for (const text of ['five', 'six']) await ada.say(text);
  await seconds(world, 2);
  assert.deepEqual(new Set(passes(world, ada, point).map(({ to }) => to)), new Set([zoe.id]));
  assert.equal(said(eve).at(-1), 'Ada: six');
});

test('a whisper to who takes no passes fails, and what waits behind it is said', async () => {
  const { world, ada, bob, eve } = await three();
  world.full.add(eve.id);
  await ada.whisper(eve, 'are you there?');
  await ada.say('and you?');
  await world.settle();
  await seconds(world, WHISPER_DENIED_MOST - 2);
  await world.pass(999);
  assert.equal(said(ada)[0], 'Ada whisper to Eve: are you there? (sending)');
  await world.pass(1);
  assert.equal(said(ada)[0], 'Ada whisper to Eve: are you there? (failed)');
  await world.pass(1000);
  assert.deepEqual(said(bob), ['Ada: and you?']);
});

test('in a full room, some of whom take no passes, a message goes out all the same', async () => {
  const world = new World();
  world.largestFrame = FRAME_LEAST;
  const ada = await world.person('Ada', 'open');
  for (let index = 0; index < 20; index++) await world.person(`B${index}`, 'enter');
  const full = world.people.filter((_, index) => index > 0 && index % 3 === 0);
  for (const { id } of full) world.full.add(id);
  await ada.say('all of you');
  await seconds(world, 20);
  for (const person of world.people)
    assert.equal(said(person).includes('Ada: all of you'), !full.includes(person), person.alias);
  await ada.say('again');
  await seconds(world, 20);
  for (const person of world.people)
    assert.equal(said(person).includes('Ada: again'), !full.includes(person), person.alias);
});

test('in a room so full that chains are always too many at once, they go one frame at a time', async () => {
  const world = new World();
  world.largestFrame = FRAME_LEAST;
  const ada = await world.person('Ada', 'open');
  for (let index = 0; index < 20; index++) await world.person(`B${index}`, 'enter');
  // One frame in 400 ms: what comes sooner is denied.
  let next = 0;
  world.intercept = (from, frame, command) => {
    if (world.now >= next) {
      next = world.now + 400;
      return false;
    }
    world.deny(from, FRAME[(command ?? frame).kind], 'too-fast', next - world.now);
    return true;
  };
  await ada.say('all of you');
  await world.settle();
  for (let waited = 0; waited < 20; waited++) await world.pass(400);
  for (const person of world.people) assert.equal(said(person).at(-1), 'Ada: all of you', person.alias);
});

test('a whisper that was too fast is sent again', async () => {
  const { world, ada, bob } = await three();
  denyTooFast(world, 'pass', 1);
  await ada.whisper(bob, 'psst');
  await world.settle();
  await world.pass(400);
  assert.deepEqual(said(bob), ['Ada whisper: psst']);
  await world.pass(1000);
  assert.deepEqual(said(ada), ['Ada whisper to Bob: psst (delivered)']);
});

test('an order that was too fast is given again', async () => {
  const { world, ada, eve } = await three();
  const denied = denyTooFast(world, 'kick', 1);
  await ada.kick(eve.id);
  await world.settle();
  assert.equal(denied.length, 1);
  assert.equal(eve.view.phase, 'room');
  await world.pass(400);
  assert.deepEqual(eve.view, { phase: 'over', ending: 'kicked', by: 'Ada' });
});

test('a message that the daemon denies without a reason is sent again under its counter, and read once', async () => {
  const { world, ada, bob } = await three();
  let denied = false;
  world.intercept = (from, frame) => {
    if (frame.kind !== 'say' || denied) return false;
    denied = true;
    world.deny(from, FRAME.say, 'not-yours');
    return true;
  };
  await ada.say('one');
  await ada.say('two');
  await world.settle();
  await world.pass(1000);
  for (const person of [ada, bob]) assert.deepEqual(said(person), ['Ada: one', 'Ada: two']);
});

test('leaving while reconnecting needs no daemon', async () => {
  const { bob } = await three();
  await bob.lose();
  await bob.leave('bye');
  assert.deepEqual(bob.view, { phase: 'over', ending: 'left' });
});
