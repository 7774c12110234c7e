// Ed25519 under one rule of verification: every engine gives the verdicts of testdata/signatures.json,
// those that by themselves would not among them.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToNumberLE } from '@noble/curves/utils.js';
import { sha512 } from '@noble/hashes/sha2.js';
import vectors from '../../testdata/signatures.json' with { type: 'json' };
import type { Bytes } from '../src/cbor.ts';
import { concat } from '../src/seal/bytes.ts';
import { SealError } from '../src/seal/error.ts';
import { nativeSuite } from '../src/seal/native.ts';
import { portableSuite } from '../src/seal/portable.ts';
import { publicKey, sign, signingKey, verify } from '../src/seal/signature.ts';
import type { Suite } from '../src/seal/suite.ts';
import { hex, unhex } from './vectors.ts';

test('keys and signatures are those of the standard', () => {
  assert.equal(vectors.signed.length, 4);
  for (const { seed, key, message, signature } of vectors.signed) {
    assert.equal(hex(signingKey(unhex(seed)).public), key);
    assert.equal(hex(sign(unhex(seed), unhex(message))), signature);
  }
});

/** What is said of a signature. */
async function verdict(suite: Suite, key: string, message: string, signature: string): Promise<string> {
  try {
    return (await verify(suite, publicKey(unhex(key)), unhex(message), unhex(signature)))
      ? 'holds'
      : 'forged';
  } catch (error) {
    if (error instanceof SealError) return error.fault;
    throw error;
  }
}

type Engine = { subtle: SubtleCrypto; asked: () => number };

/** WebCrypto with this Ed25519; counts what that is asked. */
function engine(judge: (key: Bytes, signature: Bytes, message: Bytes) => boolean | Promise<boolean>): Engine {
  let count = 0;
  const subtle = {
    importKey: async (_: unknown, key: Bytes) => key,
    verify: async (_: unknown, key: Bytes, signature: Bytes, message: Bytes) => {
      count += 1;
      return judge(key, signature, message);
    },
  };
  return { subtle: subtle as unknown as SubtleCrypto, asked: () => count };
}

/** Questions that show whether an engine judges alike. */
const PROBES = 2;

/** Reads points in any encoding, and any S, as WebKitGTK's does. `less` is [S]B − [k]A − R. */
function loose(key: Bytes, signature: Bytes, message: Bytes) {
  const { Point } = ed25519;
  const r = Point.fromBytes(signature.subarray(0, 32), true);
  const k = Point.Fn.create(bytesToNumberLE(sha512(concat(signature.subarray(0, 32), key, message))));
  const left = Point.BASE.multiplyUnsafe(Point.Fn.create(bytesToNumberLE(signature.subarray(32))));
  return { r, less: left.subtract(Point.fromBytes(key, true).multiplyUnsafe(k)).subtract(r) };
}

const own = engine(async (key, signature, message) => {
  const imported = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', imported, signature, message);
});
/** As RFC 8032 has it, and ZIP 215. */
const cofactored = engine((...asked) =>
  loose(...asked)
    .less.clearCofactor()
    .is0(),
);
const comparing = engine((...asked) => loose(...asked).less.is0());
/** As WebCrypto's text has it. */
const strict = engine((...asked) => loose(...asked).less.is0() && !loose(...asked).r.isSmallOrder());
/** Has Ed25519 when it is looked for, and not when it is needed. */
const failing = engine(() => {
  if (failing.asked() > PROBES) throw new Error('not now');
  return failing.asked() === 1;
});
/** A browser before Ed25519. */
const lacking = { importKey: () => Promise.reject(new DOMException('', 'NotSupportedError')) };

describe('the verdicts are those of the rule', () => {
  for (const [name, suite] of [
    ['noble', portableSuite],
    ['this engine', nativeSuite(own.subtle)],
    ['an engine that multiplies by the cofactor', nativeSuite(cofactored.subtle)],
    ['an engine that compares points', nativeSuite(comparing.subtle)],
    ['an engine that takes no R of small order', nativeSuite(strict.subtle)],
    ['an engine that fails', nativeSuite(failing.subtle)],
    ['an engine without Ed25519', nativeSuite(lacking as unknown as SubtleCrypto)],
  ] as const) {
    test(name, async () => {
      assert.ok(suite);
      for (const { name, key, message, signature, verdict: expected } of vectors.judged)
        assert.equal(await verdict(suite, key, message, signature), expected, name);
      assert.ok(vectors.judged.length > 100);
    });
  }

  test('who judges otherwise is asked no more, who judges alike is', () => {
    assert.equal(cofactored.asked(), PROBES);
    for (const { asked } of [own, comparing, strict, failing]) assert.ok(asked() > PROBES + 20);
  });
});

test('a signature of another length, and a key of another length, do not count', async () => {
  const { key, message, signature } = vectors.signed[1] as (typeof vectors.signed)[0];
  for (const wrong of ['', signature.slice(2), `${signature}00`])
    for (const suite of [nativeSuite(crypto.subtle), portableSuite])
      assert.equal(await verdict(suite as Suite, key, message, wrong), 'forged');
  for (const wrong of ['', key.slice(2), `${key}00`])
    assert.throws(() => publicKey(unhex(wrong)), new SealError('weak-key'));
});
