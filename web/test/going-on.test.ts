// A stay after another one in the same room: words that waited, numbers, locks.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TYPING_AFTER } from '../src/session/typing.ts';
import { lastLines, losesSeat } from './breaks.ts';
import { three } from './relay.ts';

test('what waited, and was said by the new voice, can be taken back', async () => {
  const { world, ada, bob } = await three();
  await losesSeat(world, bob);
  await bob.say('waited');
  await bob.connect();
  await world.settle();
  assert.deepEqual(lastLines(ada, 1), ['Bob: waited']);
  const { key } = bob.room.lines.find(line => 'html' in line) ?? assert.fail();
  await bob.carryOut(await bob.membership.tell(talk => talk.unsend(key, world.now), world.now));
  await world.settle();
  assert.ok(!ada.lines().some(line => line.endsWith(': waited')), `Bob: ${lastLines(bob, 1)}`);
});

test('a reaction to a whisper that waited is shown to who whispered it', async () => {
  const { world, ada, bob } = await three();
  await losesSeat(world, bob);
  await bob.whisper(ada, 'waited');
  await bob.connect();
  await world.pass(2000);
  const line = ada.room.lines.find(line => 'html' in line) ?? assert.fail();
  await ada.carryOut(await ada.membership.tell(talk => talk.react(line.key, '👍', world.now), world.now));
  await world.pass(2000);
  const own = bob.room.lines.find(line => 'html' in line) ?? assert.fail();
  assert.ok('reactions' in own && own.reactions?.length === 1, JSON.stringify(own));
});

test('a number behind an alias is no text, though all who shared it but one have gone while this one was away', async () => {
  const { world, ada, bob } = await three();
  await bob.lose();
  await world.settle();
  const again = await world.person('Bob', 'enter');
  await world.settle();
  await bob.connect();
  await world.settle();
  await losesSeat(world, ada);
  await again.leave();
  await world.settle();
  await ada.connect();
  await world.settle();
  await ada.type('/purr Bob 2 the secret');
  await world.settle();
  assert.ok(!bob.lines().some(line => line.includes('secret')), `Bob reads: ${lastLines(bob, 1)}`);
});

test('a number of one’s own that was given before is told', async () => {
  const { world, bob } = await three();
  await losesSeat(world, bob);
  assert.ok(world.room);
  world.room.nextId = bob.id;
  await bob.connect();
  assert.ok(bob.lines().includes('* contradicted'), bob.lines().join('|'));
});

test('a notice of typing that was under way when the seat was lost is nothing to tell of', async () => {
  const { world, bob } = await three();
  await bob.say('x');
  await world.settle();
  await bob.carryOut(await bob.membership.tell(talk => talk.typing(world.now), world.now));
  await world.pass(TYPING_AFTER + 500);
  bob.deaf = true;
  await bob.carryOut(await bob.membership.tell(talk => talk.typing(world.now), world.now));
  await bob.lose();
  bob.deaf = false;
  world.giveUp(world.room?.seats.find(({ person }) => !person) ?? assert.fail());
  await bob.connect();
  assert.ok(!bob.lines().some(line => line.startsWith('! What you did')), bob.lines().join('|'));
});

test('a lock that changes nothing is not told as not carried out', async () => {
  const { world, bob } = await three('everyone');
  await bob.lock(false);
  await world.settle();
  await losesSeat(world, bob);
  await bob.connect();
  assert.ok(!bob.lines().some(line => line.startsWith('! Your place')), bob.lines().join('|'));
});

test('an unlock that changed nothing does not open what another locks while the line is broken', async () => {
  const { world, ada, bob } = await three('everyone');
  await ada.lock(false);
  await world.settle();
  await ada.lose();
  await bob.lock(true);
  await world.settle();
  await ada.connect();
  await world.settle();
  assert.equal(bob.room.locked, true, bob.lines().join(' | '));
});
