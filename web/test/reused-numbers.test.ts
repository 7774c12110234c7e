// A daemon that gives the number of somebody who has left to somebody else, while a line is broken: nothing that was meant
// for the one is done to the other.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry } from '../src/state.ts';
import { TYPING_AFTER } from '../src/session/typing.ts';
import { toHtml } from '../src/markdown.ts';
import { carryOut, readTyped } from '../src/typed.ts';
import { losesSeat } from './breaks.ts';
import { type Person, three, type World } from './relay.ts';

/** Bob's line breaks; `doing` is done meanwhile, Eve leaves, and Mal has her number when he is back. */
async function replaced(doing: (bob: Person, eve: Person) => unknown, rule: Entry['rule'] = 'keeper') {
  const { world, ada, bob, eve } = await three(rule);
  await bob.lose();
  await doing(bob, eve);
  const mal = await inPlaceOf(world, eve);
  await bob.connect();
  await world.pass(2000);
  assert.ok(bob.lines().includes('* contradicted'), 'the daemon is seen to lie');
  return { world, ada, bob, eve, mal };
}

/** Somebody leaves, and another comes who is given the same number. */
async function inPlaceOf(world: World, person: Person): Promise<Person> {
  const { id } = person;
  await person.leave();
  await world.settle();
  assert.ok(world.room);
  world.room.nextId = id;
  const other = await world.person('Mal', 'enter');
  assert.equal(other.id, id);
  return other;
}

const hasLine = (person: Person, line: string | RegExp): boolean =>
  person.lines().some(each => (typeof line === 'string' ? each === line : line.test(each)));

test('a whisper that waited goes to nobody', async () => {
  const { bob, mal } = await replaced((bob, eve) => bob.whisper(eve, 'to Eve alone'));
  assert.ok(!hasLine(mal, /to Eve alone/));
  assert.ok(hasLine(bob, 'Bob whisper to Eve: to Eve alone (failed)'));
});

test('a kick that waited puts nobody out', async () => {
  const { bob, mal } = await replaced((bob, eve) => bob.kick(eve.id), 'everyone');
  assert.equal(mal.view.phase, 'room');
  assert.ok(hasLine(bob, /^! That member is not here any more/));
});

test('a new password that waited to be stretched goes to nobody who came meanwhile', async () => {
  const { bob, mal } = await replaced(async bob => {
    bob.slow = true;
    await bob.relock();
  }, 'everyone');
  const before = mal.session.invitation();
  await bob.stretch();
  assert.notEqual(bob.session.invitation(), before);
  assert.ok(mal.view.phase !== 'room' || mal.session.invitation() === before);
});

test('whatever was aimed at before is refused with a word, and changes nothing', async () => {
  const { world, bob, eve } = await three('everyone');
  const aimed = bob.addressee(eve.id);
  await bob.lose();
  const mal = await inPlaceOf(world, eve);
  await bob.connect();
  const { membership } = bob;
  const body = { kind: 'message', at: world.now, timer: 0, text: 'psst' } as const;
  for (const doing of [
    () => membership.kick(aimed, true, world.now),
    () => membership.hand(aimed, world.now),
    () => membership.verify(aimed, true),
    () => membership.ignore(aimed, true),
    async () => (await membership.say({ to: aimed, body }, world.now)).effects,
  ]) {
    const effects = (await doing()) ?? [];
    assert.deepEqual(effects, []);
    assert.match(bob.lines().at(-1) ?? '', /^! That member is not here any more/);
  }
  await world.settle();
  const shown = bob.room.members.find(({ id }) => id === mal.id);
  assert.deepEqual([shown?.verified, shown?.ignored, shown?.keeper], [false, false, false]);
});

test('a member that is typing leaves nothing of that to who has its number next', async () => {
  const { world, bob, eve } = await three();
  for (const wait of [TYPING_AFTER, 0]) {
    const { membership } = eve;
    await eve.carryOut(await membership.tell(talk => talk.typing(world.now), world.now));
    world.now += wait;
  }
  await world.settle();
  assert.deepEqual(
    bob.room.typing.map(({ alias }) => alias),
    ['Eve'],
  );
  await bob.lose();
  await inPlaceOf(world, eve);
  await bob.connect();
  assert.deepEqual(bob.room.typing, []);
});

test('where one enters anew, a number that somebody had before is told of, and takes nothing over', async () => {
  const { world, bob, eve } = await three();
  await bob.whisper(eve, 'before');
  await world.settle();
  await losesSeat(world, bob);
  await bob.whisper(eve, 'to Eve alone');
  const mal = await inPlaceOf(world, eve);
  assert.ok(world.room);
  world.room.nextId = 9;
  await bob.connect();
  await world.pass(2000);
  assert.ok(hasLine(bob, '* contradicted'));
  assert.ok(hasLine(bob, 'Bob whisper to Eve: to Eve alone (failed)'));
  assert.ok(!hasLine(mal, /to Eve alone/));
  const before = bob.room.lines.find(line => 'html' in line && line.html === 'before');
  assert.ok(before && 'html' in before && before.to);
  assert.notEqual(before.to.number, bob.addressee(mal.id).number);
});

test('another keeper under the number of the last one is told of', async () => {
  const { world, ada, bob } = await three();
  await bob.lose();
  const mal = await inPlaceOf(world, ada);
  assert.ok(world.room);
  world.room.keeper = mal.id;
  await bob.connect();
  assert.ok(hasLine(bob, '* keeper Mal'), bob.lines().join('\n'));
});

test('a command is for whom it named when it was typed, whoever whispers, comes or is renamed before it is carried out', async () => {
  const { world, ada, bob, eve } = await three('everyone');
  await bob.whisper(ada, 'from Bob');
  await world.settle();
  const [answer, ignored] = ['/r yes', '/ignore Eve'].map(text => readTyped(ada.session, text));
  await eve.whisper(ada, 'from Eve');
  await eve.carryOut((await eve.membership.rename('Zoe', world.now)).effects);
  await world.settle();
  await world.person('Eve', 'enter');
  for (const read of [answer, ignored]) {
    assert.ok(read);
    await ada.carryOut((await carryOut(ada.session, read, {}, world.now, toHtml)).effects);
  }
  await world.settle();
  assert.ok(hasLine(bob, 'Ada whisper: yes'));
  assert.ok(!hasLine(eve, /yes/));
  const ignoredOnes = ada.room.members.filter(member => member.ignored).map(({ alias }) => alias);
  assert.deepEqual(ignoredOnes, ['Zoe']);
});
