// Chains and what is said under them, for tests of what readers make of both; and the steps of a chain (protocol,
// section 2) written out once more, for those that go where no message was.

import type { Bytes } from '../src/cbor.ts';
import type { Body } from '../src/seal/body.ts';
import { utf8 } from '../src/seal/bytes.ts';
import { type Chain, openSaid, type ReadChain, renewChain, sealSaid } from '../src/seal/chain.ts';
import type { RoomSalt } from '../src/seal/heart.ts';
import { hkdf } from '../src/seal/hkdf.ts';
import type { Suite } from '../src/seal/suite.ts';
import { draw, filled, roomSalt, type Stay } from './stays.ts';
import { plain } from './vectors.ts';

export const message = (text: string): Body => ({ kind: 'message', at: 1, timer: 0, text });
export const sight = { n: 3, lock: 2, count: 70_000, view: filled(16, 9) };
export const chainAt = (generation: number, counter: number): Chain => ({
  generation,
  counter,
  key: filled(32, 4),
});
export const readAt = (generation: number, counter: number): ReadChain =>
  renewChain(undefined, chainAt(generation, counter));

/** Where a chain is; the steps that count as taken apart. */
export const stateOf = (chain: ReadChain) => plain({ ...chain, skipped: null });

/** How one says something, and another opens it. */
export const talkBy = (suite: Suite) => ({
  say: (stay: Stay, chain: Chain, body = message('hello')) =>
    sealSaid(suite, roomSalt, stay.voice, chain, sight, body, draw(16)),
  open: (stay: Stay, chain: ReadChain | undefined, payload: Uint8Array) =>
    openSaid(suite, roomSalt, stay.card.voice, chain, payload),
});

export const messageKeyOf = ({ salt }: RoomSalt, key: Bytes): Bytes =>
  hkdf(salt, key, utf8('sanctuary/1 message'), 64);

export function stepped({ salt }: RoomSalt, from: Chain, steps: number): Chain {
  let key = from.key;
  for (let taken = 0; taken < steps; taken++) key = hkdf(salt, key, utf8('sanctuary/1 chain'), 32);
  return { generation: from.generation, counter: from.counter + steps, key };
}
