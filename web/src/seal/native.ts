// The primitives by WebCrypto, which browsers offer to secure contexts only.

import type { Suite } from './suite.ts';

/** Null where there is no WebCrypto, as on plain http by another name than localhost. */
export function nativeSuite(subtle: SubtleCrypto | undefined): Suite | null {
  if (!subtle) return null;
  return {
    async hmacSha512(key, data) {
      const algorithm = { name: 'HMAC', hash: 'SHA-512' };
      const imported = await subtle.importKey('raw', key, algorithm, false, ['sign']);
      return new Uint8Array(await subtle.sign('HMAC', imported, data));
    },
    async encryptCbc(key, iv, plaintext) {
      const imported = await subtle.importKey('raw', key, 'AES-CBC', false, ['encrypt']);
      return new Uint8Array(await subtle.encrypt({ name: 'AES-CBC', iv }, imported, plaintext));
    },
    async decryptCbc(key, iv, ciphertext) {
      const imported = await subtle.importKey('raw', key, 'AES-CBC', false, ['decrypt']);
      return new Uint8Array(await subtle.decrypt({ name: 'AES-CBC', iv }, imported, ciphertext));
    },
  };
}
