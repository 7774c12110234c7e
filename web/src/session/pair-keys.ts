// The keys shared with one other member. When either of both renews its X25519 pair, what the other sealed just before
// may still be under way: the receiving keys of the last few pairs are kept for that (protocol, section 2, "Renewal").

import type { Bytes } from '../cbor.ts';
import { wipe } from '../seal/bytes.ts';
import type { Party } from '../seal/card.ts';
import { SealError } from '../seal/error.ts';
import { agreePair, openPassed, type Pair, wipePair } from '../seal/pair.ts';
import { partyOf, type Stay } from './stay.ts';

/** Milliseconds for which a receiving key is kept after it has been replaced. */
export const FORMER_KEPT = 120_000;
/** Replaced receiving keys that are kept: more than an honest daemon lets two members make in that time. */
export const FORMER_MOST = 16;

export class PairKeys {
  #current: Pair | undefined;
  /** Of the pairs before, the newest first. */
  #former: { key: Bytes; until: number }[] = [];

  /** The key to seal under for the other; throws {@link SealError} where its public key gives none. */
  sending(stay: Stay, other: Party): Bytes {
    return this.#agree(stay, other).sending;
  }

  /** One of both is about to have another X25519 key: `other` is as it was until now. */
  replace(stay: Stay, other: Party, now: number): void {
    let pair: Pair;
    try {
      pair = this.#agree(stay, other);
    } catch (error) {
      if (error instanceof SealError) return;
      throw error;
    }
    wipe(pair.sending);
    this.#former.unshift({ key: pair.receiving, until: now + FORMER_KEPT });
    for (const { key } of this.#former.splice(FORMER_MOST)) wipe(key);
    this.#current = undefined;
  }

  /** Opens what the other passed; what is under a newer key ends all older ones. */
  async open(stay: Stay, other: Party, sealed: Bytes, now: number): ReturnType<typeof openPassed> {
    this.drop(now);
    const keys = [this.#agree(stay, other).receiving, ...this.#former.map(({ key }) => key)];
    for (const [age, key] of keys.entries()) {
      try {
        const opened = await openPassed(stay.suite, stay.roomSalt, key, sealed);
        for (const { key } of this.#former.splice(age)) wipe(key);
        return opened;
      } catch (error) {
        if (!(error instanceof SealError) || error.fault !== 'forged') throw error;
      }
    }
    throw new SealError('forged');
  }

  /** Wipes what has been kept for long enough. */
  drop(now: number): void {
    for (const { key, until } of this.#former) if (until <= now) wipe(key);
    this.#former = this.#former.filter(({ until }) => until > now);
  }

  due(): number {
    return Math.min(...this.#former.map(({ until }) => until));
  }

  wipe(): void {
    if (this.#current) wipePair(this.#current);
    this.drop(Number.POSITIVE_INFINITY);
    this.#current = undefined;
  }

  #agree(stay: Stay, other: Party): Pair {
    this.#current ??= agreePair(stay.roomSalt, stay.own.secret, partyOf(stay), other);
    return this.#current;
  }
}
