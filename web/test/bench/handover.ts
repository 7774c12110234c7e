// Milliseconds that a full room costs: checking the cards of 199 others (OTHERS), agreeing on keys with
// them, handing each the chain, and the view of the room that every message names.

import { checkAlias } from '../../src/seal/alias.ts';
import { openCard, sealCard } from '../../src/seal/card.ts';
import { newOrder, nextOrder, seatsHash, viewOf } from '../../src/seal/order.ts';
import { agreePair, sealPassed } from '../../src/seal/pair.ts';
import { sha256 } from '../../src/seal/hkdf.ts';
import { doorOf, draw, filled, room, roomSalt, stayOf, suites } from '../stays.ts';

const OTHERS = Number(process.env.OTHERS ?? 199);
const door = doorOf();
const own = stayOf('Own');
const others = Array.from({ length: OTHERS }, (_, at) => stayOf(`Other${at}`));
const [, portable] = suites[1] ?? [];
if (!portable) throw new Error('a suite');
const cards = await Promise.all(
  others.map(({ entry, card, voice }) => sealCard(portable, door, entry, card, voice, draw(16))),
);
const body = { kind: 'chain', generation: 0, counter: 0, key: filled(32, 1) } as const;

let start = performance.now();
const report = (name: string) => {
  const now = performance.now();
  console.log(`${name.padEnd(30)}${(now - start).toFixed(1).padStart(8)} ms for ${OTHERS} others`);
  start = performance.now();
};
for (const [name, suite] of suites) {
  for (const [at, { entry }] of others.entries())
    await openCard(suite, door, entry, cards[at] ?? draw(0), checkAlias);
  report(`checking cards, ${name}`);
}
const pairs = others.map(other => agreePair(roomSalt, own.keys.secret, own.card, other.card));
report('agreeing on keys');
for (const [name, suite] of suites) {
  for (const pair of pairs) await sealPassed(suite, roomSalt, pair.sending, body, draw(16));
  report(`handing chains over, ${name}`);
}
const seats = others.map(({ entry }, id) => ({ id, entry, card: sha256(cards[id] ?? draw(0)), away: false }));
report('hashing their cards');
const told = { keeper: 1, locked: false, lock: 0, heart: filled(32, 1), seats: seatsHash(seats) };
report('hashing their seats');
viewOf(room, { ...told, order: nextOrder(newOrder(room), draw(400)) });
report('the view at one more frame');
