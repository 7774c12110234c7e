// Drives the session, the connection and the worker, one step after the other, for the view.

import type { Bytes } from './cbor.ts';
import { parseCommand } from './commands.ts';
import type { Answer, Task } from './derive.ts';
import { type Aliases, loadAliases } from './lazy.ts';
import { pathTo } from './paths.ts';
import { bestSuite } from './seal/suite.ts';
import type { Effect } from './session/effects.ts';
import { Session } from './session.ts';
import { Socket } from './socket.ts';
import type { Entry, Note, Taken, View } from './state.ts';
import { startWorker } from './trusted.ts';

export interface Client {
  view(): View;
  enter(entry: Entry): void;
  /** One line as typed: a command or a message. */
  type(text: string): Promise<Taken>;
  /** The same, but a message goes to one member alone. */
  whisper(id: number, text: string): Promise<Taken>;
  kick(id: number): void;
  stop(): void;
  lock(locked: boolean): void;
  /** Leaves the room; before it is entered, goes back to the entrance. */
  leave(farewell?: string): void;
  /** The page's own address with the invitation as its fragment; empty outside a room. */
  invitation(): string;
  /** Wipes all keys and closes the connection. */
  destroy(): void;
}

export function createClient(onChange: (view: View) => void, load = loadAliases): Client {
  return new Driver(onChange, load);
}

/** Milliseconds in which the worker, a small file, is loaded and begins. */
const BEGIN_WITHIN = 20_000;
/** Milliseconds between two signs of it, many times what the slowest devices take. */
const SIGN_WITHIN = 60_000;

/** Milliseconds for the answer to whether anybody is there. */
const ANSWER_WITHIN = 5_000;

/** The outcome of one step. */
type Outcome = Effect[] | { taken: boolean; effects: Effect[] } | undefined;

const KEPT = { taken: false, effects: [] };

class Driver implements Client {
  readonly #onChange: (view: View) => void;
  readonly #session = new Session({
    suite: bestSuite(),
    random: length => crypto.getRandomValues(new Uint8Array(length)),
  });
  readonly #socket = new Socket({
    frame: bytes => this.#run(now => this.#session.frame(bytes, now)),
    lost: () => this.#run(() => this.#session.lost()),
  });
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #worker: Worker | null = null;
  #workerTimer: ReturnType<typeof setTimeout> | undefined;
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

  type(text: string): Promise<Taken> {
    return this.#run(now => this.#execute(text, now));
  }

  whisper(id: number, text: string): Promise<Taken> {
    return this.#run(now => this.#execute(text, now, id));
  }

  kick(id: number): void {
    this.#run(now => this.#session.membership()?.moderate({ kind: 'kick', id }, now));
  }

  stop(): void {
    this.#run(now => this.#session.membership()?.moderate({ kind: 'stop' }, now));
  }

  lock(locked: boolean): void {
    this.#run(now => this.#session.membership()?.moderate({ kind: 'lock', locked }, now));
  }

  leave(farewell?: string): void {
    this.#run(now => this.#session.leave(farewell, now));
  }

  invitation(): string {
    const fragment = this.#session.invitation();
    return fragment && `${location.origin}${location.pathname}${fragment}`;
  }

  destroy(): void {
    this.#destroyed = true;
    for (const effect of this.#session.destroy()) this.#carryOut(effect);
    this.#socket.destroy();
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** Carries out what was typed, to everyone or to one. */
  #execute(text: string, now: number, to?: number): Outcome | Promise<Outcome> {
    const membership = this.#session.membership();
    const command = parseCommand(text);
    if (!membership) return KEPT;
    switch (command.kind) {
      case 'nothing':
        return KEPT;
      case 'say':
        if (to !== undefined) return this.#whisper(to, command.html, now);
        return membership.say({ to: null, spoken: { kind: 'message', at: now, text: command.html } }, now);
      case 'whisper':
      case 'kick': {
        const member = membership.memberByAlias(command.alias);
        if (!member) return this.#reject({ code: 'nobody', alias: command.alias });
        return command.kind === 'whisper'
          ? this.#whisper(member.id, command.html, now)
          : membership.moderate({ kind: 'kick', id: member.id }, now);
      }
      case 'exit':
        return this.#exit(command.farewell, now);
      case 'stop':
        return membership.moderate({ kind: 'stop' }, now);
      case 'lock':
        return membership.moderate({ kind: 'lock', locked: command.locked }, now);
      case 'help':
        membership.note({ code: 'help' });
        return [];
      case 'mistake':
        return this.#reject(command.mistake);
    }
  }

  async #exit(farewell: string, now: number): Promise<Outcome> {
    const effects = await this.#session.leave(farewell, now);
    return { taken: this.#session.membership() === null, effects };
  }

  #whisper(id: number, text: string, now: number): Outcome | Promise<Outcome> {
    const membership = this.#session.membership();
    const member = membership?.view().members.find(member => member.id === id);
    if (!membership) return KEPT;
    if (!member) return this.#reject({ code: 'gone' });
    if (member.you) return this.#reject({ code: 'yourself' });
    if (member.away) return this.#reject({ code: 'away', alias: member.alias });
    if (!member.alias) return this.#reject({ code: 'unnamed' });
    return membership.say({ to: id, at: now, text }, now);
  }

  /** Leaves what was typed in its box, and says why. */
  #reject(note: Note): Outcome {
    this.#session.membership()?.note(note);
    return KEPT;
  }

  /** One thing after the other; each ends with its effects carried out and the view told. */
  #run(work: (now: number) => Outcome | Promise<Outcome>): Promise<Taken> {
    const turn = this.#queue.then(async (): Promise<Taken> => {
      const outcome = this.#destroyed ? KEPT : ((await work(Date.now())) ?? []);
      if (this.#destroyed) {
        // A step that was under way may have made keys after the others were wiped.
        this.#session.destroy();
        return 'kept';
      }
      const { taken, effects } = Array.isArray(outcome) ? { taken: true, effects: outcome } : outcome;
      for (const effect of effects) this.#carryOut(effect);
      this.#onChange(this.view());
      return taken ? 'taken' : 'kept';
    });
    this.#queue = turn.catch(() => {});
    return turn;
  }

  #carryOut(effect: Effect): void {
    switch (effect.do) {
      case 'derive':
        this.#derive(effect.password, effect.salt);
        break;
      case 'stop-deriving':
        this.#stopDeriving();
        break;
      case 'connect':
        this.#socket.connect(effect.shard);
        break;
      case 'reconnect':
        this.#socket.reconnect();
        break;
      case 'send':
        this.#socket.send(effect.frame);
        break;
      case 'close':
        this.#socket.close();
        break;
      case 'wake':
        this.#wakeAt(effect.at);
    }
  }

  #wakeAt(at: number): void {
    const wake = () => {
      this.#timers.delete(timer);
      this.#run(now => this.#session.wake(now));
    };
    const timer = setTimeout(wake, Math.max(0, at - Date.now()));
    this.#timers.add(timer);
  }

  #derive(password: Bytes, salt: Bytes): void {
    this.#stopDeriving();
    const failed = async () => {
      this.#stopDeriving();
      const isThere = await isDaemonUp();
      if (!this.#worker) this.#run(() => this.#session.derivationFailed(isThere));
    };
    let worker: Worker;
    try {
      worker = startWorker();
    } catch {
      password.fill(0);
      void failed();
      return;
    }
    this.#worker = worker;
    this.#workerTimer = setTimeout(failed, BEGIN_WITHIN);
    worker.onerror = failed;
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      clearTimeout(this.#workerTimer);
      this.#workerTimer = setTimeout(failed, SIGN_WITHIN);
      if ('begun' in data) return;
      if ('progress' in data) {
        this.#run(() => this.#session.progress(data.progress));
      } else {
        this.#stopDeriving();
        this.#run(() => this.#session.derived(data.door));
      }
    };
    // Handed over, not copied: this side keeps nothing.
    worker.postMessage({ password, salt } satisfies Task, [password.buffer]);
  }

  #stopDeriving(): void {
    clearTimeout(this.#workerTimer);
    this.#worker?.terminate();
    this.#worker = null;
  }
}

/** Whether the daemon answers at all. */
const isDaemonUp = (): Promise<boolean> =>
  fetch(pathTo('healthz'), { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_WITHIN) }).then(
    ({ ok }) => ok,
    () => false,
  );
