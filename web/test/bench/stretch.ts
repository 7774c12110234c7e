// Seconds that one password takes: WebCrypto, this page's own rounds, and the general library.

import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '../../src/seal/bytes.ts';
import { ROUNDS, stretchNatively, stretchPortably } from '../../src/seal/stretch.ts';

const password = utf8('9F3KTQ2MXA7B0C1D');
const salt = utf8('sanctuary/1 room!');

async function time(name: string, work: () => unknown) {
  const start = performance.now();
  await work();
  console.log(`${name.padEnd(12)}${((performance.now() - start) / 1000).toFixed(2)} s for ${ROUNDS} rounds`);
}

await time('native', () => stretchNatively(crypto.subtle, password, salt, ROUNDS));
await time('portable', () => [...stretchPortably(password, salt, ROUNDS)]);
await time('noble', () => pbkdf2(sha256, password, salt, { c: ROUNDS, dkLen: 32 }));
