// What is said, to the room or as a whisper, once it is opened.

import { type Bytes, Reader, WireError, writeItem } from '../cbor.ts';
import { bytesOf, encode, only, type OneOf, readOne, text, uint } from '../forms.ts';
import { SealError } from './error.ts';
import { HASH, sha256 } from './hkdf.ts';
import type { RoomKey } from './room-key.ts';
import { type PublicKey, publicKey } from './signature.ts';

/** Bytes of the name of a message. */
export const NAME = 16;

/** The sender's clock, in milliseconds since 1970. */
const at = uint;
/** Seconds after which everybody forgets the message; 0 for never. */
const timer = uint;
/** The name of the message that it is about. */
const to = bytesOf(NAME);
/** Of the member that it is about. */
const voice = only(isPublicKey, bytesOf(HASH));

const FORMS = {
  message: [1, { at, timer, text }],
  farewell: [3, { at, timer, text }],
  action: [5, { at, timer, text }],
  reply: [7, { at, timer, text, to }],
  reaction: [2, { at, text, to }],
  unsend: [4, { at, to }],
  typing: [6, { at }],
  kick: [8, { voice }],
  stop: [10, {}],
  hand: [12, { voice }],
  timer: [14, { seconds: uint }],
} as const;

/** What stands for a body that is none, where what it came in is a member's all the same. */
export type Malformed = 'malformed';

/** What a member says to the room. */
export type Body = OneOf<typeof FORMS>;

/** What stands for a body that is shown as something that can't be shown. */
export type Unknown = { kind: 'unknown' };

/** What a member whispers: nothing that others obey. */
export type Whispered = Exclude<Body, { kind: 'kick' | 'stop' | 'hand' | 'timer' }>;

export const writeBody = (body: Body): Bytes => encode(FORMS, body);

/** By which others refer to what was said: `body` as it was written. */
export const messageName = (room: RoomKey, voice: PublicKey, counter: number, body: Bytes): Bytes =>
  nameOf(room, voice.bytes, counter, body);

/** By which two refer to a whisper. */
export const whisperName = (
  room: RoomKey,
  from: PublicKey,
  to: PublicKey,
  counter: number,
  said: Bytes,
): Bytes => nameOf(room, from.bytes, to.bytes, counter, said);

const nameOf = (...said: (Uint8Array | number)[]): Bytes =>
  sha256(writeItem(['sanctuary/1 name', ...said])).slice(0, NAME);

/**
 * Reads a body; throws {@link SealError}. Of the kinds that are not known, an even one is passed
 * over, and null here.
 */
export function readBody(bytes: Bytes): Body | Unknown | null {
  try {
    const reader = new Reader(bytes);
    const body = readOne(FORMS, reader);
    reader.end();
    if (typeof body !== 'number') return body;
    return body % 2 === 0 ? null : { kind: 'unknown' };
  } catch (error) {
    throw error instanceof WireError ? new SealError('malformed') : error;
  }
}

/** Reads a whisper's body likewise; one that others would obey is passed over. */
export function readWhispered(bytes: Bytes): Whispered | Unknown | null {
  const body = readBody(bytes);
  return body && isObeyed(body) ? null : body;
}

const OBEYED: ReadonlySet<Body['kind'] | 'unknown'> = new Set(['kick', 'stop', 'hand', 'timer'] as const);

const isObeyed = (body: Body | Unknown): body is Exclude<Body, Whispered> => OBEYED.has(body.kind);

/** Reads what is known to be a member's: what is no body counts, and is told, as a message that can't be read. */
export function orMalformed<Read>(read: (bytes: Bytes) => Read, bytes: Bytes): Read | Malformed {
  try {
    return read(bytes);
  } catch (error) {
    if (error instanceof SealError && error.fault === 'malformed') return error.fault;
    throw error;
  }
}

function isPublicKey(bytes: Bytes): boolean {
  try {
    return publicKey(bytes) !== null;
  } catch {
    return false;
  }
}
