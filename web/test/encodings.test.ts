// What holds in all else and is not written as section 3 of the protocol has it: the verdict is one in all languages, for
// behind a good signature members would see different conversations.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAlias } from '../src/seal/alias.ts';
import type { Bytes } from '../src/cbor.ts';
import { readBody } from '../src/seal/body.ts';
import { openBox, stayingHash } from '../src/seal/box.ts';
import { openCard } from '../src/seal/card.ts';
import { openSaid, renewChain } from '../src/seal/chain.ts';
import { keyPair } from '../src/seal/curves.ts';
import { deriveDoor } from '../src/seal/door.ts';
import { SealError } from '../src/seal/error.ts';
import { openHeart, roomSaltOf } from '../src/seal/heart.ts';
import { agreePair, openPassed } from '../src/seal/pair.ts';
import { portableSuite } from '../src/seal/portable.ts';
import { publicKey } from '../src/seal/signature.ts';
import { decodeClientFrame, decodeCommand, decodeDaemonFrame, WireError } from '../src/wire.ts';
import { roomOf } from './stays.ts';
import vectors, { unhex } from './vectors.ts';

const suite = portableSuite;
const [first = assert.fail()] = vectors.doors;
const [say = assert.fail()] = vectors.says;
const room = roomOf(first.room_key);
const door = deriveDoor(room, unhex(first.door));
const roomSalt = roomSaltOf(room, {
  secret: unhex(vectors.heart.secret),
  rule: 'keeper',
  password: unhex(vectors.heart.password),
  alias: vectors.heart.alias,
  at: vectors.heart.at,
});

const personOf = (person: typeof vectors.people.ada) => {
  const { secret, public: key } = keyPair(unhex(person.secret));
  return {
    secret,
    entry: unhex(person.entry),
    party: { voice: publicKey(unhex(person.voice)), public: key },
  };
};
const [ada, ben] = [personOf(vectors.people.ada), personOf(vectors.people.ben)];
const { receiving } = agreePair(roomSalt, ben.secret, ben.party, ada.party);
const relock = { lock: vectors.box.lock, staying: stayingHash(vectors.box.staying) };

const READERS: Record<string, (bytes: Bytes) => unknown> = {
  client: decodeClientFrame,
  command: decodeCommand,
  daemon: decodeDaemonFrame,
  body: readBody,
  heart: bytes => openHeart(suite, door, bytes, checkAlias),
  card: bytes => openCard(suite, door, ada.entry, bytes, checkAlias),
  pass: bytes => openPassed(suite, roomSalt, receiving, bytes),
  box: bytes => openBox(suite, roomSalt, ben.secret, ben.party, ada.party.voice, relock, bytes),
  async say(bytes) {
    const { generation, counter, chain } = say;
    const reading = renewChain(undefined, { generation, counter, key: unhex(chain) });
    await assert.rejects(openSaid(suite, roomSalt, ada.party.voice, reading, bytes), isMalformed);
    assert.deepEqual([reading.counter, reading.next], [counter, counter], 'it moves no chain');
    throw new SealError('malformed');
  },
};

const isMalformed = (error: unknown) =>
  error instanceof WireError || (error instanceof SealError && error.fault === 'malformed');

for (const [place, read] of Object.entries(READERS)) {
  test(`nothing is read that is not written as the protocol has it: ${place}`, async () => {
    const cases = vectors.bad_encodings.filter(({ place: where }) => where === place);
    assert.ok(cases.length > 0);
    for (const { name, bytes } of cases)
      await assert.rejects(async () => read(unhex(bytes)), isMalformed, name);
  });
}

test('there is a reader for each place', () => {
  for (const { place } of vectors.bad_encodings) assert.ok(READERS[place], place);
});
