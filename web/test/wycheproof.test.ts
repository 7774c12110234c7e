// Wycheproof's vectors (testdata/wycheproof) for all that sealing is made of, by both suites.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import aead from '../../testdata/wycheproof/a256cbc_hs512.json' with { type: 'json' };
import cbc from '../../testdata/wycheproof/aes_cbc_pkcs5.json' with { type: 'json' };
import ed25519 from '../../testdata/wycheproof/ed25519.json' with { type: 'json' };
import hkdfs from '../../testdata/wycheproof/hkdf_sha256.json' with { type: 'json' };
import hmacSha256s from '../../testdata/wycheproof/hmac_sha256.json' with { type: 'json' };
import hmacSha512s from '../../testdata/wycheproof/hmac_sha512.json' with { type: 'json' };
import pbkdf2 from '../../testdata/wycheproof/pbkdf2_hmacsha256.json' with { type: 'json' };
import x25519 from '../../testdata/wycheproof/x25519.json' with { type: 'json' };
import type { Bytes } from '../src/cbor.ts';
import { decrypt } from '../src/seal/aead.ts';
import { concat } from '../src/seal/bytes.ts';
import { checkAgreementKey, diffieHellman } from '../src/seal/curves.ts';
import { SealError } from '../src/seal/error.ts';
import { hkdf, hmacSha256 } from '../src/seal/hkdf.ts';
import { nativeSuite } from '../src/seal/native.ts';
import { portableSuite } from '../src/seal/portable.ts';
import { publicKey, verify } from '../src/seal/signature.ts';
import { stretchNatively, stretchPortably } from '../src/seal/stretch.ts';
import type { Suite } from '../src/seal/suite.ts';
import { hex, unhex } from './vectors.ts';

for (const [name, suite] of [
  ['WebCrypto', nativeSuite(crypto.subtle) as Suite],
  ['noble', portableSuite],
] as const)
  describe(name, () => {
    test('AES-256-CBC with HMAC-SHA-512', async () => {
      assert.equal(aead.tests.length, 94);
      for (const { tcId, key, iv, aad, msg, ct, tag, result } of aead.tests) {
        const found = decrypt(suite, unhex(key), unhex(iv + ct + tag), unhex(aad));
        if (result === 'valid') assert.equal(hex(await found), msg, `${tcId}`);
        else await assert.rejects(found, new SealError('forged'), `${tcId}`);
      }
    });

    test('AES-CBC with padding', async () => {
      assert.equal(cbc.tests.length, 216);
      // Keys of 128 and 192 bits are not the protocol's.
      const tests = cbc.tests.filter(({ key }) => key.length === 64);
      assert.equal(tests.length, 72);
      for (const { tcId, key, iv, msg, ct, result } of tests) {
        const found = suite.decryptCbc(unhex(key), unhex(iv), unhex(ct));
        if (result === 'valid') {
          assert.equal(hex(await found), msg, `${tcId}`);
          assert.equal(hex(await suite.encryptCbc(unhex(key), unhex(iv), unhex(msg))), ct, `${tcId}`);
        } else await assert.rejects(found, `${tcId}`);
        // Under a tag that fits, for nothing is decrypted under another.
        const code = await suite.hmacSha512(new Uint8Array(32), concat(unhex(iv + ct), new Uint8Array(8)));
        const sealed = concat(unhex(iv + ct), code.subarray(0, 32));
        const box = decrypt(suite, concat(new Uint8Array(32), unhex(key)), sealed, new Uint8Array());
        if (result === 'valid') assert.equal(hex(await box), msg, `${tcId}`);
        else await assert.rejects(box, SealError, `${tcId}`);
      }
    });

    test('HMAC-SHA-512', async () => {
      assert.equal(hmacSha512s.tests.length, 174);
      for (const { tcId, key, msg, tag, result } of hmacSha512s.tests) {
        const code = hex(await suite.hmacSha512(unhex(key), unhex(msg)));
        assert.equal(code.slice(0, tag.length) === tag, result === 'valid', `${tcId}`);
      }
    });

    // Nowhere that they look is the rule stricter than RFC 8032.
    test('Ed25519', async () => {
      assert.equal(ed25519.tests.length, 151);
      for (const { tcId, key, msg, sig, result } of ed25519.tests) {
        const holds = await verify(suite, publicKey(unhex(key)), unhex(msg), unhex(sig));
        assert.equal(holds, result === 'valid', `${tcId}`);
      }
    });
  });

test('HMAC-SHA-256', () => {
  assert.equal(hmacSha256s.tests.length, 174);
  for (const { tcId, key, msg, tag, result } of hmacSha256s.tests) {
    const code = hex(hmacSha256(unhex(key), unhex(msg)));
    assert.equal(code.slice(0, tag.length) === tag, result === 'valid', `${tcId}`);
  }
});

test('HKDF-SHA-256', () => {
  assert.equal(hkdfs.tests.length, 86);
  for (const { tcId, ikm, salt, info, size, okm, result } of hkdfs.tests) {
    const derive = () => hkdf(unhex(salt), unhex(ikm), unhex(info), size);
    // Longer than 255 blocks there is none (RFC 5869, 2.3).
    if (result === 'valid') assert.equal(hex(derive()), okm, `${tcId}`);
    else assert.throws(derive, `${tcId}`);
  }
});

// RFC 7748 answers the vectors that Wycheproof calls acceptable: points of the twist and encodings that
// are not canonical are taken (5), a secret of zeros is not (6.1).
test('X25519', () => {
  assert.equal(x25519.tests.length, 518);
  let refused = 0;
  for (const { tcId, flags, public: other, private: own, shared } of x25519.tests) {
    const agree = () => diffieHellman(unhex(own), unhex(other));
    const check = () => checkAgreementKey(unhex(other));
    if (flags.includes('ZeroSharedSecret') || flags.includes('NonCanonicalPublic'))
      assert.throws(check, new SealError('weak-key'), `${tcId}`);
    else check();
    if (flags.includes('ZeroSharedSecret')) {
      assert.throws(agree, new SealError('weak-key'), `${tcId}`);
      refused += 1;
    } else assert.equal(hex(agree()), shared, `${tcId}`);
  }
  assert.equal(refused, 31);
});

// The page derives one block; shorter and longer keys begin with the same bytes.
for (const [name, stretch] of [
  ['WebCrypto', (...of: [Bytes, Bytes, number]) => stretchNatively(crypto.subtle, ...of)],
  [
    'the page itself',
    async (...of: [Bytes, Bytes, number]) => {
      const rounds = stretchPortably(...of);
      for (;;) {
        const { done, value } = rounds.next();
        if (done) return value;
      }
    },
  ],
] as const)
  test(`PBKDF2-HMAC-SHA-256 by ${name}`, async () => {
    assert.equal(pbkdf2.tests.length, 60);
    for (const { tcId, password, salt, iterationCount, dk, result } of pbkdf2.tests) {
      const key = hex(await stretch(unhex(password), unhex(salt), iterationCount));
      const length = Math.min(key.length, dk.length);
      assert.equal(key.slice(0, length), dk.slice(0, length), `${tcId}`);
      assert.equal(result, 'valid');
    }
  });
