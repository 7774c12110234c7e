// One visit to a room, from the entrance to the end: inputs in, effects and a new view out. Pure:
// it knows no page, socket or timer; time and randomness are handed in. Its methods must be called
// one after the other, each when the one before has settled, because WebCrypto is asynchronous.

import type { Bytes } from './cbor.ts';
import type { Aliases } from './lazy.ts';
import { wipe } from './seal/bytes.ts';
import { deriveDoor, doorSalt, shard } from './seal/door.ts';
import { isLongEnough, passwordBytes } from './seal/password.ts';
import type { RoomKey } from './seal/room-key.ts';
import type { Effect } from './session/effects.ts';
import { ask, type Asked, enter } from './session/entering.ts';
import type { Membership } from './session/membership.ts';
import { type Outcome, Reconnection } from './session/reconnection.ts';
import { type Credentials, type Environment, makeCredentials, wipeCredentials } from './session/stay.ts';
import { Watch } from './session/watch.ts';
import type { Ended, Entry, Refusal, View } from './state.ts';
import { type DaemonFrame, decodeDaemonFrame, WireError } from './wire.ts';

/** Milliseconds in which the daemon closes the connection of a member that leaves. */
const LEAVE_WITHIN = 1500;
/** Milliseconds after which it may be tried again in any case: who may open one room in an hour waits no longer. */
export const ENTRY_WAIT_MOST = 3_600_000;

/** Other room keys that are tried where a daemon opens no rooms any more: each may lead to another daemon. */
export const REDRAWS_MOST = 3;

type Hello = DaemonFrame & { kind: 'hello' };

type State =
  | Extract<View, { phase: 'entrance' | 'deriving' | 'over' }>
  | { phase: 'connecting'; credentials: Credentials; asked?: Asked }
  | { phase: 'room'; membership: Membership; leavingSince?: number }
  | { phase: 'reconnecting'; membership: Membership; reconnection: Reconnection };

export class Session {
  readonly #environment: Environment;
  readonly #watch = new Watch();
  #state: State = { phase: 'entrance' };
  /** As filled in; forgotten, with its password, when the visit ends. */
  #entry: Entry | null = null;
  #aliases: Aliases | null = null;
  #redraws = 0;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  view(now: number): View {
    const state = this.#state;
    if ('membership' in state) state.membership.forget(now);
    switch (state.phase) {
      case 'connecting':
        return { phase: 'connecting' };
      case 'room':
        return { phase: 'room', ...state.membership.view() };
      case 'reconnecting':
        return { phase: 'reconnecting', ...state.reconnection.view() };
      default:
        return state;
    }
  }

  /** Carries out what only a member can; null outside a room, and while leaving. */
  membership(): Membership | null {
    const state = this.#state;
    return 'membership' in state && !('leavingSince' in state) ? state.membership : null;
  }

  /** Brings back who has lost the connection; null where it holds. */
  reconnection(): Reconnection | null {
    return this.#state.phase === 'reconnecting' ? this.#state.reconnection : null;
  }

  /** The fragment that lets others in; empty outside a room. */
  invitation(): string {
    return 'membership' in this.#state ? this.#state.membership.invitation() : '';
  }

  /** Checks what was filled in and stretches the password. */
  enter(entry: Entry, aliases: Aliases): Effect[] {
    this.#redraws = 0;
    return this.#begin(entry, aliases);
  }

  #begin(entry: Entry, aliases: Aliases): Effect[] {
    if (this.#state.phase !== 'entrance') return [];
    const alias = aliases.checkAlias(entry.alias);
    const password = passwordBytes(entry.password);
    if (entry.room.length !== 5) return this.#refuse('bad-room-key');
    if (typeof alias !== 'string') return this.#refuse(alias);
    if (!password || (entry.mode === 'open' && !isLongEnough(entry.password)))
      return this.#refuse('bad-password');
    this.#entry = { ...entry, alias };
    this.#aliases = aliases;
    this.#state = { phase: 'deriving' };
    return [{ do: 'derive', password, salt: doorSalt(entry.room) }];
  }

  /** A script that is needed to enter did not load. */
  loadingFailed(): Effect[] {
    return this.#state.phase === 'entrance' ? this.#refuse('not-loaded') : [];
  }

  progress(progress: number): Effect[] {
    if (this.#state.phase === 'deriving') this.#state = { phase: 'deriving', progress };
    return [];
  }

  /** A password was stretched: the one to enter with, or one that the room is to have from now on. */
  async derived(door: Bytes, now: number): Promise<Effect[]> {
    if ('membership' in this.#state) return this.#state.membership.stretched(door, now);
    if (this.#state.phase !== 'deriving' || !this.#entry || !this.#aliases) {
      wipe(door);
      return [];
    }
    const { room, alias } = this.#entry;
    const credentials = makeCredentials(this.#environment, deriveDoor(room, door), alias, this.#aliases);
    this.#state = { phase: 'connecting', credentials };
    return [{ do: 'connect', shard: shard(room) }];
  }

  /** The password could not be stretched, although the daemon is there, or because it is not. */
  async derivationFailed(isThere: boolean, now: number): Promise<Effect[]> {
    if ('membership' in this.#state) return this.#state.membership.stretched(null, now);
    return this.#state.phase === 'deriving' ? this.#refuse(isThere ? 'no-worker' : 'unreachable') : [];
  }

  /** A binary message came. */
  async frame(bytes: Uint8Array, now: number): Promise<Effect[]> {
    let frame: DaemonFrame;
    try {
      frame = decodeDaemonFrame(bytes);
    } catch (error) {
      if (error instanceof WireError) return this.#finish({ ending: 'malformed' });
      throw error;
    }
    this.#thaw(now);
    if (this.reconnection()?.isOver(now)) return this.#refuse('break-over');
    if (frame.kind === 'hello') this.#watch.connected(frame.silenceMs, now);
    this.#watch.heard(now);
    const state = this.#state;
    switch (state.phase) {
      case 'connecting':
        return this.#entering(frame, state, now);
      case 'reconnecting':
        return this.#carryOn(await state.reconnection.frame(frame, now));
      case 'room':
        return this.#inside(frame, bytes, state, now);
      default:
        return [];
    }
  }

  /** The connection is gone, or could not be made. */
  lost(now: number): Effect[] {
    const state = this.#state;
    if (state.phase === 'connecting') return this.#refuse('unreachable');
    if (!('membership' in state)) return [];
    if (this.reconnection()?.isOver(now)) return this.#refuse('break-over');
    if (state.phase === 'reconnecting') return state.reconnection.lost();
    return 'leavingSince' in state
      ? this.#finish({ ending: 'left' })
      : this.#reconnect(state.membership, now);
  }

  /** When {@link wake} is to be called, in milliseconds since 1970. */
  due(): number {
    const state = this.#state;
    if (!('membership' in state)) return Number.POSITIVE_INFINITY;
    if (state.phase === 'reconnecting') return Math.min(state.membership.due(), state.reconnection.until);
    if (state.leavingSince !== undefined) {
      const end = state.leavingSince + LEAVE_WITHIN;
      return state.membership.hasLastWords() ? Math.min(end, state.membership.due()) : end;
    }
    return Math.min(state.membership.due(), this.#watch.due());
  }

  /** A time that was asked for has come. */
  async wake(now: number): Promise<Effect[]> {
    this.#thaw(now);
    const state = this.#state;
    if (!('membership' in state)) return [];
    const { membership } = state;
    if (this.reconnection()?.isOver(now)) return this.#refuse('break-over');
    if (state.phase === 'reconnecting') return membership.wake(now);
    const { leavingSince } = state;
    if (leavingSince !== undefined) {
      if (now >= leavingSince + LEAVE_WITHIN || membership.stalled(now))
        return this.#finish({ ending: 'left' });
      return membership.hasLastWords() ? membership.wake(now) : [];
    }
    if (membership.isWorn()) return this.leave(undefined, now);
    if (membership.stalled(now) || this.#watch.isLost(now)) return this.#reconnect(membership, now);
    return membership.wake(now);
  }

  /** Leaves the room, unless its farewell cannot be sent; before it is entered, goes back to the entrance. */
  async leave(farewell: string | undefined, now: number): Promise<Effect[]> {
    const state = this.#state;
    if (state.phase === 'deriving' || state.phase === 'connecting') return this.#back();
    if (state.phase === 'reconnecting') return this.#finish({ ending: 'left' });
    if (state.phase !== 'room' || state.leavingSince !== undefined) return [];
    const effects = await state.membership.leave(farewell, now);
    if (!effects) return [];
    this.#state = { ...state, leavingSince: now };
    return effects;
  }

  /** Wipes everything, whatever the state. */
  destroy(): Effect[] {
    return this.#back();
  }

  async #entering(
    frame: DaemonFrame,
    { credentials, asked }: State & { phase: 'connecting' },
    now: number,
  ): Promise<Effect[]> {
    switch (frame.kind) {
      case 'hello':
        return asked ? this.#finish({ ending: 'malformed' }) : this.#ask(frame, credentials, now);
      case 'welcome': {
        if (!asked) return this.#finish({ ending: 'malformed' });
        const membership = await enter(asked, frame, now);
        if (typeof membership === 'string') return this.#refuse(membership);
        this.#state = { phase: 'room', membership };
        return membership.wake(now);
      }
      case 'refused':
        return this.#redraw(frame) ?? this.#refuse(frame.why, Math.min(frame.retryMs, ENTRY_WAIT_MOST));
      case 'over':
        return this.#finish({ ending: frame.end });
      default:
        return this.#finish({ ending: 'malformed' });
    }
  }

  /** Opens the room by another key, where this one leads to a daemon that opens no more rooms, now or later. */
  #redraw({ why, retryMs }: DaemonFrame & { kind: 'refused' }): Effect[] | undefined {
    const [entry, aliases] = [this.#entry, this.#aliases];
    if (why !== 'draining' || retryMs > 0 || !entry?.drawn || !aliases) return;
    if (this.#redraws === REDRAWS_MOST) return;
    this.#redraws++;
    const room = this.#environment.random(entry.room.length) as RoomKey;
    return [...this.#back(), ...this.#begin({ ...entry, room }, aliases)];
  }

  async #ask({ nonce, largestFrame }: Hello, credentials: Credentials, now: number) {
    if (!this.#entry) return [];
    const { asked, effects } = await ask(credentials, { nonce, largestFrame }, this.#entry, now);
    this.#state = { phase: 'connecting', credentials, asked };
    return effects;
  }

  #carryOn(outcome: Outcome): Effect[] {
    if ('refusal' in outcome) return this.#refuse(outcome.refusal);
    if ('ended' in outcome) return this.#finish(outcome.ended);
    if ('membership' in outcome) this.#state = { phase: 'room', membership: outcome.membership };
    return outcome.effects;
  }

  async #inside(
    frame: DaemonFrame,
    bytes: Uint8Array,
    state: State & { phase: 'room' },
    now: number,
  ): Promise<Effect[]> {
    const { membership } = state;
    if (frame.kind === 'hello' || frame.kind === 'welcome' || frame.kind === 'refused')
      return this.#finish({ ending: 'malformed' });
    if (frame.kind === 'over')
      return 'leavingSince' in state ? this.#finish({ ending: 'left' }) : this.#over(frame, membership, now);
    const effects = await membership.frame(frame, bytes, now);
    const ended = membership.ended();
    return ended && !('leavingSince' in state) ? [...effects, ...this.#finish(ended)] : effects;
  }

  async #over(frame: DaemonFrame & { kind: 'over' }, membership: Membership, now: number): Promise<Effect[]> {
    // The seat of a member that was too slow is kept, as after any broken connection.
    if (frame.end === 'too-slow') return this.#reconnect(membership, now);
    return this.#finish(await membership.over(frame));
  }

  /** Where nothing has run for long, the page was frozen, or the machine asleep. */
  #thaw(now: number): void {
    if (this.#state.phase === 'room' && this.#watch.isThawed(now)) this.#state.membership.thawed(now);
  }

  /** A break began when the daemon was heard last: the page may have been frozen since. */
  #reconnect(membership: Membership, now: number): Effect[] {
    membership.disconnected();
    const reconnection = new Reconnection(membership, this.#watch.heardAt(), this.#entry?.code);
    if (reconnection.isOver(now)) return this.#refuse('break-over');
    this.#state = { phase: 'reconnecting', membership, reconnection };
    return reconnection.again();
  }

  #refuse(refusal: Refusal, retryMs = 0): Effect[] {
    const effects = this.#back();
    this.#state = { phase: 'entrance', refusal, ...(retryMs > 0 && { retryMs }) };
    return effects;
  }

  #back(): Effect[] {
    this.#wipe();
    this.#state = { phase: 'entrance' };
    return [{ do: 'stop-deriving' }, { do: 'close' }];
  }

  #finish(ended: Ended): Effect[] {
    this.#wipe();
    this.#state = { phase: 'over', ...ended };
    return [{ do: 'stop-deriving' }, { do: 'close' }];
  }

  #wipe(): void {
    if (this.#state.phase === 'connecting') wipeCredentials(this.#state.credentials);
    if (this.#state.phase === 'reconnecting') this.#state.reconnection.wipe();
    else if (this.#state.phase === 'room') this.#state.membership.wipe();
    this.#entry = null;
  }
}
