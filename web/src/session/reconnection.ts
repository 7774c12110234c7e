// From a broken connection to being in the room again: by the seat while the daemon keeps it, then by the door, as
// somebody who enters anew under the same alias.

import { wipe } from '../seal/bytes.ts';
import { passwordOf } from '../seal/password.ts';
import { signResume } from '../seal/seat.ts';
import type { Break, Ended, Entry, Obstacle, Refusal, RoomView } from '../state.ts';
import type { DaemonFrame } from '../wire.ts';
import { type Effect, send } from './effects.ts';
import { ask, type Asked, enter } from './entering.ts';
import type { Membership } from './membership.ts';
import { credentialsAfter, wipeCredentials } from './stay.ts';

/** Milliseconds from a break for which door, password and conversation are kept; then all is wiped. */
export const RETURN_WITHIN = 30 * 60_000;
/** Milliseconds at the least until the next try to enter a room that lets nobody in. */
export const KNOCK_EVERY = 15_000;

/** What has become of it: nothing yet, or the membership that goes on, or why there is none any more. */
export type Outcome =
  | { effects: Effect[] }
  | { effects: Effect[]; membership: Membership }
  | { refusal: Refusal }
  | { ended: Ended };

const MALFORMED: Outcome = { ended: { ending: 'malformed' } };

type Frame<Kind extends DaemonFrame['kind']> = DaemonFrame & { kind: Kind };

export class Reconnection {
  readonly membership: Membership;
  /** When all is to be wiped. */
  readonly until: number;
  /** The code to open rooms that was given at the entrance. */
  readonly #code: string | undefined;
  #by: 'seat' | 'door' = 'seat';
  #mode: Entry['mode'] = 'enter';
  /** The daemon has told that a room of this key is there. */
  #isThere = false;
  /** What was asked for on the connection there is. */
  #asked: 'seat' | Asked | undefined;
  #obstacle: Obstacle | undefined;
  /** Nothing is tried by itself any more. */
  #isStuck = false;
  #nextTry: number | undefined;

  constructor(membership: Membership, brokeAt: number, code: string | undefined) {
    this.membership = membership;
    this.until = brokeAt + RETURN_WITHIN;
    this.#code = code;
  }

  view(): Omit<RoomView, 'phase'> {
    const [nextTry, obstacle] = [this.#nextTry, this.#obstacle];
    const broken: Break = {
      until: this.until,
      isTried: !this.#isStuck,
      ...(nextTry !== undefined && { nextTry }),
      ...(obstacle && { obstacle }),
    };
    return { ...this.membership.view(), broken };
  }

  isOver(now: number): boolean {
    return now >= this.until;
  }

  /** The next try comes at that time, or is under way. */
  waits(nextTry: number | undefined): void {
    this.#nextTry = nextTry;
  }

  /** Forgets what was asked for on a connection that is gone, and connects again, before all is wiped. */
  again(wait = 0): Effect[] {
    this.#forgetAsked();
    return [{ do: 'reconnect', wait: Math.min(wait, RETURN_WITHIN) }];
  }

  /** The connection was lost; where the daemon has refused for good, none is made again. */
  lost(): Effect[] {
    this.#forgetAsked();
    return this.#isStuck ? [] : [{ do: 'reconnect', wait: 0 }];
  }

  /** Somebody asks for a try, at once; `mode`: whether to open the room again that is gone. */
  retry(mode: Entry['mode']): Effect[] {
    this.#forgetAsked();
    this.#mode = mode;
    if (mode === 'open') this.#by = 'door';
    this.#obstacle = undefined;
    this.#isStuck = false;
    return [{ do: 'retry' }];
  }

  async frame(frame: DaemonFrame, now: number): Promise<Outcome> {
    switch (frame.kind) {
      case 'hello':
        return this.#asked ? MALFORMED : { effects: await this.#ask(frame, now) };
      case 'welcome':
        return this.#welcomed(frame, now);
      case 'refused':
        return this.#asked === 'seat' ? this.#seatRefused(frame) : this.#entryRefused(frame);
      case 'over':
        if (frame.end === 'too-slow') return { effects: this.again() };
        return { ended: await this.membership.over(frame) };
      default:
        return { effects: [] };
    }
  }

  wipe(): void {
    this.#forgetAsked();
    this.membership.wipe();
  }

  async #ask(hello: Frame<'hello'>, now: number): Promise<Effect[]> {
    const { stay } = this.membership;
    if (this.#by === 'seat') {
      this.membership.connected(hello);
      this.#asked = 'seat';
      return [send(signResume(stay.seat, hello.nonce, stay.door.room, stay.you))];
    }
    const { rule, password } = stay.heart;
    const entry = { mode: this.#mode, rule, password: passwordOf(password) ?? '' };
    const filledIn = this.#code ? { ...entry, code: this.#code } : entry;
    const credentials = credentialsAfter(stay);
    try {
      const { asked, effects } = await ask(credentials, hello, filledIn, now);
      this.#asked = asked;
      return effects;
    } finally {
      if (!this.#asked) wipeCredentials(credentials);
    }
  }

  async #welcomed(welcome: Frame<'welcome'>, now: number): Promise<Outcome> {
    const { membership } = this;
    const asked = this.#asked;
    if (!asked) return MALFORMED;
    if (asked === 'seat') {
      if (welcome.you !== membership.stay.you) return MALFORMED;
      return { membership, effects: await membership.resumed(welcome, now) };
    }
    const entered = await enter(asked, welcome, now, membership);
    if (entered === 'false-room') return { refusal: entered };
    if (entered === 'alias-in-use') return { effects: [{ do: 'close' }, ...this.#knockLater(entered)] };
    this.#asked = undefined;
    membership.wipeKeys();
    return { membership: entered, effects: await entered.wake(now) };
  }

  #seatRefused({ why, retryMs }: Frame<'refused'>): Outcome {
    switch (why) {
      case 'busy':
        return { effects: this.again(retryMs) };
      case 'room-gone':
        return { effects: this.#stop(why) };
      case 'stopped':
        return { ended: { ending: 'stopped-away' } };
      case 'grace-over':
      case 'no-entry':
        this.#by = 'door';
        return { effects: this.retry('enter') };
      default:
        return { refusal: why };
    }
  }

  #entryRefused({ why, retryMs }: Frame<'refused'>): Outcome {
    switch (why) {
      case 'busy':
        return { effects: this.again(retryMs) };
      case 'full':
      case 'locked':
      case 'alias-in-use':
        return { effects: this.#knockLater(why, retryMs) };
      case 'draining':
      case 'needs-code':
      case 'not-from-here':
        return { effects: this.#stop(why) };
      case 'no-entry':
        return { effects: this.#stop(this.#isThere ? 'another-password' : why) };
      case 'taken':
        if (this.#mode === 'enter') return { refusal: why };
        // Another member has opened it again, perhaps.
        this.#isThere = true;
        return { effects: this.retry('enter') };
      default:
        return { refusal: why };
    }
  }

  #knockLater(obstacle: Obstacle, retryMs = 0): Effect[] {
    this.#obstacle = obstacle;
    return this.again(Math.max(KNOCK_EVERY, retryMs));
  }

  #stop(obstacle: Obstacle): Effect[] {
    this.#forgetAsked();
    this.#obstacle = obstacle;
    this.#isStuck = true;
    return [{ do: 'close' }];
  }

  #forgetAsked(): void {
    if (typeof this.#asked === 'object') {
      wipeCredentials(this.#asked.credentials);
      wipe(this.#asked.card);
    }
    this.#asked = undefined;
    this.#nextTry = undefined;
  }
}
