// What goes to the whole room: a chain of keys for each sender, hashed forward with every message.

import { type Bytes, type Reader, writeItem } from '../cbor.ts';
import { KEY, open, seal, sealedLength } from './aead.ts';
import { bigEndian, concat, utf8, wipe } from './bytes.ts';
import type { Door } from './door.ts';
import { SealError } from './error.ts';
import { HASH, hkdf } from './hkdf.ts';
import type { Suite } from './suite.ts';

/** A sender's chain, at the counter of its next message. Its key is overwritten with each step. */
export type Chain = {
  readonly generation: number;
  counter: number;
  key: Bytes;
  /** Steps that a reader took past messages it did not get, in this generation of the sender's and all before. */
  skipped?: number;
};

/** What a member says to the whole room. */
export type Body = { kind: 'message' | 'farewell'; at: number; text: string };

/**
 * How many steps forward a reader takes for one sender at most, in all. A reader that misses a
 * message is passed the chain anew, so honest senders need next to none; a forged counter costs its
 * steps and gets nowhere.
 */
export const MAX_SKIP = 10_000;

const HEAD = 8;

/** Bytes of the payload whose body's item has `length` bytes. */
export const payloadLength = (length: number): number => HEAD + sealedLength(length);

const MESSAGE = utf8('sanctuary/1 message');
const CHAIN = utf8('sanctuary/1 chain');

export function wipeChain(chain: Chain | undefined): void {
  wipe(chain?.key);
}

const messageKey = (door: Door, chain: Chain): Bytes => hkdf(door.roomSalt, chain.key, MESSAGE, KEY);

function step(door: Door, chain: Chain): void {
  const next = hkdf(door.roomSalt, chain.key, CHAIN, HASH);
  wipe(chain.key);
  chain.key = next;
  chain.counter += 1;
}

const aad = (door: Door, from: Bytes, generation: number, counter: number): Bytes =>
  writeItem(['say', door.room, from, generation, counter]);

/** The item that is sealed. */
export const bodyItem = ({ kind, at, text }: Body): [number, number, string] => [
  kind === 'farewell' ? 1 : 0,
  at,
  text,
];

/** Seals one message and steps the sender's own chain. */
export async function sealBody(
  suite: Suite,
  door: Door,
  from: Bytes,
  chain: Chain,
  body: Body,
  iv: Bytes,
): Promise<Bytes> {
  const { generation, counter } = chain;
  const key = messageKey(door, chain);
  const sealed = await seal(suite, key, bodyItem(body), aad(door, from, generation, counter), iv);
  wipe(key);
  step(door, chain);
  return concat(bigEndian(generation, 4), bigEndian(counter, 4), sealed);
}

/** The generation and counter that a payload names; throws {@link SealError}. */
export function payloadHead(payload: Uint8Array): { generation: number; counter: number } {
  if (payload.length < HEAD) throw new SealError('malformed');
  const view = new DataView(payload.buffer, payload.byteOffset);
  return { generation: view.getUint32(0), counter: view.getUint32(4) };
}

/**
 * Opens one message with the sender's chain, which moves past it; null for a body of another kind, which
 * is passed over. Throws {@link SealError} and leaves the chain where it was if anything is amiss.
 */
export async function openBody(
  suite: Suite,
  door: Door,
  from: Bytes,
  chain: Chain | undefined,
  payload: Uint8Array,
): Promise<Body | null> {
  const { generation, counter } = payloadHead(payload);
  if (chain && generation < chain.generation) throw new SealError('replayed');
  if (chain?.generation !== generation) throw new SealError('no-chain');
  if (counter < chain.counter) throw new SealError('replayed');
  const skipped = (chain.skipped ?? 0) + counter - chain.counter;
  if (skipped > MAX_SKIP) throw new SealError('too-far');
  chain.skipped = skipped;
  const ahead: Chain = { generation, counter: chain.counter, key: Uint8Array.from(chain.key) };
  let key: Bytes | undefined;
  try {
    while (ahead.counter < counter) step(door, ahead);
    key = messageKey(door, ahead);
    const sealed = payload.subarray(HEAD);
    const body = await open(suite, key, sealed, aad(door, from, generation, counter), readSaid);
    step(door, ahead);
    wipe(chain.key);
    chain.key = Uint8Array.from(ahead.key);
    chain.counter = ahead.counter;
    return body;
  } finally {
    wipe(key);
    wipeChain(ahead);
  }
}

function readSaid(reader: Reader): Body | null {
  const length = reader.array();
  const kind = (['message', 'farewell'] as const)[reader.uint()];
  if (!kind) return null;
  if (length !== 3) throw new SealError('malformed');
  return { kind, at: reader.uint(), text: reader.text() };
}

/** Takes over a chain that was passed, if it leads further than the one there is. */
export function renewChain(present: Chain | undefined, passed: Chain): Chain {
  const further =
    !present ||
    passed.generation > present.generation ||
    (passed.generation === present.generation && passed.counter >= present.counter);
  // Else a fresh chain would buy fresh steps.
  if (present?.skipped) passed.skipped = present.skipped;
  wipeChain(further ? present : passed);
  return further ? passed : (present as Chain);
}
