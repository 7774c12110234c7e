// The room as this member was told it is, at each count of the one order that the daemon gives to all (protocol,
// section 2, "One order for all").

import type { Bytes } from '../cbor.ts';
import { equal } from '../seal/bytes.ts';
import type { Sight } from '../seal/chain.ts';
import { sha256 } from '../seal/hkdf.ts';
import { nextOrder, type Order, Views, viewOf } from '../seal/order.ts';
import type { DaemonFrame } from '../wire.ts';
import type { Peer } from './peers.ts';
import type { Roster } from './roster.ts';
import type { Stay } from './stay.ts';

type Welcome = DaemonFrame & { kind: 'welcome' };

export class RoomOrder {
  readonly #stay: Stay;
  readonly #roster: Roster;
  readonly #views = new Views();
  #order: Order;
  /** The count at which this member entered, and that at which it last took its seat again. */
  readonly #since: number;
  #resumed: number;
  /** How many messages the room has had. */
  said: number;
  locked: boolean;
  lock: number;
  /** SHA-256 of the heart as it is sealed. */
  heart: Bytes;

  constructor(stay: Stay, roster: Roster, welcome: Welcome) {
    this.#stay = stay;
    this.#roster = roster;
    this.#order = { count: welcome.count, hash: welcome.order };
    this.#since = welcome.count;
    this.#resumed = welcome.count;
    this.said = welcome.said;
    this.locked = welcome.locked;
    this.lock = welcome.lock;
    this.heart = sha256(welcome.heart);
  }

  count(): number {
    return this.#order.count;
  }

  /** A frame of the order came; {@link settle} follows once it has taken effect. */
  take(bytes: Uint8Array): void {
    this.#order = nextOrder(this.#order, bytes);
  }

  settle(): void {
    this.#views.add(this.#order.count, this.#view());
  }

  /** The seat was taken again; whether what is said now fits what was said before. */
  resume(welcome: Welcome): boolean {
    const heart = sha256(welcome.heart);
    const fits =
      // To take one's seat again is counted, too.
      welcome.count > this.#order.count &&
      welcome.said >= this.said &&
      welcome.lock >= this.lock &&
      (welcome.lock > this.lock || equal(heart, this.heart));
    this.#order = { count: welcome.count, hash: welcome.order };
    this.#resumed = welcome.count;
    this.said = welcome.said;
    this.locked = welcome.locked;
    // Behind a lower one a former password would be taken again.
    this.lock = Math.max(this.lock, welcome.lock);
    this.heart = heart;
    return fits;
  }

  /** What a message says of its sender's sight. */
  sight(): Sight {
    const { count } = this.#order;
    return { n: this.#stay.own.n, lock: this.lock, count, view: this.#view() };
  }

  /** Whether a member saw another room, as it told in a message that came with the last frame, or beside all. */
  differs(peer: Peer, seen: Sight, inOrder: boolean): boolean {
    const count = this.#order.count - (inOrder ? 1 : 0);
    const since = Math.max(this.#since, peer.since, peer.saw);
    peer.saw = seen.count;
    // Words go one after the other, so that of each member one may cross a coming back.
    const isEarlier = seen.count < this.#resumed;
    const crosses = isEarlier && peer.crossed;
    peer.crossed ||= isEarlier;
    return crosses || this.#views.differ(seen, { since, count, lock: this.lock, n: peer.shown?.n ?? 0 });
  }

  #view(): Bytes {
    const { locked, lock, heart } = this;
    const { keeper } = this.#roster;
    return viewOf(this.#stay.door.room, {
      order: this.#order,
      keeper,
      locked,
      lock,
      heart,
      seats: this.#roster.hash(),
    });
  }
}
