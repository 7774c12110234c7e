// `testdata/page.json`: what the page seals, signs and names, of hashes of names, for crates/seal to hold itself to;
// `SANCTUARY_TABLES=write npm test` writes it anew. The other way round it is `testdata/protocol.json`.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Bytes } from '../src/cbor.ts';
import { type Body, messageName, whisperName, writeBody } from '../src/seal/body.ts';
import { sealBox, stayingHash } from '../src/seal/box.ts';
import { utf8 } from '../src/seal/bytes.ts';
import { sealCard } from '../src/seal/card.ts';
import { type Chain, nextGeneration, sealSaid, stepChain } from '../src/seal/chain.ts';
import { keyPair } from '../src/seal/curves.ts';
import { aliasTag, deriveDoor, signCreate, signEnter } from '../src/seal/door.ts';
import { type Heart, roomSaltOf, sealHeart } from '../src/seal/heart.ts';
import { sha256 } from '../src/seal/hkdf.ts';
import { numberOf } from '../src/seal/number.ts';
import { agreePair, type Passed, sealPassed } from '../src/seal/pair.ts';
import { signOrder, signResume } from '../src/seal/seat.ts';
import { publicKey, signingKey } from '../src/seal/signature.ts';
import type { Suite } from '../src/seal/suite.ts';
import { encodeClientFrame } from '../src/wire.ts';
import { BODIES, roomOf, suites } from './stays.ts';
import { hex } from './vectors.ts';

const FILE = '../testdata/page.json';

const ROOM_KEY = 'K7QM-4XZD';
const room = roomOf(ROOM_KEY);

/** The first bytes of a name's hash. */
const bytesOf = (name: string, length = 32): Bytes => sha256(utf8(`page: ${name}`)).slice(0, length);

const doorKey = bytesOf('door');
const door = deriveDoor(room, Uint8Array.from(doorKey));
const heart: Heart = {
  secret: bytesOf('secret'),
  rule: 'everyone',
  password: utf8('Zürich à la crème'),
  alias: 'Zoë',
  at: Number.MAX_SAFE_INTEGER,
};
const roomSalt = roomSaltOf(room, heart);

const PEOPLE = { zoe: personOf('zoe', 'Zoë', 0), yan: personOf('yan', '山田👩🏽‍🚀', 0xffff_ffff) };
type Name = keyof typeof PEOPLE;

function personOf(name: string, alias: string, n: number) {
  const seeds = {
    voice: bytesOf(`${name}, voice`),
    secret: bytesOf(`${name}, secret`),
    seat: bytesOf(`${name}, seat`),
  };
  const [voice, keys, seat] = [signingKey(seeds.voice), keyPair(seeds.secret), signingKey(seeds.seat)];
  const party = { voice: publicKey(voice.public), public: keys.public };
  return { alias, n, entry: bytesOf(`${name}, entry`, 16), seeds, voice, keys, seat, party };
}

const written = (frame: Parameters<typeof encodeClientFrame>[0]) => hex(encodeClientFrame(frame));

async function made(suite: Suite) {
  let draws = 0;
  const iv = () => bytesOf(`IV ${draws++}`, 16);
  const nonce = bytesOf('nonce');
  const sealedHeart = await sealHeart(suite, door, heart, iv());

  const people = await Promise.all(
    Object.values(PEOPLE).map(async ({ alias, n, entry, seeds, voice, party }) => ({
      alias,
      n,
      entry: hex(entry),
      voice_seed: hex(seeds.voice),
      secret: hex(seeds.secret),
      seat_seed: hex(seeds.seat),
      tag: hex(aliasTag(door, alias)),
      number: numberOf(room, party.voice),
      card: hex(
        await sealCard(suite, door, entry, { alias, n, ...party }, voice, bytesOf(`IV of ${alias}`, 16)),
      ),
    })),
  );

  const [zoe, yan] = [PEOPLE.zoe, PEOPLE.yan];
  const asked = {
    seat: zoe.seat.public,
    card: bytesOf('card', 16),
    tag: aliasTag(door, zoe.alias),
  };
  const frames = {
    create: written(
      signCreate(door, nonce, { ...asked, heart: sealedHeart, rule: heart.rule, code: utf8('open sesame') }),
    ),
    enter: written(signEnter(door, nonce, asked)),
    resume: written(signResume(zoe.seat, nonce, room, 2 ** 33)),
    order: written(signOrder(zoe.seat, nonce, { kind: 'lock', turn: 2 ** 33, locked: true })),
  };

  const passes = [];
  const passed = async (from: Name, to: Name, body: Passed) => {
    const [sender, receiver] = [PEOPLE[from], PEOPLE[to]];
    const { sending } = agreePair(roomSalt, sender.keys.secret, sender.party, receiver.party);
    const sealed = hex(await sealPassed(suite, roomSalt, sending, body, iv()));
    if (body.kind !== 'whisper') return { from, to, body: plain(body), passed: sealed };
    const said = writeBody(body.said);
    const name = hex(whisperName(room, sender.party.voice, receiver.party.voice, body.counter, said));
    return { from, to, body: { ...plain(body), said: plain(body.said) }, name, passed: sealed };
  };
  const chain: Passed = {
    kind: 'chain',
    generation: 0xffff_ffff,
    counter: 0xffff_ffff,
    key: bytesOf('key'),
  };
  passes.push(await passed('zoe', 'yan', chain));
  passes.push(await passed('yan', 'zoe', { kind: 'lack' }));
  passes.push(await passed('yan', 'zoe', { kind: 'receipt', counter: 0, arrived: 1 }));
  for (const [counter, said] of BODIES.entries())
    if (said.kind !== 'kick' && said.kind !== 'stop' && said.kind !== 'hand' && said.kind !== 'timer')
      passes.push(await passed('yan', 'zoe', { kind: 'whisper', counter, said }));

  return {
    about:
      'Made by the page (web/test/page-vectors.test.ts), for other languages to open: bytes in hexadecimal, `door` the ' +
      'stretched password, `says` in a row under chains as they stand at each, `relock` from Zoë, which is signed for ' +
      'the same nonce as `frames`.',
    room_key: ROOM_KEY,
    door: hex(doorKey),
    heart: { ...plain(heart), sealed: hex(sealedHeart) },
    nonce: hex(nonce),
    people: { zoe: people[0], yan: people[1] },
    frames,
    passes,
    says: await says(suite, iv),
    relock: await relock(suite, iv, nonce, [
      [300, yan],
      [1, zoe],
    ]),
  };
}

/** One message of each kind, a longer one, and one of the next generation. */
async function says(suite: Suite, iv: () => Bytes) {
  const { zoe } = PEOPLE;
  let chain: Chain = { generation: 3, counter: 40, key: bytesOf('chain') };
  const long: Body = { kind: 'message', at: 0, timer: 0, text: 'ü'.repeat(500) };
  const all = [];
  for (const [at, body] of [...BODIES, long, long].entries()) {
    if (at > BODIES.length) chain = nextGeneration(chain, bytesOf('next chain'));
    const { generation, counter, key } = chain;
    const sight = { n: at, lock: 0xffff_ffff, count: 2 ** 40 + at, view: bytesOf(`view ${at}`, 16) };
    all.push({
      generation,
      counter,
      chain: hex(key),
      ...plain(sight),
      body: plain(body),
      name: hex(messageName(room, zoe.party.voice, counter, writeBody(body))),
      payload: hex(await sealSaid(suite, roomSalt, zoe.voice, chain, sight, body, iv())),
    });
    stepChain(roomSalt, chain);
  }
  return all;
}

/** Zoë gives the room another password, for these. */
async function relock(
  suite: Suite,
  iv: () => Bytes,
  nonce: Bytes,
  stay: [id: number, person: (typeof PEOPLE)[Name]][],
) {
  const nextKey = bytesOf('next door');
  const next = deriveDoor(room, Uint8Array.from(nextKey));
  const nextHeart = { ...heart, password: utf8('correct horse battery') };
  const lock = 7;
  const leadsTo = { lock: lock + 1, staying: stayingHash(stay.map(([id]) => id)) };
  const staying = [];
  for (const [id, { alias, party }] of stay) {
    const ephemeral = keyPair(bytesOf(`ephemeral ${id}`));
    const box = await sealBox(suite, roomSalt, PEOPLE.zoe.voice, party, leadsTo, nextKey, ephemeral, iv());
    staying.push({ id, tag: aliasTag(next, alias), box });
  }
  const sealed = await sealHeart(suite, next, nextHeart, iv());
  const command = { kind: 'relock', turn: 1, lock, gate: next.gate.public, heart: sealed, staying } as const;
  return {
    door: hex(nextKey),
    password: hex(nextHeart.password),
    order: written(signOrder(PEOPLE.zoe.seat, nonce, command)),
  };
}

/** What a value holds, bytes in hexadecimal. */
function plain<Value extends object>(value: Value): Record<string, unknown> {
  const fields = Object.entries(value).map(([name, field]) => [
    name,
    field instanceof Uint8Array ? hex(field) : field,
  ]);
  return Object.fromEntries(fields);
}

for (const [name, suite] of suites) {
  test(`${name}: testdata/page.json is made from this`, async () => {
    const wanted = `${JSON.stringify(await made(suite), null, 2)}\n`;
    if (process.env.SANCTUARY_TABLES === 'write') writeFileSync(FILE, wanted);
    assert.ok(readFileSync(FILE, 'utf8') === wanted, `${FILE} is not made from this`);
  });
}
