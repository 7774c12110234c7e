// Messages that disappear: the time that who may moderate sets for all, by a word that newcomers hear as well.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TIMER_MOST, TIMER_TOLD_EVERY } from '../src/session/timer.ts';
import { TIMERS } from '../src/view/disappearing.ts';
import { lastLines, losesSeat } from './breaks.ts';
import { type Person, three, type World } from './relay.ts';

const texts = (person: Person): string[] =>
  person.room.lines.flatMap(line => ('html' in line ? [line.html] : []));

async function set(world: World, by: Person, seconds: number): Promise<void> {
  await by.setTimer(seconds);
  await world.settle();
}

/** Says something as it is typed, with the time of the room. */
async function types(world: World, person: Person, text: string): Promise<void> {
  await person.type(text);
  await world.settle();
}

test('a time that is typed is set up to the longest, and above it nothing is', async () => {
  const { world, ada, bob } = await three();
  await types(world, ada, '/timer 7d');
  assert.equal(bob.room.timer, TIMER_MOST);
  for (const typed of [`/timer ${TIMER_MOST + 1}s`, '/timer 8d', '/timer 999999999d']) {
    await types(world, ada, typed);
    assert.equal(bob.room.timer, TIMER_MOST);
  }
  assert.deepEqual(lastLines(ada, 1), ['! Write /timer 30s/5m/1h/7d/off.']);
  await types(world, ada, `/timer ${TIMER_MOST - 1}s`);
  assert.equal(bob.room.timer, TIMER_MOST - 1);
});

test('another time is told of anew, and the same one counted', async () => {
  const { world, ada, bob } = await three();
  for (const seconds of [30, 0, 300, 0]) await set(world, ada, seconds);
  const told = bob.room.lines.flatMap(line =>
    line.kind === 'event' && line.event === 'timer' ? [[line.count ?? 0, line.times ?? 1]] : [],
  );
  assert.deepEqual(told, [
    [30, 1],
    [300, 1],
    [0, 2],
  ]);
});

test('the keeper sets a time, all are told by whom, and whatever anybody says then goes after it', async () => {
  const { world, ada, bob, eve } = await three();
  await types(world, bob, 'stays');
  await set(world, ada, 30);
  for (const person of [ada, bob, eve]) {
    assert.deepEqual(lastLines(person, 1), ['* timer by Ada 30'], person.alias);
    assert.equal(person.room.timer, 30);
  }
  for (const text of ['goes', '/me goes too', '/purr eve goes as well']) await types(world, bob, text);
  assert.deepEqual(texts(eve), ['stays', 'goes', 'goes too', 'goes as well']);
  await world.pass(29_999);
  assert.equal(texts(eve).length, 4);
  await world.pass(1);
  for (const person of [ada, bob, eve]) assert.deepEqual(texts(person), ['stays'], person.alias);
  await set(world, ada, 0);
  assert.deepEqual(
    lastLines(bob, 1).map(line => line.slice(0, 14)),
    ['* timer by Ada'],
  );
  await types(world, bob, 'stays again');
  await world.pass(TIMER_MOST * 10);
  assert.deepEqual(texts(eve), ['stays', 'stays again']);
});

test('who may not moderate sets nothing: by the page it is told so, and by a word of its own nobody obeys', async () => {
  const { world, ada, bob, eve } = await three();
  await set(world, bob, 30);
  assert.match(lastLines(bob, 1)[0] ?? '', /^! /);
  const { queue } = bob.membership.parts;
  queue.enqueue({ to: null, body: { kind: 'timer', seconds: 30 } });
  await types(world, bob, 'hello');
  for (const person of [ada, bob, eve]) assert.equal(person.room.timer, 0, person.alias);
});

test('where everybody moderates, everybody sets it', async () => {
  const { world, ada, bob } = await three('everyone');
  await set(world, bob, 300);
  assert.equal(ada.room.timer, 300);
  assert.deepEqual(lastLines(ada, 1), ['* timer by Bob 300']);
});

test('a time is taken up to a week, and all that are offered are such', async () => {
  const { world, ada, bob } = await three();
  for (const [seconds, taken] of [
    [TIMER_MOST - 1, TIMER_MOST - 1],
    [TIMER_MOST, TIMER_MOST],
    [TIMER_MOST + 1, TIMER_MOST],
  ] as const) {
    await set(world, ada, seconds);
    assert.equal(bob.room.timer, taken);
  }
  assert.equal(Math.max(...TIMERS), TIMER_MOST);
});

test('who comes later, or was away, is told again; a crowd that comes at once costs one word', async () => {
  const { world, ada, bob, eve } = await three();
  await set(world, ada, 30);
  await world.pass(TIMER_TOLD_EVERY);
  const zoe = await world.person('Zoe', 'enter');
  assert.equal(zoe.room.timer, 30);
  assert.deepEqual(lastLines(zoe, 1), ['* timer by Ada 30']);
  assert.equal(lastLines(eve, 1)[0], '* joined Zoe', 'who knows is not told anew');
  const said = world.room?.said ?? 0;
  for (const alias of ['Uma', 'Vera', 'Wim']) await world.person(alias, 'enter');
  await world.pass(TIMER_TOLD_EVERY - 1);
  assert.equal(world.room?.said, said);
  await world.pass(1);
  assert.equal(world.room?.said, said + 1);
  for (const { room } of world.people) assert.equal(room.timer, 30);
  for (const seconds of [300, 0]) {
    await bob.lose();
    await set(world, ada, seconds);
    await world.pass(TIMER_TOLD_EVERY);
    await bob.connect();
    await world.pass(TIMER_TOLD_EVERY);
    assert.equal(bob.room.timer, seconds);
  }
});

test('it outlasts its keeper, and who follows tells newcomers', async () => {
  const { world, ada } = await three();
  await set(world, ada, 30);
  await ada.leave();
  await world.settle();
  const zoe = await world.person('Zoe', 'enter');
  await world.pass(TIMER_TOLD_EVERY);
  assert.equal(zoe.room.timer, 30);
  assert.deepEqual(lastLines(zoe, 1), ['* timer by Bob 30']);
});

test('who enters anew into the same room keeps it, and what is written meanwhile goes once it was sent', async () => {
  const { world, ada, bob, eve } = await three();
  await set(world, ada, 30);
  await bob.lose();
  await bob.type('written while the line is broken');
  await world.pass(60_000);
  assert.deepEqual(texts(bob), ['written while the line is broken']);
  await bob.connect();
  assert.deepEqual(texts(eve), ['written while the line is broken']);
  await world.pass(29_999);
  assert.equal(texts(bob).length, 1);
  await world.pass(1);
  assert.deepEqual([texts(bob), texts(eve)], [[], []]);
  await losesSeat(world, bob);
  // Nobody is there to say it again.
  await ada.lose();
  await bob.connect();
  assert.equal(bob.room.timer, 30);
});

test('what the keeper says after it has set a time goes by that, and a reminder does not undo it', async () => {
  const { world, ada, bob } = await three();
  await set(world, ada, 300);
  await world.pass(TIMER_TOLD_EVERY);
  await ada.lose();
  await ada.setTimer(30);
  await ada.type('goes');
  await world.pass(TIMER_TOLD_EVERY);
  await ada.connect();
  await world.pass(TIMER_TOLD_EVERY);
  assert.equal(bob.room.timer, 30);
  await world.pass(30_000);
  assert.deepEqual(texts(bob), []);
});

test('what the keeper set while its line was broken is not carried out where it entered anew', async () => {
  const { world, ada, bob } = await three();
  await ada.lose();
  await ada.setTimer(30);
  world.giveUp(world.room?.seats.find(({ person }) => !person) ?? assert.fail());
  await world.settle();
  await ada.connect();
  await world.settle();
  assert.equal(bob.room.timer, 0);
  assert.ok(ada.lines().some(line => line.startsWith('! Your place was given up')));
});

test('what is overdue is not shown once more, however long the page stood still', async () => {
  const { world, ada, bob } = await three();
  await set(world, ada, 30);
  await types(world, ada, 'goes');
  world.now += 29_999;
  assert.deepEqual(texts(bob), ['goes']);
  world.now += 1;
  assert.deepEqual(texts(bob), []);
});

test('a time that comes after its office was handed on is not set, and its keeper of before is told', async () => {
  const { world, ada, bob } = await three();
  await ada.carryOut(await ada.membership.hand(ada.addressee(bob.id), world.now));
  await ada.setTimer(30);
  await world.settle();
  for (const person of [ada, bob]) assert.equal(person.room.timer, 0, person.alias);
  assert.ok(ada.room.lines.some(line => line.kind === 'note' && line.note.code === 'not-yours'));
  assert.ok(!bob.room.lines.some(line => line.kind === 'note'));
});

test('who sets a time is shown it at once, for it counts for that one’s own words', async () => {
  const { ada } = await three();
  await ada.lose();
  await ada.setTimer(30);
  assert.equal(ada.room.timer, 30);
});
