// How much is drawn of what comes in, by sender and second.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  Budget,
  LINE_WEIGHT,
  ROOM_BURST,
  ROOM_RATE,
  SENDER_BURST,
  SENDER_RATE,
  SENDERS_MOST,
} from '../src/view/budget.ts';
import { PIECE_MOST } from '../src/view/weight.ts';

const LARGE = PIECE_MOST - LINE_WEIGHT;

/** How many of so many messages of a weight are drawn. */
function drawn(budget: Budget, count: number, weight: number, now: number, sender = 1): number {
  let drawn = 0;
  for (let at = 0; at < count; at++) if (budget.spend(sender, now, () => weight)) drawn += 1;
  return drawn;
}

describe('a sender', () => {
  test('at once: below, at and above the burst', () => {
    const most = SENDER_BURST / PIECE_MOST;
    for (const [sent, expected] of [
      [most - 1, most - 1],
      [most, most],
      [most + 1, most],
    ] as const)
      assert.equal(drawn(new Budget(), sent, LARGE, 0), expected);
  });

  test('again after as many seconds as it takes, and not before', () => {
    const budget = new Budget();
    assert.equal(drawn(budget, 100, LARGE, 5000), SENDER_BURST / PIECE_MOST);
    assert.equal(drawn(budget, 1, 0, 5000), 0);
    assert.equal(drawn(budget, 100, LARGE, 5000 + (1000 * PIECE_MOST) / SENDER_RATE), 1);
    assert.equal(drawn(budget, 100, LARGE, 1e9), SENDER_BURST / PIECE_MOST, 'never more than the burst');
  });

  test('25 of the largest in 2 seconds: 6 are drawn', () => {
    const budget = new Budget();
    let count = 0;
    for (let at = 0; at < 25; at++) count += drawn(budget, 1, LARGE, at * 80);
    assert.equal(count, 4 + 2);
  });

  test('short messages as fast as the daemon lets them pass are drawn', () => {
    assert.equal(drawn(new Budget(), 60, 100, 0), 60);
    const budget = new Budget();
    for (let at = 0; at < 1000; at++) assert.equal(drawn(budget, 1, 100, at * 50), 1);
  });

  test('another one has a budget of its own', () => {
    const budget = new Budget();
    drawn(budget, 100, LARGE, 0);
    assert.equal(drawn(budget, 1, LARGE, 0, 2), 1);
  });

  test('what is not drawn costs nothing, and a clock that goes backwards gives nothing', () => {
    const budget = new Budget();
    drawn(budget, 1, SENDER_BURST * 2, 10_000);
    assert.equal(
      budget.spend(1, 10_000, () => assert.fail('drawn')),
      false,
    );
    assert.equal(drawn(budget, 1, LARGE, 0), 0);
    assert.equal(drawn(budget, 1, LARGE, 10_000), 0);
  });
});

test('all together: at once, again, and for senders who come ever anew', () => {
  const budget = new Budget();
  let count = 0;
  for (let sender = 1; sender < 5000; sender++) count += drawn(budget, 1, LARGE, 0, sender);
  assert.equal(count, ROOM_BURST / PIECE_MOST);
  for (let sender = 5000; sender < 9000; sender++) count += drawn(budget, 1, LARGE, 1000, sender);
  assert.equal(count, (ROOM_BURST + ROOM_RATE) / PIECE_MOST);
});

test('so many senders are remembered, those who spoke last', () => {
  for (const [others, remembered] of [
    [SENDERS_MOST - 1, true],
    [SENDERS_MOST, false],
  ] as const) {
    const budget = new Budget();
    drawn(budget, 1, SENDER_BURST * 2, 0, 1);
    for (let sender = 2; sender < others + 2; sender++) drawn(budget, 1, 0, 0, sender);
    assert.equal(drawn(budget, 1, 0, 1000, 1), remembered ? 0 : 1);
  }
});
