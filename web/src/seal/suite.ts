// The primitives that work through whole messages, whoever computes them.

import type { Bytes } from '../cbor.ts';
import { nativeSuite } from './native.ts';
import { portableSuite } from './portable.ts';
import type { PublicKey } from './signature.ts';

/** Asynchronous, because WebCrypto is. */
export interface Suite {
  hmacSha512(key: Bytes, data: Bytes): Promise<Bytes>;
  /** AES-256-CBC with the padding of PKCS #7 (RFC 5652, 6.3). */
  encryptCbc(key: Bytes, iv: Bytes, plaintext: Bytes): Promise<Bytes>;
  /** Rejects where the padding is wrong. */
  decryptCbc(key: Bytes, iv: Bytes, ciphertext: Bytes): Promise<Bytes>;
  /** Ed25519's equation alone, for `verify` of signature.ts: the rule is complete only there. */
  verify(key: PublicKey, message: Bytes, signature: Bytes): Promise<boolean>;
}

/** WebCrypto where there is one: it is faster, and its AES takes the same time for every key. */
export const bestSuite = (): Suite => nativeSuite(globalThis.crypto?.subtle) ?? portableSuite;
