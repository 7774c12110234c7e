// Another password for a room: who gets it, who is out, and what becomes of all that goes wrong on the way.

import { HASH } from '../src/seal/hkdf.ts';
import type { Bytes } from '../src/cbor.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RELOCK_DENIED_MOST } from '../src/session/moderation.ts';
import { FORMER_KEPT } from '../src/session/pair-keys.ts';
import { FRAME, FRAME_LEAST, type Seated } from '../src/wire.ts';
import { isWiped } from './breaks.ts';
import { strange } from './keys.ts';
import { type Person, standing, three, World } from './relay.ts';
import { filled } from './stays.ts';

const OLD = '#Y1HE-DCG7:9F3K-TQ2M-XA7B-0C1D';

/** The commands that somebody has given. */
const given = (world: World, person: Person) =>
  world.seen.flatMap(({ from, command }) => (from === person && command ? [command.kind] : []));

const hears = async (world: World, from: Person, ...others: Person[]) => {
  await from.say(`by ${from.alias}`);
  await world.settle();
  for (const person of others) assert.equal(person.lines().at(-1), `${from.alias}: by ${from.alias}`);
};

test('all who are there get the new password, renew their keys behind it, and talk on', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.say('before');
  await world.settle();
  await ada.relock();
  await world.settle();
  const invitation = ada.session.invitation();
  assert.notEqual(invitation, OLD);
  assert.match(invitation, /^#Y1HE-DCG7:(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
  for (const person of [ada, bob, eve]) {
    assert.equal(person.session.invitation(), invitation);
    assert.equal(person.membership.stay.own.n, 1);
    assert.equal(person.lines().at(-1), '* relocked by Ada');
    assert.ok(person.room.members.every(({ standing }) => standing === 'ready'));
  }
  await hears(world, bob, ada, eve);
  const zoe = await world.person('Zoe', 'enter');
  assert.deepEqual(zoe.view, { phase: 'entrance', refusal: 'no-entry' });
  await zoe.enterBy(eve);
  await world.settle();
  await hears(world, zoe, ada, bob, eve);
  await hears(world, bob, ada, eve, zoe);
});

test('a kick for good is a lock, a kick, a relock and an unlock, in that order', async () => {
  const { world, ada, bob, eve } = await three();
  ada.slow = true;
  await ada.kick(eve.id, true);
  await world.settle();
  assert.deepEqual(given(world, ada), ['lock', 'kick']);
  assert.deepEqual([ada.room.locked, ada.room.relocking], [true, true]);
  await ada.stretch();
  assert.deepEqual(given(world, ada), ['lock', 'kick', 'relock', 'lock', 'renew']);
  assert.deepEqual([bob.room.locked, ada.room.relocking], [false, false]);
  assert.deepEqual(eve.view, { phase: 'over', ending: 'kicked', by: 'Ada' });
});

test('a kick without another password is a kick, and a room that was locked stays so', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.kick(bob.id);
  await world.settle();
  assert.deepEqual(given(world, ada), ['kick']);
  assert.equal(ada.session.invitation(), OLD);
  await ada.lock(true);
  await ada.kick(eve.id, true);
  await world.settle();
  assert.deepEqual(given(world, ada).slice(1), ['lock', 'kick', 'relock', 'renew']);
  assert.equal(ada.room.locked, true);
});

test('who may not gives no password, and locks nothing', async () => {
  const { world, ada, bob, eve } = await three();
  await bob.relock();
  assert.match(bob.lines().at(-1) ?? '', /Only the keeper may/);
  await bob.kick(eve.id, true);
  await world.settle();
  assert.deepEqual(given(world, bob), ['kick']);
  assert.match(bob.lines().at(-1) ?? '', /Only the keeper may/);
  assert.deepEqual([ada.room.locked, bob.room.relocking, eve.view.phase], [false, false, 'room']);
});

test('who came while the password was being made does not get it, and is told why it is out', async () => {
  const { world, ada, bob } = await three();
  ada.slow = true;
  await ada.relock();
  const zoe = await world.person('Zoe', 'enter');
  assert.equal(zoe.view.phase, 'room');
  await ada.stretch();
  assert.deepEqual(zoe.view, { phase: 'over', ending: 'left-out' });
  assert.ok(bob.lines().includes('* left-out Zoe by Ada'));
  await hears(world, ada, bob);
});

test('those alone get it whom the question named', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.carryOut(await ada.membership.relock(world.now, [ada.addressee(bob.id)]));
  await world.settle();
  assert.deepEqual(eve.view, { phase: 'over', ending: 'left-out' });
  assert.equal(bob.session.invitation(), ada.session.invitation());
});

test('who is away when the room gets another password finds it on coming back', async () => {
  const { world, ada, bob, eve } = await three();
  await bob.lose();
  await world.settle();
  await ada.kick(eve.id, true);
  await world.settle();
  await bob.connect();
  assert.equal(bob.session.invitation(), ada.session.invitation());
  assert.ok(bob.lines().includes('* relocked'));
  await hears(world, ada, bob);
  await hears(world, bob, ada);
});

test('whose connection breaks right after the relock finds the door on coming back, too', async () => {
  const { world, ada, bob } = await three();
  bob.deaf = true;
  await ada.relock();
  await world.settle();
  await bob.lose();
  bob.deaf = false;
  await bob.connect();
  assert.equal(bob.session.invitation(), ada.session.invitation());
  await hears(world, bob, ada);
});

test('whose connection breaks while it gives another password learns whether the room took it', async () => {
  for (const isTaken of [true, false]) {
    const { world, ada, bob } = await three();
    ada.slow = true;
    await ada.relock();
    await world.settle();
    ada.deaf = true;
    world.intercept = (_from, _frame, command) => !isTaken && command?.kind === 'relock';
    await ada.stretch();
    world.intercept = () => false;
    await ada.lose();
    ada.deaf = false;
    await ada.connect();
    assert.equal(ada.session.invitation(), bob.session.invitation(), `${isTaken}`);
    assert.notEqual(ada.session.invitation(), OLD);
    assert.equal(world.room?.lock, 1);
    await hears(world, ada, bob);
    await hears(world, bob, ada);
  }
});

test('a password that the room may have left is never given to it again', async () => {
  const { world, ada, bob } = await three('everyone');
  const left = [OLD];
  ada.slow = true;
  await ada.relock();
  await world.settle();
  ada.deaf = true;
  await ada.stretch();
  left.push(bob.session.invitation());
  await bob.relock();
  await world.settle();
  left.push(bob.session.invitation());
  await ada.lose();
  ada.deaf = false;
  await ada.connect();
  assert.equal(world.room?.lock, 3);
  assert.equal(new Set([...left, bob.session.invitation()]).size, 4);
  assert.equal(ada.session.invitation(), bob.session.invitation());
  await hears(world, ada, bob);
});

test('of two who give another password at once one does, and the other is told', async () => {
  const { world, ada, bob, eve } = await three('everyone');
  ada.slow = bob.slow = true;
  await ada.relock();
  await bob.kick(eve.id, true);
  await world.settle();
  ada.mute = bob.mute = true;
  await ada.stretch();
  await bob.stretch();
  ada.mute = bob.mute = false;
  await world.settle();
  assert.equal(ada.session.invitation(), bob.session.invitation());
  assert.equal(world.room?.lock, 1);
  assert.match(bob.lines().join('\n'), /at the same time\. The room stays locked/);
  assert.equal(ada.room.locked, true);
  await hears(world, bob, ada);
});

test('where somebody leaves meanwhile, another list is made', async () => {
  const { world, ada, bob, eve } = await three();
  ada.slow = true;
  await ada.relock();
  await world.settle();
  ada.deaf = true;
  await eve.leave();
  await world.settle();
  await ada.stretch();
  ada.deaf = false;
  await world.settle();
  await world.pass(1000);
  assert.deepEqual(given(world, ada), ['relock', 'relock', 'renew']);
  assert.equal(bob.session.invitation(), ada.session.invitation());
});

test('two kicks for good, one right after the other, are both for good', async () => {
  const { world, ada, bob, eve } = await three();
  const zoe = await world.person('Zoe', 'enter');
  await ada.kick(eve.id, true);
  await ada.kick(zoe.id, true);
  await world.settle();
  assert.equal(world.room?.lock, 1, 'one password does for both');
  assert.equal(ada.room.locked, false);
  assert.equal(bob.session.invitation(), ada.session.invitation());
  for (const { view } of [eve, zoe]) assert.deepEqual(view, { phase: 'over', ending: 'kicked', by: 'Ada' });
  await hears(world, bob, ada);
});

test('a password that could not be made leaves the room locked, and that is told', async () => {
  const { world, ada, eve } = await three();
  ada.slow = true;
  await ada.kick(eve.id, true);
  await world.settle();
  await ada.carryOut(await ada.session.derivationFailed(true, world.now));
  await world.settle();
  assert.match(ada.lines().at(-1) ?? '', /No new password could be made/);
  assert.deepEqual([ada.room.locked, ada.room.relocking], [true, false]);
  assert.equal(ada.session.invitation(), OLD);
});

test('where the boxes of all do not fit into one frame, the password stays as it is, and that is told', async () => {
  for (const [others, isGiven] of [
    [3, true],
    [7, false],
  ] as const) {
    const world = new World();
    world.largestFrame = FRAME_LEAST;
    const ada = await world.person('Ada', 'open');
    for (let index = 0; index < others; index++) await world.person(`B${index}`, 'enter');
    await ada.relock();
    await world.settle();
    assert.equal(ada.session.invitation() !== OLD, isGiven);
    assert.equal(/No new password/.test(ada.lines().at(-1) ?? ''), !isGiven);
    assert.deepEqual([ada.view.phase, ada.room.relocking], ['room', false]);
  }
});

test('a relock that is too fast is asked for again', async () => {
  const { world, ada, bob } = await three();
  let times = 0;
  world.intercept = (from, _frame, command) => {
    if (command?.kind !== 'relock' || times++ > 0) return false;
    world.deny(from, FRAME.relock, 'too-fast', 400);
    return true;
  };
  await ada.relock();
  await world.settle();
  await world.pass(999);
  assert.equal(bob.session.invitation(), OLD);
  await world.pass(1);
  assert.notEqual(bob.session.invitation(), OLD);
  assert.equal(bob.session.invitation(), ada.session.invitation());
});

test('who has no key to the room finds one on coming back, and whom it could not read is ready then', async () => {
  const { world, ada, bob, eve } = await three();
  world.tamper = (to, frame, bytes) => (to.owner === bob && frame.kind === 'boxed' ? [] : [bytes]);
  await ada.relock();
  await world.settle();
  const standings = () => bob.room.members.map(({ standing }) => standing);
  assert.ok(bob.lines().includes('* keyless'));
  assert.deepEqual(standings(), ['not-ready', 'ready', 'not-ready']);
  world.tamper = (_to, _frame, bytes) => [bytes];
  await bob.lose();
  await bob.connect();
  assert.ok(bob.lines().includes('* relocked'), bob.lines().join('\n'));
  assert.equal(bob.session.invitation(), ada.session.invitation());
  assert.deepEqual(standings(), ['ready', 'ready', 'ready']);
  await hears(world, bob, ada, eve);
  await hears(world, ada, bob, eve);
});

test('of two cards of one alias in a welcome none is refused, though one was not ready before', async () => {
  const { world, ada, bob } = await three();
  world.tamper = (to, frame, bytes) => (to.owner === bob && frame.kind === 'boxed' ? [] : [bytes]);
  await ada.relock();
  await world.settle();
  const { door } = ada.membership.stay;
  const come: Seated[] = [];
  for (const [id, alias] of [
    [60, 'Ada'],
    [61, 'Zoe'],
  ] as const) {
    const entry = filled(16, id);
    const card = await strange(alias, door, entry, 2 * id);
    come.push({ id, entry, card, away: false });
    bob.tell({ kind: 'joined', id, entry, card });
    await world.settle();
    assert.equal(standing(bob, id), 'not-ready');
  }
  world.tamper = (to, frame, bytes) => {
    if (to.owner !== bob || frame.kind !== 'welcome') return [bytes];
    bob.tell({ ...frame, members: [...frame.members, ...come] });
    return [];
  };
  await bob.lose();
  await bob.connect();
  const { members } = bob.membership.view();
  const shown = members.filter(({ you }) => !you).map(({ alias, ordinal }) => [alias, ordinal]);
  assert.deepEqual(shown, [
    ['Ada', 1],
    ['Eve', undefined],
    ['Ada', 2],
    ['Zoe', undefined],
  ]);
});

test('who was refused an alias is not met with it later, though a welcome shows what nobody can open', async () => {
  const { world, ada, bob } = await three();
  await ada.relock();
  await world.settle();
  const { door } = ada.membership.stay;
  const entry = filled(16, 60);
  const card = await strange('Ada', door, entry, 120);
  const garbage = filled(card.length, 61);
  const shows = async (shown: Bytes) => {
    bob.tell({ kind: 'renewed', id: 60, card: shown });
    await world.settle();
  };
  bob.tell({ kind: 'joined', id: 60, entry, card });
  await world.settle();
  assert.equal(standing(bob, 60), 'unreadable');
  await shows(garbage);
  assert.equal(standing(bob, 60), 'not-ready');
  world.tamper = (to, frame, bytes) => {
    if (to.owner !== bob || frame.kind !== 'welcome') return [bytes];
    bob.tell({ ...frame, members: [...frame.members, { id: 60, entry, card: garbage, away: false }] });
    return [];
  };
  await bob.lose();
  await bob.connect();
  await shows(card);
  assert.equal(standing(bob, 60), 'unreadable');
});

test('who comes with what nobody can open is refused, and not met later', async () => {
  const { world, ada, bob } = await three();
  await ada.relock();
  await world.settle();
  const { door } = ada.membership.stay;
  const entry = filled(16, 60);
  const card = await strange('Ada', door, entry, 120);
  const garbage = filled(card.length, 61);
  bob.tell({ kind: 'joined', id: 60, entry, card: garbage });
  await world.settle();
  world.tamper = (to, frame, bytes) => {
    if (to.owner !== bob || frame.kind !== 'welcome') return [bytes];
    bob.tell({ ...frame, members: [...frame.members, { id: 60, entry, card: garbage, away: false }] });
    return [];
  };
  await bob.lose();
  await bob.connect();
  bob.tell({ kind: 'renewed', id: 60, card });
  await world.settle();
  assert.equal(standing(bob, 60), 'unreadable');
});

test('who was not heard meanwhile gets no alias of somebody who came, its own neither', async () => {
  const { world, ada, bob } = await three();
  await ada.relock();
  await world.settle();
  const { door } = ada.membership.stay;
  const [entry, other] = [filled(16, 60), filled(16, 61)];
  const card = await strange('Zoe', door, entry, 120);
  const garbage = filled(card.length, 61);
  bob.tell({ kind: 'joined', id: 60, entry, card });
  await world.settle();
  assert.equal(standing(bob, 60), 'ready');
  bob.tell({ kind: 'renewed', id: 60, card: garbage });
  await world.settle();
  assert.equal(standing(bob, 60), 'not-ready');
  const came = await strange('Zoe', door, other, 124);
  bob.tell({ kind: 'joined', id: 61, entry: other, card: came });
  await world.settle();
  assert.equal(standing(bob, 61), 'ready', 'the alias was free');
  world.tamper = (to, frame, bytes) => {
    if (to.owner !== bob || frame.kind !== 'welcome') return [bytes];
    const come = [
      { id: 60, entry, card: garbage, away: false },
      { id: 61, entry: other, card: came, away: false },
    ];
    bob.tell({ ...frame, members: [...frame.members, ...come] });
    return [];
  };
  await bob.lose();
  await bob.connect();
  bob.tell({ kind: 'renewed', id: 60, card });
  await world.settle();
  assert.equal(standing(bob, 60), 'unreadable');
});

test('who was known before a break is met before somebody of the same alias who came in it', async () => {
  const { world, ada, bob, eve } = await three();
  world.tamper = (to, frame, bytes) => (to.owner === bob && frame.kind === 'boxed' ? [] : [bytes]);
  await ada.relock();
  await world.settle();
  assert.equal(standing(bob, eve.id), 'not-ready');
  world.tamper = (_to, _frame, bytes) => [bytes];
  await eve.lose();
  await bob.lose();
  await world.settle();
  const password = ada.session.invitation().split(':')[1] ?? '';
  const second = await world.person('Eve', 'enter', { password });
  await bob.connect();
  assert.deepEqual([standing(bob, eve.id), standing(bob, second.id)], ['ready', 'ready']);
});

test('a relock that is always denied is asked for once a second, so many times and no more, and that is told', async () => {
  for (const why of ['no-such-member', 'too-fast'] as const)
    for (const times of [RELOCK_DENIED_MOST - 1, RELOCK_DENIED_MOST]) {
      const { world, ada } = await three();
      let denied = 0;
      world.intercept = (from, _frame, command) => {
        if (command?.kind !== 'relock' || denied >= times) return false;
        denied += 1;
        world.deny(from, FRAME.relock, why);
        return true;
      };
      await ada.relock();
      await world.settle();
      for (let second = 1; second < times; second++) {
        assert.equal(given(world, ada).length, second);
        await world.pass(999);
        assert.equal(given(world, ada).length, second);
        await world.pass(1);
      }
      await world.pass(60_000);
      const isGiven = times < RELOCK_DENIED_MOST;
      assert.equal(ada.session.invitation() !== OLD, isGiven);
      assert.equal(given(world, ada).filter(kind => kind === 'relock').length, RELOCK_DENIED_MOST);
      assert.equal(/No new password/.test(ada.lines().join('\n')), !isGiven);
      assert.equal(ada.room.relocking, false);
    }
});

test('seats that are given up, one in each try, keep nobody in the room', async () => {
  const { world, ada, bob, eve } = await three();
  for (let n = 0; n < RELOCK_DENIED_MOST; n++) await world.person(`M${n}`, 'enter');
  const seats = world.room?.seats.slice(3) ?? [];
  world.intercept = (_from, _frame, command) => {
    const seat = command?.kind === 'relock' ? seats.shift() : undefined;
    if (seat) world.giveUp(seat);
    return false;
  };
  await ada.kick(eve.id, true);
  await world.settle();
  for (let second = 0; second < RELOCK_DENIED_MOST; second++) await world.pass(1000);
  assert.equal(given(world, ada).filter(kind => kind === 'relock').length, RELOCK_DENIED_MOST + 1);
  assert.notEqual(ada.session.invitation(), OLD);
  assert.equal(bob.session.invitation(), ada.session.invitation());
});

test('a lock that is denied as too fast, for no time at all, is asked for once a second', async () => {
  const { world, ada } = await three();
  world.intercept = (from, _frame, command) => {
    if (command?.kind !== 'lock') return false;
    world.deny(from, FRAME.lock, 'too-fast');
    return true;
  };
  await ada.lock(true);
  await world.settle();
  await world.pass(999);
  assert.deepEqual(given(world, ada), ['lock']);
  await world.pass(1);
  assert.deepEqual(given(world, ada), ['lock', 'lock']);
});

test('who enters anew shows as not ready whom it can’t read yet, and reads it once that has renewed its keys', async () => {
  const { world, ada, bob } = await three();
  // Bob's renewal is held up.
  world.intercept = (from, _frame, command) => from.owner === bob && command?.kind === 'renew';
  await ada.relock();
  await world.settle();
  const zoe = await world.person('Zoe', 'enter', { password: ada.session.invitation().slice(-19) });
  assert.deepEqual(
    zoe.room.members.map(({ standing }) => standing),
    ['ready', 'not-ready', 'ready', 'ready'],
  );
  world.intercept = () => false;
  await bob.lose();
  await bob.connect();
  assert.ok(zoe.room.members.every(({ standing }) => standing === 'ready'));
  await hears(world, bob, ada, zoe);
});

test('a renewal that crosses the relock is taken behind the former door, from whom one knows', async () => {
  const { world, ada, bob, eve } = await three();
  await world.pass(700_000);
  await bob.lose();
  bob.open();
  await bob.hearOne();
  await bob.sendOne();
  await bob.hearOne();
  // Its renewal is under way while the room gets another password, and the next one comes to nothing.
  bob.mute = true;
  await ada.relock();
  await world.settle();
  let times = 0;
  world.intercept = (from, _frame, command) => from.owner === bob && command?.kind === 'renew' && times++ > 0;
  bob.mute = false;
  await world.settle();
  assert.equal(times, 2);
  for (const person of [ada, eve])
    assert.ok(person.room.members.every(({ standing }) => standing === 'ready'));
  await hears(world, bob, ada, eve);
  assert.equal(bob.session.invitation(), ada.session.invitation());
});

test('a box for a key that was renewed while the box was on its way is opened', async () => {
  const { world, ada, bob } = await three();
  await bob.lose();
  ada.deaf = true;
  await bob.connect();
  assert.equal(bob.membership.stay.own.n, 1);
  await bob.wake();
  // Ada has not heard of it.
  await ada.relock();
  await world.settle();
  ada.deaf = false;
  await world.settle();
  assert.ok(!bob.lines().includes('* keyless'), bob.lines().join('\n'));
  assert.equal(bob.session.invitation(), ada.session.invitation());
});

test('who has no key to the room keeps its card and its box, and goes through the door once it has come', async () => {
  const { world, ada, bob, eve } = await three();
  for (const person of [ada, bob, eve]) await person.say('hello');
  await world.settle();
  world.tamper = (to, frame, bytes) => (to.owner === eve && frame.kind === 'boxed' ? [] : [bytes]);
  const { n } = eve.membership.stay.own;
  await ada.relock();
  await world.settle();
  assert.equal(eve.lines().at(-1), '* keyless');
  await world.pass(2 * FORMER_KEPT);
  eve.membership.thawed(world.now);
  await world.pass(1000);
  assert.equal(eve.membership.stay.own.n, n);
  assert.ok(ada.room.members.every(({ standing }) => standing === 'ready'));
  await eve.lose();
  await eve.connect();
  assert.equal(eve.session.invitation(), ada.session.invitation());
  assert.equal(eve.membership.stay.own.n, n + 1);
  for (const person of [ada, bob, eve])
    assert.ok(person.room.members.every(({ standing }) => standing === 'ready'));
  await hears(world, bob, ada, eve);
});

test('who has no key to the room is not told that the daemon denied a renewal before', async () => {
  for (const isKeyless of [true, false]) {
    const { world, ada, bob } = await three();
    world.intercept = (from, _frame, command) => {
      if (from.owner !== bob || command?.kind !== 'renew') return false;
      world.deny(from, FRAME.renew, 'too-fast', 30_000);
      return true;
    };
    await bob.lose();
    await bob.connect();
    const isHidden = (kind: string) => isKeyless && kind === 'boxed';
    world.tamper = (to, frame, bytes) => (to.owner === bob && isHidden(frame.kind) ? [] : [bytes]);
    await ada.relock();
    await world.settle();
    await world.pass(120_000);
    assert.equal(bob.lines().includes('* keyless'), isKeyless);
    assert.equal(bob.lines().includes('* unrenewed'), !isKeyless);
  }
});

test('of a door that was asked for and never came to be nothing is left', async () => {
  const { world, ada } = await three();
  const { moderation } = ada.membership.parts;
  await ada.membership.relock(world.now);
  await ada.membership.stretched(new Uint8Array(HASH).fill(7), world.now);
  const { heart } = moderation.asked() ?? assert.fail('nothing was asked for');
  assert.ok(!isWiped(heart.secret) && !isWiped(heart.password));
  ada.session.destroy();
  assert.ok(isWiped(heart.secret) && isWiped(heart.password));
});
