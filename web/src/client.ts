// Drives the session, the connection and the worker, one step after the other, for the view.

import { parseCommand } from './commands.ts';
import { type Aliases, loadAliases } from './lazy.ts';
import { bestSuite } from './seal/suite.ts';
import type { Effect } from './session/effects.ts';
import type { Membership } from './session/membership.ts';
import { Session } from './session.ts';
import { Socket } from './socket.ts';
import type { Entry, Member, Note, Typed, View } from './state.ts';
import { Stretcher } from './stretcher.ts';

/** Who a whisper is meant for: under another voice, the same id is somebody else's. */
export type Addressee = Pick<Member, 'id' | 'number'>;

export interface Client {
  view(): View;
  enter(entry: Entry): void;
  /** One line as typed: a command or a message. */
  type(text: string): Promise<Typed>;
  /** The same, but a message goes to one member alone. */
  whisper(to: Addressee, text: string): Promise<Typed>;
  /** `anew`: the room gets another password, which goes to those of `kept` alone. */
  kick(id: number, anew: boolean, kept: readonly number[]): void;
  relock(kept: readonly number[]): void;
  stop(): void;
  lock(locked: boolean): void;
  /** Whether the number of a member is the one that it read aloud. */
  verify(id: number, isSame: boolean): void;
  /** Leaves the room; before it is entered, goes back to the entrance. */
  leave(farewell?: string): void;
  /** While the connection is broken: tries at once, or opens the room again. */
  retry(mode: Entry['mode']): void;
  /** The page's own address with the invitation as its fragment; empty outside a room. */
  invitation(): string;
  /** Wipes all keys and closes the connection. */
  destroy(): void;
}

export function createClient(onChange: (view: View) => void, load = loadAliases): Client {
  return new Driver(onChange, load);
}

/** Milliseconds of the longest timer. */
const TIMER_MOST = 2 ** 31 - 1;

/** The outcome of one step. */
type Done = { taken: boolean; effects: Effect[]; verify?: number };
type Outcome = Effect[] | Done | undefined;

const KEPT = { taken: false, effects: [] };

class Driver implements Client {
  readonly #onChange: (view: View) => void;
  readonly #session = new Session({
    suite: bestSuite(),
    random: length => crypto.getRandomValues(new Uint8Array(length)),
  });
  readonly #socket = new Socket({
    frame: bytes => this.#run(now => this.#session.frame(bytes, now)),
    lost: () => this.#run(now => this.#session.lost(now)),
    waits: nextTry =>
      this.#run(() => {
        this.#session.reconnection()?.waits(nextTry);
        return [];
      }),
  });
  readonly #stretcher = new Stretcher({
    progress: progress => this.#run(() => this.#session.progress(progress)),
    stretched: door => this.#run(now => this.#session.derived(door, now)),
    failed: isThere => this.#run(now => this.#session.derivationFailed(isThere, now)),
  });
  #timer: ReturnType<typeof setTimeout> | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #destroyed = false;

  readonly #load: () => Promise<Aliases>;
  #aliases: Promise<Aliases | null> | null;

  constructor(onChange: (view: View) => void, load: () => Promise<Aliases>) {
    this.#onChange = onChange;
    this.#load = load;
    this.#aliases = load().catch(() => null);
  }

  view(): View {
    return this.#session.view();
  }

  enter(entry: Entry): void {
    this.#run(async () => {
      const aliases = await (this.#aliases ??= this.#load().catch(() => null));
      if (aliases) return this.#session.enter(entry, aliases);
      // Perhaps it loads the next time.
      this.#aliases = null;
      return this.#session.loadingFailed();
    });
  }

  type(text: string): Promise<Typed> {
    return this.#run(now => this.#execute(text, now));
  }

  whisper(to: Addressee, text: string): Promise<Typed> {
    return this.#run(now => this.#execute(text, now, to));
  }

  kick(id: number, anew: boolean, kept: readonly number[]): void {
    this.#run(now => this.#session.membership()?.kick(id, anew, now, kept));
  }

  relock(kept: readonly number[]): void {
    this.#run(now => this.#session.membership()?.relock(now, kept));
  }

  stop(): void {
    this.#run(now => this.#session.membership()?.stop(now));
  }

  lock(locked: boolean): void {
    this.#run(now => this.#session.membership()?.lock(locked, now));
  }

  verify(id: number, isSame: boolean): void {
    this.#run(() => {
      this.#session.membership()?.verify(id, isSame);
      return [];
    });
  }

  leave(farewell?: string): void {
    this.#run(now => this.#session.leave(farewell, now));
  }

  retry(mode: Entry['mode']): void {
    this.#run(() => this.#session.reconnection()?.retry(mode));
  }

  invitation(): string {
    const fragment = this.#session.invitation();
    return fragment && `${location.origin}${location.pathname}${fragment}`;
  }

  destroy(): void {
    this.#destroyed = true;
    for (const effect of this.#session.destroy()) this.#carryOut(effect);
    this.#socket.destroy();
    clearTimeout(this.#timer);
  }

  /** Carries out what was typed, to everyone or to one. */
  #execute(text: string, now: number, to?: Addressee): Outcome | Promise<Outcome> {
    const membership = this.#session.membership();
    const command = parseCommand(text);
    if (!membership) return KEPT;
    switch (command.kind) {
      case 'nothing':
        return KEPT;
      case 'say':
        if (to !== undefined) return this.#whisper(to, command.html, now);
        return membership.say({ to: null, body: message(command.html, now) }, now);
      case 'whisper':
        return this.#whisperTo(membership, command.alias, command.html, now);
      case 'kick':
      case 'hand':
      case 'verify': {
        const member = find(membership, command.alias, command.ordinal);
        if ('code' in member) return this.#reject(member);
        return this.#carryOutOn(membership, command.kind, member, now);
      }
      case 'exit':
        return this.#exit(command.farewell, now);
      case 'stop':
        return membership.stop(now);
      case 'lock':
        return membership.lock(command.locked, now);
      case 'relock':
        return membership.relock(now);
      case 'number':
        membership.note({ code: 'number', number: membership.view().you.number });
        return [];
      case 'help':
        membership.note({ code: 'help' });
        return [];
      case 'mistake':
        return this.#reject(command.mistake);
    }
  }

  #carryOutOn(
    membership: Membership,
    kind: 'kick' | 'hand' | 'verify',
    member: Member,
    now: number,
  ): Outcome | Promise<Outcome> {
    if (member.you) return this.#reject({ code: 'yourself' });
    if (kind === 'kick') return membership.kick(member.id, true, now);
    if (kind === 'hand') return membership.hand(member.id, now);
    return member.number
      ? { taken: true, effects: [], verify: member.id }
      : this.#reject({ code: 'unnamed' });
  }

  async #exit(farewell: string, now: number): Promise<Outcome> {
    const effects = await this.#session.leave(farewell, now);
    return { taken: this.#session.membership() === null, effects };
  }

  /** A number at the beginning says which of several it is for; nothing that was meant for one goes to another. */
  #whisperTo(membership: Membership, alias: string, typed: string, now: number): Outcome | Promise<Outcome> {
    const [, ordinal, rest = ''] =
      (membership.wasNumbered(alias) && /^(\d{1,3})(?:\s+(.*))?$/s.exec(typed)) || [];
    const member = find(membership, alias, ordinal === undefined ? undefined : Number(ordinal));
    if ('code' in member) return this.#reject(member);
    const html = ordinal === undefined ? typed : rest;
    return html ? this.#whisper(member, html, now) : KEPT;
  }

  #whisper({ id, number }: Addressee, text: string, now: number): Outcome | Promise<Outcome> {
    const membership = this.#session.membership();
    const member = membership?.view().members.find(member => member.id === id);
    if (!membership) return KEPT;
    if (member?.number !== number) return this.#reject({ code: 'gone' });
    if (member.you) return this.#reject({ code: 'yourself' });
    if (member.standing !== 'ready') return this.#reject({ code: 'unnamed' });
    if (member.away) return this.#reject({ code: 'away', alias: member.alias });
    return membership.say({ to: id, body: message(text, now) }, now);
  }

  /** Leaves what was typed in its box, and says why. */
  #reject(note: Note): Outcome {
    this.#session.membership()?.note(note);
    return KEPT;
  }

  /** One thing after the other; each ends with its effects carried out and the view told. */
  #run(work: (now: number) => Outcome | Promise<Outcome>): Promise<Typed> {
    const turn = this.#queue.then(async (): Promise<Typed> => {
      const outcome = this.#destroyed ? KEPT : ((await work(Date.now())) ?? []);
      if (this.#destroyed) {
        // A step that was under way may have made keys after the others were wiped.
        this.#session.destroy();
        return 'kept';
      }
      const done: Done = Array.isArray(outcome) ? { taken: true, effects: outcome } : outcome;
      const { taken, effects, verify } = done;
      for (const effect of effects) this.#carryOut(effect);
      this.#wakeAt(this.#session.due());
      this.#onChange(this.view());
      if (verify !== undefined) return { verify };
      return taken ? 'taken' : 'kept';
    });
    this.#queue = turn.catch(() => {});
    return turn;
  }

  #carryOut(effect: Effect): void {
    switch (effect.do) {
      case 'derive':
        this.#stretcher.stretch(effect.password, effect.salt);
        break;
      case 'stop-deriving':
        this.#stretcher.stop();
        break;
      case 'connect':
        this.#socket.connect(effect.shard);
        break;
      case 'reconnect':
        this.#socket.reconnect(effect.wait);
        break;
      case 'retry':
        this.#socket.retry();
        break;
      case 'send':
        this.#socket.send(effect.frame);
        break;
      case 'close':
        this.#socket.close();
    }
  }

  #wakeAt(due: number): void {
    clearTimeout(this.#timer);
    if (due === Number.POSITIVE_INFINITY) return;
    const wait = Math.max(0, Math.min(TIMER_MOST, due - Date.now()));
    this.#timer = setTimeout(() => void this.#run(now => this.#session.wake(now)), wait);
  }
}

const message = (text: string, at: number) => ({ kind: 'message', at, timer: 0, text }) as const;

/** The member that is meant, or why it can't be told. */
function find(membership: Membership, alias: string, ordinal: number | undefined): Member | Note {
  const named = membership.named(alias);
  if (ordinal === undefined && named.length > 1) return { code: 'several', alias, count: named.length };
  const found = named.find(member => member.ordinal === ordinal);
  return found ?? { code: 'nobody', alias: ordinal === undefined ? alias : `${alias} ${ordinal}` };
}
