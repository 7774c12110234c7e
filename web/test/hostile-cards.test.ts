// Cards that are not what they seem: copied, brought back, of another's key, or under an alias that somebody has.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sealCard } from '../src/seal/card.ts';
import { keyPair } from '../src/seal/curves.ts';
import { portableSuite } from '../src/seal/portable.ts';
import { publicKey, signingKey } from '../src/seal/signature.ts';
import { door, ENTRY, passes, strange } from './keys.ts';
import { type Person, standing, three, World } from './relay.ts';

const IV = new Uint8Array(16).fill(3);

test('a card that is copied is taken of nobody, one’s own neither', async () => {
  const { world, ada, bob, eve } = await three();
  const [adas, bobs] = [world.seatOf(ada), world.seatOf(bob)];
  assert.ok(adas && bobs);
  // With the entry that belongs to it, and with another one.
  bob.tell({ kind: 'joined', id: 50, entry: adas.entry, card: adas.card });
  bob.tell({ kind: 'joined', id: 51, entry: new Uint8Array(16), card: adas.card });
  bob.tell({ kind: 'joined', id: 52, entry: bobs.entry, card: bobs.card });
  await world.settle();
  for (const id of [50, 51, 52]) assert.equal(standing(bob, id), 'unreadable');
  const point = world.seen.length;
  await bob.say('to whom I know');
  await world.settle();
  assert.deepEqual(
    passes(world, bob, point).map(({ to }) => to),
    [ada.id, eve.id],
  );
});

test('a card that a member showed before is not put back in the place of a later one', async () => {
  const { world, bob, eve } = await three();
  const old = world.seatOf(eve)?.card;
  assert.ok(old);
  await eve.lose();
  await eve.connect();
  assert.equal(standing(bob, eve.id), 'ready');
  assert.equal(bob.membership.parts.roster.of(eve.id)?.shown?.n, 1);
  bob.tell({ kind: 'renewed', id: eve.id, card: old });
  await world.settle();
  assert.equal(standing(bob, eve.id), 'unreadable');
});

test('an alias that somebody has who is present is given to nobody else, by no card', async () => {
  const { world, bob, eve } = await three();
  const { stay } = eve.membership;
  const entry = new Uint8Array(16).fill(9);
  const [voice, own] = [signingKey(new Uint8Array(32).fill(1)), keyPair(new Uint8Array(32).fill(2))];
  for (const [id, alias] of [
    [60, 'ada'],
    [61, 'BOB'],
    [62, '/stop'],
  ] as const) {
    const shown = { alias, voice: publicKey(voice.public), public: own.public, n: 0 };
    const card = await sealCard(portableSuite, door, entry, shown, voice, IV);
    bob.tell({ kind: 'joined', id, entry, card });
    await world.settle();
    assert.equal(standing(bob, id), 'unreadable', alias);
    // Nor by another one, where the first was refused.
    bob.tell({ kind: 'renewed', id, card });
    await world.settle();
    assert.equal(standing(bob, id), 'unreadable', alias);
  }
  const shown = { alias: 'Ada', voice: stay.voiceKey, public: own.public, n: 1 };
  const renewed = await sealCard(portableSuite, door, stay.entry, shown, stay.voice, IV);
  bob.tell({ kind: 'renewed', id: eve.id, card: renewed });
  await world.settle();
  assert.equal(standing(bob, eve.id), 'unreadable');
});

test('of two who came by one alias while a member was away, it finds both, with numbers', async () => {
  const { world, bob, eve } = await three();
  const { stay } = eve.membership;
  const own = keyPair(new Uint8Array(32).fill(2));
  const shown = { alias: 'Ada', voice: stay.voiceKey, public: own.public, n: 1 };
  await bob.lose();
  Object.assign(world.seatOf(eve) ?? {}, {
    card: await sealCard(portableSuite, door, stay.entry, shown, stay.voice, IV),
  });
  await bob.connect();
  assert.deepEqual(
    bob.room.members.map(({ alias, ordinal, standing }) => [alias, ordinal, standing]),
    [
      ['Ada', 1, 'ready'],
      ['Bob', undefined, 'ready'],
      ['Ada', 2, 'ready'],
    ],
  );
});

test('a member that takes another alias is told of, and known by it from then on', async () => {
  const { world, bob, eve } = await three();
  const { stay } = eve.membership;
  const own = keyPair(new Uint8Array(32).fill(2));
  const shown = { alias: 'Eva', voice: stay.voiceKey, public: own.public, n: 1 };
  const card = await sealCard(portableSuite, door, stay.entry, shown, stay.voice, IV);
  bob.tell({ kind: 'renewed', id: eve.id, card });
  await world.settle();
  assert.deepEqual([bob.lines().at(-1), standing(bob, eve.id)], ['* renamed Eve by Eva', 'ready']);
  assert.deepEqual(bob.membership.named('eve'), []);
});

test('who shows another’s X25519 key as its own is not heard', async () => {
  const { world, ada, bob, eve } = await three();
  const { own } = ada.membership.stay;
  const entry = new Uint8Array(16).fill(9);
  // The voice is nobody else's, so that it is the key alone for which the card is refused.
  const voice = signingKey(new Uint8Array(32).fill(1));
  const shown = { alias: 'Mallory', voice: publicKey(voice.public), public: own.public, n: 0 };
  const card = await sealCard(portableSuite, door, entry, shown, voice, IV);
  bob.tell({ kind: 'joined', id: 60, entry, card });
  await ada.whisper(bob, 'I resign');
  await world.settle();
  const passed = passes(world, ada).at(-1)?.passed;
  assert.ok(passed);
  bob.tell({ kind: 'passed', from: 60, passed: Uint8Array.from(passed) });
  bob.tell({ kind: 'passed', from: eve.id, passed: Uint8Array.from(passed) });
  await world.settle();
  assert.equal(standing(bob, 60), 'unreadable');
  assert.deepEqual(
    bob.lines().filter(line => line.includes('I resign')),
    ['Ada whisper: I resign'],
  );
});

/** A card of a member's own, as it would renew it. */
async function renewedAs({ membership }: Person, alias: string, n = 1) {
  const { stay } = membership;
  const own = keyPair(new Uint8Array(32).fill(n + 1));
  const shown = { alias, voice: stay.voiceKey, public: own.public, n };
  return sealCard(portableSuite, door, stay.entry, shown, stay.voice, IV);
}

test('an alias that somebody took while its owner was refused is not its owner’s again', async () => {
  for (const refusedFor of ['another’s alias', 'what nobody can open'] as const)
    for (const isTaken of [true, false]) {
      const { world, bob, eve } = await three();
      const { id } = eve;
      const other = await renewedAs(eve, 'Ada');
      const refused = refusedFor === 'another’s alias' ? other : new Uint8Array(300);
      bob.tell({ kind: 'renewed', id, card: refused });
      if (isTaken) bob.tell({ kind: 'joined', id: 60, entry: ENTRY, card: await strange('eve') });
      await world.settle();
      assert.notEqual(standing(bob, id), 'ready');
      bob.tell({ kind: 'renewed', id, card: await renewedAs(eve, 'Eve', 2) });
      await world.settle();
      if (isTaken) assert.equal(standing(bob, 60), 'ready');
      assert.equal(standing(bob, id), isTaken ? 'unreadable' : 'ready', `${refusedFor} ${isTaken}`);
    }
});

test('who stood in a welcome with a card that was refused gets nobody’s alias by the next one', async () => {
  for (const card of [new Uint8Array(300), await strange('/stop')]) {
    const world = new World();
    await world.person('Ada', 'open');
    world.tamper = (to, frame, bytes) => {
      if (frame.kind !== 'welcome') return [bytes];
      const [ada = assert.fail(), ...others] = frame.members;
      const come = { id: 0, entry: ENTRY, card, away: false };
      (to.owner as Person).tell({ ...frame, members: [come, ada, ...others] });
      return [];
    };
    const bob = await world.person('Bob', 'enter');
    assert.notEqual(standing(bob, 0), 'ready');
    bob.tell({ kind: 'renewed', id: 0, card: await strange('ada') });
    await world.settle();
    assert.equal(standing(bob, 0), 'unreadable');
  }
});
