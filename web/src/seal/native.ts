// The primitives by WebCrypto, which browsers offer to secure contexts only.

import type { Bytes } from '../cbor.ts';
import { utf8 } from './bytes.ts';
import { portableSuite } from './portable.ts';
import type { PublicKey } from './signature.ts';
import type { Suite } from './suite.ts';

/** Null where there is no WebCrypto, as on plain http by another name than localhost. */
export function nativeSuite(subtle: SubtleCrypto | undefined): Suite | null {
  if (!subtle) return null;
  const keys = new WeakMap<PublicKey, Promise<CryptoKey>>();
  let judges: Promise<boolean> | undefined;
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
    async verify(key, message, signature) {
      judges ??= judgesBySameRule(subtle);
      try {
        if (await judges) {
          const imported = keys.get(key) ?? importPublic(subtle, key.bytes);
          keys.set(key, imported);
          return await subtle.verify('Ed25519', await imported, signature, message);
        }
      } catch {
        // No Ed25519, or none at the moment.
      }
      return portableSuite.verify(key, message, signature);
    },
  };
}

const importPublic = (subtle: SubtleCrypto, key: Bytes): Promise<CryptoKey> =>
  subtle.importKey('raw', key, 'Ed25519', false, ['verify']);

/**
 * Whether this engine's Ed25519 does not multiply its equation by the cofactor; rejects where it has
 * none.
 */
async function judgesBySameRule(subtle: SubtleCrypto): Promise<boolean> {
  const key = await importPublic(subtle, PROBE.key);
  const holds = (message: string, signature: Bytes) =>
    subtle.verify('Ed25519', key, signature, utf8(message));
  return (await holds('said', PROBE.signed)) && !(await holds('R', PROBE.twisted));
}

/** Two signatures of testdata/signatures.json: one that holds, and one with torsion of order 2 in R. */
const PROBE = {
  key: unhex('f0bf95256e970638e8b9bd275ecc295fc2614491cafee33107bb8ab864455a13'),
  signed: unhex(
    'b31b20f50426242514d81b383548bd90de72fd0b8cf2382a88f9f52ce5076b23' +
      'f4633c7bf5529154819aad17ff10d8defde06083e0b12907dbb5a47933cbe009',
  ),
  twisted: unhex(
    '1c092cf9b00fbe175f5b30848c0c77c30661ab268f893de8d8a3b7b3e2391992' +
      '026253c377cfe99ecc4d21bd1a4aa03e7cd562b5ce61c52cfa54b556a7ef0506',
  ),
};

function unhex(hex: string): Bytes {
  return Uint8Array.from(hex.match(/../g) ?? [], byte => Number.parseInt(byte, 16));
}
