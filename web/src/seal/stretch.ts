// PBKDF2-HMAC-SHA-256 (RFC 8018, 5.2) for one block of output: what makes guessing passwords slow.
//
// Without WebCrypto the rounds are this module's own: the hash's inner and outer state of the password
// are kept, each round is two compressions in place, which takes under half the time of the general
// library that the rest of this folder relies on (measured by `npm run bench`).

import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Bytes } from '../cbor.ts';
import { concat, wipe } from './bytes.ts';
import { HASH } from './hkdf.ts';

export const ROUNDS = 600_000;

/** Rounds between two reports of progress; the first comes early, so that the speed is known. */
const SLICE = 10_000;
const FIRST_SLICE = 1_000;

/** By WebCrypto, in one go. */
export async function stretchNatively(
  subtle: SubtleCrypto,
  password: Bytes,
  salt: Bytes,
  rounds: number,
): Promise<Bytes> {
  const key = await subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds };
  return new Uint8Array(await subtle.deriveBits(algorithm, key, HASH * 8));
}

/** Without WebCrypto; yields how much is done, from 0 to 1, and returns the key. */
export function* stretchPortably(password: Bytes, salt: Bytes, rounds: number): Generator<number, Bytes> {
  const inner = keyed(password, 0x36);
  const outer = keyed(password, 0x5c);
  const first = hmac(sha256, password, concat(salt, Uint8Array.of(0, 0, 0, 1)));
  // The words of a message that is one hash: its length is that of a block and the hash, in bits.
  const block = new Int32Array(64);
  load(block, first);
  block[8] = 1 << 31;
  block[15] = (BLOCK + HASH) * 8;
  const sum = block.slice(0, 8);
  try {
    for (let done = 1; done < rounds;) {
      const stop = Math.min(done < FIRST_SLICE ? FIRST_SLICE : done + SLICE, rounds);
      for (; done < stop; done++) {
        compress(inner, block, block);
        compress(outer, block, block);
        for (let at = 0; at < 8; at++) (sum[at] as number) ^= block[at] as number;
      }
      yield done / rounds;
    }
    const output = new Uint8Array(HASH);
    const view = new DataView(output.buffer);
    for (const [at, word] of sum.entries()) view.setInt32(4 * at, word);
    return output;
  } finally {
    wipe(first);
    for (const words of [inner, outer, block, sum]) words.fill(0);
  }
}

/** Bytes of a block of SHA-256 (FIPS 180-4, 6.2). */
const BLOCK = 64;

/** The state after the first block of HMAC's inner or outer hash (RFC 2104, 2). */
function keyed(password: Bytes, pad: number): Int32Array {
  const key = new Uint8Array(BLOCK);
  key.set(password.length > BLOCK ? sha256(password) : password);
  for (let at = 0; at < BLOCK; at++) (key[at] as number) ^= pad;
  const words = new Int32Array(64);
  load(words, key);
  const state = new Int32Array(8);
  compress(INITIAL, words, state);
  wipe(key);
  words.fill(0);
  return state;
}

function load(words: Int32Array, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < bytes.length / 4; at++) words[at] = view.getInt32(4 * at);
}

/** One compression (FIPS 180-4, 6.2.2) of the first 16 words of `w`, which serves as its schedule. */
function compress(state: Int32Array, w: Int32Array, result: Int32Array): void {
  const word = (words: Int32Array, at: number) => words[at] as number;
  for (let t = 16; t < 64; t++) {
    const x = word(w, t - 15);
    const y = word(w, t - 2);
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[t] = (word(w, t - 16) + s0 + word(w, t - 7) + s1) | 0;
  }
  let a = word(state, 0);
  let b = word(state, 1);
  let c = word(state, 2);
  let d = word(state, 3);
  let e = word(state, 4);
  let f = word(state, 5);
  let g = word(state, 6);
  let h = word(state, 7);
  for (let t = 0; t < 64; t++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + (g ^ (e & (f ^ g))) + word(ROUND, t) + word(w, t)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) | (c & (a | b)))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  result[0] = a + word(state, 0);
  result[1] = b + word(state, 1);
  result[2] = c + word(state, 2);
  result[3] = d + word(state, 3);
  result[4] = e + word(state, 4);
  result[5] = f + word(state, 5);
  result[6] = g + word(state, 6);
  result[7] = h + word(state, 7);
}

/** The fractional bits of the square roots of the first 8 primes (FIPS 180-4, 5.3.3). */
const INITIAL = roots(8, 2n);

/** The fractional bits of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2). */
const ROUND = roots(64, 3n);

/** In integers, so that it is exact in every engine. */
function roots(count: number, power: bigint): Int32Array {
  const words: number[] = [];
  const primes: bigint[] = [];
  for (let candidate = 2n; words.length < count; candidate++) {
    if (primes.some(prime => candidate % prime === 0n)) continue;
    primes.push(candidate);
    const target = candidate << (32n * power);
    let root = 0n;
    for (let bit = 1n << 36n; bit > 0n; bit >>= 1n) {
      if ((root + bit) ** power <= target) root += bit;
    }
    words.push(Number(BigInt.asIntN(32, root)));
  }
  return Int32Array.from(words);
}
