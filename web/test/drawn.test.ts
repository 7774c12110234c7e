// Where secrets come from and where they go: each is a draw of its own from the source, to which nothing else is
// added, and none is left when it has served.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bytes } from '../src/cbor.ts';
import type { Chain } from '../src/seal/chain.ts';
import { drawPassword } from '../src/seal/password.ts';
import { drawRoomKey, writeRoomKey } from '../src/seal/room-key.ts';
import { signingKey } from '../src/seal/signature.ts';
import { chains, door, type Held, heartOf, keysOf, pairOf, passes, payloads, saltOf } from './keys.ts';
import { messageKeyOf, stepped } from './chain-keys.ts';
import { type Person, World } from './relay.ts';
import { hex } from './vectors.ts';

/** Holds that something is a draw of a person's, and that nothing else was made of it. */
function spender(person: Person) {
  const left = person.drawn.map(hex);
  const spend = (bytes: Uint8Array, what: string) => {
    const at = left.indexOf(hex(bytes));
    assert.ok(at >= 0, `${what} is no draw of its own`);
    left.splice(at, 1);
  };
  return { spend, left };
}

test('every secret and every IV is a draw of its own, and nothing else is drawn', async () => {
  const world = new World();
  const ada = await world.person('Ada', 'open');
  const bob = await world.person('Bob', 'enter');
  for (const alias of ['Eve', 'Zoe']) {
    const other = await world.person(alias, 'enter');
    await ada.say('one');
    await ada.whisper(bob, 'psst');
    await world.settle();
    await world.pass(1000);
    await ada.say('two');
    await world.settle();
    await ada.kick(other.id);
    await world.settle();
  }
  await ada.say('three');
  await world.settle();
  const handed = await chains(world, ada, bob);
  const keys = await keysOf(world, ada);
  await ada.leave('so long');
  await world.settle();

  const { spend, left } = spender(ada);
  spend(keys.secret, 'the X25519 secret');
  const [request] = world.seen;
  assert.ok(request?.frame.kind === 'create');
  const { card, heart, seat } = request.frame;
  spend(card.subarray(0, 16), 'the IV of a card');
  spend(heart.subarray(0, 16), 'the IV of the heart');
  spend((await heartOf(world)).secret, 'the secret of the room');
  const seedOf = (key: Bytes) =>
    ada.drawn.find(draw => draw.length === 32 && hex(signingKey(draw).public) === hex(key));
  spend(seedOf(seat) ?? assert.fail(), 'the seed of the seat');
  spend(seedOf(keys.party.voice.bytes) ?? assert.fail(), 'the seed of the voice');
  assert.deepEqual(
    handed.map(({ generation, counter }) => [generation, counter]),
    [
      [0, 0],
      [1, 3],
      [2, 6],
    ],
  );
  for (const { key, generation } of handed) spend(key, `the chain of generation ${generation}`);
  for (const { passed } of passes(world, ada)) spend(passed.subarray(0, 16), 'the IV of a pass');
  for (const payload of payloads(world, ada)) spend(payload.subarray(8, 24), 'the IV of a message');
  for (const { from, command } of world.seen)
    if (from === ada && command?.kind === 'kick') spend(command.payload.subarray(8, 24), 'the IV of a kick');
  // When it renews its keys, give or take a fifth.
  assert.equal(left.shift()?.length, 2);
  assert.deepEqual(left, []);
});

test('two of one alias in one room, one after the other, have no secret in common', async () => {
  const world = new World();
  const bob = await world.person('Bob', 'open');
  const secrets: Bytes[] = [];
  for (let time = 0; time < 2; time++) {
    const since = world.seen.length;
    const ada = await world.person('Ada', 'enter');
    await ada.say('one');
    await world.settle();
    secrets.push(
      (await keysOf(world, ada)).secret,
      ...(await chains(world, ada, bob, since)).map(chain => chain.key),
    );
    await ada.leave();
    await world.settle();
  }
  const parts = secrets.flatMap(secret => hex(secret).match(/.{8}/g) ?? []);
  assert.equal(parts.length, 4 * 8);
  assert.equal(new Set(parts).size, parts.length, 'four bytes stand in two of these keys');
});

test('room keys and passwords are all that the source of the system gives', t => {
  const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const seen = Array.from({ length: 16 + 8 }, () => new Set<string>());
  for (let count = 0; count < 1500; count++) {
    const drawn = (drawPassword() + writeRoomKey(drawRoomKey())).replaceAll('-', '');
    for (const [at, symbol] of [...drawn].entries()) seen[at]?.add(symbol);
  }
  for (const [at, found] of seen.entries()) assert.equal(found.size, 32, `symbol ${at}`);
  const source = t.mock.method(crypto, 'getRandomValues', (into: Uint8Array) => into.fill(10));
  assert.equal(drawPassword(), Array(4).fill(symbols.charAt(10).repeat(4)).join('-'));
  assert.equal(hex(drawRoomKey()), '0a'.repeat(5));
  assert.equal(source.mock.callCount(), 2);
});

test('of chains, pairs and door nothing is left when they have served', async t => {
  // Each array that is copied, or written into as keys are when they are derived, is held on to.
  const held = new Set<Uint8Array>();
  const { from } = Uint8Array;
  const { set } = Uint8Array.prototype;
  t.mock.method(Uint8Array, 'from', (...given: Parameters<typeof from>) => {
    const copy = from.apply(Uint8Array, given);
    held.add(copy);
    return copy;
  });
  const drawn: Bytes[] = [];
  const draw = crypto.getRandomValues.bind(crypto);
  t.mock.method(crypto, 'getRandomValues', (into: Bytes) => {
    if (into.length === 32) drawn.push(into);
    return draw(into);
  });
  t.mock.method(Uint8Array.prototype, 'set', function (this: Uint8Array, ...given: Parameters<typeof set>) {
    held.add(this);
    set.apply(this, given);
  });
  const world = new World();
  const ada = await world.person('Ada', 'open');
  const bob = await world.person('Bob', 'enter');
  const eve = await world.person('Eve', 'enter');
  const talk = async (...people: Person[]) => {
    for (const person of people) await person.say('one');
    await world.settle();
    for (const person of people) await person.say('two');
    await world.settle();
  };
  await talk(ada, bob, eve);
  const whileThere = [...held].map(hex);
  await ada.kick(eve.id);
  await world.settle();
  await talk(ada, bob);
  const afterwards = [...held].map(hex);
  await ada.stop();
  await world.settle();
  const atTheEnd = [...held].map(hex);
  t.mock.restoreAll();

  const [adas, bobs, eves] = [await keysOf(world, ada), await keysOf(world, bob), await keysOf(world, eve)];
  const salt = await saltOf(world);
  const pairKeys = async (one: Held, other: Held) => {
    const { sending, receiving } = await pairOf(world, one, other);
    return [sending, receiving];
  };
  const handed = [
    ...(await chains(world, ada, bob)),
    ...(await chains(world, bob, ada)),
    ...(await chains(world, eve, bob)),
  ];
  /** The keys of a generation's messages, and what the chain was at each, spoken or not. */
  const keysAt = (chain: Chain) =>
    [0, 1, 2].flatMap(steps => {
      const { key } = stepped(salt, chain, steps);
      return [key, messageKeyOf(salt, key)];
    });
  const old = handed.filter(({ generation }) => generation === 0).flatMap(keysAt);
  const present = handed.filter(({ generation }) => generation === 1).flatMap(keysAt);
  const eveAndOthers = [...(await pairKeys(adas, eves)), ...(await pairKeys(bobs, eves))];
  const rest = [...(await pairKeys(adas, bobs)), door.cardKey, door.aliasKey, door.gate.seed, salt.salt];
  const found = (where: string[], keys: Uint8Array[]) =>
    keys.map(hex).filter(key => where.includes(key)).length;
  // That they are found where they are.
  assert.equal(found(whileThere, eveAndOthers), 4);
  assert.equal(found(whileThere, old), 3, 'where each chain is now');
  assert.equal(found(afterwards, eveAndOthers), 0);
  assert.equal(found(afterwards, old), 0);
  assert.equal(found(afterwards, present), 2);
  assert.equal(found(afterwards, rest), 6);
  assert.equal(found(atTheEnd, [...old, ...present, ...eveAndOthers, ...rest]), 0);
  // Of three members X25519 secrets and the seeds of seats and voices, the room's secret and five chains; what noble
  // copies of a secret it changes.
  assert.equal(drawn.length, 15);
  assert.ok(drawn.flatMap(bytes => [...bytes]).every(byte => byte === 0));
});
