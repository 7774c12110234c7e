// The steps of a chain (protocol, section 2) written out once more, for tests that go where no
// message was.

import type { Bytes } from '../src/cbor.ts';
import { utf8 } from '../src/seal/bytes.ts';
import type { Chain } from '../src/seal/chain.ts';
import type { RoomSalt } from '../src/seal/heart.ts';
import { hkdf } from '../src/seal/hkdf.ts';

export const messageKeyOf = ({ salt }: RoomSalt, key: Bytes): Bytes =>
  hkdf(salt, key, utf8('sanctuary/1 message'), 64);

export function stepped({ salt }: RoomSalt, from: Chain, steps: number): Chain {
  let key = from.key;
  for (let taken = 0; taken < steps; taken++) key = hkdf(salt, key, utf8('sanctuary/1 chain'), 32);
  return { generation: from.generation, counter: from.counter + steps, key };
}
