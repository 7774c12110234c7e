// Ed25519 (RFC 8032) under one rule of verification, whoever computes it. The RFC leaves something
// open, and engines differ in it: a forger could show members different conversations. The rule is
// that of `crates/sign`, and testdata/signatures.json holds both to it:
//
// - A public key A counts if it is the canonical encoding (5.1.3) of a point of prime order L.
// - A signature R ‖ S of a message M holds if S < L and the encoding of [S]B − [k]A is R to the
//   byte, where k = SHA-512(R ‖ A ‖ M) mod L.

import type { EdwardsPoint } from '@noble/curves/abstract/edwards.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToNumberLE } from '@noble/curves/utils.js';
import type { Bytes } from '../cbor.ts';
import { SealError } from './error.ts';
import { portableSuite } from './portable.ts';
import type { Suite } from './suite.ts';

/** Bytes of a seed, a public key, R or S. */
const HALF = 32;
/** Bytes of a signature. */
export const SIGNATURE = 2 * HALF;

/** What signs: a seed, which RFC 8032 calls the private key, with its public key. */
export type SigningKey = { readonly seed: Bytes; readonly public: Bytes };

/** The key of 32 random bytes. */
export const signingKey = (seed: Bytes): SigningKey => ({ seed, public: ed25519.getPublicKey(seed) });

/** By noble everywhere: of WebCrypto's keys no script can wipe the copies. */
export const sign = (seed: Bytes, message: Bytes): Bytes => ed25519.sign(message, seed);

/** A public key that counts. */
export type PublicKey = { readonly bytes: Bytes; readonly point: EdwardsPoint };

/** Reads a key, for as many signatures as come; throws {@link SealError} if it does not count. */
export function publicKey(bytes: Uint8Array): PublicKey {
  try {
    const point = ed25519.Point.fromBytes(bytes);
    if (!point.isSmallOrder() && point.isTorsionFree()) return { bytes: Uint8Array.from(bytes), point };
  } catch {
    // No point, or not its canonical encoding.
  }
  throw new SealError('weak-key');
}

/** Whether the signature holds. S is looked at here, for WebKitGTK takes S + L. */
export async function verify(
  suite: Suite,
  key: PublicKey,
  message: Bytes,
  signature: Bytes,
): Promise<boolean> {
  if (signature.length !== SIGNATURE || !ed25519.Point.Fn.isValid(bytesToNumberLE(signature.subarray(HALF))))
    return false;
  const judge = isPlain(signature.subarray(0, HALF)) ? suite : portableSuite;
  return judge.verify(key, message, signature);
}

const SIGN = 1n << 255n;

/**
 * Whether R, if it is a point at all, is canonical and neither the identity nor the point of order 2.
 * Of another R engines say different things; by WebCrypto's text the identity never holds.
 */
function isPlain(r: Uint8Array): boolean {
  const y = bytesToNumberLE(r) % SIGN;
  return y > 1n && y < ed25519.Point.Fp.ORDER - 1n;
}
