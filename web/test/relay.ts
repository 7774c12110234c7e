// People whose sessions talk through a double of the daemon in memory.

import assert from 'node:assert/strict';
import type { Bytes } from '../src/cbor.ts';
import type { Aliases } from '../src/lazy.ts';
import { checkAlias, Looks } from '../src/looks/aliases.ts';
import { skeletonsOf } from '../src/looks/confusables.ts';
import { readRoomKey } from '../src/seal/room-key.ts';
import { portableSuite } from '../src/seal/portable.ts';
import { stretchPortably } from '../src/seal/stretch.ts';
import type { Effect } from '../src/session/effects.ts';
import type { Membership } from '../src/session/membership.ts';
import { Session } from '../src/session.ts';
import type { Addressee, Entry, Line, Named, RoomView, View } from '../src/state.ts';
import { type DaemonFrame, encodeDaemonFrame } from '../src/wire.ts';
import { tellNote } from '../src/view/notes.ts';
import { toHtml } from '../src/markdown.ts';
import { carryOut, readTyped } from '../src/typed.ts';
import { type Caller, Daemon } from './daemon-double.ts';

export type { Caller } from './daemon-double.ts';

/** What the page loads later. */
export const ALIASES: Aliases = { checkAlias, Looks, skeletonsOf };

export const PASSWORD = '9F3K-TQ2M-XA7B-0C1D';

/** Milliseconds between two of the daemon's pings. */
const PING = 20_000;

/** Somebody who takes part in whatever way. */
export type Actor = {
  /** One frame each way; whether there was any. */
  step(): Promise<boolean>;
  /** Does what is due. */
  wake(): Promise<void>;
};

export class World extends Daemon {
  readonly people: Person[] = [];
  /** Those who are not the page's. */
  readonly others: Actor[] = [];
  /** In two rounds, so that tests are quick. */
  stretch: (password: Bytes, salt: Bytes) => Bytes = stretched;

  async person(alias: string, mode: Entry['mode'], extra: Partial<Entry> = {}): Promise<Person> {
    const person = await this.arrival(alias, mode, extra);
    await this.settle();
    return person;
  }

  /** Somebody is about to enter, and all that is under way stays so. */
  async arrival(alias: string, mode: Entry['mode'], extra: Partial<Entry> = {}): Promise<Person> {
    const person = new Person(this, alias);
    this.people.push(person);
    await person.enter(mode, extra);
    return person;
  }

  /** Lets frames go both ways, those of some or of all, until none is under way. */
  async settle(actors: readonly Actor[] = [...this.people, ...this.others]): Promise<void> {
    for (let busy = true, rounds = 0; busy; rounds++) {
      assert.ok(rounds < 5000, 'frames go to and fro without an end');
      busy = false;
      for (const actor of actors) busy = (await actor.step()) || busy;
    }
  }

  /** Lets time pass for everyone, while the daemon pings. */
  async pass(milliseconds: number): Promise<void> {
    for (let left = milliseconds; left > 0; left -= PING) {
      this.now += Math.min(left, PING);
      for (const { person } of this.room?.seats ?? []) this.one(person, { kind: 'alive' });
      await this.settle();
      for (const actor of [...this.people, ...this.others]) await actor.wake();
      await this.settle();
    }
  }
}

/** One connection of somebody's. */
export class Link implements Caller {
  readonly owner: Actor;
  /** What the daemon has said, and nobody has heard yet. */
  readonly waiting: (Bytes | 'cut')[] = [];

  constructor(owner: Actor) {
    this.owner = owner;
  }

  hear(bytes: Bytes): void {
    this.waiting.push(bytes);
  }

  cut(): void {
    this.waiting.push('cut');
  }
}

export class Person {
  readonly world: World;
  readonly alias: string;
  readonly session: Session;
  /** Frames under way. */
  readonly #toDaemon: Bytes[] = [];
  #link: Link | null = null;
  /** Frames of the daemon's wait while this is set. */
  deaf = false;
  /** Frames to the daemon wait while this is set. */
  mute = false;
  /** Passwords are not stretched while this is set. */
  slow = false;
  readonly #toStretch: (() => Promise<void>)[] = [];
  reconnects: number[] = [];
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
    return this.session.view(this.world.now);
  }

  /** What is shown in the room, where this person has to be. */
  get room(): RoomView {
    return inside(this.view);
  }

  get isConnected(): boolean {
    return this.#link !== null;
  }

  get id(): number {
    return this.room.you.id;
  }

  /** Who has an id, as this person sees it now. */
  addressee(id: number): Addressee {
    const { number } = this.room.members.find(member => member.id === id) ?? { number: '' };
    return { id, number };
  }

  get membership(): Membership {
    return this.session.membership() ?? assert.fail('not in a room');
  }

  async enter(mode: Entry['mode'], extra: Partial<Entry> = {}): Promise<void> {
    const room = readRoomKey('Y1HE-DCG7');
    assert.ok(room);
    const entry = { alias: this.alias, room, password: PASSWORD, mode, ...extra };
    await this.carryOut(this.session.enter(entry, ALIASES));
  }

  /** Enters by the invitation that another member gives. */
  async enterBy(other: Person): Promise<void> {
    await this.enter('enter', { password: other.session.invitation().split(':')[1] ?? '' });
  }

  /** Says something, and lets nothing happen yet. */
  async say(text: string, timer = 0): Promise<boolean> {
    return this.#speak(null, text, timer);
  }

  async whisper(to: { id: number }, text: string, timer = 0): Promise<boolean> {
    return this.#speak(to.id, text, timer);
  }

  async setTimer(seconds: number): Promise<void> {
    await this.carryOut(await this.membership.setTimer(seconds, this.world.now));
  }

  /** Says what is typed into the box. */
  async type(text: string): Promise<void> {
    const read = readTyped(this.session, text);
    const { effects } = await carryOut(this.session, read, {}, this.world.now, toHtml);
    await this.carryOut(effects);
  }

  async kick(id: number, anew = false): Promise<void> {
    await this.carryOut(await this.membership.kick(this.addressee(id), anew, this.world.now));
  }

  async relock(): Promise<void> {
    await this.carryOut(await this.membership.relock(this.world.now));
  }

  async lock(locked: boolean): Promise<void> {
    await this.carryOut(await this.membership.lock(locked, this.world.now));
  }

  async stop(): Promise<void> {
    await this.carryOut(await this.membership.stop(this.world.now));
  }

  async hand(id: number): Promise<void> {
    await this.carryOut(await this.membership.hand(this.addressee(id), this.world.now));
  }

  async leave(farewell?: string): Promise<void> {
    await this.carryOut(await this.session.leave(farewell, this.world.now));
  }

  async wake(): Promise<void> {
    for (let turns = 0; this.session.due() <= this.world.now; turns++) {
      assert.ok(turns < 50, 'always something to do, and nothing done');
      await this.carryOut(await this.session.wake(this.world.now));
    }
  }

  /** The daemon tells this person alone, and counts nothing. */
  tell(frame: DaemonFrame): void {
    this.#link?.hear(Uint8Array.from(encodeDaemonFrame(frame)));
  }

  /** The connection breaks for both, and what is under way is lost. */
  async lose(): Promise<void> {
    this.#abandon();
    if (this.world.seatOf(this)) this.world.break(this);
    await this.carryOut(this.session.lost(this.world.now));
  }

  /** The connection breaks for this person, and the daemon has not noticed yet. */
  async drop(): Promise<void> {
    this.#abandon();
    await this.carryOut(this.session.lost(this.world.now));
  }

  /** Tries at once to come back. */
  async retry(mode: Entry['mode']): Promise<void> {
    await this.carryOut(this.session.reconnection()?.retry(mode) ?? []);
    await this.world.settle();
  }

  /** The connection can be made again. */
  async connect(): Promise<void> {
    this.open();
    await this.world.settle();
  }

  /** The same, and lets nothing happen yet. */
  open(): void {
    this.#link = new Link(this);
    this.world.greet(this.#link);
  }

  /** One password, and one frame each way; whether there was any. */
  async step(): Promise<boolean> {
    return [await this.stretchOne(), await this.sendOne(), await this.hearOne()].some(Boolean);
  }

  async stretchOne(): Promise<boolean> {
    const stretching = this.slow ? undefined : this.#toStretch.shift();
    await stretching?.();
    return stretching !== undefined;
  }

  async sendOne(): Promise<boolean> {
    const sent = this.mute ? undefined : this.#toDaemon.shift();
    if (sent && this.#link) this.world.take(this.#link, sent);
    return sent !== undefined;
  }

  async hearOne(): Promise<boolean> {
    const heard = this.deaf ? undefined : this.#link?.waiting.shift();
    if (heard === 'cut') {
      this.#abandon();
      await this.carryOut(this.session.lost(this.world.now));
    } else if (heard) {
      await this.carryOut(await this.session.frame(heard, this.world.now));
    }
    return heard !== undefined;
  }

  /** Lets only what this person sent reach the daemon, one frame. */
  deliverOne(): void {
    const sent = this.#toDaemon.shift();
    assert.ok(sent && this.#link, 'nothing under way');
    this.world.take(this.#link, sent);
  }

  /** What was to be stretched is. */
  async stretch(): Promise<void> {
    this.slow = false;
    await this.world.settle();
  }

  async carryOut(effects: Effect[]): Promise<void> {
    for (const effect of effects) {
      switch (effect.do) {
        case 'derive': {
          this.#toStretch.push(async () => {
            const door = this.world.stretch(effect.password, effect.salt);
            await this.carryOut(await this.session.derived(door, this.world.now));
          });
          break;
        }
        case 'connect':
          this.open();
          break;
        case 'reconnect':
          this.#abandon();
          this.reconnects.push(effect.wait);
          break;
        case 'retry':
          this.#abandon();
          this.open();
          break;
        case 'send':
          if (this.#link) this.#toDaemon.push(Uint8Array.from(effect.frame));
          break;
        case 'close':
          this.#link = null;
      }
    }
  }

  #abandon(): void {
    this.#link = null;
    this.#toDaemon.length = 0;
  }

  /** The conversation, a line each. */
  lines(): string[] {
    return this.room.lines.map(shown);
  }

  async #speak(to: number | null, text: string, timer: number): Promise<boolean> {
    const body = { kind: 'message', at: this.world.now, timer, text } as const;
    const membership = this.session.membership();
    const peer = to === null ? null : membership?.parts.roster.of(to);
    if (!membership || peer === undefined) return false;
    let taken = false;
    const effects = await membership.tell(talk => {
      taken = talk.say({ to: peer, body }, this.world.now);
    }, this.world.now);
    await this.carryOut(effects);
    return taken;
  }
}

/** A room of three, in which nothing is under way. */
export async function three(rule: Entry['rule'] = 'keeper') {
  const world = new World();
  const ada = await world.person('Ada', 'open', { rule });
  const bob = await world.person('Bob', 'enter');
  const eve = await world.person('Eve', 'enter');
  return { world, ada, bob, eve };
}

/** What somebody makes of a member. */
export const standing = (of: Person, id: number) =>
  of.room.members.find(member => member.id === id)?.standing;

/** The view of who is in a room, connected or not. */
export function inside(view: View): RoomView {
  assert.ok(view.phase === 'room' || view.phase === 'reconnecting', view.phase);
  return view;
}

/** In two rounds. */
export function stretched(password: Bytes, salt: Bytes): Bytes {
  const stretching = stretchPortably(password, salt, 2);
  for (;;) {
    const step = stretching.next();
    if (step.done) return step.value;
  }
}

const nameOf = ({ alias, ordinal }: Named): string => `${alias}${ordinal === undefined ? '' : ` ${ordinal}`}`;

function shown(line: Line): string {
  switch (line.kind) {
    case 'event': {
      const { event, who, others = [], by, count, times } = line;
      const named = who && [who, ...others].map(nameOf).join(', ');
      const parts = [named, by && `by ${nameOf(by)}`, count, times && `×${times}`];
      return ['*', event, ...parts].filter(Boolean).join(' ');
    }
    case 'note':
      return `! ${tellNote(line.note)}`;
    default: {
      const state = line.state === 'sent' ? '' : ` (${line.state})`;
      const kind = line.kind === 'message' ? '' : ` ${line.kind}${line.to ? ` to ${nameOf(line.to)}` : ''}`;
      return `${nameOf(line.from)}${kind}: ${line.html}${state}`;
    }
  }
}
