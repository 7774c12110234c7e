// Drives the session, the connection and the worker, one step after the other, for the view.

import { type Aliases, loadAliases, loadMarkdown } from './lazy.ts';
import { bestSuite } from './seal/suite.ts';
import type { Effect } from './session/effects.ts';
import { Session } from './session.ts';
import { Socket } from './socket.ts';
import type { Talk } from './session/talk.ts';
import type { Addressee, Entry, Note, Typed, View } from './state.ts';
import { Stretcher } from './stretcher.ts';
import {
  type Aim,
  bytesLeft,
  carryOut,
  type Done,
  isMessage,
  isSaid,
  readTyped,
  say,
  type ToHtml,
} from './typed.ts';

export interface Client {
  view(): View;
  enter(entry: Entry): void;
  /** One line as typed: a command, or a message, which may go to one member alone, or answer a line. */
  type(text: string, aim?: Aim): Promise<Typed>;
  /** Bytes that are left for a message of this text, negative where it is too long; undefined where it is none. */
  bytesLeft(text: string, aim?: Aim): number | undefined;
  /** Why nothing can be whispered to a member now. */
  obstacle(to: Addressee): Note | undefined;
  /** The HTML that a message of this text says; undefined where what makes it did not load. */
  format(text: string): Promise<string | undefined>;
  /** Says HTML that the page has made. */
  say(html: string, aim: Aim): Promise<Typed>;
  /** Bytes of the longest text that can be said, whatever it is said as. */
  textMost(): number;
  /** A text to all is being typed. */
  typing(text: string): void;
  /** Others are told of that, and this member of others; or neither. */
  tellTyping(isOn: boolean): void;
  /** Puts an emoji to a line, or takes it away again. */
  react(line: number, emoji: string): void;
  /** Takes back a message of one's own. */
  unsend(line: number): void;
  /** Says anew what could not be sent. */
  sayAgain(line: number): void;
  /** Shows nothing more of a member, or all again; nobody is told. */
  ignore(to: Addressee, isIgnored: boolean): void;
  /** Hands the room on to a member. */
  hand(to: Addressee): void;
  /** `anew`: the room gets another password, which goes to those of `kept` alone. */
  kick(to: Addressee, anew: boolean, kept: readonly Addressee[]): void;
  relock(kept: readonly Addressee[]): void;
  stop(): void;
  lock(locked: boolean): void;
  /** Lets messages go after so many seconds from now on, or stay. */
  setTimer(seconds: number): void;
  /** Whether the number of a member is the one that it read aloud. */
  verify(to: Addressee, isSame: boolean): void;
  /** Leaves the room; before it is entered, goes back to the entrance. */
  leave(farewell?: string): void;
  /** While the connection is broken: tries at once, or opens the room again. */
  retry(mode: Entry['mode']): void;
  /** The page's own address with the invitation as its fragment; empty outside a room. */
  invitation(): string;
  /** Wipes all keys and closes the connection. */
  destroy(): void;
}

/** What is loaded once the page is there. */
const LOADERS = { loadAliases, loadMarkdown };

export function createClient(onChange: (view: View) => void, loaders = LOADERS): Client {
  return new Driver(onChange, loaders);
}

/** Milliseconds of the longest timer. */
const TIMER_MOST = 2 ** 31 - 1;

type Outcome = Effect[] | Done | undefined;

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
  #typed: Promise<unknown> = Promise.resolve();
  #destroyed = false;

  readonly #load: typeof LOADERS;
  #aliases: Promise<Aliases | null> | null;
  #toHtml: Promise<ToHtml>;
  /** The same, as soon as it is there. */
  #format: ToHtml = null;
  /** What was made last; forgotten once something was said, or the room left. */
  #last: { text: string; html: string } | undefined;

  constructor(onChange: (view: View) => void, load: typeof LOADERS) {
    this.#onChange = onChange;
    this.#load = load;
    this.#aliases = load.loadAliases().catch(() => null);
    this.#toHtml = this.#loadMarkdown();
  }

  view(): View {
    return this.#session.view(Date.now());
  }

  enter(entry: Entry): void {
    this.#run(async () => {
      const aliases = await (this.#aliases ??= this.#load.loadAliases().catch(() => null));
      if (aliases) return this.#session.enter(entry, aliases);
      // Perhaps it loads the next time.
      this.#aliases = null;
      return this.#session.loadingFailed();
    });
  }

  /** One after the other: no command overtakes what was typed before it. */
  type(text: string, aim: Aim = {}): Promise<Typed> {
    const read = readTyped(this.#session, text);
    const typed = this.#typed.then(async () => {
      const toHtml = isSaid(read) ? await this.#formatting() : null;
      const done = await this.#run(now => carryOut(this.#session, read, aim, now, toHtml));
      if (done !== 'kept') this.#last = undefined;
      return done;
    });
    // A line that fails holds up nothing that is typed after it.
    this.#typed = typed.catch(() => {});
    return typed;
  }

  async format(text: string): Promise<string | undefined> {
    return (await this.#formatting())?.(text);
  }

  /** Waited for outside the queue, in which frames wait; what did not load is tried again. */
  async #formatting(): Promise<ToHtml> {
    return (await this.#toHtml) ?? (this.#toHtml = this.#loadMarkdown());
  }

  async #loadMarkdown(): Promise<ToHtml> {
    const markdown = await this.#load.loadMarkdown().catch(() => null);
    this.#format = markdown && (text => this.#made(text, markdown.toHtml));
    return this.#format;
  }

  /** What is being written is looked at again whenever something happens in the room. */
  #made(text: string, make: (text: string) => string): string {
    if (text !== this.#last?.text) this.#last = { text, html: make(text) };
    return this.#last.html;
  }

  bytesLeft(text: string, aim: Aim = {}): number | undefined {
    return bytesLeft(this.#session, text, aim, this.#format);
  }

  obstacle(to: Addressee): Note | undefined {
    return this.#session.membership()?.obstacle(to);
  }

  say(html: string, aim: Aim): Promise<Typed> {
    return this.#run(now => say(this.#session, html, aim, now));
  }

  textMost(): number {
    return this.#session.membership()?.textMost() ?? 0;
  }

  typing(text: string): void {
    const isDue = this.#session.membership()?.parts.typing.isDue(Date.now());
    if (isDue && isMessage(text)) this.#tell((talk, now) => talk.typing(now));
  }

  tellTyping(isOn: boolean): void {
    this.#run(() => {
      this.#session.membership()?.tellTyping(isOn);
      return [];
    });
  }

  react(line: number, emoji: string): void {
    this.#tell((talk, now) => talk.react(line, emoji, now));
  }

  unsend(line: number): void {
    this.#tell((talk, now) => talk.unsend(line, now));
  }

  sayAgain(line: number): void {
    this.#tell((talk, now) => talk.sayAgain(line, now));
  }

  ignore(to: Addressee, isIgnored: boolean): void {
    this.#run(() => {
      this.#session.membership()?.ignore(to, isIgnored);
      return [];
    });
  }

  hand(to: Addressee): void {
    this.#run(now => this.#session.membership()?.hand(to, now));
  }

  kick(to: Addressee, anew: boolean, kept: readonly Addressee[]): void {
    this.#run(now => this.#session.membership()?.kick(to, anew, now, kept));
  }

  relock(kept: readonly Addressee[]): void {
    this.#run(now => this.#session.membership()?.relock(now, kept));
  }

  stop(): void {
    this.#run(now => this.#session.membership()?.stop(now));
  }

  lock(locked: boolean): void {
    this.#run(now => this.#session.membership()?.lock(locked, now));
  }

  setTimer(seconds: number): void {
    this.#run(now => this.#session.membership()?.setTimer(seconds, now));
  }

  verify(to: Addressee, isSame: boolean): void {
    this.#run(() => {
      this.#session.membership()?.verify(to, isSame);
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
    this.#last = undefined;
    for (const effect of this.#session.destroy()) this.#carryOut(effect);
    this.#socket.destroy();
    clearTimeout(this.#timer);
  }

  #tell(what: (talk: Talk, now: number) => void): void {
    this.#run(now => this.#session.membership()?.tell(talk => what(talk, now), now));
  }

  /** One thing after the other; each ends with its effects carried out and the view told. */
  #run(work: (now: number) => Outcome | Promise<Outcome>): Promise<Typed> {
    const turn = this.#queue.then(async (): Promise<Typed> => {
      let outcome: Effect[] | Done;
      try {
        outcome = (await work(Date.now())) ?? [];
      } finally {
        // A step that came, or was under way, may have brought keys after the others were wiped.
        if (this.#destroyed) this.#session.destroy();
      }
      const done: Done = Array.isArray(outcome) ? { taken: true, effects: outcome } : outcome;
      const { taken, effects, verify } = done;
      if (this.#destroyed) {
        for (const effect of effects) if (effect.do === 'derive') effect.password.fill(0);
        return 'kept';
      }
      if (!this.#session.membership()) this.#last = undefined;
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
