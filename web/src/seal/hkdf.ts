// HKDF-SHA-256 (RFC 5869), HMAC and SHA-256 by noble in either suite: their inputs are short, and
// WebCrypto, which answers each call from another thread, took seven times as long for a chain's steps.

import { expand as expandWith, extract as extractWith } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 as digest } from '@noble/hashes/sha2.js';
import type { Bytes } from '../cbor.ts';
import { utf8, wipe } from './bytes.ts';

/** Bytes of a SHA-256 hash, and of the keys that are one. */
export const HASH = 32;

export const sha256 = (data: Bytes): Bytes => digest(data);

export const hmacSha256 = (key: Bytes, data: Bytes): Bytes => hmac(digest, key, data);

/** RFC 5869, 2.3, with a label as its `info`. */
export const expand = (key: Bytes, label: string, length: number): Bytes =>
  expandWith(digest, key, utf8(label), length);

/** RFC 5869, 2. */
export function hkdf(salt: Bytes, ikm: Bytes, info: Bytes, length: number): Bytes {
  const prk = extractWith(digest, ikm, salt);
  const output = expandWith(digest, prk, info, length);
  wipe(prk);
  return output;
}
