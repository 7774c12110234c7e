// The primitives without WebCrypto, by the noble libraries.

import { cbc } from '@noble/ciphers/aes.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToNumberLE } from '@noble/curves/utils.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concat, equal } from './bytes.ts';
import type { Suite } from './suite.ts';

const { BASE, Fn } = ed25519.Point;

export const portableSuite: Suite = {
  hmacSha512: async (key, data) => hmac(sha512, key, data),
  encryptCbc: async (key, iv, plaintext) => cbc(key, iv).encrypt(plaintext),
  decryptCbc: async (key, iv, ciphertext) => cbc(key, iv).decrypt(ciphertext),
  // noble's own `verify` multiplies by the cofactor, and so takes an R with torsion.
  async verify({ bytes, point }, message, signature) {
    const [r, s] = [signature.subarray(0, 32), signature.subarray(32)];
    const k = Fn.create(bytesToNumberLE(sha512(concat(r, bytes, message))));
    const left = BASE.multiplyUnsafe(bytesToNumberLE(s)).subtract(point.multiplyUnsafe(k));
    return equal(left.toBytes(), r);
  },
};
