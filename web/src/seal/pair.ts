// What goes from one member to one other: chains, whispers, and what is told about them.

import { type Bytes, type Reader, writeItem } from '../cbor.ts';
import { bytes, bytesOf, itemOf, readOne, uint32 } from '../forms.ts';
import { KEY, open, seal, sealedLength } from './aead.ts';
import {
  type Malformed,
  orMalformed,
  readWhispered,
  type Unknown,
  type Whispered,
  writeBody,
} from './body.ts';
import { wipe } from './bytes.ts';
import type { Party } from './card.ts';
import { diffieHellman } from './curves.ts';
import type { RoomSalt } from './heart.ts';
import { HASH, hkdf } from './hkdf.ts';
import type { Suite } from './suite.ts';

/** The keys of one pair of members, a direction each. */
export type Pair = { readonly sending: Bytes; readonly receiving: Bytes };

const FORMS = {
  /** The sender's chain from this counter on. */
  chain: [0, { generation: uint32, counter: uint32, key: bytesOf(HASH) }],
  whisper: [1, { counter: uint32, said: bytes }],
  /** The last whisper that was opened, and how many were in this stay. */
  receipt: [2, { counter: uint32, arrived: uint32 }],
  /** The sender lacks the receiver's chain. */
  lack: [4, {}],
} as const;

/** What is passed. The counters of whispers rise by one, through the whole stay. */
export type Passed<Said = Whispered> =
  | { kind: 'chain'; generation: number; counter: number; key: Bytes }
  | { kind: 'whisper'; counter: number; said: Said }
  | { kind: 'receipt'; counter: number; arrived: number }
  | { kind: 'lack' };

/** A whisper's body as it is read. */
type Read = Whispered | Unknown | null | Malformed;

/**
 * `secret` is that of the own X25519 key. Throws {@link SealError} where the other's is of small
 * order.
 */
export function agreePair(roomSalt: RoomSalt, secret: Bytes, own: Party, other: Party): Pair {
  const shared = diffieHellman(secret, other.public);
  const key = (from: Party, to: Party) => {
    const parties = [from.voice.bytes, from.public, to.voice.bytes, to.public];
    return hkdf(roomSalt.salt, shared, writeItem(['pair', roomSalt.room, ...parties]), KEY);
  };
  const pair = { sending: key(own, other), receiving: key(other, own) };
  wipe(shared);
  return pair;
}

export function wipePair({ sending, receiving }: Pair): void {
  wipe(sending, receiving);
}

const aad = (roomSalt: RoomSalt): Bytes => writeItem(['pass', roomSalt.room]);

const itemOfPassed = (body: Passed) =>
  itemOf(FORMS, body.kind === 'whisper' ? { ...body, said: writeBody(body.said) } : body);

/** Bytes of what is passed, sealed. */
export const passedLength = (body: Passed): number => sealedLength(writeItem(itemOfPassed(body)).length);

/** Under the sending key of a pair. */
export const sealPassed = (
  suite: Suite,
  roomSalt: RoomSalt,
  key: Bytes,
  body: Passed,
  iv: Bytes,
): Promise<Bytes> => seal(suite, key, itemOfPassed(body), aad(roomSalt), iv);

/**
 * Opens what was passed with a receiving key, null for a body of another kind; throws {@link
 * SealError}.
 */
export const openPassed = (
  suite: Suite,
  roomSalt: RoomSalt,
  key: Bytes,
  sealed: Uint8Array,
): Promise<Passed<Read> | null> => open(suite, key, sealed, aad(roomSalt), readPassed);

function readPassed(reader: Reader): Passed<Read> | null {
  const body = readOne(FORMS, reader);
  if (typeof body === 'number') return null;
  if (body.kind === 'whisper') return { ...body, said: orMalformed(readWhispered, body.said) };
  if (body.kind !== 'chain') return body;
  const key = Uint8Array.from(body.key);
  wipe(body.key);
  return { ...body, key };
}
