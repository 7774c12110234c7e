// What a client holds itself to is the same in every language (protocol, section 4).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_SKIP } from '../src/seal/chain.ts';
import { KEYS_KEPT } from '../src/seal/known-keys.ts';
import { VIEWS_KEPT } from '../src/seal/order.ts';
import { LACK_EVERY } from '../src/session/hearing.ts';
import { GENERATION_LASTS, MESSAGES_EACH } from '../src/session/own-chain.ts';
import { FORMER_KEPT, FORMER_MOST } from '../src/session/pair-keys.ts';
import { RECEIPT_EVERY } from '../src/session/receipts.ts';
import { PUT_OUT_KEPT } from '../src/session/put-out.ts';
import { ANSWER_WITHIN, FORMER_OWN_KEPT, RENEWED_EVERY } from '../src/session/renewal.ts';
import { FORMER_OWN_MOST } from '../src/session/stay.ts';
import { TIMER_MOST } from '../src/session/timer.ts';
import { SEATS_MOST } from '../src/wire.ts';
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
