// A daemon that gives orders in members' names, or makes something else of those that they give: who has the right is
// obeyed in what it said, nobody in what it did not say, and what can't be checked is told as such.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from '../src/wire.ts';
import { passes, payloads } from './keys.ts';
import { standing, three, World } from './relay.ts';
import { hex } from './vectors.ts';

const seatBy = (world: World, id: number) => world.room?.seats.find(seat => seat.id === id) ?? assert.fail();

test('a member that another one puts out is shut out, even if the daemon merely hands the word on', async () => {
  const { world, ada, bob, eve } = await three();
  await bob.say('one');
  await world.settle();
  const { id } = eve;
  const voice = eve.membership.stay.voice.public;
  await ada.say('a word');
  await world.settle();
  // The daemon takes the order and hands it on as a message like any other.
  world.intercept = (_from, _frame, command) => {
    if (command?.kind !== 'kick') return false;
    world.all({ kind: 'said', from: ada.id, payload: command.payload });
    return true;
  };
  await ada.kick(id);
  await world.settle();
  assert.equal(standing(bob, id), 'shut-out');
  assert.equal(bob.lines().at(-1), '* shut-out Eve by Ada');
  assert.deepEqual(eve.view, { phase: 'over', ending: 'kicked' });
  const point = world.seen.length;
  await bob.say('without her');
  await world.settle();
  assert.deepEqual(
    passes(world, bob, point).map(({ to }) => to),
    [ada.id],
  );
  assert.equal(payloads(world, bob).at(-1)?.[3], 1, 'another generation');
  assert.equal(hex(bob.membership.parts.roster.of(id)?.shown?.voice.bytes ?? new Uint8Array()), hex(voice));
});

test('a kick that nobody spoke is told of as the daemon’s own doing', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.say('hello');
  await world.settle();
  const { id } = eve;
  world.all({ kind: 'kicked', id, by: ada.id, payload: new Uint8Array(400) });
  await world.settle();
  assert.equal(bob.lines().at(-1), '* put-out Eve by Ada');
  assert.equal(ada.lines().at(-1), '* put-out Eve by Ada');
});

test('a kick by who may not is told of, though it was spoken, and is obeyed by nobody', async () => {
  const { world, ada, bob, eve } = await three();
  await bob.say('hello');
  await world.settle();
  // The daemon gives Bob what is Ada's alone.
  world.intercept = (_from, _frame, command) => {
    if (command?.kind !== 'kick') return false;
    world.giveUp(seatBy(world, command.id), { ...command, kind: 'kicked', by: bob.id });
    return true;
  };
  await bob.kick(eve.id);
  await world.settle();
  assert.equal(ada.lines().at(-1), '* put-out Eve by Bob');
});

test('a kick that names another puts out whom it names, and tells of the other', async () => {
  const { world, ada, bob, eve } = await three();
  const zoe = await world.person('Zoe', 'enter');
  await ada.say('hello');
  await world.settle();
  const [eves, zoes] = [eve.id, zoe.id];
  world.intercept = (_from, _frame, command) => {
    if (command?.kind !== 'kick') return false;
    world.giveUp(seatBy(world, zoes), { ...command, kind: 'kicked', id: zoes, by: ada.id });
    return true;
  };
  await ada.kick(eves);
  await world.settle();
  assert.deepEqual(bob.lines().slice(-2), ['* shut-out Eve by Ada', '* put-out Zoe by Ada']);
  assert.equal(standing(bob, eves), 'shut-out');
});

test('an office that the keeper did not hand on stays where it is', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.say('hello');
  await world.settle();
  world.all({ kind: 'handed', id: eve.id, by: ada.id, payload: new Uint8Array(400) });
  await world.settle();
  assert.equal(bob.lines().at(-1), '* keeper-unsaid Eve by Ada');
  assert.equal(bob.room.members[0]?.keeper, true);
});

test('who is put out or sent away without a word that can be checked is told so', async () => {
  for (const [end, by, ending] of [
    ['kicked', 1, 'put-out'],
    ['kicked', 3, 'put-out'],
    ['stopped', 1, 'stopped-unread'],
    ['stopped', 3, 'stopped-unread'],
    ['stopped', null, 'stopped-by-host'],
  ] as const) {
    const { world, ada, bob } = await three();
    await ada.say('hello');
    await world.settle();
    bob.tell({ kind: 'over', end, by, ...(by && { payload: new Uint8Array(400) }) });
    await world.settle();
    assert.deepEqual(bob.view, { phase: 'over', ending }, `${end} by ${by}`);
  }
});

test('who is put out by a member who may not is not told that it was kicked', async () => {
  const { world, bob, eve } = await three();
  await eve.say('hello');
  await world.settle();
  let order: Command | undefined;
  world.intercept = (_from, _frame, command) => {
    order = command;
    return command?.kind === 'kick';
  };
  await eve.kick(bob.id);
  await world.settle();
  assert.ok(order?.kind === 'kick');
  bob.tell({ kind: 'over', end: 'kicked', by: eve.id, payload: order.payload });
  await world.settle();
  assert.deepEqual(bob.view, { phase: 'over', ending: 'put-out' });
});
