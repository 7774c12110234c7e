// Broken connections of people, and what they see and keep of them.

import assert from 'node:assert/strict';
import type { Break } from '../src/state.ts';
import { inside, type Person, type World } from './relay.ts';

export const lastLines = (person: Person, count: number) => person.lines().slice(-count);
export const broken = (person: Person): Break =>
  inside(person.view).broken ?? assert.fail('no break is shown');
export const isWiped = (bytes: Uint8Array) => bytes.every(byte => byte === 0);

/** The seat of somebody whose connection broke is given up; the daemon forgets why, if `forgets`. */
export async function losesSeat(world: World, person: Person, forgets = false): Promise<void> {
  await person.lose();
  const seat = world.room?.seats.find(seat => !seat.person);
  assert.ok(seat);
  world.giveUp(seat);
  if (forgets) world.forgetCauses();
  await world.settle();
}
