// One order for all: two who were told the same have the same view, and any other telling makes
// another.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { writeItem } from '../src/cbor.ts';
import { newOrder, nextOrder, seatsHash, type Told, viewOf, Views, VIEWS_KEPT } from '../src/seal/order.ts';
import { elsewhere, filled, room } from './stays.ts';
import { hex } from './vectors.ts';

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

test('frames are hashed one over the other', () => {
  let order = newOrder(room);
  let hash = sha256(new TextEncoder().encode('sanctuary/1 order'), room);
  assert.deepEqual([order.count, hex(order.hash)], [0, hex(hash)]);
  for (const frame of [writeItem([7, 1]), writeItem([8, 1])]) {
    order = nextOrder(order, frame);
    hash = sha256(hash, frame);
  }
  assert.deepEqual([order.count, hex(order.hash)], [2, hex(hash)]);
  assert.notEqual(hex(newOrder(elsewhere).hash), hex(newOrder(room).hash));
});

const seat = { id: 1, entry: filled(16, 1), card: filled(32, 1), away: false };
const told: Told = {
  order: newOrder(room),
  keeper: 1,
  locked: false,
  lock: 0,
  heart: filled(32, 1),
  seats: seatsHash([seat, { ...seat, id: 2 }]),
};

test('a view is of the room to the last part of it', () => {
  const views = [
    viewOf(room, told),
    viewOf(elsewhere, told),
    viewOf(room, { ...told, order: nextOrder(told.order, writeItem([7, 1])) }),
    viewOf(room, { ...told, keeper: 2 }),
    viewOf(room, { ...told, locked: true }),
    viewOf(room, { ...told, lock: 1 }),
    viewOf(room, { ...told, heart: filled(32, 2) }),
    viewOf(room, { ...told, seats: seatsHash([seat]) }),
    viewOf(room, { ...told, seats: seatsHash([{ ...seat, id: 2 }, seat]) }),
    viewOf(room, { ...told, seats: seatsHash([seat, { ...seat, id: 2, entry: filled(16, 2) }]) }),
    viewOf(room, { ...told, seats: seatsHash([seat, { ...seat, id: 2, card: filled(32, 2) }]) }),
    viewOf(room, { ...told, seats: seatsHash([seat, { ...seat, id: 2, away: true }]) }),
  ];
  assert.equal(new Set(views.map(hex)).size, views.length);
  assert.ok(views.every(view => view.length === 16));
  assert.equal(hex(viewOf(room, { ...told })), hex(views[0] ?? filled(0, 0)));
});

const here = { since: 9, count: 10, lock: 1, n: 2 };
const seen = { count: 10, lock: 1, n: 2, view: filled(16, 1) };

test('who sees the same, or saw it earlier, is not said to see anything else', () => {
  const views = new Views();
  views.add(9, filled(16, 2));
  views.add(10, filled(16, 1));
  assert.ok(!views.differ(seen, here));
  assert.ok(!views.differ({ ...seen, count: 9, view: filled(16, 2), lock: 0, n: 0 }, here));
  // A view that is not kept any more says nothing.
  assert.ok(!views.differ({ ...seen, count: 8 }, { ...here, since: 8 }));
});

test('who sees another room, or one from later on or from before it could be, is', () => {
  const views = new Views();
  views.add(9, filled(16, 2));
  views.add(10, filled(16, 1));
  for (const other of [
    { view: filled(16, 2) },
    { count: 9 },
    { count: 11 },
    { lock: 2 },
    { n: 3 },
    { count: 8 },
    { view: filled(16, 2), lock: 0 },
  ])
    assert.ok(views.differ({ ...seen, ...other }, here), JSON.stringify(other));
});

test('so many views are kept, and the oldest go', () => {
  const views = new Views();
  for (let count = 1; count <= VIEWS_KEPT + 1; count++) views.add(count, filled(16, 1));
  const differ = (count: number) =>
    views.differ({ ...seen, count, view: filled(16, 2) }, { ...here, since: 1, count: VIEWS_KEPT + 1 });
  assert.deepEqual([1, 2, VIEWS_KEPT + 1].map(differ), [false, true, true]);
});
