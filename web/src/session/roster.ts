// Who is seated, in order of arrival, and who keeps the room (protocol, section 3, rule 5).

import type { Bytes } from '../cbor.ts';
import { folded } from '../seal/folded.ts';
import { type Seat, seatsHash } from '../seal/order.ts';
import { SEATS_MOST } from '../wire.ts';
import { type Peer, wipePeer } from './peers.ts';

/** Aliases that several had, and that are remembered. */
const NUMBERED_MOST = 256;

/** One's own seat. */
type OwnSeat = { readonly id: number; readonly entry: Bytes; card: Bytes; away: false };

export class Roster {
  readonly you: OwnSeat;
  readonly #own: { readonly alias: string };
  keeper = 0;
  /** All seats, one's own too. */
  #seats: (OwnSeat | Peer)[];
  readonly #peers = new Map<number, Peer>();
  /** The highest id of all who were ever here: ids rise, and none is given twice. */
  highest: number;
  #arrivals: number;
  /** Worked out when asked for, until something changes. */
  #hash: Bytes | undefined;
  #ordinals: Map<number, number> | undefined;
  readonly #numbered = new Set<string>();

  /** `before`: that of the stay before this one in the same room. */
  constructor(you: OwnSeat, own: { readonly alias: string }, before?: Roster) {
    this.#arrivals = before ? before.#arrivals : 0;
    this.you = you;
    this.#own = own;
    this.#seats = [you];
    this.highest = you.id;
  }

  /** All ids, one's own too. */
  ids(): number[] {
    return this.#seats.map(({ id }) => id);
  }

  /** The others. */
  peers(): Peer[] {
    return this.#seats.filter(isPeer);
  }

  of(id: number): Peer | undefined {
    return this.#peers.get(id);
  }

  /** Whether somebody is still here: another may have its id by now. */
  has(peer: Peer): boolean {
    return this.of(peer.id) === peer;
  }

  isSeated(id: number): boolean {
    return id === this.you.id || this.#peers.has(id);
  }

  /** Of whom another may have the number by now. */
  keeperEntry(): Bytes {
    return (this.of(this.keeper) ?? this.you).entry;
  }

  /** Whether nobody more is believed to have a seat. */
  isFull(): boolean {
    return this.#seats.length >= SEATS_MOST;
  }

  /** A number for who arrives, given once. */
  nextArrival(): number {
    return ++this.#arrivals;
  }

  add(peer: Peer): void {
    this.#seats.push(peer);
    this.#peers.set(peer.id, peer);
    this.highest = Math.max(this.highest, peer.id);
    this.changed();
  }

  /** The daemon shows the members in this order. */
  sort(ids: readonly number[]): void {
    const places = new Map(ids.map((id, place) => [id, place]));
    this.#seats.sort((one, other) => (places.get(one.id) ?? 0) - (places.get(other.id) ?? 0));
    this.changed();
  }

  /** Takes a member out; whether the room has another keeper by that. */
  remove(peer: Peer): boolean {
    wipePeer(peer);
    this.#seats = this.#seats.filter(seat => seat !== peer);
    this.#peers.delete(peer.id);
    this.changed();
    if (this.keeper !== peer.id) return false;
    this.keeper = (this.#seats.find(({ away }) => !away) ?? this.you).id;
    return true;
  }

  /** A seat is not as it was. */
  changed(): void {
    this.#hash = this.#ordinals = undefined;
  }

  hash(): Bytes {
    this.#hash ??= seatsHash(this.#seats satisfies readonly Seat[]);
    return this.#hash;
  }

  /** Empty where there is none to be shown. */
  aliasOf(id: number): string {
    return id === this.you.id ? this.#own.alias : (this.of(id)?.shown?.alias ?? '');
  }

  /** The members of an alias, however its letters are written, in order of arrival. */
  named(alias: string): number[] {
    const wanted = folded(alias);
    return this.ids().filter(id => folded(this.aliasOf(id)) === wanted);
  }

  /** From 1 on: which of those with the same alias it is, where there are several. */
  ordinal(id: number): number | undefined {
    this.#ordinals ??= this.#count();
    return this.#ordinals.get(id);
  }

  /** Whether several had this alias at some time. */
  wasNumbered(alias: string): boolean {
    this.#ordinals ??= this.#count();
    return this.#numbered.has(folded(alias));
  }

  /** A number behind an alias of a stay before this one, in whatever room, is not read as text. */
  remember(before: Roster): void {
    for (const alias of before.#numbered) this.#numbered.add(alias);
  }

  wipe(): void {
    for (const peer of this.peers()) wipePeer(peer);
    this.#seats = [this.you];
    this.#peers.clear();
    this.changed();
  }

  #count(): Map<number, number> {
    const alike = new Map<string, number[]>();
    for (const id of this.ids()) {
      const alias = folded(this.aliasOf(id));
      if (alias) alike.set(alias, [...(alike.get(alias) ?? []), id]);
    }
    const several = [...alike.values()].filter(({ length }) => length > 1);
    for (const [first = 0] of several) this.#numbered.add(folded(this.aliasOf(first)));
    for (const oldest of this.#numbered) {
      if (this.#numbered.size <= NUMBERED_MOST) break;
      this.#numbered.delete(oldest);
    }
    return new Map(several.flatMap(ids => ids.map((id, at) => [id, at + 1] as const)));
  }
}

const isPeer = (seat: OwnSeat | Peer): seat is Peer => 'standing' in seat;

/** Whether somebody is shown twice: whichever of both left, the other would stay. */
export const hasTwice = (members: readonly { id: number }[]): boolean =>
  new Set(members.map(({ id }) => id)).size < members.length;
