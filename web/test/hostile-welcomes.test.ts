// A daemon that welcomes somebody into a room which is not the one that it asked for, or not the one that it left.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Order } from '../src/seal/order.ts';
import type { DaemonFrame } from '../src/wire.ts';
import { type Person, three, World } from './relay.ts';

type Welcome = DaemonFrame & { kind: 'welcome' };

test('who finds its own alias at somebody who is present does not enter', async () => {
  const world = new World();
  await world.person('Ada', 'open');
  const seat = world.room?.seats[0];
  assert.ok(seat);
  seat.tag = new Uint8Array(16);
  const other = await world.person('ada', 'enter');
  assert.deepEqual(other.view, { phase: 'entrance', refusal: 'alias-in-use' });
});

test('a room that the password does not open, or another entry than one’s own, is not entered', async () => {
  for (const spoil of [
    (frame: Welcome) => ({ ...frame, heart: new Uint8Array(320) }),
    (frame: Welcome) => ({
      ...frame,
      members: frame.members.map(each => ({ ...each, entry: new Uint8Array(16) })),
    }),
    (frame: Welcome) => ({ ...frame, members: frame.members.slice(0, 1) }),
    // Somebody twice: whichever of both is said to leave, the other would stay.
    (frame: Welcome) => ({
      ...frame,
      members: frame.members.flatMap(each => [each, each]),
    }),
    (frame: Welcome) => ({ ...frame, keeper: 99 }),
  ]) {
    const world = new World();
    await world.person('Ada', 'open');
    world.tamper = (to, frame, bytes) => {
      if (frame.kind !== 'welcome') return [bytes];
      (to.owner as Person).tell(spoil(frame));
      return [];
    };
    const bob = await world.person('Bob', 'enter');
    assert.deepEqual(bob.view, { phase: 'entrance', refusal: 'false-room' });
  }
});

test('what the daemon says after a break is held against what it said before', async () => {
  for (const spoil of [
    (frame: Welcome) => ({ ...frame, count: 1 }),
    // Where its own coming back has not been counted.
    (frame: Welcome, { count, hash: order }: Order) => ({ ...frame, count, order }),
    (frame: Welcome) => ({ ...frame, said: 0 }),
    (frame: Welcome) => ({ ...frame, heart: new Uint8Array(320) }),
    (frame: Welcome) => ({ ...frame, keeper: 99 }),
    (frame: Welcome) => ({
      ...frame,
      members: frame.members.map(each => ({ ...each, card: new Uint8Array(300) })),
    }),
    (frame: Welcome) => ({
      ...frame,
      members: [...frame.members, { ...frame.members[2]!, card: new Uint8Array(300) }],
    }),
  ]) {
    const { world, ada, bob } = await three();
    await ada.say('hello');
    await world.settle();
    await bob.drop();
    const order = world.room?.order ?? assert.fail();
    world.tamper = (to, frame, bytes) => {
      if (to.owner !== bob || frame.kind !== 'welcome') return [bytes];
      (to.owner as Person).tell(spoil(frame, order));
      return [];
    };
    await bob.connect();
    assert.ok(bob.lines().includes('* contradicted'), bob.lines().join('\n'));
  }
});
