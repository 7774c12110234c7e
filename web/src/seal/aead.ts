// AEAD_AES_256_CBC_HMAC_SHA_512 as RFC 7518, 5.2.5 has it, over one CBOR item filled up with zeros.

import { type Bytes, type Item, Reader, WireError, writeItem } from '../cbor.ts';
import { bigEndian, concat, equal, wipe } from './bytes.ts';
import { SealError } from './error.ts';
import type { Suite } from './suite.ts';

/** Bytes of a key: the first half authenticates, the second encrypts. */
export const KEY = 64;
/** Bytes of an initialisation vector. */
export const IV = 16;
const TAG = 32;
const BLOCK = 16;
/** A plaintext is filled up to a multiple of this many bytes. */
export const FILL = 128;

const filledLength = (length: number, least: number): number =>
  Math.max(least, Math.ceil(length / FILL) * FILL);

/** Bytes of what an item of `length` bytes is sealed as, filled up to `least`. */
export const sealedLength = (length: number, least = FILL): number =>
  IV + filledLength(length, least) + BLOCK + TAG;

async function tag(suite: Suite, key: Bytes, aad: Bytes, ivAndCiphertext: Uint8Array): Promise<Bytes> {
  const bits = bigEndian(aad.length * 8, 8);
  const whole = await suite.hmacSha512(key.subarray(0, KEY / 2), concat(aad, ivAndCiphertext, bits));
  return whole.subarray(0, TAG);
}

/**
 * `IV ‖ ciphertext ‖ tag`. `iv` is drawn anew each time; the plaintext has `least` bytes or more.
 */
export async function seal(
  suite: Suite,
  key: Bytes,
  item: Item,
  aad: Bytes,
  iv: Bytes,
  least = FILL,
): Promise<Bytes> {
  const written = writeItem(item);
  const filled = new Uint8Array(filledLength(written.length, least));
  filled.set(written);
  const body = concat(iv, await suite.encryptCbc(key.subarray(KEY / 2), iv, filled));
  wipe(written, filled);
  return concat(body, await tag(suite, key, aad, body));
}

/**
 * Opens what was sealed, whose item `read` reads; throws {@link SealError} where anything is amiss.
 */
export async function open<Value>(
  suite: Suite,
  key: Bytes,
  sealed: Uint8Array,
  aad: Bytes,
  read: (reader: Reader) => Value,
): Promise<Value> {
  const plaintext = await decrypt(suite, key, sealed, aad);
  try {
    const reader = new Reader(plaintext);
    const item = read(reader);
    if (reader.rest().some(byte => byte !== 0)) throw new SealError('malformed');
    return item;
  } catch (error) {
    throw error instanceof WireError ? new SealError('malformed') : error;
  } finally {
    wipe(plaintext);
  }
}

/** Opens what was sealed, whatever stands in it; throws {@link SealError}. */
export async function decrypt(suite: Suite, key: Bytes, sealed: Uint8Array, aad: Bytes): Promise<Bytes> {
  if (sealed.length < IV + BLOCK + TAG) throw new SealError('forged');
  const body = concat(sealed.subarray(0, -TAG));
  if (!equal(await tag(suite, key, aad, body), sealed.subarray(-TAG))) throw new SealError('forged');
  try {
    return await suite.decryptCbc(key.subarray(KEY / 2), body.subarray(0, IV), body.subarray(IV));
  } catch {
    throw new SealError('malformed');
  }
}
