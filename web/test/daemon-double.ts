// A double of the daemon in memory. It keeps to the protocol's section 3 as far as a client can tell, without times and
// rations; the real daemon is met in test/browser.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { type Bytes, type Item, writeItem } from '../src/cbor.ts';
import { stayingHash } from '../src/seal/box.ts';
import { sha256 } from '../src/seal/hkdf.ts';
import { newOrder, nextOrder, type Order } from '../src/seal/order.ts';
import type { RoomKey } from '../src/seal/room-key.ts';
import {
  type ClientFrame,
  type Command,
  type DaemonFrame,
  decodeClientFrame,
  decodeCommand,
  type Denial,
  encodeDaemonFrame,
  FRAME,
  type Refusal,
  type Rule,
} from '../src/wire.ts';
import { hex } from './vectors.ts';

/** The other end of a connection. */
export interface Caller {
  /** Whose it is. */
  readonly owner?: unknown;
  hear(bytes: Bytes): void;
  /** The daemon closes the connection. */
  cut(): void;
}

export type Seat = {
  id: number;
  entry: Bytes;
  key: Bytes;
  card: Bytes;
  tag: Bytes;
  person: Caller | null;
  turn: number;
  /** Kept until a renewal shows that it was opened. */
  boxed?: { by: number; staying: Bytes; box: Bytes };
};

export type Room = {
  key: RoomKey;
  gate: Bytes;
  heart: Bytes;
  lock: number;
  rule: Rule;
  keeper: number;
  locked: boolean;
  said: number;
  order: Order;
  seats: Seat[];
  nextId: number;
};

type First = ClientFrame & { kind: 'create' | 'enter' | 'resume' };
type Seated = Exclude<ClientFrame, First>;

/** What stands in a signature for the rule. */
const RULES: Rule[] = ['keeper', 'everyone'];

export class Daemon {
  now = 1_700_000_000_000;
  largestFrame = 65_536;
  silenceMs = 60_000;
  room: Room | null = null;
  /** Every frame that a client sent, as the daemon sees it. */
  readonly seen: { from: unknown; frame: ClientFrame; command?: Command; bytes: Bytes }[] = [];
  /** Answers a frame instead of the room where it returns true. */
  intercept: (from: Caller, frame: ClientFrame, command?: Command) => boolean = () => false;
  /** What somebody is told in the place of a frame. */
  tamper: (to: Caller, frame: DaemonFrame, bytes: Bytes) => Bytes[] = (_to, _frame, bytes) => [bytes];
  /** Members for whom so much waits that nothing more may be passed to them. */
  readonly full = new Set<number>();
  /** Under which entry each card was first shown, by its hexadecimal. */
  readonly entries = new Map<string, Bytes>();
  readonly #nonces = new Map<Caller, Bytes>();
  /** Why seats were given up, by the hexadecimal of their keys. */
  readonly #causes = new Map<string, Refusal>();

  /** Somebody has connected. */
  greet(caller: Caller): void {
    // By another source than the people's, which tests look at.
    const nonce = Uint8Array.from(randomBytes(32));
    this.#nonces.set(caller, nonce);
    const { largestFrame, silenceMs } = this;
    this.one(caller, { kind: 'hello', nonce, largestFrame, silenceMs });
  }

  /** Tells one. */
  one(to: Caller | null, frame: DaemonFrame): void {
    const bytes = Uint8Array.from(encodeDaemonFrame(frame));
    if (to) for (const each of this.tamper(to, frame, bytes)) to.hear(each);
  }

  /** Tells all who are present, in the one order. */
  all(frame: DaemonFrame, except?: Caller): void {
    const { room } = this;
    if (!room) return;
    const bytes = Uint8Array.from(encodeDaemonFrame(frame));
    room.order = nextOrder(room.order, bytes);
    for (const { person } of room.seats) {
      if (person && person !== except)
        for (const each of this.tamper(person, frame, bytes)) person.hear(each);
    }
  }

  /** Of a connection, or of its owner. */
  seatOf(whose: unknown): Seat | undefined {
    return this.room?.seats.find(({ person }) => person && (person === whose || person.owner === whose));
  }

  take(from: Caller, bytes: Bytes): void {
    assert.ok(bytes.length <= this.largestFrame, 'a frame larger than may be');
    const frame = decodeClientFrame(bytes);
    const command = frame.kind === 'order' ? decodeCommand(frame.command) : undefined;
    this.seen.push({ from: from.owner ?? from, frame, bytes, ...(command && { command }) });
    if (this.intercept(from, frame, command)) return;
    if (frame.kind === 'create' || frame.kind === 'enter' || frame.kind === 'resume')
      this.#admit(from, frame);
    else this.#carryOut(from, frame);
  }

  /** The connection of a member breaks: its seat is kept. */
  break(whose: unknown): void {
    const seat = this.seatOf(whose);
    assert.ok(seat);
    seat.person = null;
    this.all({ kind: 'away', id: seat.id });
  }

  /** A seat is given up, and that told as `frame` does. */
  giveUp(seat: Seat, frame: DaemonFrame = { kind: 'left', id: seat.id, how: 'gone' }): void {
    const isLast = this.room?.seats.length === 1;
    this.#remove([seat], frame.kind === 'kicked' ? 'kicked' : isLast ? 'room-gone' : 'grace-over');
    this.all(frame);
    this.#succeed();
  }

  /** Why seats were given up is remembered for a while only. */
  forgetCauses(): void {
    this.#causes.clear();
  }

  refuse(from: Caller, why: Refusal, retryMs = 0): void {
    this.one(from, { kind: 'refused', why, retryMs });
    from.cut();
  }

  #remove(seats: Seat[], why: Refusal): void {
    const { room } = this;
    assert.ok(room);
    room.seats = room.seats.filter(seat => !seats.includes(seat));
    for (const { key } of seats) this.#causes.set(hex(key), why);
    if (room.seats.length === 0) this.#close();
  }

  #close(): void {
    for (const { key } of this.room?.seats ?? []) this.#causes.set(hex(key), 'stopped');
    this.room = null;
  }

  /** The keeper is who has been there longest, if the last one is not there any more. */
  #succeed(): void {
    const { room } = this;
    if (!room || room.seats.some(({ id }) => id === room.keeper)) return;
    const next = room.seats.find(({ person }) => person) ?? room.seats[0];
    assert.ok(next);
    room.keeper = next.id;
    this.all({ kind: 'keeper', id: next.id });
  }

  #isSigned(by: Bytes, signature: Bytes, label: string, ...items: Item[]): boolean {
    return ed25519.verify(signature, writeItem([`sanctuary/1 ${label}`, ...items]), by);
  }

  #nonceOf(caller: Caller): Bytes {
    return this.#nonces.get(caller) ?? assert.fail('not connected');
  }

  #admit(from: Caller, frame: First): void {
    if (frame.kind === 'resume') return this.#resume(from, frame);
    const nonce = this.#nonceOf(from);
    const { room: key, seat, card, tag, signature } = frame;
    if (frame.kind === 'create') {
      if (this.room) return this.refuse(from, 'taken');
      const { gate, heart, rule } = frame;
      const signed = [nonce, key, gate, sha256(heart), RULES.indexOf(rule), seat, sha256(card), tag];
      assert.ok(this.#isSigned(gate, signature, 'create', ...signed), 'create is not signed');
      const counted = { said: 0, order: newOrder(key as RoomKey), nextId: 1, keeper: 1 };
      this.room = { key: key as RoomKey, gate, heart, lock: 0, rule, locked: false, seats: [], ...counted };
    }
    const { room } = this;
    if (!room || hex(room.key) !== hex(key)) return this.refuse(from, 'no-entry');
    if (frame.kind === 'enter') {
      const signed = [nonce, key, seat, sha256(card), tag];
      if (!this.#isSigned(room.gate, signature, 'enter', ...signed)) return this.refuse(from, 'no-entry');
      if (room.locked) return this.refuse(from, 'locked');
      if (room.seats.some(other => other.person && hex(other.tag) === hex(tag)))
        return this.refuse(from, 'alias-in-use');
    }
    const entry = nonce.slice(0, 16);
    const seated = { id: room.nextId++, entry, key: seat, card, tag, person: from, turn: -1 };
    room.seats.push(seated);
    this.entries.set(hex(card), entry);
    this.all({ kind: 'joined', id: seated.id, entry, card }, from);
    this.#welcome(seated);
  }

  #resume(from: Caller, { room: key, id, signature }: First & { kind: 'resume' }): void {
    const { room } = this;
    const signed = [this.#nonceOf(from), key, id];
    const holds = (by: Bytes) => this.#isSigned(by, signature, 'resume', ...signed);
    const seat = room?.seats.find(seat => seat.id === id && holds(seat.key));
    if (!room || !seat) {
      const [, why] = [...this.#causes].find(([by]) => holds(Uint8Array.from(Buffer.from(by, 'hex')))) ?? [];
      return this.refuse(from, why ?? 'no-entry');
    }
    if (seat.person) this.one(seat.person, { kind: 'over', end: 'resumed-elsewhere', by: null });
    seat.person?.cut();
    seat.person = from;
    seat.turn = -1;
    this.all({ kind: 'back', id }, from);
    this.#welcome(seat);
  }

  #welcome(seat: Seat): void {
    if (!this.room) return;
    const { keeper, locked, lock, heart, said, order, seats } = this.room;
    const { boxed } = seat;
    this.one(seat.person, {
      kind: 'welcome',
      you: seat.id,
      keeper,
      locked,
      lock,
      heart,
      said,
      count: order.count,
      order: order.hash,
      protections: 0b111_1110,
      members: seats.map(({ id, entry, card, person }) => ({ id, entry, card, away: !person })),
      ...(boxed && { boxed }),
    });
  }

  #carryOut(from: Caller, frame: Seated): void {
    const { room } = this;
    const seat = this.seatOf(from);
    if (!room || !seat) return;
    switch (frame.kind) {
      case 'say':
        room.said += 1;
        return this.all({ kind: 'said', from: seat.id, payload: frame.payload });
      case 'pass': {
        const denials = new Set<Denial>();
        for (const { to, passed } of frame.passes) {
          const whom = room.seats.find(other => other.id === to && other !== seat)?.person;
          if (!whom) denials.add('no-such-member');
          else if (this.full.has(to)) denials.add('too-fast');
          else this.one(whom, { kind: 'passed', from: seat.id, passed });
        }
        for (const why of denials) this.deny(from, FRAME.pass, why, why === 'too-fast' ? 1000 : 0);
        return;
      }
      case 'exit':
        from.cut();
        return this.giveUp(seat, { kind: 'left', id: seat.id, how: 'exit' });
      case 'order': {
        const { command, signature } = frame;
        const signed = [this.#nonceOf(from), command];
        assert.ok(this.#isSigned(seat.key, signature, 'order', ...signed), 'an order is not signed');
        const order = decodeCommand(command);
        assert.ok(order.turn > seat.turn, 'a turn that does not rise');
        seat.turn = order.turn;
        this.#obey(from, seat, room, order);
      }
    }
  }

  deny(from: Caller, frame: number, why: Denial, retryMs = 0): void {
    this.one(from, { kind: 'denied', frame, why, retryMs });
  }

  #obey(from: Caller, seat: Seat, room: Room, order: Command): void {
    const deny = (why: Denial) => this.deny(from, FRAME[order.kind], why);
    const isKeeper = room.keeper === seat.id;
    const moderates = room.rule === 'everyone' || isKeeper;
    const by = seat.id;
    switch (order.kind) {
      case 'renew': {
        const isTaken = room.seats.some(
          other => other !== seat && other.person && hex(other.tag) === hex(order.tag),
        );
        if (isTaken && hex(seat.tag) !== hex(order.tag)) return deny('alias-in-use');
        delete seat.boxed;
        seat.card = order.card;
        seat.tag = order.tag;
        return this.all({ kind: 'renewed', id: by, card: order.card });
      }
      case 'hand': {
        const whom = room.seats.find(({ id, person }) => id === order.id && person);
        if (!isKeeper) return deny('not-yours');
        if (!whom || whom === seat) return deny('no-such-member');
        room.keeper = whom.id;
        return this.all({ kind: 'handed', id: whom.id, by, payload: order.payload });
      }
      case 'kick': {
        const whom = room.seats.find(({ id }) => id === order.id);
        if (!moderates || whom === seat) return deny('not-yours');
        if (!whom) return deny('no-such-member');
        const { payload } = order;
        this.one(whom.person, { kind: 'over', end: 'kicked', by, payload });
        whom.person?.cut();
        return this.giveUp(whom, { kind: 'kicked', id: whom.id, by, payload });
      }
      case 'stop': {
        if (!moderates) return deny('not-yours');
        for (const { person } of room.seats)
          this.one(person, { kind: 'over', end: 'stopped', by, payload: order.payload });
        return this.#close();
      }
      case 'lock':
        if (!moderates) return deny('not-yours');
        if (room.locked === order.locked) return;
        room.locked = order.locked;
        return this.all({ kind: 'locked', locked: order.locked, by });
      case 'relock':
        if (!moderates) return deny('not-yours');
        if (order.lock !== room.lock) return deny('another-lock');
        if (order.staying.some(({ id }) => !room.seats.some(seat => seat.id === id)))
          return deny('no-such-member');
        this.#relock(room, by, order);
    }
  }

  #relock(room: Room, by: number, { gate, heart, staying }: Command & { kind: 'relock' }): void {
    const ids = staying.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length, 'somebody stays twice');
    assert.ok(
      ids.every(id => room.seats.some(seat => seat.id === id)),
      'who is not there stays',
    );
    const out = room.seats.filter(({ id }) => !ids.includes(id));
    for (const { person } of out) {
      this.one(person, { kind: 'over', end: 'kicked', by });
      person?.cut();
    }
    this.#remove(out, 'kicked');
    Object.assign(room, { gate, heart, lock: room.lock + 1 });
    for (const { id, tag, box } of staying) {
      const seat = room.seats.find(seat => seat.id === id);
      assert.ok(seat);
      seat.tag = tag;
      this.one(seat.person, { kind: 'boxed', by, box });
      seat.boxed = { by, staying: stayingHash(ids), box };
    }
    this.all({ kind: 'relocked', by, lock: room.lock, heart, staying: ids });
    this.#succeed();
  }
}
