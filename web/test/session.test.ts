// Entering, talking and leaving, by sessions that talk through a relay in memory.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AliasError, checkAlias } from '../src/seal/alias.ts';
import { readRoomKey } from '../src/seal/room-key.ts';
import type { Ending, Refusal } from '../src/state.ts';
import { decodeClientFrame, encodeDaemonFrame, FRAME, FRAME_LEAST } from '../src/wire.ts';
import { REDRAWS_MOST } from '../src/session.ts';
import { ALIASES, three, World } from './relay.ts';
import { hex } from './vectors.ts';

/** How often a member handed its chain to others since a point. */
const handed = (world: World, since: number) =>
  world.seen.slice(since).flatMap(({ frame }) => (frame.kind === 'pass' ? frame.passes : [])).length;

test('who opens a room keeps it; who enters sees the members in order of arrival', async () => {
  const { ada, bob, eve } = await three();
  for (const person of [ada, bob, eve]) {
    const { phase, members, you, moderator, room, locked } = person.room;
    assert.equal(phase, 'room');
    assert.equal(room, 'Y1HE-DCG7');
    assert.equal(locked, false);
    assert.deepEqual(
      members.map(({ alias, keeper }) => [alias, keeper]),
      [
        ['Ada', true],
        ['Bob', false],
        ['Eve', false],
      ],
    );
    assert.equal(you.alias, person.alias);
    assert.equal(moderator, person === ada);
  }
  assert.deepEqual(ada.lines(), ['* joined Bob, Eve']);
  assert.deepEqual(eve.lines(), []);
  assert.equal(ada.session.invitation(), '#Y1HE-DCG7:9F3K-TQ2M-XA7B-0C1D');
});

test('where the rule says so, everyone may moderate', async () => {
  const world = new World();
  await world.person('Ada', 'open', { rule: 'everyone' });
  const bob = await world.person('Bob', 'enter');
  assert.equal(bob.room.moderator, true);
});

test('what is filled in wrongly is refused before anything is derived', async () => {
  for (const [extra, mode, refusal] of [
    [{ alias: '/stop' }, 'enter', checkAlias('/stop')],
    [{ alias: '' }, 'enter', checkAlias('')],
    [{ password: '' }, 'enter', 'bad-password'],
    [{ password: '1234567' }, 'open', 'bad-password'],
    [{ password: 'x'.repeat(257) }, 'enter', 'bad-password'],
  ] as const) {
    const world = new World();
    const person = await world.person('Ada', mode, extra);
    assert.deepEqual(person.view, { phase: 'entrance', refusal });
    assert.equal(world.seen.length, 0);
  }
});

test('a short password that somebody else chose is good enough to enter with', async () => {
  const world = new World();
  const ada = await world.person('Ada', 'enter', { password: '1234567' });
  assert.deepEqual(ada.view, { phase: 'entrance', refusal: 'no-entry' });
});

for (const [refusal, act] of [
  ['taken', (world: World) => world.person('Bob', 'open')],
  ['alias-in-use', (world: World) => world.person('ADA', 'enter')],
  ['no-entry', (world: World) => world.person('Bob', 'enter', { password: 'another password' })],
] as const) {
  test(`refused: ${refusal}`, async () => {
    const world = new World();
    await world.person('Ada', 'open');
    const { view } = await act(world);
    assert.deepEqual(view, { phase: 'entrance', refusal });
  });
}

test('every refusal of the daemon has its own name', async () => {
  for (const why of ['full', 'locked', 'busy', 'malformed', 'draining'] satisfies Refusal[]) {
    const world = new World();
    world.intercept = from => {
      world.refuse(from, why);
      return true;
    };
    const { view } = await world.person('Ada', 'enter');
    assert.deepEqual(view, { phase: 'entrance', refusal: why });
  }
});

/** A daemon that refuses whoever opens a room so often. */
function draining(times: number, retryMs = 0) {
  const world = new World();
  const asked: string[] = [];
  world.intercept = (from, frame) => {
    if (frame.kind !== 'create') return false;
    asked.push(hex(frame.room));
    if (asked.length > times) return false;
    world.refuse(from, 'draining', retryMs);
    return true;
  };
  return { world, asked };
}

test('where a daemon opens no rooms any more, a drawn key is drawn anew, and leads to another', async () => {
  const { world, asked } = draining(REDRAWS_MOST);
  const ada = await world.person('Ada', 'open', { drawn: true });
  assert.equal(ada.view.phase, 'room');
  assert.equal(new Set(asked).size, REDRAWS_MOST + 1);
  const room = readRoomKey(ada.room.room);
  assert.equal(room && hex(room), asked.at(-1), 'which the invitation names');
});

test('so many keys are drawn and no more, at each try anew', async () => {
  const { world, asked } = draining(Number.POSITIVE_INFINITY);
  const ada = await world.person('Ada', 'open', { drawn: true });
  assert.deepEqual(ada.view, { phase: 'entrance', refusal: 'draining' });
  assert.equal(asked.length, REDRAWS_MOST + 1);
  await ada.enter('open', { drawn: true });
  await world.settle();
  assert.equal(asked.length, 2 * (REDRAWS_MOST + 1));
});

for (const [what, extra, retryMs] of [
  ['a key that somebody chose', {}, 0],
  ['a daemon that comes back', { drawn: true }, 40_000],
] as const) {
  test(`nothing is drawn anew for ${what}`, async () => {
    const { world, asked } = draining(Number.POSITIVE_INFINITY, retryMs);
    const { view } = await world.person('Ada', 'open', extra);
    assert.deepEqual(view, { phase: 'entrance', refusal: 'draining', ...(retryMs > 0 && { retryMs }) });
    assert.equal(asked.length, 1);
  });
}

test('a connection that cannot be made is unreachable, and can be tried again', async () => {
  const world = new World();
  const ada = await world.person('Ada', 'open');
  const bob = await world.person('Bob', 'enter', { password: 'another password' });
  assert.deepEqual(bob.view, { phase: 'entrance', refusal: 'no-entry' });
  await bob.enter('enter');
  await bob.stretchOne();
  await bob.carryOut(bob.session.lost(world.now));
  assert.deepEqual(bob.view, { phase: 'entrance', refusal: 'unreachable' });
  await bob.enter('enter');
  await world.settle();
  assert.equal(bob.view.phase, 'room');
  assert.equal(ada.room.members.length, 2);
});

test('a message is on its way until the daemon has echoed it, and everyone reads it', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.say('<b>hello</b>');
  assert.equal(ada.lines().at(-1), 'Ada: <b>hello</b> (sending)');
  await world.settle();
  for (const person of [ada, bob, eve]) assert.equal(person.lines().at(-1), 'Ada: <b>hello</b>');
  await bob.say('hi');
  await world.settle();
  for (const person of [ada, bob, eve]) assert.equal(person.lines().at(-1), 'Bob: hi');
  const line = eve.room.lines.at(-1);
  assert.deepEqual(line?.kind === 'message' && line.from, {
    ...eve.addressee(bob.id),
    alias: 'Bob',
    hue: 2,
    you: false,
  });
});

test('the daemon sees neither alias nor text', async () => {
  const { world, ada, bob } = await three();
  await ada.say('SECRET');
  await bob.whisper(ada, 'SECRET');
  await world.settle();
  const wire = world.seen.map(({ bytes }) => Buffer.from(bytes).toString('latin1')).join();
  for (const secret of ['SECRET', 'Ada', 'Bob', '9F3K']) assert.ok(!wire.includes(secret), secret);
});

test('messages typed at once leave one after the other and keep their order', async () => {
  const { world, ada, eve } = await three();
  for (const text of ['one', 'two', 'three']) await ada.say(text);
  assert.equal(ada.lines().filter(line => line.endsWith('(sending)')).length, 3);
  await world.settle();
  assert.deepEqual(eve.lines(), ['Ada: one', 'Ada: two', 'Ada: three']);
  assert.deepEqual(ada.lines().slice(-3), ['Ada: one', 'Ada: two', 'Ada: three']);
});

test('a chain is handed out once, and to a newcomer before the next message only', async () => {
  const { world, ada } = await three();
  await ada.say('one');
  await world.settle();
  assert.equal(handed(world, 0), 2);
  let point = world.seen.length;
  await ada.say('two');
  await world.settle();
  assert.equal(handed(world, point), 0);
  point = world.seen.length;
  const zoe = await world.person('Zoe', 'enter');
  assert.equal(handed(world, point), 0);
  await ada.say('three');
  await world.settle();
  assert.equal(handed(world, point), 1);
  assert.deepEqual(zoe.lines(), ['Ada: three']);
});

test('who joins between the handing out and the message does not read it, but the next', async () => {
  const { world, ada, bob } = await three();
  await ada.say('before you');
  ada.deliverOne();
  ada.mute = true;
  const zoe = await world.person('Zoe', 'enter');
  ada.mute = false;
  await world.settle();
  assert.equal(bob.lines().at(-1), 'Ada: before you');
  assert.deepEqual(zoe.lines(), ['* unreadable Ada']);
  await ada.say('with you');
  await world.settle();
  assert.deepEqual(zoe.lines(), ['* unreadable Ada', 'Ada: with you']);
});

test('passes go at most 64 to a frame', async () => {
  const world = new World();
  const ada = await world.person('Ada', 'open');
  for (let index = 0; index < 66; index++) await world.person(`B${index}`, 'enter');
  const point = world.seen.length;
  await ada.say('all of you');
  await world.settle();
  const passes = world.seen
    .slice(point)
    .flatMap(({ frame }) => (frame.kind === 'pass' ? [frame.passes.length] : []));
  assert.deepEqual(passes, [64, 2]);
  for (const person of world.people.slice(1)) assert.equal(person.lines().at(-1), 'Ada: all of you');
});

test('passes keep to the largest frame that the daemon takes', async () => {
  const world = new World();
  world.largestFrame = FRAME_LEAST;
  const ada = await world.person('Ada', 'open');
  for (let index = 0; index < 20; index++) await world.person(`B${index}`, 'enter');
  const point = world.seen.length;
  await ada.say('all of you');
  await world.settle();
  const frames = world.seen.slice(point).filter(({ frame }) => frame.kind === 'pass');
  assert.equal(frames.length, 3);
  for (const person of world.people.slice(1)) assert.equal(person.lines().at(-1), 'Ada: all of you');
});

test('a message of the largest size goes through, one byte more in its box is not taken', async () => {
  const world = new World();
  world.largestFrame = FRAME_LEAST;
  const ada = await world.person('Ada', 'open');
  // 32 for the frame, 8 for the head, 64 for the seal, in steps of 128. Of the item the view and the signature
  // take 83 bytes, the numbers at their largest 20, the body without its text 18.
  const most = Math.floor((FRAME_LEAST - 32 - 8 - 64) / 128) * 128 - 121;
  assert.equal(await ada.say('x'.repeat(most)), true);
  await world.settle();
  assert.equal(ada.room.lines.at(-1)?.kind, 'message');
  assert.equal(await ada.say('x'.repeat(most + 1)), false);
  assert.equal(
    ada.lines().at(-1),
    '! That is too long to send, or too much at once. Shorten it, or wait until all has gone that waits.',
  );
});

test('after a departure a new generation is spoken, which who left cannot open', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.say('one');
  await world.settle();
  const before = world.seen.findLast(({ frame }) => frame.kind === 'say');
  await ada.kick(eve.id);
  await world.settle();
  assert.deepEqual(eve.view, { phase: 'over', ending: 'kicked', by: 'Ada' });
  assert.equal(bob.lines().at(-1), '* kicked Eve by Ada');
  const point = world.seen.length;
  await ada.say('two');
  await world.settle();
  assert.equal(bob.lines().at(-1), 'Ada: two');
  const passes = world.seen.slice(point).flatMap(({ frame }) => (frame.kind === 'pass' ? frame.passes : []));
  assert.deepEqual(
    passes.map(({ to }) => to),
    [bob.id],
  );
  const after = world.seen.findLast(({ frame }) => frame.kind === 'say');
  const head = (seen: typeof before) =>
    seen?.frame.kind === 'say' ? hex(seen.frame.payload.subarray(0, 8)) : '';
  assert.equal(head(before), '0000000000000000');
  assert.equal(head(after), '0000000100000002');
});

test('a whisper is read by one only, and its sender sees whom it went to', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.whisper(eve, 'psst');
  await world.settle();
  assert.equal(ada.lines().at(-1), 'Ada whisper to Eve: psst (delivered)');
  assert.equal(eve.lines().at(-1), 'Ada whisper: psst');
  assert.ok(!bob.lines().some(line => line.includes('psst')));
  await eve.whisper(ada, 'yes?');
  await ada.whisper(eve, 'again');
  await world.settle();
  assert.equal(eve.lines().at(-1), 'Ada whisper: again');
  assert.equal(ada.lines().at(-1), 'Eve whisper: yes?');
});

test('a whisper to somebody who has just left has failed', async () => {
  const { world, ada, bob } = await three();
  const { id } = bob;
  ada.deaf = true;
  await bob.leave();
  await world.settle();
  assert.deepEqual(bob.view, { phase: 'over', ending: 'left' });
  await ada.whisper({ id }, 'psst');
  await world.settle();
  ada.deaf = false;
  await world.settle();
  assert.equal(ada.lines().at(-2), 'Ada whisper to Bob: psst (failed)');
  assert.equal(ada.lines().at(-1), '* exit Bob');
});

test('a whisper that could not be sealed uses up no counter', async () => {
  const { world, ada, bob } = await three();
  const peer = ada.membership.parts.roster.of(bob.id);
  assert.ok(peer);
  peer.standing = 'not-ready';
  await ada.whisper(bob, 'not yet');
  assert.equal(ada.lines().at(-1), 'Ada whisper to Bob: not yet (failed)');
  peer.standing = 'ready';
  await ada.whisper(bob, 'now');
  await world.settle();
  assert.equal(bob.lines().at(-1), 'Ada whisper: now');
  assert.ok(!bob.lines().some(line => line.startsWith('* missing')));
});

test('look-alikes are told of in events and lines, and each member keeps its hue', async () => {
  const world = new World();
  const ada = await world.person('Ada', 'open');
  const bob = await world.person('Bob', 'enter');
  const eve = await world.person('\u0410\u0501\u0430', 'enter');
  await eve.say('me');
  await world.settle();
  const [joined, said] = bob.room.lines.slice(-2);
  const lookalike = { of: 'member', alias: 'Ada' };
  const named = { alias: '\u0410\u0501\u0430', hue: 2, lookalike };
  assert.deepEqual(joined?.kind === 'event' && joined.who, named);
  assert.deepEqual(said?.kind === 'message' && said.from, { ...bob.addressee(eve.id), ...named, you: false });
  assert.deepEqual(ada.room.members.at(-1)?.lookalike, { of: 'you' });
  assert.equal(ada.room.members[0]?.lookalike, undefined);
  assert.deepEqual(bob.room.members[0]?.lookalike, { of: 'member', alias: '\u0410\u0501\u0430' });
  for (const person of [ada, bob, eve]) {
    assert.equal(new Set(person.room.members.map(({ hue }) => hue)).size, 3);
  }
});

test('a refused alias says what is wrong with it', async () => {
  const ada = await new World().person('Ad\u0430', 'open');
  const refusal = new AliasError('mixed', '\u0430', 'Cyrillic', 'Latin');
  assert.deepEqual(ada.view, { phase: 'entrance', refusal });
});

test('lock, unlock, keeper and departures are lines, and the view knows', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.lock(true);
  await world.settle();
  assert.equal(bob.room.locked, true);
  const zoe = await world.person('Zoe', 'enter');
  assert.deepEqual(zoe.view, { phase: 'entrance', refusal: 'locked' });
  await ada.lock(false);
  await world.settle();
  await ada.leave('so long');
  await world.settle();
  assert.deepEqual(ada.view, { phase: 'over', ending: 'left' });
  assert.deepEqual(eve.lines(), [
    '* locked by Ada',
    '* unlocked by Ada',
    'Ada farewell: so long',
    '* exit Ada',
    '* keeper Bob',
  ]);
  assert.equal(bob.room.moderator, true);
});

test('what is not yours to do is a line that only you see', async () => {
  const { world, ada, bob } = await three();
  await bob.kick(ada.id);
  await ada.kick(77);
  await world.settle();
  assert.equal(
    bob.lines().at(-1),
    '! Only the keeper may do that, and that is Ada. Ask there for it, or for the keeping of the room.',
  );
  assert.equal(ada.lines().at(-1), '! That member is not here any more.');
  assert.equal(ada.view.phase, 'room');
});

test('that the daemon restarts is told beforehand, and talk goes on until it does', async () => {
  const { world, ada, bob } = await three();
  for (const person of [ada, bob]) person.tell({ kind: 'closing', seconds: 60 });
  await world.settle();
  await ada.say('see you afterwards');
  await world.settle();
  assert.deepEqual(bob.lines().slice(-2), ['* closing 60', 'Ada: see you afterwards']);
});

test('stop ends it for everyone, by name', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.stop();
  await world.settle();
  assert.deepEqual(ada.view, { phase: 'over', ending: 'stopped' }, 'who did it knows');
  for (const { view } of [bob, eve]) assert.deepEqual(view, { phase: 'over', ending: 'stopped', by: 'Ada' });
});

test('bytes that are no frame end the visit', async () => {
  const { ada } = await three();
  for (const bytes of [new Uint8Array(), Uint8Array.of(0xff)]) {
    await ada.carryOut(await ada.session.frame(bytes, 0));
    assert.deepEqual(ada.view, { phase: 'over', ending: 'malformed' });
  }
});

test('leaving works when the daemon does not answer', async () => {
  const { world, ada } = await three();
  ada.deaf = true;
  await ada.leave();
  assert.equal(ada.view.phase, 'room');
  assert.equal(ada.session.membership(), null);
  await world.pass(1499);
  assert.equal(ada.view.phase, 'room');
  await world.pass(1);
  assert.deepEqual(ada.view, { phase: 'over', ending: 'left' });
});

test('an end that comes while one leaves is told as leaving', async () => {
  const { world, ada } = await three();
  ada.mute = true;
  await ada.leave();
  ada.tell({ kind: 'over', end: 'stopped', by: null });
  await world.settle();
  assert.deepEqual(ada.view, { phase: 'over', ending: 'left' });
});

test('leaving before one is in goes back to the entrance', async () => {
  const world = new World();
  const ada = await world.person('Ada', 'open');
  const room = readRoomKey('Y1HE-DCG7');
  assert.ok(room);
  const bob = await world.person('Bob', 'enter', { password: 'wrong password' });
  bob.session.enter({ alias: 'Bob', room, password: '9F3K-TQ2M-XA7B-0C1D', mode: 'enter' }, ALIASES);
  assert.equal(bob.view.phase, 'deriving');
  bob.session.progress(0.5);
  assert.deepEqual(bob.view, { phase: 'deriving', progress: 0.5 });
  await bob.session.leave(undefined, world.now);
  assert.deepEqual(bob.view, { phase: 'entrance' });
  const late = new Uint8Array(32).fill(1);
  assert.deepEqual(await bob.session.derived(late, world.now), []);
  assert.ok(late.every(byte => byte === 0));
  assert.equal(ada.room.members.length, 1);
});

test('the first frames are those of the protocol', async () => {
  const world = new World();
  await world.person('Ada', 'open', { rule: 'everyone' });
  const [first] = world.seen;
  assert.ok(first);
  const frame = decodeClientFrame(first.bytes);
  assert.ok(frame.kind === 'create');
  assert.equal(hex(frame.room), 'f062e6b207');
  assert.equal(frame.rule, 'everyone');
  assert.equal(frame.card.length, 320);
  assert.equal(encodeDaemonFrame({ kind: 'refused', why: 'taken', retryMs: 0 }).length, 4);
});

test('whispers that the relay repeats, in whatever order, are heard once', async () => {
  const { world, ada, bob } = await three();
  for (const text of ['psst 1', 'psst 2', 'psst 3']) {
    await ada.whisper(bob, text);
    await world.pass(1000);
  }
  const whispers = world.seen.flatMap(({ from, frame }) =>
    from === ada && frame.kind === 'pass' ? frame.passes : [],
  );
  assert.equal(whispers.length, 3);
  for (const { passed } of [...whispers, ...whispers.toReversed()])
    bob.tell({ kind: 'passed', from: ada.id, passed: Uint8Array.from(passed) });
  await world.settle();
  assert.equal(bob.lines().filter(line => line.includes('psst')).length, 3);
});

test('what cannot be opened is one line for each member, since somebody last spoke', async () => {
  const { world, ada, bob } = await three();
  for (let time = 1; time <= 3; time++) {
    world.all({ kind: 'said', from: ada.id, payload: new Uint8Array(400) });
    world.all({ kind: 'said', from: 99, payload: new Uint8Array(3) });
  }
  bob.tell({ kind: 'passed', from: ada.id, passed: new Uint8Array(192) });
  await world.settle();
  assert.deepEqual(bob.lines().slice(-2), ['* unreadable ×3', '* unreadable Ada ×4']);
});

test('a farewell comes after what was under way, once that has come back or been denied', async () => {
  for (const isDenied of [false, true]) {
    const { world, ada, bob, eve } = await three();
    await ada.say('hello');
    await eve.leave();
    await world.settle();
    await bob.drop();
    bob.open();
    await bob.hearOne();
    await bob.sendOne();
    // Of two words that she says before she hears that Bob is back, he would take the second for a lie.
    ada.deaf = true;
    let denied = false;
    world.intercept = (from, frame) => {
      if (frame.kind !== 'say' || denied || !isDenied) return false;
      denied = true;
      world.deny(from, FRAME.say, 'too-fast', 0);
      return true;
    };
    await ada.say('one more thing');
    await ada.leave('so long');
    await world.settle();
    ada.deaf = false;
    await world.settle();
    await world.pass(100);
    assert.deepEqual(ada.view, { phase: 'over', ending: 'left' });
    const events = bob.lines().filter(line => /missing|differs|unreadable/.test(line));
    assert.deepEqual(events, []);
    const said = bob.lines().slice(-4);
    assert.deepEqual(said, ['Ada: one more thing', 'Ada farewell: so long', '* exit Ada', '* keeper Bob']);
  }
});

test('a message whose time is over is forgotten by everybody, and what came later stays', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.say('for a minute', 60);
  await ada.say('for ever');
  await world.settle();
  await world.pass(59_999);
  for (const person of [ada, bob, eve]) assert.ok(person.lines().includes('Ada: for a minute'));
  await world.pass(1);
  for (const person of [ada, bob, eve]) {
    assert.equal(person.lines().at(-1), 'Ada: for ever');
    assert.ok(!person.lines().includes('Ada: for a minute'), person.alias);
  }
});

test('who opened the room, and when, is what all see', async () => {
  const { world, ada, bob } = await three();
  const at = world.now;
  await world.pass(5000);
  const zoe = await world.person('Zoe', 'enter');
  for (const { room } of [ada, bob, zoe]) assert.deepEqual(room.opened, { alias: 'Ada', at });
});

test('every end but too-slow is final and leaves nothing behind', async () => {
  for (const end of ['flooding', 'resumed-elsewhere', 'shutting-down', 'malformed'] satisfies Ending[]) {
    const { world, ada, bob } = await three();
    await bob.say('hello');
    await world.settle();
    ada.tell({ kind: 'over', end, by: null });
    await world.settle();
    assert.deepEqual(ada.view, { phase: 'over', ending: end });
    assert.equal(ada.session.invitation(), '');
    assert.equal(ada.session.membership(), null);
  }
});

test('whoever runs the machine stops a room without a member’s word, and that is said', async () => {
  const { world, bob } = await three();
  bob.tell({ kind: 'over', end: 'stopped', by: null });
  await world.settle();
  assert.deepEqual(bob.view, { phase: 'over', ending: 'stopped-by-host' });
});

test('destroying wipes every secret', async () => {
  const { world, ada, bob } = await three();
  await ada.say('hello');
  await ada.whisper(bob, 'psst');
  await bob.say('hello');
  await world.settle();
  const { stay } = ada.membership;
  const { door, seat, voice, own, roomSalt, heart } = stay;
  const secrets = [door.gate.seed, door.cardKey, door.aliasKey, seat.seed, voice.seed, own.secret];
  secrets.push(roomSalt.salt, heart.secret, heart.password);
  for (const secret of secrets) assert.ok(secret.some(byte => byte !== 0));
  ada.session.destroy();
  for (const secret of secrets) assert.ok(secret.every(byte => byte === 0));
  assert.deepEqual(ada.view, { phase: 'entrance' });
});

test('a farewell that the daemon denies for a moment is said once that is over', async () => {
  for (const [retryMs, isSaid] of [
    [1400, true],
    [1600, false],
  ] as const) {
    const { world, ada, bob } = await three();
    world.intercept = (from, frame) => {
      if (frame.kind !== 'say') return false;
      world.intercept = () => false;
      world.deny(from, FRAME.say, 'too-fast', retryMs);
      return true;
    };
    // The daemon says nothing meanwhile.
    const passes = async (milliseconds: number) => {
      world.now += milliseconds;
      await ada.wake();
      await world.settle();
    };
    await ada.say('too fast');
    await world.settle();
    await ada.leave('so long');
    await world.settle();
    await passes(retryMs - 1);
    assert.ok(!bob.lines().some(line => line.includes('so long')));
    await passes(1);
    assert.equal(bob.lines().includes('Ada farewell: so long'), isSaid);
    await passes(200);
    assert.deepEqual(ada.view, { phase: 'over', ending: 'left' });
  }
});
