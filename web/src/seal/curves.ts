// X25519 (RFC 7748), by noble in either suite: WebCrypto's is not everywhere, and takes secret keys
// only wrapped in PKCS #8.

import { x25519 } from '@noble/curves/ed25519.js';
import { bytesToNumberLE } from '@noble/curves/utils.js';
import type { Bytes } from '../cbor.ts';
import { equal, wipe } from './bytes.ts';
import { SealError } from './error.ts';

export type KeyPair = { readonly secret: Bytes; readonly public: Bytes };

/** The X25519 pair of 32 random bytes. */
export function keyPair(secret: Bytes): KeyPair {
  return { secret, public: x25519.getPublicKey(secret) };
}

const P = 2n ** 255n - 19n;
/** The curve's coefficient A (RFC 7748, 4.1). */
const A = 486662n;

/**
 * Throws {@link SealError} where a public key is not canonical or of small order: with these every
 * result is all zero. A point is of small order if it is at infinity, where Z is 0, after three
 * doublings.
 */
export function checkAgreementKey(key: Uint8Array): void {
  let x = bytesToNumberLE(key);
  let z = 1n;
  const isCanonical = x < P;
  for (let doubled = 0; doubled < 3; doubled++) {
    [x, z] = [(x * x - z * z) ** 2n % P, (4n * x * z * (x * x + A * x * z + z * z)) % P];
  }
  if (!isCanonical || z === 0n) throw new SealError('weak-key');
}

/** X25519; an all-zero result, of a public key of small order, is refused (RFC 7748, 6.1). */
export function diffieHellman(secret: Bytes, other: Bytes): Bytes {
  let shared: Bytes | undefined;
  try {
    shared = x25519.getSharedSecret(secret, other);
  } catch {
    throw new SealError('weak-key');
  }
  if (equal(shared, new Uint8Array(shared.length))) {
    wipe(shared);
    throw new SealError('weak-key');
  }
  return shared;
}
