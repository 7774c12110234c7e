// What keys the people of a relay have, as only they and their test know: to play those who keep what they had.

import assert from 'node:assert/strict';
import type { Bytes } from '../src/cbor.ts';
import { checkAlias } from '../src/seal/alias.ts';
import { openCard } from '../src/seal/card.ts';
import type { Chain } from '../src/seal/chain.ts';
import { deriveDoor, doorSalt } from '../src/seal/door.ts';
import { passwordBytes } from '../src/seal/password.ts';
import { readRoomKey } from '../src/seal/room-key.ts';
import { type KeyPair, keyPair } from '../src/seal/curves.ts';
import { agreePair, openPassed } from '../src/seal/pair.ts';
import { portableSuite } from '../src/seal/portable.ts';
import { stretchPortably } from '../src/seal/stretch.ts';
import type { Person, World } from './relay.ts';
import { hex } from './vectors.ts';

/** The relay's people stretch in two rounds. */
function stretched(): Bytes {
  const [room, password] = [readRoomKey('Y1HE-DCG7'), passwordBytes('9F3K-TQ2M-XA7B-0C1D')];
  assert.ok(room && password);
  const stretching = stretchPortably(password, doorSalt(room), 2);
  for (;;) {
    const step = stretching.next();
    if (step.done) return step.value;
  }
}

export const room = readRoomKey('Y1HE-DCG7') ?? assert.fail();

export const door = deriveDoor(room, stretched());

/** The X25519 pair behind the card that somebody showed: its secret is one of the draws. */
export async function keysOf(world: World, person: Person): Promise<KeyPair> {
  const request = world.seen.find(({ from }) => from === person)?.frame;
  assert.ok(request?.kind === 'create' || request?.kind === 'enter');
  const card = await openCard(portableSuite, door, request.card, checkAlias);
  const secret = person.drawn.find(
    draw => draw.length === 32 && hex(keyPair(draw).public) === hex(card.public),
  );
  assert.ok(secret, 'the X25519 secret is no draw');
  return keyPair(secret);
}

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
  const pair = agreePair(door, await keysOf(world, to), (await keysOf(world, from)).public);
  const opened = passes(world, from, since).map(({ passed }) =>
    openPassed(portableSuite, door, pair, passed).catch(() => null),
  );
  return (await Promise.all(opened)).flatMap(body => (body?.kind === 'chain' ? [body] : []));
}
