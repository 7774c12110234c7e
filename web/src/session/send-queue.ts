// The queue of what this member says: one at a time, in order, each message readable by exactly the members seen in the
// room when it is sent (protocol, section 2).
//
// A message counts as sent once the daemon has echoed it, and until then keeps its counter: what the daemon refused or
// lost is sent again under the same one, by which readers know it. A whisper is not echoed: it counts as sent when it was
// not denied for a moment, or its receiver confirms it. So do chains, where the daemon has found them too many at once.

import { equal } from '../seal/bytes.ts';
import type { Bytes } from '../cbor.ts';
import type { Body, Whispered } from '../seal/body.ts';
import { payloadLength } from '../seal/chain.ts';
import { passedLength } from '../seal/pair.ts';
import { type Denial, FRAME, OVERHEAD } from '../wire.ts';
import { type Effect, send } from './effects.ts';
import type { Lines } from './lines.ts';
import type { Orders } from './orders.ts';
import type { OwnChain } from './own-chain.ts';
import { passTo } from './passing.ts';
import type { Peer } from './peers.ts';
import type { Roster } from './roster.ts';
import type { Stay } from './stay.ts';

/** A message to everyone, a whisper, or an order that a member's voice has to say. */
export type Utterance =
  | { to: null; body: Body; key: number }
  | Whisper
  | { order: 'kick' | 'hand'; id: number }
  | { order: 'stop' };

type Whisper = { to: number; body: Whispered; key: number; counter?: number };

type InFlight = {
  utterance: Utterance;
  /** What the daemon will show everybody; and the number by which it would deny it. */
  payload?: Bytes;
  frame: number;
  /** For chains that go ahead of a message: the peers that get them. */
  recipients?: Peer[];
  /** The time at which it counts as sent, or has taken too long. */
  due: number;
};

/** Milliseconds after which a pass that was not denied counts as sent. */
export const PASS_SENT_AFTER = 1000;
/** Milliseconds without an echo after which the connection counts as broken. */
export const ECHO_WITHIN = 15_000;
/** Utterances that may wait. */
const QUEUE_MOST = 256;
/** Whispers to one member whose confirmation is waited for. */
const UNCONFIRMED_MOST = 256;
/** Milliseconds to wait where the daemon denies what it has no reason to deny. */
const AGAIN_AFTER = 1000;

export class SendQueue {
  readonly #stay: Stay;
  readonly #roster: Roster;
  readonly #lines: Lines;
  readonly #orders: Orders;
  readonly #chain: OwnChain;
  readonly #largestFrame: () => number;
  #waiting: Utterance[] = [];
  #inFlight: InFlight | null = null;
  /** The daemon takes nothing more until then. */
  #backOffUntil = 0;
  /** The daemon has found passes too fast: of many, one goes at a time. */
  #oneFrameAtATime = false;

  constructor(
    stay: Stay,
    roster: Roster,
    lines: Lines,
    orders: Orders,
    chain: OwnChain,
    largestFrame: () => number,
  ) {
    this.#stay = stay;
    this.#roster = roster;
    this.#lines = lines;
    this.#orders = orders;
    this.#chain = chain;
    this.#largestFrame = largestFrame;
  }

  /** Whether the daemon would take a frame with these words, and there is room in the queue. */
  fits(to: number | null, body: Whispered): boolean {
    const length =
      to === null ? payloadLength(body) : passedLength({ kind: 'whisper', counter: 2 ** 32 - 1, said: body });
    return length + OVERHEAD <= this.#largestFrame() && this.#waiting.length < QUEUE_MOST;
  }

  enqueue(utterance: Utterance): void {
    this.#waiting.push(utterance);
  }

  /** Whether somebody is still to be kicked. */
  isKicking(): boolean {
    const all = [this.#inFlight?.utterance, ...this.#waiting];
    return all.some(each => each && 'order' in each && each.order === 'kick');
  }

  /** Whether frames of any kind should wait, and until when. */
  backOffUntil(): number {
    return this.#backOffUntil;
  }

  backOff(until: number): void {
    this.#backOffUntil = Math.max(this.#backOffUntil, until);
  }

  due(): number {
    if (this.#inFlight) return this.#inFlight.due;
    return this.#waiting.length > 0 ? this.#backOffUntil : Number.POSITIVE_INFINITY;
  }

  /** Sends what may be sent now. */
  async next(now: number): Promise<Effect[]> {
    if (now < this.#backOffUntil) return [];
    while (!this.#inFlight) {
      const utterance = this.#waiting.shift();
      if (!utterance) return [];
      const effects =
        'to' in utterance && utterance.to !== null
          ? await this.#whisper(utterance, now)
          : await this.#speak(utterance, now);
      if (effects) return effects;
    }
    return [];
  }

  /** A farewell waits for nothing, because nothing comes after it. */
  async farewell(body: Body, now: number): Promise<Effect[]> {
    if (this.#inFlight?.payload) this.#chain.relayed();
    const chains = await this.#chain.handOut(this.#chain.lacking(now), now);
    return [...chains, send({ kind: 'say', payload: await this.#chain.seal(body, now) })];
  }

  /** The daemon shows a message of one's own to all: whether it is the one in flight, which then is sent. */
  echoed(payload: Bytes): boolean {
    const inFlight = this.#inFlight;
    if (!inFlight?.payload || !equal(inFlight.payload, payload)) return false;
    this.#chain.relayed();
    if ('key' in inFlight.utterance) this.#lines.setState(inFlight.utterance.key, 'sent');
    this.#inFlight = null;
    return true;
  }

  /** A frame of this number was denied; whether it was the one in flight, and is given up. */
  denied(frame: number, why: Denial, now: number): boolean {
    const inFlight = this.#inFlight;
    if (frame === FRAME.pass) this.#passDenied(why);
    if (!inFlight?.payload || inFlight.frame !== frame) return false;
    // A message is never given up: who has read it all the same would take the next one for it.
    const isGivenUp = frame !== FRAME.say && why !== 'too-fast';
    if (why !== 'too-fast') this.backOff(now + AGAIN_AFTER);
    if (isGivenUp) this.#inFlight = null;
    else this.#requeue();
    return isGivenUp;
  }

  /** Time has passed; whether the daemon has not shown for too long what is in flight. */
  stalled(now: number): boolean {
    const inFlight = this.#inFlight;
    if (!inFlight || now < inFlight.due) return false;
    if (inFlight.payload) return true;
    if (inFlight.recipients) this.#requeue();
    else this.#whispered('sent');
    return false;
  }

  /** A member confirms the whispers up to this counter, of which so many have arrived. */
  confirmed({ id, told }: Peer, counter: number, arrived: number): void {
    const before = told.confirmed;
    if (counter < before.counter) return;
    told.confirmed = { counter, arrived };
    // Those that are missing might be any of those since.
    if (arrived - before.arrived !== counter - before.counter) return;
    for (const [each, key] of told.unconfirmed) {
      if (each <= before.counter || each > counter) continue;
      told.unconfirmed.delete(each);
      this.#lines.setState(key, 'delivered');
    }
    const whisper = this.#inFlight?.utterance;
    if (whisper && 'to' in whisper && whisper.to === id && (whisper.counter ?? Infinity) <= counter) {
      this.#inFlight = null;
    }
  }

  /**
   * The seat was taken again. Which chains arrived before the connection broke is not known, so none counts as handed
   * over, and what is in flight is sent again.
   */
  resumed(): void {
    this.#chain.takeBack();
    this.#backOffUntil = 0;
    this.#requeue();
  }

  wipe(): void {
    this.#chain.wipe();
    this.#inFlight = null;
    this.#waiting = [];
  }

  #requeue(): void {
    if (this.#inFlight) this.#waiting.unshift(this.#inFlight.utterance);
    this.#inFlight = null;
  }

  /** What was denied is a whisper, or the chains that went before a message. */
  #passDenied(why: Denial): void {
    const inFlight = this.#inFlight;
    if (why === 'too-fast') {
      if (inFlight?.recipients) this.#chain.takeBack(inFlight.recipients);
      else if (inFlight?.payload) this.#chain.takeBack();
      this.#oneFrameAtATime = true;
      this.#requeue();
    } else if (inFlight && !inFlight.payload && !inFlight.recipients) {
      this.#whispered('failed');
    }
    // A chain for somebody who has just left is not missed by anybody.
  }

  #whispered(state: 'sent' | 'failed'): void {
    const whisper = this.#inFlight?.utterance;
    if (whisper && 'key' in whisper) this.#lines.setState(whisper.key, state);
    this.#inFlight = null;
  }

  /** Null where there is nothing to be said any more. */
  async #speak(utterance: Utterance, now: number): Promise<Effect[] | null> {
    const body = this.#bodyOf(utterance);
    if (!body) {
      this.#lines.note({ code: 'gone' });
      return null;
    }
    const lacking = this.#chain.lacking(now);
    if (this.#oneFrameAtATime && lacking.length > this.#chain.passesPerFrame()) {
      const recipients = lacking.slice(0, this.#chain.passesPerFrame());
      this.#inFlight = { utterance, frame: FRAME.pass, recipients, due: now + PASS_SENT_AFTER };
      return this.#chain.handOut(recipients, now);
    }
    const chains = await this.#chain.handOut(lacking, now);
    const payload = await this.#chain.seal(body, now);
    const frame = 'order' in utterance ? FRAME[utterance.order] : FRAME.say;
    this.#inFlight = { utterance, frame, payload, due: now + ECHO_WITHIN };
    return [...chains, this.#frameOf(utterance, payload)];
  }

  /** Null where it is about somebody who is not there any more. */
  #bodyOf(utterance: Utterance): Body | null {
    if (!('order' in utterance)) return utterance.body;
    if (utterance.order === 'stop') return { kind: 'stop' };
    const voice = this.#roster.of(utterance.id)?.shown?.voice.bytes;
    return voice ? { kind: utterance.order, voice } : null;
  }

  #frameOf(utterance: Utterance, payload: Bytes): Effect {
    if (!('order' in utterance)) return send({ kind: 'say', payload });
    return utterance.order === 'stop'
      ? this.#orders.give({ kind: 'stop', payload })
      : this.#orders.give({ kind: utterance.order, id: utterance.id, payload });
  }

  /** Null, and a failed line, where nobody of that number can be whispered to any more. */
  async #whisper(utterance: Whisper, now: number): Promise<Effect[] | null> {
    const { to, body, key } = utterance;
    const peer = this.#roster.of(to);
    if (!peer || peer.away) {
      this.#lines.setState(key, 'failed');
      return null;
    }
    utterance.counter ??= peer.told.nextWhisper++;
    const { counter } = utterance;
    const pass = await passTo(this.#stay, peer, { kind: 'whisper', counter, said: body });
    if (!pass) {
      this.#lines.setState(key, 'failed');
      return null;
    }
    peer.told.unconfirmed.set(counter, key);
    for (const oldest of peer.told.unconfirmed.keys()) {
      if (peer.told.unconfirmed.size <= UNCONFIRMED_MOST) break;
      peer.told.unconfirmed.delete(oldest);
    }
    this.#inFlight = { utterance, frame: FRAME.pass, due: now + PASS_SENT_AFTER };
    return [send({ kind: 'pass', passes: [pass] })];
  }
}
