// How much is drawn of what comes in. No DOM, no clock.

import { PIECE_MOST } from './weight.ts';

/** Weight that is drawn of one sender at once, and in each second after. */
export const SENDER_BURST = 4 * PIECE_MOST;
export const SENDER_RATE = PIECE_MOST;
/** Of all senders together, for one may be many. */
export const ROOM_BURST = 16 * PIECE_MOST;
export const ROOM_RATE = 8 * PIECE_MOST;
/** Weight of each line, however little it says. */
export const LINE_WEIGHT = 200;
/** Senders that are remembered: more than a room has. */
export const SENDERS_MOST = 1000;

/** Weight that may still be drawn: it comes back by the second, and the last draw may exceed it. */
class TokenBucket {
  #left: number;
  #at: number;
  readonly #burst: number;
  readonly #rate: number;

  constructor(burst: number, rate: number, now: number) {
    this.#left = this.#burst = burst;
    this.#rate = rate;
    this.#at = now;
  }

  /** At a time in milliseconds; one that goes backwards fills nothing. */
  left(now: number): number {
    const passed = Math.max(0, now - this.#at) / 1000;
    this.#left = Math.min(this.#burst, this.#left + passed * this.#rate);
    this.#at = Math.max(this.#at, now);
    return this.#left;
  }

  take(weight: number): void {
    this.#left -= weight;
  }
}

export class Budget {
  readonly #senders = new Map<number, TokenBucket>();
  #room: TokenBucket | undefined;

  /** Whether more of a sender is drawn now, in milliseconds; if so, `draw` returns what it weighed. */
  spend(sender: number, now: number, draw: () => number): boolean {
    this.#room ??= new TokenBucket(ROOM_BURST, ROOM_RATE, now);
    const own = this.#senders.get(sender) ?? new TokenBucket(SENDER_BURST, SENDER_RATE, now);
    // The map is in the order in which they last spoke, so that the longest silent is forgotten first.
    this.#senders.delete(sender);
    this.#senders.set(sender, own);
    for (const [oldest] of this.#senders) {
      if (this.#senders.size <= SENDERS_MOST) break;
      this.#senders.delete(oldest);
    }
    if (own.left(now) <= 0 || this.#room.left(now) <= 0) return false;
    const weight = draw() + LINE_WEIGHT;
    own.take(weight);
    this.#room.take(weight);
    return true;
  }
}
