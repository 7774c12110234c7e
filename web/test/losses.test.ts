// What is asked for before a room is left: what can't be brought back, and nothing else.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lossesOf } from '../src/view/losses.ts';
import { LOSSES } from '../src/words/en.ts';
import { inside, three, World } from './relay.ts';

test('a room that ends with its last member is lost, and one that is gone already is not', async () => {
  const world = new World();
  const ada = await world.person('Ada', 'open');
  assert.deepEqual(lossesOf(ada.room, false), [LOSSES.room]);
  const bob = await world.person('Bob', 'enter');
  assert.deepEqual(lossesOf(ada.room, false), [], 'Bob keeps it then');
  assert.deepEqual(lossesOf(bob.room, false), []);
  await bob.leave();
  await world.settle();
  await ada.lose();
  assert.deepEqual(lossesOf(inside(ada.view), false), [LOSSES.room], 'her seat is kept');
  const seat = world.room?.seats[0];
  assert.ok(seat);
  world.giveUp(seat);
  await ada.connect();
  assert.equal(inside(ada.view).broken?.obstacle, 'room-gone');
  assert.deepEqual(lossesOf(inside(ada.view), false), []);
});

test('a draft is lost, and so is what waits to be sent', async () => {
  const { world, bob } = await three();
  assert.deepEqual(lossesOf(bob.room, true), [LOSSES.draft]);
  await bob.lose();
  await bob.say('waits');
  assert.deepEqual(lossesOf(inside(bob.view), false), [LOSSES.draft]);
  await bob.connect();
  assert.deepEqual(lossesOf(bob.room, false), []);
  await world.settle();
});

test('outside a room nothing is lost', () => {
  assert.deepEqual(lossesOf(undefined, false), []);
});
