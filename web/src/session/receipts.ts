// Confirms whispers to who sent them, at most once a second to each.

import type { Pass } from '../wire.ts';
import { type Effect, send } from './effects.ts';
import { passTo } from './passing.ts';
import type { Peer } from './peers.ts';
import type { Roster } from './roster.ts';
import type { Stay } from './stay.ts';

/** Milliseconds between two confirmations to one member. */
export const RECEIPT_EVERY = 1000;

/** A whisper of this member was read, now or before. */
export function receiptDue({ heard }: Peer, now: number): void {
  heard.receiptDue ??= Math.max(now, heard.receiptAt + RECEIPT_EVERY);
}

/** When the next one is to be sent. */
export const nextReceipt = (roster: Roster): number =>
  Math.min(...roster.peers().map(({ away, heard }) => (away ? Infinity : (heard.receiptDue ?? Infinity))));

/** `perFrame`: as many as the daemon takes at once. */
export async function sendReceipts(
  stay: Stay,
  roster: Roster,
  perFrame: number,
  now: number,
): Promise<Effect[]> {
  const passes: Pass[] = [];
  for (const peer of roster.peers()) {
    const { away, heard } = peer;
    if (away || heard.receiptDue === undefined || heard.receiptDue > now) continue;
    const pass = await passTo(stay, peer, {
      kind: 'receipt',
      counter: heard.nextWhisper - 1,
      arrived: heard.whispers,
    });
    heard.receiptDue = undefined;
    heard.receiptAt = now;
    if (pass) passes.push(pass);
  }
  const frames: Effect[] = [];
  for (let at = 0; at < passes.length; at += perFrame)
    frames.push(send({ kind: 'pass', passes: passes.slice(at, at + perFrame) }));
  return frames;
}
