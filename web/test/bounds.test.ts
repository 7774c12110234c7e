// What a client holds itself to is the same in every language, and so is what it takes (protocol, section 4).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Item, writeItem } from '../src/cbor.ts';
import { checkAlias } from '../src/seal/alias.ts';
import { readBody } from '../src/seal/body.ts';
import { MAX_SKIP } from '../src/seal/chain.ts';
import { SealError } from '../src/seal/error.ts';
import { KEYS_KEPT } from '../src/seal/known-keys.ts';
import { VIEWS_KEPT } from '../src/seal/order.ts';
import { passwordOf } from '../src/seal/password.ts';
import { LACK_EVERY } from '../src/session/hearing.ts';
import { GENERATION_LASTS, MESSAGES_EACH } from '../src/session/own-chain.ts';
import { FORMER_KEPT, FORMER_MOST } from '../src/session/pair-keys.ts';
import { isReaction } from '../src/session/reactions.ts';
import { RECEIPT_EVERY } from '../src/session/receipts.ts';
import { PUT_OUT_KEPT } from '../src/session/put-out.ts';
import { RETURN_WITHIN } from '../src/session/reconnection.ts';
import { ANSWER_WITHIN, FORMER_OWN_KEPT, RENEWED_EVERY } from '../src/session/renewal.ts';
import { Roster } from '../src/session/roster.ts';
import { FORMER_OWN_MOST } from '../src/session/stay.ts';
import { Timer, TIMER_MOST } from '../src/session/timer.ts';
import { PATIENCE_MOST } from '../src/session/told.ts';
import { ENTRY_WAIT_MOST } from '../src/session.ts';
import { decodeDaemonFrame, FRAME, SEATS_MOST, WireError } from '../src/wire.ts';
import { three, World } from './relay.ts';
import { filled } from './stays.ts';
import vectors from './vectors.ts';

const OURS: Partial<typeof vectors.bounds> = {
  'former inbound keys of a member': FORMER_MOST,
  'own X25519 secrets that are kept for boxes': FORMER_OWN_MOST,
  'seats of a room that are believed': SEATS_MOST,
  'views that are kept': VIEWS_KEPT,
  'steps along a chain as it was handed over': MAX_SKIP,
  "keys of others that are remembered, of one's own, and voices that were put out": KEYS_KEPT,
  'messages of a generation': MESSAGES_EACH,
  'time from the first message of a generation, ms': GENERATION_LASTS,
  'time from one renewal to the next, ms': RENEWED_EVERY,
  'time until a renewal without an answer is told, ms': ANSWER_WITHIN,
  'time for which they are, ms': FORMER_OWN_KEPT,
  'time for which they, and the former door, are kept, ms': FORMER_KEPT,
  'time from one receipt to the next, ms': RECEIPT_EVERY,
  'seconds after which messages may be made to go': TIMER_MOST,
  'time from one lack told or answered to the next, ms': LACK_EVERY,
};

test('bounds are those of the protocol', () => {
  const bounds: Record<string, number> = vectors.bounds;
  for (const [what, bound] of Object.entries(OURS)) assert.equal(bound, bounds[what], what);
  assert.equal(PUT_OUT_KEPT, KEYS_KEPT, 'in one row');
});

const isFrame = (...items: Item[]) => (decodeDaemonFrame(writeItem(items)), true);
const [entry, card] = [filled(16, 1), filled(32, 1)];
const seats = (count: number) => Array.from({ length: count }, (_, at) => [at, entry, card, false]);
const welcome = (order: number, count: number) =>
  isFrame(1, 1, 1, false, 0, card, 0, 0, filled(order, 1), 0, seats(count));
const roster = new Roster({ id: 1, entry, card, away: false }, { alias: 'Ada' });
/** An emoji of so many UTF-16 units, of others that are joined. */
const emoji = (units: number) =>
  `${units % 2 ? '\u{263a}' : '\u{1f44d}'}${'\u{200d}\u{263a}'.repeat(16)}`.slice(0, units);

/** What is taken of a daemon's frame, or of what a member has sealed: from so many to so many. */
const WITHIN: [what: string, least: number, most: number, isTaken: (count: number) => boolean][] = [
  ['bytes of a nonce', 32, 32, count => isFrame(0, filled(count, 1), 65_536, 45_000)],
  ['bytes of a frame', 2048, 1_048_576, count => isFrame(0, filled(32, 1), count, 45_000)],
  ['bytes of a card', 1, 448, count => isFrame(16, 1, filled(count, 1))],
  ['bytes of an entry', 16, 16, count => isFrame(3, 1, filled(count, 1), card)],
  ['bytes of a heart', 1, 576, count => isFrame(17, 1, 1, filled(count, 1), [])],
  ['bytes of a box', 224, 224, count => isFrame(18, 1, filled(count, 1))],
  ['bytes of an order', 32, 32, count => welcome(count, 1)],
  ['seats', 0, 10_000, count => welcome(32, count)],
  [
    'members who stay',
    0,
    10_000,
    count =>
      isFrame(
        17,
        1,
        1,
        card,
        seats(count).map((_, id) => id),
      ),
  ],
  ['a lock number', 0, 2 ** 32 - 1, count => isFrame(17, 1, count, card, [])],
  ['the number of what is denied', 0, 255, count => isFrame(11, count, 1, 0)],
  ['signs of an alias', 1, 32, count => typeof checkAlias('a'.repeat(count)) === 'string'],
  ['bytes of a password', 1, 256, count => passwordOf(filled(count, 0x61)) !== null],
  ['bytes of a name', 16, 16, count => readBody(writeItem([4, 1, filled(count, 1)])) !== null],
  ['UTF-16 units of an emoji', 1, 32, count => isReaction(emoji(count))],
  ['seconds of a timer', 1, 604_800, count => new Timer(roster).set(count)],
];

for (const [what, least, most, isTaken] of WITHIN)
  test(`${what}: taken at its bounds and between them, and not beyond`, () => {
    for (const count of new Set([least - 1, least, most - 1, most, most + 1])) {
      if (count < 0) continue;
      assert.equal(
        refusedOr(() => isTaken(count)),
        count >= least && count <= most,
        `${count}`,
      );
    }
  });

function refusedOr(isTaken: () => boolean): boolean {
  try {
    return isTaken();
  } catch (error) {
    if (error instanceof WireError || error instanceof SealError) return false;
    throw error;
  }
}

/** What a daemon may ask for, and what is waited. */
const waits = (most: number): [number, number][] => [
  [most - 1, most - 1],
  [most, most],
  [most + 1, most],
  [Number.MAX_SAFE_INTEGER, most],
];

test('a daemon that asks for patience without an end is asked again before all is wiped', async () => {
  for (const [asked, waited] of waits(RETURN_WITHIN)) {
    const { world, bob } = await three();
    await bob.lose();
    world.intercept = from => {
      world.refuse(from, 'busy', asked);
      return true;
    };
    await bob.connect();
    assert.equal(bob.reconnects.at(-1), waited);
  }
});

test('at the entrance it is waited for no longer than honest daemons ask for', async () => {
  for (const [asked, waited] of waits(ENTRY_WAIT_MOST)) {
    const world = new World();
    world.intercept = from => {
      world.refuse(from, 'busy', asked);
      return true;
    };
    const ada = await world.person('Ada', 'open');
    assert.deepEqual(ada.view, { phase: 'entrance', refusal: 'busy', retryMs: waited });
  }
});

test('what is denied for haste is asked for again after a minute at the most', async () => {
  for (const [asked, waited] of waits(PATIENCE_MOST)) {
    const { world, ada, bob } = await three();
    world.intercept = (from, _frame, command) => {
      if (command?.kind !== 'relock') return false;
      world.intercept = () => false;
      world.deny(from, FRAME.relock, 'too-fast', asked);
      return true;
    };
    const before = bob.session.invitation();
    await ada.relock();
    await world.settle();
    await world.pass(waited - 1);
    assert.equal(bob.session.invitation(), before);
    await world.pass(1);
    assert.notEqual(bob.session.invitation(), before);
  }
});
