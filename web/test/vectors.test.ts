// The vectors that Rust made: everything is sealed to the byte and opened, and each failure is the
// one that is expected.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAlias } from '../src/seal/alias.ts';
import { readBody, whisperName, writeBody } from '../src/seal/body.ts';
import { openBox, sealBox, stayingHash } from '../src/seal/box.ts';
import { openCard, sealCard } from '../src/seal/card.ts';
import {
  type Chain,
  openSaid,
  payloadLength,
  type ReadChain,
  renewChain,
  sealSaid,
  stepChain,
} from '../src/seal/chain.ts';
import { checkAgreementKey, keyPair } from '../src/seal/curves.ts';
import { aliasTag, deriveDoor, shard, signCreate, signEnter } from '../src/seal/door.ts';
import { SealError, type SealFault } from '../src/seal/error.ts';
import { openHeart, roomSaltOf, sealHeart } from '../src/seal/heart.ts';
import { sha256 } from '../src/seal/hkdf.ts';
import { numberOf } from '../src/seal/number.ts';
import { newOrder, nextOrder, type Seat, seatsHash, viewOf } from '../src/seal/order.ts';
import { agreePair, openPassed, passedLength, sealPassed } from '../src/seal/pair.ts';
import { writeRoomKey } from '../src/seal/room-key.ts';
import { signOrder, signResume } from '../src/seal/seat.ts';
import { publicKey, signingKey } from '../src/seal/signature.ts';
import { type DaemonFrame, decodeCommand, decodeDaemonFrame, isInOrder } from '../src/wire.ts';
import { failsWith, roomOf, suites } from './stays.ts';
import vectors, { hex, plain, unhex } from './vectors.ts';

const [first] = vectors.doors;
assert.ok(first);
const room = roomOf(first.room_key);
const doorOf = (stretched: string) => deriveDoor(room, unhex(stretched));
const door = () => doorOf(first.door);
const heart = {
  secret: unhex(vectors.heart.secret),
  rule: (['keeper', 'everyone'] as const)[vectors.heart.rule] ?? assert.fail(),
  password: unhex(vectors.heart.password),
  alias: vectors.heart.alias,
  at: vectors.heart.at,
};
const roomSalt = roomSaltOf(room, heart);

const personOf = (name: string) => {
  const person = vectors.people[name as keyof typeof vectors.people];
  const voice = signingKey(unhex(person.voice_seed));
  const keys = keyPair(unhex(person.secret));
  const card = { alias: person.alias, voice: publicKey(voice.public), public: keys.public, n: person.n };
  return { person, voice, keys, card, seat: signingKey(unhex(person.seat_seed)) };
};
const [ada, ben] = [personOf('ada'), personOf('ben')];

const faultOf = (failure: string) => failsWith(failure.replace('_', '-') as SealFault);

/** An array of the protocol's notation, bytes in hexadecimal, of what was read. */
const itemOf = (read: object): unknown[] => Object.values(read).slice(1);

for (const vector of vectors.doors) {
  test(`the door of ${vector.room_key}`, () => {
    const key = roomOf(vector.room_key);
    const opened = deriveDoor(key, unhex(vector.door));
    assert.equal(hex(key), vector.room);
    assert.equal(writeRoomKey(key), vector.room_key);
    assert.equal(hex(opened.gate.seed), vector.gate_seed);
    assert.equal(hex(opened.gate.public), vector.gate);
    assert.equal(hex(opened.cardKey), vector.card_key);
    assert.equal(hex(opened.aliasKey), vector.alias_key);
    assert.equal(shard(key), vector.shard);
    for (const { alias, tag } of vector.tags) assert.equal(hex(aliasTag(opened, alias)), tag, alias);
  });
}

test('the keys and numbers of two people', () => {
  for (const { person, voice, keys, card, seat } of [ada, ben]) {
    assert.equal(hex(voice.public), person.voice);
    assert.equal(hex(keys.public), person.public);
    assert.equal(hex(seat.public), person.seat);
    assert.equal(numberOf(room, card.voice), person.number);
  }
  assert.equal(hex(roomSalt.salt), vectors.heart.room_salt);
  for (const { from, to, key } of vectors.pairs) {
    const [sender, recipient] = [personOf(from), personOf(to)];
    const { sending } = agreePair(roomSalt, sender.keys.secret, sender.card, recipient.card);
    const { receiving } = agreePair(roomSalt, recipient.keys.secret, recipient.card, sender.card);
    assert.deepEqual([hex(sending), hex(receiving)], [key, key]);
  }
  for (const { name, public: key, failure } of vectors.bad_publics)
    assert.throws(() => checkAgreementKey(unhex(key)), faultOf(failure), name);
});

test('what is signed for the daemon', () => {
  const { create, enter, resume, order, ...by } = vectors.signatures;
  const nonce = unhex(by.nonce);
  const parts = ({ seat, card, tag }: typeof enter) => ({
    seat: unhex(seat),
    card: unhex(card),
    tag: unhex(tag),
  });
  const asked = { ...parts(create), heart: unhex(create.heart), rule: heart.rule };
  assert.equal(hex(signCreate(door(), nonce, asked).signature), create.signature);
  assert.equal(hex(signEnter(door(), nonce, parts(enter)).signature), enter.signature);
  const resumed = signResume(ada.seat, nonce, room, resume.id);
  assert.equal(resumed.kind === 'resume' && hex(resumed.signature), resume.signature);
  const ordered = signOrder(ada.seat, nonce, decodeCommand(unhex(order.command)));
  assert.deepEqual(ordered.kind === 'order' && [hex(ordered.command), hex(ordered.signature)], [
    order.command,
    order.signature,
  ]);
});

test('bodies', () => {
  for (const { body, encoded, kind } of vectors.bodies) {
    const read = readBody(unhex(encoded));
    if (kind === 'passed over') assert.equal(read, null);
    else if (kind !== 'known') assert.deepEqual(read, { kind: 'unknown' });
    else {
      assert.ok(read && read.kind !== 'unknown');
      assert.equal(hex(writeBody(read)), encoded);
      assert.equal(plain(itemOf(read)), plain(body?.slice(1)));
    }
  }
  for (const { name, encoded, failure } of vectors.bad_bodies)
    assert.throws(() => readBody(unhex(encoded)), faultOf(failure), name);
});

test('the order of a room, and the view at each count', () => {
  const { begin, empty, steps, welcome: bytes } = vectors.order;
  const welcome = decodeDaemonFrame(unhex(bytes));
  assert.ok(welcome.kind === 'welcome');
  assert.equal(hex(newOrder(room).hash), empty);
  let order = { count: welcome.count, hash: welcome.order };
  let heart = sha256(welcome.heart);
  let seats: Seat[] = welcome.members.map(({ card, ...seat }) => ({ ...seat, card: sha256(card) }));
  const check = (state: typeof begin) => {
    const { keeper, locked, lock } = state;
    assert.deepEqual([order.count, hex(order.hash)], [state.count, state.order]);
    assert.equal(hex(seatsHash(seats)), state.seats, `${state.count}`);
    const view = viewOf(room, { order, keeper, locked, lock, heart, seats: seatsHash(seats) });
    assert.equal(hex(view), state.view, `${state.count}`);
  };
  check(begin);
  for (const step of steps) {
    const frame = decodeDaemonFrame(unhex(step.frame));
    assert.ok(isInOrder(frame));
    order = nextOrder(order, unhex(step.frame));
    seats = seatsAfter(seats, frame);
    if (frame.kind === 'relocked') heart = sha256(frame.heart);
    check(step);
  }
});

function seatsAfter(seats: Seat[], frame: DaemonFrame): Seat[] {
  const changed = (id: number, change: Partial<Seat>) =>
    seats.map(seat => (seat.id === id ? { ...seat, ...change } : seat));
  switch (frame.kind) {
    case 'joined':
      return [...seats, { id: frame.id, entry: frame.entry, card: sha256(frame.card), away: false }];
    case 'left':
    case 'kicked':
      return seats.filter(({ id }) => id !== frame.id);
    case 'relocked':
      return seats.filter(({ id }) => frame.staying.includes(id));
    case 'away':
    case 'back':
      return changed(frame.id, { away: frame.kind === 'away' });
    case 'renewed':
      return changed(frame.id, { card: sha256(frame.card) });
    default:
      return seats;
  }
}

/** What a reader is given: a chain or a payload. */
type Skip = { payload: string } | { generation: number; counter: number; chain: string };

for (const [name, suite] of suites) {
  test(`${name}: the heart`, async () => {
    const { iv, sealed } = vectors.heart;
    assert.equal(hex(await sealHeart(suite, door(), heart, unhex(iv))), sealed);
    assert.equal(plain(await openHeart(suite, door(), unhex(sealed), checkAlias)), plain(heart));
    for (const { name, sealed, failure } of vectors.bad_hearts)
      await assert.rejects(openHeart(suite, door(), unhex(sealed), checkAlias), faultOf(failure), name);
  });

  test(`${name}: cards`, async () => {
    for (const vector of vectors.cards) {
      const [entry, sealed] = [unhex(vector.entry), unhex(vector.sealed)];
      const card = await openCard(suite, door(), entry, sealed, checkAlias);
      const { alias, voice, public: key, n } = card;
      assert.deepEqual(
        [alias, hex(voice.bytes), hex(key), n],
        [vector.alias, vector.voice, vector.public, vector.n],
      );
      const owner = [ada, ben].find(({ person }) => person.voice === vector.voice);
      if (!owner) continue;
      const again = await sealCard(suite, door(), entry, card, owner.voice, unhex(vector.iv));
      assert.equal(hex(again), vector.sealed);
    }
    for (const { name, entry, sealed, failure } of vectors.bad_cards) {
      const opening = openCard(suite, door(), unhex(entry), unhex(sealed), checkAlias);
      await assert.rejects(opening, faultOf(failure), name);
    }
  });

  test(`${name}: passes`, async () => {
    const { sending } = agreePair(roomSalt, ada.keys.secret, ada.card, ben.card);
    const { receiving } = agreePair(roomSalt, ben.keys.secret, ben.card, ada.card);
    const open = (passed: string) => openPassed(suite, roomSalt, receiving, unhex(passed));
    for (const { body, iv, passed, ...vector } of vectors.passes) {
      const read = await open(passed);
      assert.ok(read);
      if (read.kind === 'whisper') {
        const { said, counter } = read;
        assert.ok(said && said !== 'malformed' && said.kind !== 'unknown');
        assert.deepEqual([counter, hex(writeBody(said))], body.slice(1));
        const named = whisperName(room, ada.card.voice, ben.card.voice, counter, writeBody(said));
        assert.equal(hex(named), vector.name);
        const again = { kind: 'whisper', counter, said } as const;
        assert.equal(hex(await sealPassed(suite, roomSalt, sending, again, unhex(iv))), passed);
        assert.equal(passedLength(again), unhex(passed).length);
      } else {
        assert.equal(plain(itemOf(read)), plain(body.slice(1)));
        assert.equal(hex(await sealPassed(suite, roomSalt, sending, read, unhex(iv))), passed);
      }
    }
    for (const { name, passed } of vectors.passed_over) {
      const read = await open(passed);
      assert.equal(read?.kind === 'whisper' ? read.said : read, null, name);
    }
    const openWhole = async (passed: string) => {
      const read = await open(passed);
      // The body of a whisper is read apart.
      if (read?.kind === 'whisper' && read.said === 'malformed') throw new SealError(read.said);
    };
    for (const { name, passed, failure } of vectors.bad_passes)
      await assert.rejects(openWhole(passed), faultOf(failure), name);
  });

  test(`${name}: messages`, async () => {
    for (const say of vectors.says) {
      const { generation, counter, n, lock, count } = say;
      const sender = personOf(say.from);
      const chain: Chain = { generation, counter, key: unhex(say.chain) };
      const body = readBody(unhex(say.encoded));
      assert.ok(body && body.kind !== 'unknown');
      const sight = { n, lock, count, view: unhex(say.view) };
      const payload = await sealSaid(suite, roomSalt, sender.voice, chain, sight, body, unhex(say.iv));
      assert.equal(hex(payload), say.payload);
      assert.ok(payload.length <= payloadLength(body));
      const reading = renewChain(undefined, { ...chain, key: unhex(say.chain) });
      const {
        body: read,
        name,
        missed,
        ...seen
      } = await openSaid(suite, roomSalt, sender.card.voice, reading, payload);
      assert.equal(plain(read), plain(body));
      assert.equal(plain(seen), plain(sight));
      assert.deepEqual([hex(name), missed], [say.name, 0]);
      stepChain(roomSalt, chain);
      assert.deepEqual([hex(chain.key), hex(reading.key)], [say.next_chain, say.next_chain]);
    }
    const [say = assert.fail()] = vectors.says;
    const { generation, counter } = say;
    for (const { name, payload, failure } of vectors.bad_says) {
      const reading = renewChain(undefined, { generation, counter, key: unhex(say.chain) });
      const opening = openSaid(suite, roomSalt, ada.card.voice, reading, unhex(payload));
      await assert.rejects(opening, faultOf(failure), name);
      assert.deepEqual(
        [reading.counter, reading.next, hex(reading.key)],
        [counter, counter, say.chain],
        name,
      );
    }
  });

  for (const { name: what, steps } of vectors.skips) {
    test(`${name}: what a reader makes of chains and payloads: ${what}`, async () => {
      let reading: ReadChain | undefined;
      for (const [index, step] of steps.entries()) {
        assert.equal(await verdict(step as Skip), step.verdict, `step ${index}`);
      }
      async function verdict(step: Skip): Promise<string> {
        if ('payload' in step) {
          const opening = openSaid(suite, roomSalt, ada.card.voice, reading, unhex(step.payload));
          return opening.then(
            () => 'opened',
            error => (error instanceof SealError ? error.fault.replace('-', '_') : `${error}`),
          );
        }
        const before = reading;
        const { generation, counter, chain } = step;
        reading = renewChain(reading, { generation, counter, key: unhex(chain) });
        return reading === before ? 'replayed' : 'taken';
      }
    });
  }

  test(`${name}: the box`, async () => {
    const { lock, staying, ephemeral_secret, box, iv, ...vector } = vectors.box;
    const relock = { lock, staying: stayingHash(staying) };
    assert.equal(hex(relock.staying), vector.staying_hash);
    const ephemeral = keyPair(unhex(ephemeral_secret));
    const stretched = unhex(vector.door);
    const sealed = await sealBox(
      suite,
      roomSalt,
      ada.voice,
      ben.card,
      relock,
      stretched,
      ephemeral,
      unhex(iv),
    );
    assert.equal(hex(sealed), box);
    const open = (box: string) =>
      openBox(suite, roomSalt, ben.keys.secret, ben.card, ada.card.voice, relock, unhex(box));
    const opened = await open(box);
    assert.equal(hex(opened), vector.door);
    assert.equal(hex(deriveDoor(room, opened).gate.public), vector.gate);
    for (const { name, box, failure } of vectors.bad_boxes)
      await assert.rejects(open(box), faultOf(failure), name);
  });
}

test('chains are taken in order', () => {
  let reading: ReadChain | undefined;
  for (const { generation, counter, verdict } of vectors.hand_overs) {
    const before = reading;
    reading = renewChain(reading, { generation, counter, key: new Uint8Array(32) });
    assert.equal(reading === before ? 'replayed' : 'taken', verdict, `${generation}, ${counter}`);
  }
});
