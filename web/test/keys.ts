// What keys the people of a relay have, as only they and their test know: to play those who keep what they had.

import assert from 'node:assert/strict';
import type { Bytes } from '../src/cbor.ts';
import { checkAlias } from '../src/seal/alias.ts';
import type { Body } from '../src/seal/body.ts';
import { openCard, type Party, sealCard } from '../src/seal/card.ts';
import { type Chain, sealSaid, type Sight } from '../src/seal/chain.ts';
import { deriveDoor, doorSalt } from '../src/seal/door.ts';
import { type Heart, openHeart, type RoomSalt, roomSaltOf } from '../src/seal/heart.ts';
import { passwordBytes } from '../src/seal/password.ts';
import { readRoomKey } from '../src/seal/room-key.ts';
import { keyPair } from '../src/seal/curves.ts';
import { agreePair, openPassed } from '../src/seal/pair.ts';
import { portableSuite } from '../src/seal/portable.ts';
import { publicKey, signingKey } from '../src/seal/signature.ts';
import { PASSWORD, type Person, stretched, type World } from './relay.ts';
import { filled } from './stays.ts';
import { hex } from './vectors.ts';

export const room = readRoomKey('Y1HE-DCG7') ?? assert.fail();

export const door = deriveDoor(room, stretched(passwordBytes(PASSWORD) ?? assert.fail(), doorSalt(room)));

/** The heart of a world's room, as it was opened. */
export async function heartOf(world: World): Promise<Heart> {
  const [request] = world.seen;
  assert.ok(request?.frame.kind === 'create');
  return openHeart(portableSuite, door, request.frame.heart, checkAlias);
}

/** What the keys of the room hang on. */
export const saltOf = async (world: World): Promise<RoomSalt> => roomSaltOf(room, await heartOf(world));

/** What somebody has: the X25519 pair, and the voice that only it can speak with. */
export type Held = { secret: Bytes; public: Bytes; party: Party };

/** The X25519 pair behind the card that somebody entered with: its secret is one of the draws. */
export async function keysOf(world: World, person: Person): Promise<Held> {
  const request = world.seen.find(
    ({ from, frame }) => from === person && (frame.kind === 'create' || frame.kind === 'enter'),
  )?.frame;
  assert.ok(request?.kind === 'create' || request?.kind === 'enter');
  const entry = world.entries.get(hex(request.card)) ?? assert.fail('never let in');
  const card = await openCard(portableSuite, door, entry, request.card, checkAlias);
  const secret = person.drawn.find(
    draw => draw.length === 32 && hex(keyPair(draw).public) === hex(card.public),
  );
  assert.ok(secret, 'the X25519 secret is no draw');
  return { secret, public: card.public, party: card };
}

/** The keys that two share, as the first of them has them. */
export const pairOf = async (world: World, one: Held, other: Held) =>
  agreePair(await saltOf(world), one.secret, one.party, other.party);

/** The payloads that somebody has sent to everyone, since a point. */
export const payloads = (world: World, person: Person, since = 0): Uint8Array[] =>
  world.seen
    .slice(since)
    .flatMap(({ from, frame }) => (from === person && frame.kind === 'say' ? [frame.payload] : []));

/** What somebody has passed to others, since a point. */
export const passes = (world: World, person: Person, since = 0) =>
  world.seen
    .slice(since)
    .flatMap(({ from, frame }) => (from === person && frame.kind === 'pass' ? frame.passes : []));

/** The chains that one has handed to another, who opens what it can. */
export async function chains(world: World, from: Person, to: Person, since = 0): Promise<Chain[]> {
  const salt = await saltOf(world);
  const { receiving } = await pairOf(world, await keysOf(world, to), await keysOf(world, from));
  const opened = passes(world, from, since).map(({ passed }) =>
    openPassed(portableSuite, salt, receiving, passed).catch(() => null),
  );
  return (await Promise.all(opened)).flatMap(body => (body?.kind === 'chain' ? [body] : []));
}

/** A member's next word, sealed without its page: under its chain as another has it; in another voice, or sight. */
export async function sealAs(
  world: World,
  of: Person,
  as: Person,
  body: Body,
  { seed, sight }: { seed?: Bytes; sight?: Sight } = {},
): Promise<Bytes> {
  const chain = as.membership.parts.roster.of(of.id)?.heard.chain ?? assert.fail('never handed over');
  const { stay, parts } = of.membership;
  const voice = { seed: seed ?? stay.voice.seed, public: stay.voice.public };
  const seen = sight ?? parts.order.sight();
  return sealSaid(portableSuite, await saltOf(world), voice, chain, seen, body, filled(16, 3));
}

/** The entry under which a stranger is shown. */
export const ENTRY = filled(16, 9);

/** A card of somebody who never entered, sealed for a door. */
export const strange = (alias: string, to = door, entry = ENTRY, seed = 1) => {
  const [voice, own] = [signingKey(filled(32, seed)), keyPair(filled(32, seed + 1))];
  const shown = { alias, voice: publicKey(voice.public), public: own.public, n: 0 };
  return sealCard(portableSuite, to, entry, shown, voice, filled(16, 3));
};
