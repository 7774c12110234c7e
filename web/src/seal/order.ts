// One order for all (protocol, section 2): what a member was told of the room, in hashes that two
// can compare.

import { type Bytes, writeItem } from '../cbor.ts';
import { concat, equal, utf8 } from './bytes.ts';
import type { Sight } from './chain.ts';
import { sha256 } from './hkdf.ts';
import type { RoomKey } from './room-key.ts';

/** Views that are kept, of the last counts. */
export const VIEWS_KEPT = 1024;

/** Bytes of a view. */
const VIEW = 16;

/** How many frames have concerned the whole room, and the hash of them all. */
export type Order = { readonly count: number; readonly hash: Bytes };

/** A member as the daemon shows it; `card` is the SHA-256 of its card, sealed. */
export type Seat = {
  readonly id: number;
  readonly entry: Bytes;
  readonly card: Bytes;
  readonly away: boolean;
};

/** The order of a room in which nothing has happened. */
export const newOrder = (room: RoomKey): Order => ({
  count: 0,
  hash: sha256(concat(utf8('sanctuary/1 order'), room)),
});

/** Takes in one more frame, as it came over the line. */
export const nextOrder = ({ count, hash }: Order, frame: Uint8Array): Order => ({
  count: count + 1,
  hash: sha256(concat(hash, frame)),
});

/** Who is seated, in order of arrival. */
export const seatsHash = (seats: readonly Seat[]): Bytes =>
  sha256(writeItem(seats.map(({ id, entry, card, away }) => [id, entry, card, away])));

/** The room as a member was told it is. */
export type Told = {
  readonly order: Order;
  readonly keeper: number;
  readonly locked: boolean;
  readonly lock: number;
  /** SHA-256 of the heart, sealed. */
  readonly heart: Bytes;
  /** {@link seatsHash}. */
  readonly seats: Bytes;
};

export function viewOf(room: RoomKey, { order, keeper, locked, lock, heart, seats }: Told): Bytes {
  const item = ['sanctuary/1 view', room, order.hash, keeper, locked, lock, heart, seats];
  return sha256(writeItem(item)).slice(0, VIEW);
}

/** What a reader knows, to which a message's numbers are compared. */
export type Here = {
  /** Of one's first `welcome`, of the sender's `joined` or of what it said last, whichever came latest. */
  readonly since: number;
  readonly count: number;
  readonly lock: number;
  /** Of the card that the sender shows. */
  readonly n: number;
};

/** One's own views at the last counts, to compare with others'. */
export class Views {
  readonly #views = new Map<number, Bytes>();

  /** Counts rise. */
  add(count: number, view: Bytes): void {
    this.#views.set(count, view);
    for (const oldest of this.#views.keys()) {
      if (this.#views.size <= VIEWS_KEPT) break;
      this.#views.delete(oldest);
    }
  }

  /** Whether a message's sender sees another room than is seen here. */
  differ({ count, lock, n, view }: Sight, here: Here): boolean {
    if (count < here.since || count > here.count || lock > here.lock || n > here.n) return true;
    const own = this.#views.get(count);
    return own !== undefined && !equal(own, view);
  }
}
