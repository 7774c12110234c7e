// One visit to a room, from the entrance to the end: inputs in, effects and a new view out. Pure:
// it knows no page, socket or timer; time and randomness are handed in. Its methods must be called
// one after the other, each when the one before has settled, because WebCrypto is asynchronous.

import type { Bytes } from './cbor.ts';
import type { Aliases } from './lazy.ts';
import { IV } from './seal/aead.ts';
import { utf8, wipe } from './seal/bytes.ts';
import { sealCard } from './seal/card.ts';
import { writeInvitation } from './seal/invitation.ts';
import { isLongEnough, passwordBytes } from './seal/password.ts';
import { keyPair } from './seal/curves.ts';
import { aliasTag, deriveDoor, doorSalt, gate, prove, shard } from './seal/door.ts';
import { HASH } from './seal/hkdf.ts';
import type { Suite } from './seal/suite.ts';
import { type Credentials, wipeCredentials } from './session/credentials.ts';
import { type Effect, send } from './session/effects.ts';
import { Membership } from './session/membership.ts';
import type { Ending, Entry, Refusal, View } from './state.ts';
import { CODE_MOST, type DaemonFrame, decodeDaemonFrame, WireError } from './wire.ts';

/** All that the session needs from outside. */
export type Environment = { suite: Suite; random: (length: number) => Bytes };

/** Milliseconds in which the daemon closes the connection of a member that leaves. */
const LEAVE_WITHIN = 1500;

type Hello = DaemonFrame & { kind: 'hello' };
type Welcome = DaemonFrame & { kind: 'welcome' };

type State =
  | Extract<View, { phase: 'entrance' | 'deriving' | 'over' }>
  | { phase: 'connecting'; credentials: Credentials }
  | { phase: 'room'; membership: Membership; leavingSince?: number }
  | { phase: 'reconnecting'; membership: Membership };

export class Session {
  readonly #environment: Environment;
  #state: State = { phase: 'entrance' };
  /** As filled in; forgotten, with its password, when the visit ends. */
  #entry: Entry | null = null;
  #aliases: Aliases | null = null;
  #largestFrame = 0;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  view(): View {
    const state = this.#state;
    switch (state.phase) {
      case 'connecting':
        return { phase: 'connecting' };
      case 'room':
      case 'reconnecting':
        return { phase: state.phase, ...state.membership.view() };
      default:
        return state;
    }
  }

  /** Carries out what only a member can; null outside a room, and while leaving. */
  membership(): Membership | null {
    const state = this.#state;
    return 'membership' in state && !('leavingSince' in state) ? state.membership : null;
  }

  /** The fragment that lets others in; empty outside a room. */
  invitation(): string {
    return this.#entry && 'membership' in this.#state
      ? writeInvitation(this.#entry.room, this.#entry.password)
      : '';
  }

  /** Checks what was filled in and stretches the password. */
  enter(entry: Entry, aliases: Aliases): Effect[] {
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

  /** The password was stretched: the keys are made, and a connection is asked for. */
  derived(door: Bytes): Effect[] {
    if (this.#state.phase !== 'deriving' || !this.#entry || !this.#aliases) {
      wipe(door);
      return [];
    }
    const credentials: Credentials = {
      ...this.#environment,
      door: deriveDoor(this.#entry.room, door),
      own: keyPair(this.#environment.random(HASH)),
      alias: this.#entry.alias,
      aliases: this.#aliases,
    };
    this.#state = { phase: 'connecting', credentials };
    return [{ do: 'connect', shard: shard(this.#entry.room) }];
  }

  /** The password could not be stretched, although the daemon is there, or because it is not. */
  derivationFailed(isThere: boolean): Effect[] {
    return this.#state.phase === 'deriving' ? this.#refuse(isThere ? 'no-worker' : 'unreachable') : [];
  }

  /** A binary message came. */
  async frame(bytes: Uint8Array, now: number): Promise<Effect[]> {
    let frame: DaemonFrame;
    try {
      frame = decodeDaemonFrame(bytes);
    } catch (error) {
      if (error instanceof WireError) return this.#finish('malformed');
      throw error;
    }
    const state = this.#state;
    if (state.phase === 'connecting') return this.#entering(frame, state.credentials, now);
    if (!('membership' in state)) return [];
    const { membership } = state;
    if (state.phase === 'room' && (frame.kind === 'hello' || frame.kind === 'welcome')) {
      return this.#finish('malformed');
    }
    switch (frame.kind) {
      case 'hello':
        membership.largestFrame = frame.largestFrame;
        return [send({ kind: 'resume', room: membership.room, seat: membership.seat })];
      case 'welcome':
        if (frame.you !== membership.you) return this.#finish('malformed');
        this.#state = { phase: 'room', membership };
        return membership.resumed(frame, now);
      case 'refused':
        // Tries are rationed by address, which a seat outlasts.
        return frame.why === 'busy' ? this.#reconnect(membership) : this.#refuse('resume-refused');
      case 'over':
        if ('leavingSince' in state) return this.#finish('left');
        // The seat of a member that was too slow is kept, as after any broken connection.
        return frame.end === 'too-slow' ? this.#reconnect(membership) : this.#finish(frame.end);
      default:
        return state.phase === 'reconnecting' ? [] : membership.frame(frame, now);
    }
  }

  /** The connection is gone, or could not be made. */
  lost(): Effect[] {
    const state = this.#state;
    if (state.phase === 'connecting') return this.#refuse('unreachable');
    if (!('membership' in state)) return [];
    return 'leavingSince' in state ? this.#finish('left') : this.#reconnect(state.membership);
  }

  /** A time that was asked for has come. */
  async wake(now: number): Promise<Effect[]> {
    if (this.#state.phase !== 'room') return [];
    const { membership, leavingSince } = this.#state;
    if (leavingSince !== undefined) return now >= leavingSince + LEAVE_WITHIN ? this.#finish('left') : [];
    return membership.stalled(now) ? this.#reconnect(membership) : membership.wake(now);
  }

  /** Leaves the room, unless its farewell cannot be sent; before it is entered, goes back to the entrance. */
  async leave(farewell: string | undefined, now: number): Promise<Effect[]> {
    const state = this.#state;
    if (state.phase === 'deriving' || state.phase === 'connecting') return this.#back();
    if (state.phase === 'reconnecting') return this.#finish('left');
    if (state.phase !== 'room' || state.leavingSince !== undefined) return [];
    const effects = await state.membership.leave(farewell, now);
    if (!effects) return [];
    this.#state = { ...state, leavingSince: now };
    return [...effects, { do: 'wake', at: now + LEAVE_WITHIN }];
  }

  /** Wipes everything, whatever the state. */
  destroy(): Effect[] {
    this.#wipe();
    this.#state = { phase: 'entrance' };
    return [{ do: 'stop-deriving' }, { do: 'close' }];
  }

  async #entering(frame: DaemonFrame, credentials: Credentials, now: number): Promise<Effect[]> {
    switch (frame.kind) {
      case 'hello':
        return this.#requestEntry(frame, credentials);
      case 'welcome':
        return this.#admitted(frame, credentials, now);
      case 'refused':
        return this.#refuse(frame.why);
      case 'over':
        return this.#finish(frame.end);
      default:
        return this.#finish('malformed');
    }
  }

  async #requestEntry({ nonce, largestFrame }: Hello, credentials: Credentials): Promise<Effect[]> {
    const { suite, random, door, own, alias } = credentials;
    this.#largestFrame = largestFrame;
    const card = await sealCard(suite, door, { alias, public: own.public }, random(IV));
    const tag = aliasTag(door, alias);
    const { room } = door;
    return this.#entry?.mode === 'open'
      ? [
          send({
            kind: 'create',
            room,
            gate: gate(door),
            card,
            tag,
            rule: this.#entry.rule ?? 'keeper',
            // A longer code is wrong, and so is its beginning.
            ...(this.#entry.code && { code: utf8(this.#entry.code).slice(0, CODE_MOST) }),
          }),
        ]
      : [send({ kind: 'enter', room, proof: prove(door, nonce), card, tag })];
  }

  async #admitted(welcome: Welcome, credentials: Credentials, now: number): Promise<Effect[]> {
    const membership = new Membership(credentials, welcome.you, this.#largestFrame);
    this.#state = { phase: 'room', membership };
    return membership.entered(welcome, now);
  }

  #reconnect(membership: Membership): Effect[] {
    membership.disconnected();
    this.#state = { phase: 'reconnecting', membership };
    return [{ do: 'reconnect' }];
  }

  #refuse(refusal: Refusal): Effect[] {
    const effects = this.#back();
    this.#state = { phase: 'entrance', refusal };
    return effects;
  }

  #back(): Effect[] {
    this.#wipe();
    this.#state = { phase: 'entrance' };
    return [{ do: 'stop-deriving' }, { do: 'close' }];
  }

  #finish(ending: Ending): Effect[] {
    this.#wipe();
    this.#state = { phase: 'over', ending };
    return [{ do: 'close' }];
  }

  #wipe(): void {
    if (this.#state.phase === 'connecting') wipeCredentials(this.#state.credentials);
    if ('membership' in this.#state) this.#state.membership.wipe();
    this.#entry = null;
  }
}
