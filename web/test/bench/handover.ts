// Milliseconds that the first message to a full room takes: keys with 199 others, their chains, the message.

import { readRoomKey } from '../../src/seal/room-key.ts';
import { keyPair } from '../../src/seal/curves.ts';
import { deriveDoor } from '../../src/seal/door.ts';
import { nativeSuite } from '../../src/seal/native.ts';
import { agreePair, sealPassed } from '../../src/seal/pair.ts';
import { portableSuite } from '../../src/seal/portable.ts';

const OTHERS = 199;
const room = readRoomKey('Y1HE-DCG7');
if (!room) throw new Error('a room key');
const door = deriveDoor(room, new Uint8Array(32));
const own = keyPair(new Uint8Array(32).fill(1));
const others = Array.from({ length: OTHERS }, (_, at) => keyPair(new Uint8Array(32).fill(at + 2)).public);
const body = { kind: 'chain', generation: 0, counter: 0, key: new Uint8Array(32) } as const;

let start = performance.now();
const report = (name: string) => {
  const now = performance.now();
  console.log(`${name.padEnd(30)}${(now - start).toFixed(0)} ms for ${OTHERS} others`);
  start = now;
};
const pairs = others.map(other => agreePair(door, own, other));
report('agreeing on keys');
for (const [name, suite] of [
  ['native', nativeSuite(crypto.subtle)],
  ['portable', portableSuite],
] as const) {
  if (!suite) continue;
  for (const pair of pairs) await sealPassed(suite, door, pair, body, new Uint8Array(16));
  report(`handing chains over, ${name}`);
}
