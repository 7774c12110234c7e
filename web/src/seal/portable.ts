// The primitives without WebCrypto, by the noble libraries.

import { cbc } from '@noble/ciphers/aes.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha512 } from '@noble/hashes/sha2.js';
import type { Suite } from './suite.ts';

export const portableSuite: Suite = {
  hmacSha512: async (key, data) => hmac(sha512, key, data),
  encryptCbc: async (key, iv, plaintext) => cbc(key, iv).encrypt(plaintext),
  decryptCbc: async (key, iv, ciphertext) => cbc(key, iv).decrypt(ciphertext),
};
