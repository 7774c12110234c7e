// What is kept during a break, for how long, and what a daemon can make of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sealCard } from '../src/seal/card.ts';
import { keyPair } from '../src/seal/curves.ts';
import { portableSuite } from '../src/seal/portable.ts';
import { publicKey, signingKey } from '../src/seal/signature.ts';
import { KNOCK_EVERY, RETURN_WITHIN } from '../src/session/reconnection.ts';
import { encodeDaemonFrame } from '../src/wire.ts';
import { broken, isWiped, lastLines, losesSeat } from './breaks.ts';
import { standing, three } from './relay.ts';
import { draw } from './stays.ts';

test('all is wiped half an hour after the break, and not before', async () => {
  for (const left of [1, 0, -1]) {
    const { world, bob } = await three();
    await bob.say('one');
    await world.settle();
    await bob.lose();
    const { stay } = bob.membership;
    const { until } = broken(bob);
    assert.equal(until, world.now + RETURN_WITHIN);
    world.now = until - left;
    await bob.wake();
    const secrets = [
      ...[stay.door.gate.seed, stay.door.cardKey, stay.door.aliasKey, stay.heart.password],
      ...[stay.heart.secret, stay.seat.seed, stay.voice.seed, stay.own.secret],
    ];
    const isKept = left > 0;
    for (const secret of secrets) assert.equal(isWiped(secret), !isKept);
    assert.equal(bob.session.invitation() !== '', isKept);
    if (isKept) assert.ok(bob.lines().includes('Bob: one'));
    else assert.deepEqual(bob.view, { phase: 'entrance', refusal: 'break-over' });
  }
});

test('after half an hour nothing comes back, whatever comes first: a frame, a loss or a press', async () => {
  for (const comes of ['frame', 'loss', 'press'] as const) {
    const { world, bob } = await three();
    await bob.lose();
    bob.open();
    world.now = broken(bob).until;
    if (comes === 'frame') await bob.step();
    else if (comes === 'loss') await bob.carryOut(bob.session.lost(world.now));
    else await bob.retry('enter');
    assert.deepEqual(bob.view, { phase: 'entrance', refusal: 'break-over' }, comes);
  }
});

test('a break begins when the daemon was last heard: a page that was frozen for so long keeps nothing', async () => {
  for (const [frozen, phase] of [
    [RETURN_WITHIN - 1, 'reconnecting'],
    [RETURN_WITHIN, 'entrance'],
  ] as const) {
    const { world, bob } = await three();
    world.now += frozen;
    // The timer that was due long ago comes first, and finds that nothing has run since.
    await bob.wake();
    assert.equal(bob.view.phase, 'room');
    await bob.carryOut(bob.session.lost(world.now));
    assert.equal(bob.view.phase, phase);
  }
});

test('a page that was frozen, and whose connection lives, goes on where it was', async () => {
  const { world, ada, bob } = await three();
  bob.deaf = true;
  await ada.say('while frozen');
  await world.settle();
  world.now += RETURN_WITHIN;
  await bob.wake();
  bob.deaf = false;
  await world.settle();
  assert.equal(bob.view.phase, 'room');
  assert.deepEqual(lastLines(bob, 1), ['Ada: while frozen']);
});

test('entering anew makes other keys, and wipes those of before', async () => {
  const { world, bob } = await three();
  await losesSeat(world, bob);
  const { stay: before } = bob.membership;
  await bob.connect();
  const { stay: after } = bob.membership;
  for (const secret of [before.seat.seed, before.voice.seed, before.own.secret, before.door.cardKey])
    assert.ok(isWiped(secret));
  for (const secret of [after.seat.seed, after.voice.seed, after.own.secret, after.door.cardKey])
    assert.ok(!isWiped(secret));
  assert.notDeepEqual(before.voice.public, after.voice.public);
});

test('a try to enter that comes to nothing leaves no keys behind', async () => {
  const { world, ada, bob } = await three();
  await ada.lock(true);
  await world.settle();
  await losesSeat(world, bob);
  const point = bob.drawn.length;
  const kept: Uint8Array[] = [];
  const { random } = bob.membership.stay;
  Object.assign(bob.membership.stay, {
    random: (length: number) => {
      const drawn = random(length);
      kept.push(drawn);
      return drawn;
    },
  });
  await bob.connect();
  assert.equal(broken(bob).obstacle, 'locked');
  // Voice, seat and own pair; the IV of the card is no secret.
  assert.ok(bob.drawn.length > point);
  assert.deepEqual(kept.filter(({ length }) => length === 32).map(isWiped), [true, true, true]);
});

test('who was compared stays so, and a voice that was put out is not heard, when one enters anew', async () => {
  const { world, ada, bob, eve } = await three();
  const out = eve.id;
  bob.membership.verify(bob.addressee(ada.id), true);
  // The daemon keeps her in the room, though the keeper has put her out.
  world.intercept = (_from, frame, command) => {
    if (command?.kind !== 'kick' || frame.kind !== 'order') return false;
    const seat = world.seatOf(ada);
    assert.ok(seat);
    world.all({ kind: 'said', from: seat.id, payload: command.payload });
    return true;
  };
  await ada.kick(out);
  await world.settle();
  world.intercept = () => false;
  assert.equal(standing(bob, out), 'shut-out');
  await losesSeat(world, bob);
  await bob.connect();
  assert.equal(bob.room.members.find(({ alias }) => alias === 'Ada')?.verified, true);
  assert.equal(standing(bob, out), 'shut-out');
});

test('who enters anew is shown nobody’s card exchanged: not for another voice, and not for an earlier one', async () => {
  for (const isOther of [true, false]) {
    const { world, ada, bob } = await three();
    const { stay } = ada.membership;
    const seat = world.seatOf(ada);
    assert.ok(seat);
    const early = seat.card;
    ada.membership.parts.renewal.urge();
    await ada.wake();
    await world.settle();
    assert.notEqual(seat.card, early);
    await losesSeat(world, bob);
    const voice = signingKey(draw(32));
    const shown = { alias: 'Ada', voice: publicKey(voice.public), public: keyPair(draw(32)).public, n: 1 };
    const other = await sealCard(portableSuite, stay.door, stay.entry, shown, voice, draw(16));
    seat.card = isOther ? other : early;
    await bob.connect();
    assert.equal(standing(bob, ada.id), 'unreadable');
  }
});

test('who enters anew is shown nobody who has left, and not who it was itself before', async () => {
  const { world, bob, eve } = await three();
  const [eves, bobs] = [world.seatOf(eve), world.seatOf(bob)];
  assert.ok(eves && bobs);
  await eve.leave();
  await world.settle();
  await losesSeat(world, bob);
  const shown = [
    { ...eves, id: eves.id },
    { ...eves, id: 20 },
    { ...bobs, id: 21 },
  ].map(({ id, entry, card }) => ({ id, entry, card, away: true }));
  world.tamper = (_to, frame, bytes) => {
    if (frame.kind !== 'welcome') return [bytes];
    return [encodeDaemonFrame({ ...frame, members: [...shown, ...frame.members] })];
  };
  await bob.connect();
  assert.equal(bob.view.phase, 'room');
  for (const { id } of shown) assert.equal(standing(bob, id), 'unreadable', `${id}`);
});

test('who is let in beside somebody of the same alias is not in, and knocks again', async () => {
  const { world, bob } = await three();
  await losesSeat(world, bob);
  const other = await world.person('Bob', 'enter');
  const seat = world.seatOf(other);
  assert.ok(seat);
  seat.tag = draw(16);
  await bob.connect();
  assert.deepEqual([broken(bob).obstacle, bob.isConnected], ['alias-in-use', false]);
  assert.equal(bob.reconnects.at(-1), KNOCK_EVERY);
});

test('a daemon that counts fewer messages than there were is told as contradicting itself', async () => {
  const { world, ada, bob } = await three();
  await ada.say('one');
  await world.settle();
  await losesSeat(world, bob);
  world.tamper = (_to, frame, bytes) => {
    if (frame.kind === 'welcome' && world.room) world.room.said = 0;
    return [bytes];
  };
  if (world.room) world.room.said = 0;
  await bob.connect();
  assert.ok(bob.lines().includes('* contradicted'));
});

test('the next try and the end of the break are shown, and none after it is over', async () => {
  const { bob } = await three();
  await bob.lose();
  bob.session.reconnection()?.waits(5);
  assert.equal(broken(bob).nextTry, 5);
  bob.session.reconnection()?.waits(undefined);
  assert.equal('nextTry' in broken(bob), false);
  await bob.connect();
  bob.session.reconnection()?.waits(7);
  assert.equal(bob.room.broken, undefined);
});
