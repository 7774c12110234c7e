// Orders that a member's voice gives, between honest members and an honest daemon: whatever becomes of one, its counter is
// used up once, so that the message after it is read.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Command, FRAME } from '../src/wire.ts';
import { type Person, World } from './relay.ts';

const three = async () => {
  const world = new World();
  const ada = await world.person('Ada', 'open');
  const bob = await world.person('Bob', 'enter');
  const eve = await world.person('Eve', 'enter');
  // All know the chains of all.
  for (const person of [ada, bob, eve]) await person.say('hello');
  await world.settle();
  return { world, ada, bob, eve };
};

/** What one says next is read by others, and nothing is told of it. */
async function isReadOn(world: World, from: Person, ...by: Person[]): Promise<void> {
  const before = by.map(person => person.lines());
  await from.say('and on');
  await world.pass(1000);
  for (const [at, person] of by.entries())
    assert.deepEqual(person.lines(), [...(before[at] ?? []), `${from.alias}: and on`]);
}

/** Whose line breaks before the daemon's answer comes. */
async function unanswered(world: World, person: Person): Promise<void> {
  person.deaf = true;
  await world.settle();
  await person.lose();
  person.deaf = false;
  await person.connect();
}

test('an order whose answer was lost uses up its counter once', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.kick(eve.id);
  await unanswered(world, ada);
  assert.deepEqual(eve.view, { phase: 'over', ending: 'kicked', by: 'Ada' });
  await isReadOn(world, ada, bob);
  await ada.hand(bob.id);
  await unanswered(world, ada);
  for (const person of [ada, bob])
    assert.deepEqual(
      person.room.members.map(({ keeper }) => keeper),
      [false, true],
    );
  await isReadOn(world, ada, bob);
  assert.ok(!ada.lines().some(line => line.startsWith('!')), ada.lines().join('\n'));
});

test('an order that the daemon never had is given again', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.kick(eve.id);
  await ada.lose();
  await ada.connect();
  assert.deepEqual(eve.view, { phase: 'over', ending: 'kicked', by: 'Ada' });
  await isReadOn(world, ada, bob);
});

test('an order that goes with chains which are denied is carried out, and known as its maker’s', async () => {
  for (const order of ['kick', 'hand'] as const) {
    const { world, ada, bob, eve } = await three();
    const zoe = await world.person('Zoe', 'enter');
    world.full.add(zoe.id);
    await ada[order](eve.id);
    await world.settle();
    const told = order === 'kick' ? '* kicked Eve by Ada' : '* keeper Eve by Ada';
    for (const person of [ada, bob]) assert.equal(person.lines().at(-1), told, person.alias);
    await world.pass(1000);
    await isReadOn(world, ada, bob);
  }
});

test('an order that is denied uses up its counter, and is given by nobody later', async () => {
  for (const why of ['not-yours', 'no-such-member'] as const) {
    const { world, ada, bob, eve } = await three();
    world.intercept = (from, _frame, command) => {
      if (command?.kind !== 'kick') return false;
      world.deny(from, FRAME.kick, why);
      return true;
    };
    await ada.kick(eve.id);
    await world.pass(1000);
    assert.equal(eve.view.phase, 'room');
    await isReadOn(world, ada, bob, eve);
  }
});

test('an order that a daemon denies and shows as a message does not cost the next one', async () => {
  for (const why of ['not-yours', 'no-such-member', 'too-fast'] as const) {
    const { world, ada, bob, eve } = await three();
    const { id } = eve;
    let kick: (Command & { kind: 'kick' }) | undefined;
    world.intercept = (from, _frame, command) => {
      if (command?.kind !== 'kick') return false;
      kick = command;
      world.deny(from, FRAME.kick, why, 400);
      return true;
    };
    await ada.kick(id);
    await world.settle();
    assert.ok(kick);
    bob.tell({ kind: 'said', from: ada.id, payload: kick.payload });
    await world.settle();
    assert.equal(bob.lines().at(-1), '* shut-out Eve by Ada');
    // It has no object any more.
    ada.tell({ kind: 'left', id, how: 'exit' });
    world.intercept = () => false;
    await world.pass(1000);
    await ada.say('and on');
    await world.pass(1000);
    assert.ok(bob.lines().includes('Ada: and on'), bob.lines().join('\n'));
  }
});
