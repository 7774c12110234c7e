// What goes from one member to one other: chains and whispers.

import { type Bytes, type Item, type Reader, writeItem } from '../cbor.ts';
import { KEY, open, seal } from './aead.ts';
import { wipe } from './bytes.ts';
import { diffieHellman, type KeyPair } from './curves.ts';
import type { Door } from './door.ts';
import { SealError } from './error.ts';
import { HASH, hkdf } from './hkdf.ts';
import type { Suite } from './suite.ts';

/** The keys of one pair of members, a direction each. */
export type Pair = {
  readonly own: Bytes;
  readonly other: Bytes;
  readonly sending: Bytes;
  readonly receiving: Bytes;
};

export type Passed =
  | { kind: 'chain'; generation: number; counter: number; key: Bytes }
  | { kind: 'whisper'; counter: number; at: number; text: string };

/** Throws {@link SealError} where the other's public key is of small order. */
export function agreePair(door: Door, own: KeyPair, other: Bytes): Pair {
  const shared = diffieHellman(own.secret, other);
  const key = (from: Bytes, to: Bytes) => hkdf(door.roomSalt, shared, writeItem(['pair', from, to]), KEY);
  const sending = key(own.public, other);
  const receiving = key(other, own.public);
  wipe(shared);
  return { own: own.public, other, sending, receiving };
}

export function wipePair(pair: Pair): void {
  wipe(pair.sending, pair.receiving);
}

const aad = (door: Door, from: Bytes, to: Bytes): Bytes => writeItem(['pass', door.room, from, to]);

export function sealPassed(suite: Suite, door: Door, pair: Pair, body: Passed, iv: Bytes): Promise<Bytes> {
  const item: Item =
    body.kind === 'chain'
      ? [0, body.generation, body.counter, body.key]
      : [1, body.counter, body.at, body.text];
  return seal(suite, pair.sending, item, aad(door, pair.own, pair.other), iv);
}

/** Opens what the other member passed, null for a body of another kind; throws {@link SealError}. */
export const openPassed = (
  suite: Suite,
  door: Door,
  pair: Pair,
  sealed: Uint8Array,
): Promise<Passed | null> => open(suite, pair.receiving, sealed, aad(door, pair.other, pair.own), readPassed);

function readPassed(reader: Reader): Passed | null {
  const length = reader.array();
  const kind = reader.uint();
  if (kind > 1) return null;
  if (length !== 4) throw new SealError('malformed');
  if (kind === 1) return { kind: 'whisper', counter: reader.uint(), at: reader.uint(), text: reader.text() };
  const [generation, counter, read] = [reader.uint(), reader.uint(), reader.bytesOf(HASH)];
  const key = Uint8Array.from(read);
  wipe(read);
  return { kind: 'chain', generation, counter, key };
}
