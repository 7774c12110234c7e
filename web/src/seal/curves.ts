// X25519 (RFC 7748), by noble in either suite: WebCrypto's is not everywhere, and takes secret keys only
// wrapped in PKCS #8.

import { x25519 } from '@noble/curves/ed25519.js';
import type { Bytes } from '../cbor.ts';
import { equal, wipe } from './bytes.ts';
import { SealError } from './error.ts';

export type KeyPair = { readonly secret: Bytes; readonly public: Bytes };

/** The X25519 pair of 32 random bytes. */
export function keyPair(secret: Bytes): KeyPair {
  return { secret, public: x25519.getPublicKey(secret) };
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
