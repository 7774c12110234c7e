// The renewal of X25519 keys: when, by whom, and that nothing that is under way is lost by it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FORMER_KEPT } from '../src/session/pair-keys.ts';
import { ANSWER_WITHIN, RENEWED_EVERY } from '../src/session/renewal.ts';
import { passTo } from '../src/session/passing.ts';
import { FROZEN } from '../src/session/watch.ts';
import { FRAME } from '../src/wire.ts';
import { type Person, World } from './relay.ts';

const two = async () => {
  const world = new World();
  const ada = await world.person('Ada', 'open');
  const bob = await world.person('Bob', 'enter');
  return { world, ada, bob };
};

/** How many passes somebody has sent. */
const handedBy = (person: Person) =>
  person.world.seen.filter(({ from, frame }) => from === person && frame.kind === 'pass').length;

const n = (person: Person) => person.membership.stay.own.n;

const renewals = (world: World, person: Person) =>
  world.seen.filter(({ from, command }) => from === person && command?.kind === 'renew').length;

test('who has passed nothing, and to whom nothing was passed, keeps its keys', async () => {
  const { world, ada, bob } = await two();
  await world.pass(2 * RENEWED_EVERY);
  assert.deepEqual([n(ada), n(bob)], [0, 0]);
  await ada.whisper(bob, 'psst');
  await world.settle();
  assert.deepEqual([n(ada), n(bob)], [1, 1]);
});

test('keys that were used are renewed ten minutes after the last time, a fifth more or less', async () => {
  const draws = new Set<boolean>();
  for (let time = 0; time < 12; time++) {
    const { world, ada, bob } = await two();
    await ada.whisper(bob, 'psst');
    await world.settle();
    await world.pass(0.8 * RENEWED_EVERY - 1);
    assert.deepEqual([n(ada), n(bob)], [0, 0]);
    await world.pass(0.2 * RENEWED_EVERY);
    draws.add(n(ada) === 1);
    await world.pass(0.2 * RENEWED_EVERY + 1);
    assert.deepEqual([n(ada), n(bob)], [1, 1]);
  }
  assert.equal(draws.size, 2, 'some sooner, some later');
});

test('keys are renewed at once after a break, and after a freeze', async () => {
  const { world, ada, bob } = await two();
  await bob.lose();
  await bob.connect();
  assert.deepEqual([n(ada), n(bob)], [0, 1]);
  world.now += world.silenceMs + FROZEN - 1;
  bob.tell({ kind: 'alive' });
  await world.settle();
  assert.equal(n(bob), 1);
  world.now += world.silenceMs + FROZEN;
  bob.tell({ kind: 'alive' });
  await world.settle();
  assert.equal(n(bob), 2);
  assert.equal(bob.view.phase, 'room');
});

test('what was passed under keys that are renewed meanwhile arrives, whoever renews them', async () => {
  const { world, ada, bob } = await two();
  await ada.whisper(bob, 'one');
  await bob.whisper(ada, 'one');
  await world.settle();
  // Both are to renew; what they say next is under way then.
  await world.pass(0.8 * RENEWED_EVERY - 1);
  ada.deaf = bob.deaf = true;
  world.now += 0.4 * RENEWED_EVERY + 1;
  for (const person of [ada, bob]) {
    person.tell({ kind: 'alive' });
    await person.wake();
  }
  await ada.whisper(bob, 'two');
  await bob.whisper(ada, 'two');
  await world.settle();
  ada.deaf = bob.deaf = false;
  await world.settle();
  assert.deepEqual([n(ada), n(bob)], [1, 1]);
  assert.equal(bob.lines().filter(line => line === 'Ada whisper: two').length, 1);
  assert.equal(ada.lines().filter(line => line === 'Bob whisper: two').length, 1);
  assert.ok(![...ada.lines(), ...bob.lines()].some(line => line.includes('unreadable')));
});

test('what was passed under one of the last 16 pairs arrives, and no other', async () => {
  for (const [renewed, last] of [
    [16, 'Bob whisper: psst'],
    [17, '* unreadable Bob'],
  ] as const) {
    const { world, ada, bob } = await two();
    bob.mute = true;
    await bob.whisper(ada, 'psst');
    for (let time = 0; time < renewed; time++) {
      await ada.lose();
      await ada.connect();
    }
    assert.equal(n(ada), renewed);
    bob.mute = false;
    await world.settle();
    assert.equal(ada.lines().at(-1), last);
  }
});

test('of the keys before nothing is left after two minutes', async () => {
  const { world, ada, bob } = await two();
  await ada.whisper(bob, 'one');
  await world.settle();
  const { stay, parts } = bob.membership;
  const { secret } = stay.own;
  await bob.lose();
  await bob.connect();
  assert.ok(
    secret.some(byte => byte !== 0),
    'a box may be under way',
  );
  const peer = parts.roster.of(ada.id);
  assert.ok(peer && peer.pair.due() <= world.now + FORMER_KEPT);
  await world.pass(10_000);
  assert.ok(secret.every(byte => byte === 0));
  await world.pass(FORMER_KEPT);
  assert.equal(peer.pair.due(), Number.POSITIVE_INFINITY);
});

test('where the connection breaks before the renewal is seen, the pair stands that the daemon shows', async () => {
  for (const isTaken of [true, false]) {
    const { world, ada, bob } = await two();
    await bob.lose();
    world.intercept = (_from, _frame, command) => !isTaken && command?.kind === 'renew';
    bob.open();
    // hello, resume, welcome, renew: and no answer.
    await bob.hearOne();
    await bob.sendOne();
    await bob.hearOne();
    await bob.sendOne();
    assert.equal(renewals(world, bob), 1);
    await world.settle([ada]);
    await bob.lose();
    world.intercept = () => false;
    await bob.connect();
    assert.equal(n(bob), isTaken ? 2 : 1);
    await ada.whisper(bob, 'psst');
    await world.settle();
    assert.equal(bob.lines().at(-1), 'Ada whisper: psst');
    assert.ok(!bob.lines().includes('* contradicted'));
  }
});

test('a renewal that is too fast is asked for again, and holds up nothing else', async () => {
  const { world, ada, bob } = await two();
  let times = 0;
  world.intercept = (from, _frame, command) => {
    if (command?.kind !== 'renew' || times++ > 0) return false;
    world.deny(from, FRAME.renew, 'too-fast', 30_000);
    return true;
  };
  await bob.lose();
  await bob.connect();
  await bob.say('at once');
  await world.settle();
  assert.equal(ada.lines().at(-1), 'Bob: at once');
  await world.pass(29_999);
  assert.equal(n(bob), 0);
  await world.pass(1);
  assert.equal(n(bob), 1);
});

test('a renewal that the daemon does not answer is told of, once', async () => {
  const { world, bob } = await two();
  world.intercept = (_from, _frame, command) => command?.kind === 'renew';
  await bob.lose();
  await bob.connect();
  await world.pass(ANSWER_WITHIN - 1);
  assert.ok(!bob.lines().includes('* unrenewed'));
  await world.pass(1);
  await world.pass(ANSWER_WITHIN);
  assert.equal(
    bob
      .lines()
      .filter(line => line.startsWith('* unrenewed'))
      .join(),
    '* unrenewed',
  );
});

test('a renewal that the daemon denies again and again is asked for once a second at most, and told of, once', async () => {
  for (const retryMs of [0, 1, 900, 60_000]) {
    const { world, bob } = await two();
    let last = Number.NEGATIVE_INFINITY;
    world.intercept = (from, _frame, command) => {
      if (command?.kind !== 'renew') return false;
      assert.ok(world.now >= last + 1000, 'asked again too soon');
      last = world.now;
      world.deny(from, FRAME.renew, 'too-fast', retryMs);
      return true;
    };
    await bob.lose();
    await bob.connect();
    for (let passed = 0; passed < ANSWER_WITHIN - 250; passed += 250) await world.pass(250);
    assert.ok(!bob.lines().includes('* unrenewed'));
    // Nor does patience that is asked for all the time keep it from being told.
    bob.tell({ kind: 'denied', frame: FRAME.say, why: 'too-fast', retryMs: 60_000 });
    await world.pass(250);
    assert.equal(bob.lines().at(-1), '* unrenewed');
    await world.pass(ANSWER_WITHIN);
    assert.equal(bob.lines().filter(line => line.startsWith('* unrenewed')).length, 1);
    world.intercept = () => false;
    await world.pass(60_000);
    assert.equal(n(bob), 1);
    // And the next one is, too.
    await bob.lose();
    world.intercept = (_from, _frame, command) => command?.kind === 'renew';
    await bob.connect();
    await world.pass(ANSWER_WITHIN);
    assert.equal(bob.lines().at(-1), '* unrenewed ×2');
  }
});

test('who hears nothing for as long as the daemon said has lost the connection', async () => {
  const { world, bob } = await two();
  await world.pass(5 * world.silenceMs);
  assert.equal(bob.view.phase, 'room');
  world.now += world.silenceMs - 1;
  await bob.wake();
  assert.equal(bob.view.phase, 'room');
  world.now += 1;
  await bob.wake();
  assert.equal(bob.view.phase, 'reconnecting');
});

test('a new generation begins after 200 messages, and ten minutes after its first one', async () => {
  const { world, ada, bob } = await two();
  const generation = () => {
    const last = world.seen.findLast(({ frame }) => frame.kind === 'say')?.frame;
    return last?.kind === 'say' ? last.payload[3] : undefined;
  };
  for (let count = 1; count <= 201; count++) {
    await ada.say(`${count}`);
    await world.settle();
    assert.equal(generation(), count <= 200 ? 0 : 1);
  }
  await world.pass(599_999);
  await ada.say('still');
  await world.settle();
  assert.equal(generation(), 1);
  await world.pass(1);
  await ada.say('another');
  await world.settle();
  assert.equal(generation(), 2);
  assert.equal(bob.lines().at(-1), 'Ada: another');
});

test('who lacks a chain asks for it, once in ten seconds, and is given it at once', async () => {
  const { world, ada, bob } = await two();
  await ada.say('one');
  await world.settle();
  const lacks = () => world.seen.filter(({ from, frame }) => from === bob && frame.kind === 'pass').length;
  // The daemon keeps the next chain from Bob.
  world.tamper = (to, frame, bytes) => (to.owner === bob && frame.kind === 'passed' ? [] : [bytes]);
  await world.pass(600_000);
  const before = lacks();
  await ada.say('two');
  await ada.say('three');
  await world.settle();
  assert.equal(lacks(), before + 1);
  world.tamper = (_to, _frame, bytes) => [bytes];
  // Of what was handed over nothing came: it is asked for again ten seconds later, and no sooner.
  await world.pass(9_999);
  await ada.say('four');
  await world.settle();
  assert.equal(lacks(), before + 1);
  await world.pass(1);
  const handed = handedBy(ada);
  await ada.say('five');
  await world.settle();
  assert.deepEqual([lacks(), handedBy(ada)], [before + 2, handed + 1]);
  await ada.say('six');
  await world.settle();
  assert.equal(handedBy(ada), handed + 1, 'it has the chain since');
  assert.deepEqual(bob.lines().slice(-3), ['Ada: one', '* unreadable Ada ×4', 'Ada: six']);
  // Messages that are lacking since are told again.
  world.tamper = (to, frame, bytes) => (to.owner === bob && frame.kind === 'said' ? [] : [bytes]);
  for (const text of ['seven', 'eight']) {
    await ada.say(text);
    await world.settle();
  }
  world.tamper = (_to, _frame, bytes) => [bytes];
  await ada.say('nine');
  await world.settle();
  assert.equal(bob.lines().at(-3), '* missing Ada 2');
});

test('who asks for the chain again within ten seconds is given it before the next message', async () => {
  const { world, ada, bob } = await two();
  await ada.say('one');
  await world.settle();
  const lack = async () => {
    const peer = bob.membership.parts.roster.of(ada.id);
    const pass = peer && (await passTo(bob.membership.stay, peer, { kind: 'lack' }));
    assert.ok(pass);
    ada.tell({ kind: 'passed', from: bob.id, passed: pass.passed });
    await world.settle();
  };
  const handed = handedBy(ada);
  const given = async (times: number) => {
    await lack();
    assert.equal(handedBy(ada) - handed, times);
  };
  await given(1);
  await given(1);
  await ada.say('two');
  await world.settle();
  assert.equal(handedBy(ada) - handed, 2);
  await world.pass(9_999);
  await given(2);
  await world.pass(1);
  await given(3);
  // Not while a word is under way: its counter would be the chain's.
  await world.pass(10_000);
  world.tamper = (_to, frame, bytes) => (frame.kind === 'said' ? [] : [bytes]);
  await ada.say('three');
  await world.settle();
  await given(3);
});
