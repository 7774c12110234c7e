// A double of the daemon's relay in memory, and people whose sessions talk through it. It keeps to the
// protocol's section 3 as far as a client can tell; the real daemon is met in test/browser.

import assert from 'node:assert/strict';
import { ed25519 } from '@noble/curves/ed25519.js';
import type { Bytes } from '../src/cbor.ts';
import type { Aliases } from '../src/lazy.ts';
import { checkAlias, Looks } from '../src/looks/aliases.ts';
import { skeletonsOf } from '../src/looks/confusables.ts';
import { concat, utf8 } from '../src/seal/bytes.ts';
import { readRoomKey } from '../src/seal/room-key.ts';
import { portableSuite } from '../src/seal/portable.ts';
import { stretchPortably } from '../src/seal/stretch.ts';
import type { Outgoing } from '../src/session/send-queue.ts';
import type { Effect } from '../src/session/effects.ts';
import { Session } from '../src/session.ts';
import type { Entry, Line, RoomView, View } from '../src/state.ts';
import {
  type ClientFrame,
  type DaemonFrame,
  decodeClientFrame,
  encodeDaemonFrame,
  type Rule,
} from '../src/wire.ts';
import { tellNote } from '../src/view/notes.ts';
import { hex } from './vectors.ts';

/** What the page loads later. */
export const ALIASES: Aliases = { checkAlias, Looks, skeletonsOf };

/** Somebody at the other end of a connection. */
export interface Caller {
  hear(frame: DaemonFrame): void;
  /** The daemon closes the connection. */
  cut(): void;
}

type Seat = { id: number; token: Bytes; card: Bytes; tag: Bytes; person: Caller | null };
type Room = {
  key: Bytes;
  gate: Uint8Array;
  rule: Rule;
  keeper: number;
  locked: boolean;
  said: number;
  seats: Seat[];
  nextId: number;
};

export class World {
  now = 1_700_000_000_000;
  largestFrame = 65_536;
  readonly people: Person[] = [];
  /** Every frame that a client sent, as the daemon sees it. */
  readonly seen: { from: Caller; frame: ClientFrame; bytes: Bytes }[] = [];
  /** Answers a frame instead of the room where it returns true. */
  intercept: (from: Caller, frame: ClientFrame) => boolean = () => false;
  room: Room | null = null;
  readonly nonce = new Uint8Array(32).fill(5);

  async person(alias: string, mode: Entry['mode'], extra: Partial<Entry> = {}): Promise<Person> {
    const person = new Person(this, alias);
    this.people.push(person);
    await person.enter(mode, extra);
    await this.settle();
    return person;
  }

  /** Lets frames go both ways until none is under way. */
  async settle(): Promise<void> {
    for (let busy = true; busy;) {
      busy = false;
      for (const person of this.people) busy = (await person.step()) || busy;
    }
  }

  /** Lets time pass for everyone. */
  async pass(milliseconds: number): Promise<void> {
    this.now += milliseconds;
    for (const person of this.people) await person.wake();
    await this.settle();
  }

  tell(frame: DaemonFrame, except?: Caller): void {
    for (const { person } of this.room?.seats ?? []) if (person !== except) person?.hear(frame);
  }

  seatOf(person: Caller): Seat | undefined {
    return this.room?.seats.find(seat => seat.person === person);
  }

  take(from: Caller, bytes: Bytes): void {
    const frame = decodeClientFrame(bytes);
    this.seen.push({ from, frame, bytes });
    assert.ok(bytes.length <= this.largestFrame, 'a frame larger than may be');
    if (this.intercept(from, frame)) return;
    if (frame.kind === 'create' || frame.kind === 'enter' || frame.kind === 'resume')
      this.#admit(from, frame);
    else this.#carryOut(from, frame);
  }

  /** The connection of a member breaks: its seat is kept. */
  break(person: Caller): void {
    const seat = this.seatOf(person);
    assert.ok(seat);
    seat.person = null;
    this.tell({ kind: 'away', id: seat.id });
  }

  giveUp(seat: Seat, how: 'exit' | 'gone' | 'kicked', by: number | null): void {
    const { room } = this;
    if (!room) return;
    room.seats = room.seats.filter(other => other !== seat);
    this.tell({ kind: 'left', id: seat.id, how, by });
    const [first] = room.seats;
    if (!first) this.room = null;
    else if (room.keeper === seat.id) {
      room.keeper = first.id;
      this.tell({ kind: 'keeper', id: first.id });
    }
  }

  #admit(from: Caller, frame: ClientFrame & { kind: 'create' | 'enter' | 'resume' }): void {
    if (frame.kind === 'create') {
      if (this.room) return from.hear({ kind: 'refused', why: 'taken' });
      const { gate, rule } = frame;
      const key = Uint8Array.from(frame.room);
      this.room = { key, gate, rule, keeper: 1, locked: false, said: 0, seats: [], nextId: 1 };
    }
    const { room } = this;
    if (!room || hex(room.key) !== hex(frame.room)) return from.hear({ kind: 'refused', why: 'no-entry' });
    if (frame.kind === 'resume') {
      const seat = room.seats.find(({ token }) => hex(token) === hex(frame.seat));
      if (!seat) return from.hear({ kind: 'refused', why: 'no-entry' });
      seat.person = from;
      this.tell({ kind: 'back', id: seat.id }, from);
      return this.#welcome(seat);
    }
    if (frame.kind === 'enter') {
      const signed = concat(utf8('sanctuary/1 enter'), this.nonce, room.key);
      if (!ed25519.verify(frame.proof, signed, room.gate))
        return from.hear({ kind: 'refused', why: 'no-entry' });
      if (room.locked) return from.hear({ kind: 'refused', why: 'locked' });
      const same = room.seats.find(({ tag }) => hex(tag) === hex(frame.tag));
      if (same?.person) return from.hear({ kind: 'refused', why: 'alias-in-use' });
      if (same) this.giveUp(same, 'gone', null);
    }
    const id = room.nextId++;
    const token = new Uint8Array(16).fill(id);
    const seat = {
      id,
      token,
      card: Uint8Array.from(frame.card),
      tag: Uint8Array.from(frame.tag),
      person: from,
    };
    room.seats.push(seat);
    this.tell({ kind: 'joined', id, card: seat.card }, from);
    this.#welcome(seat);
  }

  #welcome({ id, token, person }: Seat): void {
    if (!this.room) return;
    const { rule, keeper, locked, said, seats } = this.room;
    const members = seats.map(seat => ({ id: seat.id, card: seat.card, away: !seat.person }));
    person?.hear({ kind: 'welcome', you: id, seat: token, rule, keeper, locked, said, members });
  }

  #carryOut(from: Caller, frame: Exclude<ClientFrame, { kind: 'create' | 'enter' | 'resume' }>): void {
    const { room } = this;
    const seat = this.seatOf(from);
    if (!room || !seat) return;
    const denied = (number: number, why: 'not-yours' | 'no-such-member') =>
      from.hear({ kind: 'denied', frame: number, why, retryMs: 0 });
    const moderates = room.rule === 'everyone' || room.keeper === seat.id;
    switch (frame.kind) {
      case 'say': {
        room.said += 1;
        this.tell({
          kind: 'said',
          number: room.said,
          from: seat.id,
          payload: Uint8Array.from(frame.payload),
        });
        return;
      }
      case 'pass': {
        let all = true;
        for (const { to, passed } of frame.passes) {
          const whom = room.seats.find(other => other.id === to && other !== seat)?.person;
          whom?.hear({ kind: 'passed', from: seat.id, passed: Uint8Array.from(passed) });
          all &&= !!whom;
        }
        if (!all) denied(5, 'no-such-member');
        return;
      }
      case 'exit':
        from.cut();
        this.giveUp(seat, 'exit', null);
        return;
      case 'kick': {
        const whom = room.seats.find(({ id }) => id === frame.id);
        if (!moderates) return denied(6, 'not-yours');
        if (!whom) return denied(6, 'no-such-member');
        whom.person?.hear({ kind: 'over', end: 'kicked', by: seat.id });
        this.giveUp(whom, 'kicked', seat.id);
        return;
      }
      case 'stop':
        if (!moderates) return denied(7, 'not-yours');
        this.tell({ kind: 'over', end: 'stopped', by: seat.id });
        this.room = null;
        return;
      case 'lock':
        if (!moderates) return denied(9, 'not-yours');
        room.locked = frame.locked;
        this.tell({ kind: 'locked', locked: frame.locked });
    }
  }
}

export class Person implements Caller {
  readonly world: World;
  readonly alias: string;
  readonly session: Session;
  /** Frames under way. */
  readonly #toDaemon: Bytes[] = [];
  readonly #toPerson: (Bytes | 'cut')[] = [];
  /** Frames of the daemon's wait while this is set. */
  deaf = false;
  /** Frames to the daemon wait while this is set. */
  mute = false;
  wakes: number[] = [];
  connected = false;
  reconnects = 0;
  views: View[] = [];
  /** All that was drawn for this person, as it was then. */
  readonly drawn: Bytes[] = [];

  constructor(world: World, alias: string) {
    this.world = world;
    this.alias = alias;
    const random = (length: number) => {
      const bytes = crypto.getRandomValues(new Uint8Array(length));
      this.drawn.push(new Uint8Array(bytes));
      return bytes;
    };
    this.session = new Session({ suite: portableSuite, random });
  }

  get view(): View {
    return this.session.view();
  }

  /** What is shown in the room, where this person has to be. */
  get room(): RoomView {
    return inside(this.view);
  }

  async enter(mode: Entry['mode'], extra: Partial<Entry> = {}): Promise<void> {
    const room = readRoomKey('Y1HE-DCG7');
    assert.ok(room);
    await this.carryOut(
      this.session.enter(
        { alias: this.alias, room, password: '9F3K-TQ2M-XA7B-0C1D', mode, ...extra },
        ALIASES,
      ),
    );
  }

  /** Says something, and lets nothing happen yet. */
  async say(text: string): Promise<boolean> {
    return this.#speak({ to: null, spoken: { kind: 'message', at: this.world.now, text } });
  }

  async whisper(to: { id: number }, text: string): Promise<boolean> {
    return this.#speak({ to: to.id, at: this.world.now, text });
  }

  async moderate(order: ClientFrame & { kind: 'kick' | 'stop' | 'lock' }): Promise<void> {
    await this.carryOut(this.session.membership()?.moderate(order, this.world.now) ?? []);
  }

  get id(): number {
    return this.room.you.id;
  }

  async wake(): Promise<void> {
    const due = this.wakes.filter(at => at <= this.world.now);
    this.wakes = this.wakes.filter(at => at > this.world.now);
    if (due.length > 0) await this.carryOut(await this.session.wake(this.world.now));
  }

  hear(frame: DaemonFrame): void {
    this.#toPerson.push(Uint8Array.from(encodeDaemonFrame(frame)));
  }

  cut(): void {
    this.#toPerson.push('cut');
  }

  /** The connection breaks for both, and what is under way is lost. */
  async lose(): Promise<void> {
    this.#abandon();
    if (this.world.seatOf(this)) this.world.break(this);
    await this.carryOut(this.session.lost());
  }

  /** The connection can be made again. */
  async connect(): Promise<void> {
    this.connected = true;
    this.hear({ kind: 'hello', nonce: this.world.nonce, largestFrame: this.world.largestFrame });
    await this.world.settle();
  }

  /** One frame each way; whether there was any. */
  async step(): Promise<boolean> {
    const sent = this.mute ? undefined : this.#toDaemon.shift();
    if (sent) this.world.take(this, sent);
    const heard = this.deaf ? undefined : this.#toPerson.shift();
    if (heard === 'cut') {
      this.connected = false;
      await this.carryOut(this.session.lost());
    } else if (heard) {
      await this.carryOut(await this.session.frame(heard, this.world.now));
    }
    return sent !== undefined || heard !== undefined;
  }

  /** Lets only what this person sent reach the daemon, one frame. */
  deliverOne(): void {
    const sent = this.#toDaemon.shift();
    assert.ok(sent, 'nothing under way');
    this.world.take(this, sent);
  }

  async carryOut(effects: Effect[]): Promise<void> {
    for (const effect of effects) {
      switch (effect.do) {
        case 'derive': {
          const door = [...iterate(stretchPortably(effect.password, effect.salt, 2))].at(-1);
          await this.carryOut(this.session.derived(door as Bytes));
          break;
        }
        case 'connect':
          this.connected = true;
          this.hear({ kind: 'hello', nonce: this.world.nonce, largestFrame: this.world.largestFrame });
          break;
        case 'reconnect':
          this.#abandon();
          this.reconnects += 1;
          break;
        case 'send':
          if (this.connected) this.#toDaemon.push(Uint8Array.from(effect.frame));
          break;
        case 'close':
          this.connected = false;
          this.#toPerson.length = 0;
          break;
        case 'wake':
          this.wakes.push(effect.at);
      }
    }
  }

  #abandon(): void {
    this.connected = false;
    this.#toDaemon.length = 0;
    this.#toPerson.length = 0;
  }

  /** The conversation, a line each. */
  lines(): string[] {
    return this.room.lines.map(shown);
  }

  async #speak(outgoing: Outgoing): Promise<boolean> {
    const said = await this.session.membership()?.say(outgoing, this.world.now);
    await this.carryOut(said?.effects ?? []);
    return said?.taken ?? false;
  }
}

/** The view of who is in a room, connected or not. */
export function inside(view: View): RoomView {
  assert.ok(view.phase === 'room' || view.phase === 'reconnecting', view.phase);
  return view;
}

function* iterate(stretching: Generator<number, Bytes>): Generator<Bytes> {
  for (;;) {
    const step = stretching.next();
    if (step.done) {
      yield step.value;
      return;
    }
  }
}

function shown(line: Line): string {
  switch (line.kind) {
    case 'event':
      return ['*', line.event, line.who?.alias, line.by && `by ${line.by.alias}`, line.count]
        .filter(Boolean)
        .join(' ');
    case 'note':
      return `! ${tellNote(line.note)}`;
    default: {
      const state = line.state === 'sent' ? '' : ` (${line.state})`;
      const kind = line.kind === 'message' ? '' : ` ${line.kind}${line.to ? ` to ${line.to.alias}` : ''}`;
      return `${line.from.alias}${kind}: ${line.html}${state}`;
    }
  }
}
