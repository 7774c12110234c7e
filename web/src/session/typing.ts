// Who is writing a message at the moment, and when others are told that this member is. Both are bounded in rate: a notice
// costs a frame, and changes what is shown.

import type { Peer } from './peers.ts';

/** Milliseconds of typing before others are told: what is written faster is read as soon as the notice would be. */
export const TYPING_AFTER = 1000;
/** Milliseconds between two notices of this member, while it goes on. */
export const TYPING_TOLD_EVERY = 4000;
/** Milliseconds after its last notice for which a member counts as typing. */
export const TYPING_LASTS = 9000;
/** Milliseconds in which a member that was shown and is not any more, for it has spoken, is not shown again. */
export const TYPING_PAUSE = 1000;

export class Typing {
  /** Others are told, and shown: who does not tell is not told either. */
  isOn: boolean;
  #begunAt: number | undefined;
  #typedAt = Number.NEGATIVE_INFINITY;
  #toldAt = Number.NEGATIVE_INFINITY;
  /** Until when each is shown, and from when on it may be. */
  readonly #heard = new Map<Peer, { from: number; until: number }>();

  constructor(isOn = true) {
    this.isOn = isOn;
  }

  /** Something is being typed; whether others are to be told now. */
  isDue(now: number): boolean {
    // Somebody who has paused begins anew.
    if (this.#begunAt === undefined || now >= this.#typedAt + TYPING_LASTS) this.#begunAt = now;
    this.#typedAt = now;
    return this.isOn && now >= this.#begunAt + TYPING_AFTER && now >= this.#toldAt + TYPING_TOLD_EVERY;
  }

  told(now: number): void {
    this.#toldAt = now;
  }

  /** What was typed was sent: the next is another text. */
  ownSaid(): void {
    this.#begunAt = undefined;
  }

  heard(peer: Peer, now: number): void {
    const { from = now } = this.#heard.get(peer) ?? {};
    if (now >= from) this.#heard.set(peer, { from, until: now + TYPING_LASTS });
  }

  /** A member has said what it was typing. */
  said(peer: Peer, now: number): void {
    this.#heard.set(peer, { from: now + TYPING_PAUSE, until: now });
  }

  /** Those who are typing, in the order in which they began. */
  now(): Peer[] {
    if (!this.isOn) return [];
    return [...this.#heard].filter(([, { from, until }]) => until > from).map(([peer]) => peer);
  }

  /** When somebody is next to be shown no more. */
  due(): number {
    return Math.min(
      ...[...this.#heard.values()].filter(({ from, until }) => until > from).map(({ until }) => until),
    );
  }

  wake(now: number): void {
    for (const [peer, { from, until }] of this.#heard)
      if (from <= now && until <= now) this.#heard.delete(peer);
  }
}
