// Breaks that outlast the seat: who comes back enters anew by itself, where the room lets it in, and loses nothing by it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KNOCK_EVERY } from '../src/session/reconnection.ts';
import { broken, isWiped, lastLines, losesSeat } from './breaks.ts';
import { type Person, three, World } from './relay.ts';

const aliases = (person: Person) => person.room.members.map(({ alias }) => alias);

/** All connections break, one after the other, and with the last seat the room is gone. */
async function roomGoes(world: World, ...people: Person[]): Promise<void> {
  for (const person of people) await losesSeat(world, person);
  assert.equal(world.room, null);
}

for (const forgets of [false, true])
  test(`who comes back after its seat is gone enters anew, and the talk goes on${forgets ? ', also if nobody knows why' : ''}`, async () => {
    const { world, ada, bob, eve } = await three();
    await ada.say('one');
    await world.settle();
    const seatBefore = bob.id;
    await losesSeat(world, bob, forgets);
    await ada.say('two');
    await eve.say('three');
    await world.settle();
    await bob.connect();
    assert.equal(bob.view.phase, 'room');
    assert.ok(bob.id > seatBefore);
    assert.equal(bob.room.you.alias, 'Bob');
    assert.equal(bob.room.broken, undefined);
    assert.deepEqual(lastLines(bob, 2), ['Ada: one', '* reentered 2']);
    assert.deepEqual(lastLines(ada, 2), ['Eve: three', '* joined Bob']);
    await ada.say('four');
    await world.settle();
    await bob.say('five');
    await world.settle();
    for (const person of [ada, bob, eve])
      assert.deepEqual(lastLines(person, 2), ['Ada: four', 'Bob: five'], person.alias);
  });

test('who enters anew is told who has come and gone, who keeps the room, and that it was locked', async () => {
  const { world, ada, bob } = await three();
  await losesSeat(world, bob);
  await ada.leave();
  await world.person('Zoe', 'enter');
  await bob.connect();
  assert.deepEqual(lastLines(bob, 4), ['* reentered', '* gone Ada', '* joined Zoe', '* keeper Eve']);
  assert.deepEqual(aliases(bob), ['Eve', 'Zoe', 'Bob']);
});

test('who was kicked meanwhile does not enter anew, and nothing of the room is kept', async () => {
  const { world, ada, bob } = await three();
  await ada.say('one');
  await world.settle();
  await bob.lose();
  await ada.kick(bob.id);
  await world.settle();
  const { stay } = bob.membership;
  await bob.connect();
  assert.deepEqual(bob.view, { phase: 'entrance', refusal: 'kicked' });
  assert.ok(isWiped(stay.door.gate.seed) && isWiped(stay.heart.password) && isWiped(stay.seat.seed));
  assert.deepEqual(aliases(ada), ['Ada', 'Eve']);
});

test('who was away when the room was stopped is told so, and nothing of the room is kept', async () => {
  const { world, ada, bob } = await three();
  await bob.lose();
  await bob.say('for nobody');
  await ada.stop();
  await world.settle();
  const { stay } = bob.membership;
  await bob.connect();
  assert.deepEqual(bob.view, { phase: 'over', ending: 'stopped-away' });
  assert.ok(isWiped(stay.door.gate.seed) && isWiped(stay.heart.password) && isWiped(stay.seat.seed));
  assert.equal(world.room, null);
});

test('what was written meanwhile is said: to all, and to who is still there under the same voice', async () => {
  const { world, ada, bob, eve } = await three();
  await losesSeat(world, bob);
  await bob.say('to all');
  await bob.whisper(ada, 'to Ada');
  await bob.whisper(eve, 'to Eve');
  await eve.leave();
  await world.settle();
  // Somebody else of that alias is not who was whispered to.
  const other = await world.person('Eve', 'enter');
  await bob.connect();
  await world.pass(1000);
  assert.ok(bob.lines().includes('Bob: to all'));
  assert.ok(bob.lines().includes('Bob whisper to Ada: to Ada (delivered)'));
  assert.ok(bob.lines().includes('Bob whisper to Eve: to Eve (failed)'));
  assert.deepEqual(lastLines(ada, 2), ['Bob: to all', 'Bob whisper: to Ada']);
  assert.deepEqual(lastLines(other, 1), ['Bob: to all']);
});

test('another alias is kept, and what another voice of one’s own said is not taken back by this one', async () => {
  const { world, ada, bob } = await three();
  await bob.say('mine');
  await world.settle();
  await bob.carryOut((await bob.membership.rename('Bert', world.now)).effects);
  await world.settle();
  await losesSeat(world, bob);
  const { key } = bob.room.lines.find(line => 'html' in line) ?? assert.fail();
  // It waits to be sent when the stay ends, and is asked for again after.
  await bob.carryOut(await bob.membership.tell(talk => talk.unsend(key, world.now), world.now));
  await bob.connect();
  await world.settle();
  assert.deepEqual(aliases(ada), ['Ada', 'Eve', 'Bert']);
  assert.match(lastLines(bob, 1).join(), /^! What you did to a message did not reach/);
  await bob.carryOut(await bob.membership.tell(talk => talk.unsend(key, world.now), world.now));
  await world.settle();
  assert.match(lastLines(bob, 1).join(), /^! You said that before you entered anew/);
  for (const person of [ada, bob]) assert.ok(person.lines().some(line => line.endsWith(': mine')));
});

test('what was under way when the seat was given up is not said a second time by itself, nor are orders', async () => {
  const { world, ada, bob } = await three('everyone');
  bob.mute = true;
  await bob.say('under way');
  await bob.say('waiting');
  await bob.kick(ada.id);
  await bob.drop();
  bob.mute = false;
  world.break(bob);
  const seat = world.room?.seats.find(({ person }) => !person);
  assert.ok(seat);
  world.giveUp(seat);
  await bob.connect();
  assert.deepEqual(lastLines(ada, 1), ['Bob: waiting']);
  assert.ok(bob.lines().includes('Bob: under way (unsure)'));
  const { key } = bob.room.lines.find(line => 'state' in line && line.state === 'unsure') ?? assert.fail();
  await bob.carryOut(await bob.membership.tell(talk => talk.sayAgain(key, world.now), world.now));
  await world.settle();
  assert.deepEqual(lastLines(ada, 1), ['Bob: under way']);
  assert.equal(ada.view.phase, 'room');
  assert.ok(bob.lines().some(line => line.startsWith('! Your place was given up meanwhile')));
});

test('a reaction that may have arrived before the seat was given up is told as such, and not repeated', async () => {
  const { world, ada, bob } = await three();
  await ada.say('one');
  await world.settle();
  const { key } = bob.room.lines.find(line => 'html' in line) ?? assert.fail();
  await bob.carryOut(await bob.membership.tell(talk => talk.react(key, '👍', world.now), world.now));
  bob.deaf = true;
  await world.settle();
  bob.deaf = false;
  await losesSeat(world, bob);
  await bob.connect();
  await world.settle();
  assert.match(bob.lines().join('\n'), /^! Perhaps what you did to a message did not reach the others/m);
  const reactions = ada.room.lines.flatMap(line => ('html' in line ? (line.reactions ?? []) : []));
  assert.deepEqual(
    reactions.map(({ by }) => by.length),
    [1],
  );
});

test('a whisper that may have arrived before the seat was given up is not whispered again by itself', async () => {
  const { world, ada, bob } = await three();
  await bob.whisper(ada, 'psst');
  bob.deaf = true;
  await world.settle();
  bob.deaf = false;
  await losesSeat(world, bob);
  await bob.connect();
  await world.pass(2000);
  assert.equal(ada.lines().filter(line => line.includes('psst')).length, 1);
  assert.ok(bob.lines().includes('Bob whisper to Ada: psst (unsure)'));
});

test('another alias, and a lock, that waited when the seat was given up are not had, and that is told', async () => {
  for (const doing of [
    async (bob: Person) => bob.carryOut((await bob.membership.rename('Bert', bob.world.now)).effects),
    (bob: Person) => bob.lock(true),
  ]) {
    const { world, bob } = await three('everyone');
    await bob.lose();
    await doing(bob);
    world.giveUp(world.room?.seats.find(({ person }) => !person) ?? assert.fail());
    await bob.connect();
    assert.equal(bob.room.you.alias, 'Bob');
    assert.equal(bob.room.locked, false);
    assert.ok(bob.lines().some(line => line.startsWith('! Your place was given up meanwhile')));
  }
});

test('who has chosen not to tell that it is typing does not after entering anew either', async () => {
  const { world, bob } = await three();
  bob.membership.tellTyping(false);
  await losesSeat(world, bob);
  await bob.connect();
  assert.equal(bob.room.tellsTyping, false);
});

test('a lock that was asked for when the line broke is asked for again with the same seat', async () => {
  const { world, ada } = await three();
  ada.mute = true;
  await ada.lock(true);
  await ada.lose();
  ada.mute = false;
  await ada.connect();
  await world.settle();
  assert.equal(ada.room.locked, true);
});

test('a room that is gone is not opened again by itself, but by a press, with its key, password and rule', async () => {
  const { world, ada, bob, eve } = await three('everyone');
  await ada.say('one');
  await world.settle();
  const invitation = ada.session.invitation();
  await roomGoes(world, bob, ada, eve);
  // The last one is told that the room is gone, the others that they are late.
  await eve.connect();
  assert.equal(broken(eve).obstacle, 'room-gone');
  await bob.connect();
  await bob.say('for those who were there');
  assert.equal(broken(bob).obstacle, 'no-entry');
  assert.deepEqual([eve.isConnected, bob.isConnected], [false, false]);
  assert.equal(world.room, null);
  await eve.say('anybody?');
  await eve.retry('open');
  assert.equal(eve.view.phase, 'room');
  assert.ok(eve.lines().includes('Ada: one'));
  assert.deepEqual(lastLines(eve, 2), ['Eve: anybody? (failed)', '* reopened Eve']);
  assert.equal(eve.session.invitation(), invitation);
  assert.deepEqual([eve.room.moderator, eve.room.you.keeper], [true, true]);
  // Bob opens it too, finds it open, and enters.
  await bob.retry('open');
  assert.equal(bob.view.phase, 'room');
  assert.deepEqual(lastLines(bob, 1), ['* another-room Eve']);
  assert.equal(bob.room.moderator, true);
  // Another could have opened it: words for one room are not said in another.
  assert.ok(bob.lines().includes('Bob: for those who were there (failed)'));
  assert.ok(!eve.lines().some(line => line.includes('for those who were there')));
  await bob.say('two');
  await world.settle();
  for (const person of [bob, eve]) assert.deepEqual(lastLines(person, 1), ['Bob: two']);
});

test('in another room nobody is taken for who had the same number before', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.whisper(bob, 'psst');
  await world.settle();
  const before = bob.room.lines.findLast(line => line.kind === 'whisper');
  assert.ok(before?.kind === 'whisper');
  await roomGoes(world, bob, ada, eve);
  await bob.connect();
  await bob.whisper({ id: before.from.id }, 'to Ada alone');
  // Eve has Ada's number now.
  await eve.connect();
  await eve.retry('open');
  assert.equal(eve.id, before.from.id);
  await bob.retry('enter');
  assert.equal(bob.view.phase, 'room');
  await world.pass(1000);
  assert.ok(!eve.lines().some(line => line.includes('to Ada alone')));
  assert.ok(bob.lines().includes('Bob whisper to Ada: to Ada alone (failed)'));
  const after = bob.room.lines.findLast(line => line.kind === 'whisper' && !line.to);
  assert.ok(after?.kind === 'whisper' && !bob.room.members.some(({ id }) => id === after.from.id));
});

test('where the room was given another password, the invitation is no longer good', async () => {
  const { world, ada, bob } = await three();
  await losesSeat(world, bob);
  await ada.relock();
  await world.settle();
  await bob.connect();
  assert.equal(broken(bob).obstacle, 'no-entry');
  await bob.retry('open');
  assert.equal(broken(bob).obstacle, 'another-password');
  assert.equal(bob.isConnected, false);
  assert.deepEqual(aliases(ada), ['Ada', 'Eve']);
});

test('at a locked room one knocks again after a while, and is in when it is unlocked', async () => {
  const { world, ada, bob } = await three();
  await ada.lock(true);
  await world.settle();
  await losesSeat(world, bob);
  await bob.connect();
  assert.equal(broken(bob).obstacle, 'locked');
  assert.equal(bob.reconnects.at(-1), KNOCK_EVERY);
  await ada.lock(false);
  await world.settle();
  await bob.connect();
  assert.deepEqual([bob.view.phase, lastLines(bob, 1)], ['room', ['* unlocked']]);
});

test('an alias that somebody else has taken is told, and waited for', async () => {
  const { world, ada, bob } = await three();
  await losesSeat(world, bob);
  const other = await world.person('Bob', 'enter');
  await bob.connect();
  assert.equal(broken(bob).obstacle, 'alias-in-use');
  await other.leave();
  await world.settle();
  await bob.connect();
  assert.equal(bob.view.phase, 'room');
  assert.deepEqual(aliases(ada), ['Ada', 'Eve', 'Bob']);
});

for (const [why, effect] of [
  ['needs-code', 'stops'],
  ['not-from-here', 'stops'],
  ['draining', 'stops'],
  ['full', 'waits'],
] as const)
  test(`who can’t open or enter the room again is told why: ${why}`, async () => {
    const world = new World();
    const ada = await world.person('Ada', 'open');
    await losesSeat(world, ada);
    await ada.connect();
    assert.equal(broken(ada).obstacle, 'room-gone');
    world.intercept = from => {
      world.refuse(from, why);
      return true;
    };
    const tries = ada.reconnects.length;
    await ada.retry('open');
    assert.equal(broken(ada).obstacle, why);
    assert.equal(broken(ada).isTried, effect === 'waits');
    assert.equal(ada.reconnects.length, effect === 'waits' ? tries + 1 : tries);
    // The end of a connection that was refused for good leads to no other.
    await ada.carryOut(ada.session.lost(world.now));
    assert.equal(ada.reconnects.length, effect === 'waits' ? tries + 2 : tries);
  });

test('a daemon that contradicts itself is not asked without an end', async () => {
  for (const why of ['taken', 'grace-over', 'room-gone', 'kicked', 'malformed', 'stopped'] as const) {
    const { world, bob } = await three();
    await losesSeat(world, bob);
    world.intercept = (from, frame) => {
      if (frame.kind !== 'enter') return false;
      world.refuse(from, why);
      return true;
    };
    await bob.connect();
    assert.deepEqual(bob.view, { phase: 'entrance', refusal: why });
  }
});

test('after a crash one is a second of its alias until the old seat is given up', async () => {
  const { world, ada, bob } = await three();
  world.break(bob);
  await world.settle();
  const again = await world.person('Bob', 'enter');
  const called = (by: Person) => by.room.members.map(({ alias, ordinal }) => `${alias} ${ordinal ?? ''}`);
  for (const person of [ada, again]) assert.deepEqual(called(person), ['Ada ', 'Bob 1', 'Eve ', 'Bob 2']);
  const old = world.room?.seats.find(({ person }) => !person);
  assert.ok(old);
  world.giveUp(old);
  await world.settle();
  for (const person of [ada, again]) assert.deepEqual(called(person), ['Ada ', 'Eve ', 'Bob ']);
});

test('a busy daemon is asked again after the time that it names', async () => {
  const { world, bob } = await three();
  await losesSeat(world, bob);
  world.intercept = (from, frame) => {
    if (frame.kind !== 'enter') return false;
    world.refuse(from, 'busy', 4000);
    return true;
  };
  await bob.connect();
  assert.deepEqual([broken(bob).obstacle, bob.reconnects.at(-1)], [undefined, 4000]);
  world.intercept = () => false;
  await bob.connect();
  assert.equal(bob.view.phase, 'room');
});

test('the code that was given at the entrance opens the room again', async () => {
  const world = new World();
  const ada = await world.person('Ada', 'open', { code: 'SESAME' });
  await losesSeat(world, ada);
  await ada.connect();
  await ada.retry('open');
  const codes = world.seen.map(({ frame }) => (frame.kind === 'create' ? frame.code : undefined));
  assert.deepEqual(
    codes.filter(code => code !== undefined).map(code => new TextDecoder().decode(code)),
    ['SESAME', 'SESAME'],
  );
});
