// For how long messages are to be seen: the time that who may moderate has set for the room. A member that comes was not
// told of it, so the keeper says it again.

import { isReady } from './peers.ts';
import type { Roster } from './roster.ts';

/** Seconds after which messages can be made to go, at the most. */
export const TIMER_MOST = 7 * 24 * 3600;
/** Milliseconds between two times that it is said again, however many come and go. */
export const TIMER_TOLD_EVERY = 10_000;

export class Timer {
  readonly #roster: Roster;
  /** 0: they stay. */
  seconds = 0;
  /** Set by this member, and not yet heard by all. */
  #asked: number | undefined;
  /** It was never another: there is nothing to tell. */
  #isUnset = true;
  #isOwed = false;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(roster: Roster) {
    this.#roster = roster;
  }

  /** Somebody with the right to has set it; whether it is another one. */
  set(seconds: number): boolean {
    const before = this.seconds;
    if (seconds <= TIMER_MOST) this.seconds = seconds;
    if (this.seconds !== before) this.#isUnset = false;
    return this.seconds !== before;
  }

  /** This member has set it: for its own words that counts at once. */
  ask(seconds: number): void {
    this.#asked = seconds;
  }

  answered(seconds: number): void {
    if (this.#asked === seconds) this.#asked = undefined;
  }

  /** Seconds for which this member's own words are to be seen. */
  own(): number {
    return this.#asked ?? this.seconds;
  }

  /** Somebody may not know of it. */
  owe(): void {
    this.#isOwed = true;
  }

  /** When it is to be said again, by this member. */
  due(): number {
    const { keeper, you } = this.#roster;
    const isOurs = this.#isOwed && !this.#isUnset && keeper === you.id;
    return isOurs && this.#roster.peers().some(isReady)
      ? this.#toldAt + TIMER_TOLD_EVERY
      : Number.POSITIVE_INFINITY;
  }

  told(now: number): void {
    this.#isOwed = false;
    this.#toldAt = now;
  }
}
