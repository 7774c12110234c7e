// Members of one room with their keys, without a session: for tests of what they seal.

import assert from 'node:assert/strict';
import type { Bytes } from '../src/cbor.ts';
import type { Body } from '../src/seal/body.ts';
import type { Card } from '../src/seal/card.ts';
import { keyPair, type KeyPair } from '../src/seal/curves.ts';
import { deriveDoor } from '../src/seal/door.ts';
import { SealError, type SealFault } from '../src/seal/error.ts';
import { type Heart, roomSaltOf } from '../src/seal/heart.ts';
import { nativeSuite } from '../src/seal/native.ts';
import { portableSuite } from '../src/seal/portable.ts';
import { readRoomKey, type RoomKey } from '../src/seal/room-key.ts';
import { publicKey, type SigningKey, signingKey } from '../src/seal/signature.ts';
import type { Suite } from '../src/seal/suite.ts';

const native = nativeSuite(crypto.subtle);
assert.ok(native);
export const suites: [string, Suite][] = [
  ['native', native],
  ['portable', portableSuite],
];

export const filled = (length: number, byte: number): Bytes => new Uint8Array(length).fill(byte);
export const draw = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

export function roomOf(text: string): RoomKey {
  const room = readRoomKey(text);
  assert.ok(room);
  return room;
}

export const room = roomOf('Y1HE-DCG7');
export const elsewhere = roomOf('K7QM-4XZD');

/** The room's door; derived anew each time, for some tests wipe it. */
export const doorOf = (where: RoomKey = room) => deriveDoor(where, filled(32, 1));

export const heart: Heart = {
  secret: filled(32, 2),
  rule: 'keeper',
  password: new TextEncoder().encode('correct horse'),
  alias: 'Ada',
  at: 1_700_000_000_000,
};
export const roomSalt = roomSaltOf(room, heart);

/** What a member has. */
export type Stay = {
  readonly voice: SigningKey;
  readonly keys: KeyPair;
  readonly entry: Bytes;
  readonly card: Card;
};

export function stayOf(alias: string): Stay {
  const voice = signingKey(draw(32));
  const keys = keyPair(draw(32));
  const card = { alias, voice: publicKey(voice.public), public: keys.public, n: 0 };
  return { voice, keys, entry: draw(16), card };
}

/** The same stay with its next X25519 key. */
export function renewed(stay: Stay): Stay {
  const keys = keyPair(draw(32));
  return { ...stay, keys, card: { ...stay.card, public: keys.public, n: stay.card.n + 1 } };
}

/** One body of each kind. */
export const BODIES: Body[] = [
  { kind: 'message', at: 1, timer: 60, text: '<b>hello</b>' },
  { kind: 'farewell', at: Number.MAX_SAFE_INTEGER, timer: 0, text: '' },
  { kind: 'action', at: 1, timer: 0, text: 'waves' },
  { kind: 'reply', at: 1, timer: 0, text: 'yes', to: filled(16, 1) },
  { kind: 'reaction', at: 1, text: '👍', to: filled(16, 1) },
  { kind: 'unsend', at: 1, to: filled(16, 1) },
  { kind: 'typing', at: 1 },
  { kind: 'kick', voice: signingKey(filled(32, 1)).public },
  { kind: 'stop' },
  { kind: 'hand', voice: signingKey(filled(32, 2)).public },
  { kind: 'timer', seconds: 300 },
];

export const failsWith = (fault: SealFault) => (error: unknown) =>
  error instanceof SealError && error.fault === fault;

/** A copy with one bit turned over. */
export const spoiled = (bytes: Uint8Array, at: number): Bytes =>
  Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ 1 : byte));
