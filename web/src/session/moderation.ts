// What a moderator does: locks, kicks, stops, hands the office on, and gives the room another password. A kick that is to
// stay is a lock, a kick, a relock and an unlock, each harmless if the next never comes.

import type { Bytes } from '../cbor.ts';
import { wipe } from '../seal/bytes.ts';
import { doorSalt } from '../seal/door.ts';
import { drawPassword, passwordBytes } from '../seal/password.ts';
import { type DaemonFrame, FRAME } from '../wire.ts';
import { fits, makeRelock, type NewDoor, wipeNewDoor } from './doors.ts';
import type { Effect } from './effects.ts';
import type { Lines } from './lines.ts';
import type { Orders } from './orders.ts';
import { isReady, type Peer } from './peers.ts';
import type { RoomOrder } from './room-order.ts';
import type { Roster } from './roster.ts';
import type { SendQueue } from './send-queue.ts';
import type { Stay } from './stay.ts';

/** Denials, but for those for who has left, after which another password is not asked for any more. */
export const RELOCK_DENIED_MOST = 8;
/** Milliseconds to wait at the least before the daemon is asked again. */
const AGAIN_AFTER = 1000;

type Denied = DaemonFrame & { kind: 'denied' };

/** What the daemon was asked for: `lock` is the number to which it leads, `staying` has all who are listed. */
export type AskedRelock = NewDoor & { lock: number; staying: number[] };

/** Gives the room another password. */
type Relock = {
  /** Who gets it: all who were accepted when it was asked for. */
  kept: Set<Peer>;
  /** The room is to be unlocked afterwards. */
  unlocks: boolean;
  denials: number;
  password?: Bytes;
  stretched?: Bytes;
  /** Who was sent a box of this door, by the tries so far: each may open it, whatever came of the try. */
  readonly boxed: Set<Peer>;
  /** The lock number of these tries: under a later one this door may be one that the room has left. */
  lock?: number;
  asked?: AskedRelock;
};

export class Moderation {
  readonly #stay: Stay;
  readonly #roster: Roster;
  readonly #order: RoomOrder;
  readonly #lines: Lines;
  readonly #orders: Orders;
  readonly #queue: SendQueue;
  readonly #largestFrame: () => number;
  /** Done one after the other. */
  #relocks: Relock[] = [];
  /** Whether the room is to be locked, where the daemon was not asked yet. */
  #lockDue: boolean | undefined;
  /** What the daemon was asked for, and has not done yet. */
  #lockAsked: boolean | undefined;

  constructor(
    stay: Stay,
    roster: Roster,
    order: RoomOrder,
    lines: Lines,
    orders: Orders,
    queue: SendQueue,
    largestFrame: () => number,
  ) {
    this.#stay = stay;
    this.#roster = roster;
    this.#order = order;
    this.#lines = lines;
    this.#orders = orders;
    this.#queue = queue;
    this.#largestFrame = largestFrame;
  }

  isRelocking(): boolean {
    return this.#relocks.length > 0;
  }

  /** Whether nothing waits to be asked for, or to be answered. */
  isIdle(): boolean {
    return !this.isRelocking() && this.#lockDue === undefined && this.#lockAsked === undefined;
  }

  /** Whether there is something to be sent. */
  isDue(): boolean {
    if (this.#lockDue !== undefined) return true;
    const [relock] = this.#relocks;
    return relock?.stretched !== undefined && !relock.asked && !this.#queue.isKicking();
  }

  /** The door that the daemon may already have put in place: who asked for it needs no box. */
  asked(): AskedRelock | undefined {
    return this.#relocks[0]?.asked;
  }

  lock(locked: boolean): void {
    this.#lockDue = locked;
  }

  /** `anew`: the room gets another password, which the one that is kicked does not get. */
  kick(peer: Peer, anew: boolean, kept?: readonly Peer[]): Effect[] {
    for (const relock of this.#relocks) relock.kept.delete(peer);
    // A member whose card was never accepted has no voice to name, and goes by the relock.
    if (peer.shown) this.#queue.enqueue({ order: 'kick', whom: peer });
    else if (!anew) this.#lines.note({ code: 'no-voice' });
    if (!anew) return [];
    const isLocked = this.#lockDue ?? this.#lockAsked ?? this.#order.locked;
    if (!isLocked) this.#lockDue = true;
    return this.#begin({
      kept: this.#accepted(kept, peer),
      unlocks: !isLocked,
      denials: 0,
      boxed: new Set(),
    });
  }

  relock(kept?: readonly Peer[]): Effect[] {
    return this.#begin({ kept: this.#accepted(kept), unlocks: false, denials: 0, boxed: new Set() });
  }

  /** The password was stretched. */
  stretched(stretched: Bytes): Effect[] {
    const [relock] = this.#relocks;
    if (relock && !relock.stretched) relock.stretched = stretched;
    else wipe(stretched);
    return [];
  }

  /** It could not be, or there are too many for one frame. A room that was locked stays so. */
  notStretched(): Effect[] {
    this.#lines.note({ code: 'relock-failed' });
    return this.#end();
  }

  /** Sends what may be sent now. */
  async next(): Promise<Effect[]> {
    const effects: Effect[] = [];
    if (this.#lockDue !== undefined) {
      effects.push(this.#orders.give({ kind: 'lock', locked: this.#lockDue }));
      // Of what changes nothing the daemon tells nothing.
      if (this.#lockDue !== (this.#lockAsked ?? this.#order.locked)) this.#lockAsked = this.#lockDue;
      this.#lockDue = undefined;
    }
    const [relock] = this.#relocks;
    if (!this.isDue() || !relock?.stretched || !relock.password) return effects;
    const { stretched, password, kept, boxed } = relock;
    const listed = this.#accepted([...kept]);
    const lock = this.#order.lock + 1;
    if ((relock.lock ?? lock) !== lock || [...boxed].some(peer => !listed.has(peer))) {
      wipe(stretched, password);
      delete relock.stretched;
      delete relock.lock;
      boxed.clear();
      return [...effects, ...this.#stretch(relock)];
    }
    const { command, ...made } = await makeRelock(
      this.#stay,
      this.#roster,
      lock,
      stretched,
      password,
      listed,
    );
    for (const peer of listed) boxed.add(peer);
    relock.lock = lock;
    relock.asked = { ...made, lock, staying: command.staying.map(({ id }) => id) };
    const order = this.#orders.give(command);
    if (order.frame.length <= this.#largestFrame()) return [...effects, order];
    wipeNewDoor(made);
    return [...effects, ...this.notStretched()];
  }

  /** The room was locked or unlocked. */
  locked(): void {
    this.#lockAsked = undefined;
  }

  /** The room has another password, given by this member. */
  relocked(): Effect[] {
    const [relock] = this.#relocks;
    if (!relock) return [];
    delete relock.asked;
    const [, next] = this.#relocks;
    if (relock.unlocks && next) next.unlocks = true;
    else if (relock.unlocks) this.#lockDue = false;
    return this.#end();
  }

  denied({ frame, why, retryMs }: Denied, now: number): Effect[] {
    const isTooFast = why === 'too-fast';
    const again = now + Math.max(retryMs, AGAIN_AFTER);
    if (frame === FRAME.lock) {
      if (isTooFast) {
        this.#lockDue ??= this.#lockAsked;
        this.#queue.backOff(again);
      }
      this.#lockAsked = undefined;
    }
    const [relock] = this.#relocks;
    if (frame !== FRAME.relock || !relock?.asked) return [];
    // Each seat that is given up explains one denial: nobody defeats a kick with a few of them.
    const hasLeft = relock.asked.staying.some(id => !this.#roster.isSeated(id));
    if (why !== 'no-such-member' || !hasLeft) relock.denials += 1;
    wipeNewDoor(relock.asked);
    delete relock.asked;
    // Somebody has left meanwhile: another list is made.
    if (isTooFast || why === 'no-such-member') {
      if (relock.denials >= RELOCK_DENIED_MOST) return this.notStretched();
      this.#queue.backOff(again);
      return [];
    }
    if (why === 'another-lock') this.#lines.note({ code: 'relock-crossed' });
    return this.#end();
  }

  /**
   * The seat was taken again: a lock that was asked for may not have arrived. One that was to be opened may have been
   * locked by another since, and stays so.
   */
  reconnected(): void {
    const asked = this.#lockAsked;
    this.#lockAsked = undefined;
    if (asked === undefined || asked === this.#order.locked) return;
    if (asked) this.#lockDue ??= true;
    else this.#lines.note({ code: 'not-carried-out' });
  }

  /** The seat was taken again: whether what was asked for came to be is seen by the heart that is shown. */
  async resumed(heart: Bytes): Promise<boolean> {
    const asked = this.asked();
    if (!asked) return false;
    const came = asked.lock === this.#order.lock && (await fits(this.#stay, asked, heart));
    if (!came) {
      wipeNewDoor(asked);
      delete this.#relocks[0]?.asked;
    }
    return came;
  }

  wipe(): void {
    for (const { stretched, password, asked } of this.#relocks) {
      wipe(stretched, password);
      if (asked) wipeNewDoor(asked);
    }
    this.#relocks = [];
  }

  /** Those who are accepted now, of `kept`, but for one. */
  #accepted(kept?: readonly Peer[], but?: Peer): Set<Peer> {
    const accepted = this.#roster.peers().filter(isReady);
    return new Set(accepted.filter(peer => peer !== but && (!kept || kept.includes(peer))));
  }

  #begin(relock: Relock): Effect[] {
    const last = this.#relocks.at(-1);
    if (last && !last.asked) {
      // One that the daemon was not asked for yet does for both.
      for (const peer of last.kept) if (!relock.kept.has(peer)) last.kept.delete(peer);
      last.unlocks ||= relock.unlocks;
      return [];
    }
    this.#relocks.push(relock);
    return this.#relocks.length === 1 ? this.#stretch(relock) : [];
  }

  #stretch(relock: Relock): Effect[] {
    const password = drawPassword();
    relock.password = passwordBytes(password) ?? undefined;
    const bytes = passwordBytes(password);
    return bytes ? [{ do: 'derive', password: bytes, salt: doorSalt(this.#stay.door.room) }] : [];
  }

  /** The first is done with, one way or the other. */
  #end(): Effect[] {
    const relock = this.#relocks.shift();
    wipe(relock?.stretched, relock?.password);
    const [next] = this.#relocks;
    return next ? this.#stretch(next) : [];
  }
}
