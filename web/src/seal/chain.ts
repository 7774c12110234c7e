// What goes to the whole room: a chain of keys for each sender, hashed forward with every message.

import { type Bytes, writeItem } from '../cbor.ts';
import { bytes, bytesOf, record, uint, uint32, type ValueOf } from '../forms.ts';
import { FILL, KEY, open, seal, sealedLength } from './aead.ts';
import {
  type Body,
  type Malformed,
  messageName,
  orMalformed,
  readBody,
  type Unknown,
  writeBody,
} from './body.ts';
import { bigEndian, concat, utf8, wipe } from './bytes.ts';
import { SealError } from './error.ts';
import type { RoomSalt } from './heart.ts';
import { HASH, hkdf } from './hkdf.ts';
import { type PublicKey, SIGNATURE, type SigningKey } from './signature.ts';
import { checkSigned, signItems } from './signed.ts';
import type { Suite } from './suite.ts';

/** A chain at the counter of its next message. Counters go on from one generation to the next. */
export type Chain = { readonly generation: number; counter: number; key: Bytes };

/** A chain as its readers have it. */
export type ReadChain = {
  /** {@link FORGOTTEN} where no chain is known. */
  generation: number;
  counter: number;
  key: Bytes;
  /** The counter of the message that comes next, if none is missing; none before it is opened. */
  next: number;
  /** Steps taken past messages that did not come, since the chain was handed over. */
  skipped: number;
};

const FORGOTTEN = -1;

/**
 * How many steps forward a reader takes along one chain, as it was handed over. A reader that
 * misses a message is passed the chain anew, so honest senders need next to none; a forged counter
 * costs its steps and gets nowhere.
 */
export const MAX_SKIP = 128;

/** Bytes of the least plaintext of a message, so that reactions and replies look alike. */
const LEAST = 2 * FILL;

const HEAD = 8;
/** Bytes of a view. */
const VIEW = 16;

const payload = record({
  n: uint32,
  lock: uint32,
  count: uint,
  view: bytesOf(VIEW),
  body: bytes,
  signature: bytesOf(SIGNATURE),
});

/**
 * The room as a sender saw it: the numbers of its own X25519 key and of the lock, and the view at a
 * count.
 */
export type Sight = Omit<ValueOf<typeof payload>, 'body' | 'signature'>;

/** A message that was opened. */
export type Said = Sight & {
  /** Null for a kind that is passed over. */
  readonly body: Body | Unknown | null | Malformed;
  readonly name: Bytes;
  /** How many messages of this sender should have come before it, and did not. */
  readonly missed: number;
};

/** Bytes of the payload of a body, at the most. */
export function payloadLength(body: Body): number {
  const largest = { n: 0xffff_ffff, lock: 0xffff_ffff, count: Number.MAX_SAFE_INTEGER };
  const [view, signature] = [new Uint8Array(VIEW), new Uint8Array(SIGNATURE)];
  const item = payload.write({ ...largest, view, signature, body: writeBody(body) });
  return HEAD + sealedLength(writeItem(item).length, LEAST);
}

/** A fresh generation, which goes on where the one before ended; `key` is 32 random bytes. */
export function nextGeneration(before: Chain | undefined, key: Bytes): Chain {
  wipeChain(before);
  return { generation: before ? before.generation + 1 : 0, counter: before?.counter ?? 0, key };
}

export function wipeChain(chain: Chain | undefined): void {
  wipe(chain?.key);
}

/**
 * Moves past a message. A sender does so once its message was relayed: one that was not keeps its
 * counter.
 */
export function stepChain(roomSalt: RoomSalt, chain: Chain): void {
  const next = hkdf(roomSalt.salt, chain.key, CHAIN, HASH);
  wipe(chain.key);
  chain.key = next;
  chain.counter += 1;
}

const MESSAGE = utf8('sanctuary/1 message');
const CHAIN = utf8('sanctuary/1 chain');

/**
 * Seals one message at the counter where the sender's chain is, and leaves it there. Throws {@link
 * WireError} where all counters are used up.
 */
export async function sealSaid(
  suite: Suite,
  roomSalt: RoomSalt,
  voice: SigningKey,
  { generation, counter, key }: Chain,
  { n, lock, count, view }: Sight,
  said: Body,
  iv: Bytes,
): Promise<Bytes> {
  const body = writeBody(said);
  const place = [roomSalt.room, voice.public, uint32.write(generation), uint32.write(counter)];
  const signature = signItems(voice, 'say', ...place, n, lock, count, view, body);
  const item = payload.write({ n, lock, count, view, body, signature });
  const messageKey = hkdf(roomSalt.salt, key, MESSAGE, KEY);
  const sealed = await seal(suite, messageKey, item, writeItem(['say', ...place]), iv, LEAST);
  wipe(messageKey, body);
  return concat(bigEndian(generation, 4), bigEndian(counter, 4), sealed);
}

/** The generation and counter that a payload names; throws {@link SealError}. */
export function payloadHead(payload: Uint8Array): { generation: number; counter: number } {
  if (payload.length < HEAD) throw new SealError('malformed');
  const view = new DataView(payload.buffer, payload.byteOffset);
  return { generation: view.getUint32(0), counter: view.getUint32(4) };
}

/**
 * Opens one message with the sender's chain, which moves past it. Throws {@link SealError} if
 * anything is amiss; if it is not the sender's, the chain is where it was, but for the steps that
 * count as taken.
 */
export async function openSaid(
  suite: Suite,
  roomSalt: RoomSalt,
  voice: PublicKey,
  chain: ReadChain | undefined,
  sealed: Uint8Array,
): Promise<Said> {
  const { generation, counter } = payloadHead(sealed);
  if (chain && (generation < chain.generation || counter < chain.next)) throw new SealError('replayed');
  if (chain?.generation !== generation) throw new SealError('no-chain');
  if (counter < chain.counter) throw new SealError('replayed');
  const skipped = chain.skipped + counter - chain.counter;
  if (skipped > MAX_SKIP) throw new SealError('too-far');
  chain.skipped = skipped;
  const ahead: Chain = { generation, counter: chain.counter, key: Uint8Array.from(chain.key) };
  let key: Bytes | undefined;
  try {
    while (ahead.counter < counter) stepChain(roomSalt, ahead);
    key = hkdf(roomSalt.salt, ahead.key, MESSAGE, KEY);
    const place = [roomSalt.room, voice.bytes, generation, counter];
    const aad = writeItem(['say', ...place]);
    const { body, signature, ...sight } = await open(suite, key, sealed.subarray(HEAD), aad, payload.read);
    const { n, lock, count, view } = sight;
    await checkSigned(suite, voice, signature, 'say', ...place, n, lock, count, view, body);
    const missed = counter - chain.next;
    stepChain(roomSalt, ahead);
    wipe(chain.key);
    chain.key = Uint8Array.from(ahead.key);
    chain.counter = chain.next = ahead.counter;
    const name = messageName(roomSalt.room, voice, counter, body);
    return { ...sight, body: orMalformed(readBody, body), missed, name };
  } finally {
    wipe(key);
    wipeChain(ahead);
  }
}

/**
 * Takes over a chain that was passed, if it leads further than the one there is. Messages
 * opened before stay opened.
 */
export function renewChain(present: ReadChain | undefined, passed: Chain): ReadChain {
  if (present && !leadsFurther(present, passed)) {
    wipeChain(passed);
    return present;
  }
  wipeChain(present);
  const { counter } = passed;
  const next =
    !present || present.generation === FORGOTTEN ? Math.max(present?.next ?? 0, counter) : present.next;
  return { ...passed, next, skipped: 0 };
}

/**
 * Forgets a chain, but not what was opened with it. Messages before the next one is handed over
 * are not counted as missed.
 */
export function forgetChain(chain: ReadChain): void {
  wipeChain(chain);
  chain.generation = FORGOTTEN;
}

const leadsFurther = (present: Chain, passed: Chain): boolean =>
  passed.generation > present.generation ||
  (passed.generation === present.generation && passed.counter >= present.counter);
