// The queue of what this member says: one message at a time, in order, each readable by exactly the
// members seen in the room when it is sent (protocol, section 2).
//
// A message counts as sent once the daemon has echoed it; until then the chain's value before it is
// kept, so that what the daemon refused or lost is sent again under the same counter. A member that
// read it the first time drops it then. A whisper is not echoed: it counts as sent when it was not
// denied for a moment. So do chains, where the daemon has found them too many at once.

import { type Bytes, writeItem } from '../cbor.ts';
import { IV, sealedLength } from '../seal/aead.ts';
import { equal, wipe } from '../seal/bytes.ts';
import { type Body, bodyItem, type Chain, payloadLength, sealBody, wipeChain } from '../seal/chain.ts';
import { SealError } from '../seal/error.ts';
import { HASH } from '../seal/hkdf.ts';
import { type Passed, sealPassed } from '../seal/pair.ts';
import { type DaemonFrame, OVERHEAD, PASSES_MOST, type Pass } from '../wire.ts';
import { type Effect, send } from './effects.ts';
import type { Credentials } from './credentials.ts';
import type { Lines } from './lines.ts';
import type { Peer, Peers } from './peers.ts';

/** A message or farewell to everyone, or a whisper. */
export type Outgoing = { to: null; spoken: Body } | { to: number; at: number; text: string };

/** Waits to be said; `key` is its line. */
type Queued = Outgoing & { key: number };

type InFlight = {
  queued: Queued;
  /** For a message: the payload that the daemon will echo, and the chain before it. */
  payload?: Bytes;
  before?: Chain;
  /** For chains that go ahead of their message: the peers that get them. */
  recipients?: Peer[];
  /** The time at which it counts as sent, or has taken too long. */
  due: number;
};

/** Milliseconds after which a pass that was not denied counts as sent. */
const PASS_SENT_AFTER = 1000;
/** Milliseconds without an echo after which the connection counts as broken. */
export const ECHO_WITHIN = 15_000;
/** Utterances that may wait. */
const QUEUE_MOST = 256;

/** Bytes of a chain that is handed over, with what a frame adds for each. */
const CHAIN_PASS_BYTES = sealedLength(64) + 16;

export class SendQueue {
  readonly #credentials: Credentials;
  readonly #peers: Peers;
  readonly #lines: Lines;
  readonly #largestFrame: () => number;
  #waiting: Queued[] = [];
  #inFlight: InFlight | null = null;
  #chain: Chain | undefined;
  /** Somebody has left since this member last spoke. */
  #rotationDue = false;
  /** The daemon takes nothing more until then. */
  #backOffUntil = 0;
  /** The daemon has found passes too fast: of many, one goes at a time. */
  #oneFrameAtATime = false;

  constructor(credentials: Credentials, peers: Peers, lines: Lines, largestFrame: () => number) {
    this.#credentials = credentials;
    this.#peers = peers;
    this.#lines = lines;
    this.#largestFrame = largestFrame;
  }

  /** Whether the daemon would take a frame with these words, and there is room in the queue. */
  fits(outgoing: Outgoing): boolean {
    const length =
      outgoing.to === null
        ? payloadLength(writeItem(bodyItem(outgoing.spoken)).length)
        : sealedLength(writeItem([1, Number.MAX_SAFE_INTEGER, outgoing.at, outgoing.text]).length);
    return length + OVERHEAD <= this.#largestFrame() && this.#waiting.length < QUEUE_MOST;
  }

  enqueue(queued: Queued): void {
    this.#waiting.push(queued);
  }

  /** A member has left: all that is said from now on is said under a new generation. */
  memberLeft(): void {
    this.#rotationDue = true;
  }

  /** Whether frames of any kind should wait, and until when. */
  backOffUntil(): number {
    return this.#backOffUntil;
  }

  backOff(until: number): void {
    this.#backOffUntil = Math.max(this.#backOffUntil, until);
  }

  /** Sends what may be sent now. */
  async next(now: number): Promise<Effect[]> {
    if (now < this.#backOffUntil)
      return this.#waiting.length > 0 ? [{ do: 'wake', at: this.#backOffUntil }] : [];
    while (!this.#inFlight) {
      const queued = this.#waiting.shift();
      if (!queued) return [];
      const effects =
        queued.to === null
          ? await this.#sendMessage(queued, queued.spoken, now)
          : await this.#sendWhisper(queued, queued, now);
      if (effects) return effects;
    }
    return [];
  }

  /** A farewell waits for nothing, because nothing comes after it. */
  async farewell(spoken: Body): Promise<Effect[]> {
    const { payload, before, frames } = await this.#seal(spoken);
    wipeChain(before);
    wipe(payload);
    return frames;
  }

  /** Whether an own message that came back is the one in flight, which then is sent. */
  echoed(payload: Bytes): boolean {
    const inFlight = this.#inFlight;
    if (!inFlight?.payload || !equal(inFlight.payload, payload)) return false;
    this.#lines.setState(inFlight.queued.key, 'sent');
    wipeChain(inFlight.before);
    this.#inFlight = null;
    return true;
  }

  /** `say` was denied. */
  sayDenied(why: (DaemonFrame & { kind: 'denied' })['why']): void {
    if (!this.#inFlight?.payload) return;
    if (why === 'too-fast') this.#requeue();
    else this.#fail();
  }

  /** `pass` was denied: a whisper's, or that of the chains which went before a message. */
  passDenied(why: (DaemonFrame & { kind: 'denied' })['why']): void {
    if (why === 'too-fast') {
      const inFlight = this.#inFlight;
      for (const peer of inFlight?.recipients ?? (inFlight?.payload ? this.#peers.all() : []))
        peer.hasChain = false;
      this.#oneFrameAtATime = true;
      this.#requeue();
    } else if (this.#inFlight && !this.#inFlight.payload && !this.#inFlight.recipients) {
      this.#fail();
    }
    // A chain for somebody who has just left is not missed by anybody.
  }

  /** Time has passed; whether what is in flight has taken too long. */
  stalled(now: number): boolean {
    const inFlight = this.#inFlight;
    if (!inFlight || now < inFlight.due) return false;
    if (inFlight.payload) return true;
    if (inFlight.recipients) {
      this.#requeue();
      return false;
    }
    const peer = this.#peers.of(inFlight.queued.to ?? 0);
    if (peer) peer.nextWhisper += 1;
    this.#lines.setState(inFlight.queued.key, 'sent');
    this.#inFlight = null;
    return false;
  }

  /**
   * The seat was taken again. Which chains arrived before the connection broke is not known, so
   * none counts as handed over. A message in flight is sent again: under the same counter, by which
   * its readers know it. Where a departure forbids that and the daemon may have relayed it, it
   * stays unsure.
   */
  resumed(missed: number): void {
    for (const peer of this.#peers.all()) peer.hasChain = false;
    this.#backOffUntil = 0;
    if (this.#inFlight?.payload && this.#rotationDue && missed > 0) this.#fail();
    else this.#requeue();
  }

  wipe(): void {
    wipeChain(this.#chain);
    wipeChain(this.#inFlight?.before);
    this.#chain = undefined;
    this.#inFlight = null;
    this.#waiting = [];
  }

  #requeue(): void {
    const inFlight = this.#inFlight;
    if (!inFlight) return;
    if (inFlight.before) {
      wipeChain(this.#chain);
      this.#chain = inFlight.before;
    }
    this.#waiting.unshift(inFlight.queued);
    this.#inFlight = null;
  }

  #fail(): void {
    if (!this.#inFlight) return;
    this.#lines.setState(this.#inFlight.queued.key, 'failed');
    wipeChain(this.#inFlight.before);
    this.#inFlight = null;
  }

  async #sendMessage(queued: Queued, spoken: Body, now: number): Promise<Effect[]> {
    const chain = this.#currentChain();
    const lacking = this.#peers.all().filter(peer => peer.public && !peer.away && !peer.hasChain);
    if (this.#oneFrameAtATime && lacking.length > this.#passesPerFrame()) {
      const recipients = lacking.slice(0, this.#passesPerFrame());
      const due = now + PASS_SENT_AFTER;
      this.#inFlight = { queued, recipients, due };
      return [...(await this.#distributeChain(chain, recipients)), { do: 'wake', at: due }];
    }
    const { payload, before, frames } = await this.#seal(spoken);
    const due = now + ECHO_WITHIN;
    this.#inFlight = { queued, payload, before, due };
    return [...frames, { do: 'wake', at: due }];
  }

  /** Null, and a failed line, where nobody of that number is there any more. */
  async #sendWhisper(
    queued: Queued,
    { to, at, text }: { to: number; at: number; text: string },
    now: number,
  ): Promise<Effect[] | null> {
    const peer = this.#peers.of(to);
    const passed =
      peer &&
      !peer.away &&
      (await this.#pass(peer, { kind: 'whisper', counter: peer.nextWhisper, at, text }));
    if (!passed) {
      this.#lines.setState(queued.key, 'failed');
      return null;
    }
    const due = now + PASS_SENT_AFTER;
    this.#inFlight = { queued, due };
    return [send({ kind: 'pass', passes: [passed] }), { do: 'wake', at: due }];
  }

  /** Seals a message after handing the chain to all who are there and do not have it. */
  async #seal(spoken: Body): Promise<{ payload: Bytes; before: Chain; frames: Effect[] }> {
    const chain = this.#currentChain();
    const lacking = this.#peers.all().filter(peer => !peer.away && !peer.hasChain);
    const distributed = await this.#distributeChain(chain, lacking);
    const before = { ...chain, key: Uint8Array.from(chain.key) };
    const { suite, door, own, random } = this.#credentials;
    const payload = await sealBody(suite, door, own.public, chain, spoken, random(IV));
    return { payload, before, frames: [...distributed, send({ kind: 'say', payload })] };
  }

  /** The chain to speak under: a fresh one if somebody has left, or if this member never spoke. */
  #currentChain(): Chain {
    if (!this.#chain || this.#rotationDue) {
      const generation = this.#chain ? this.#chain.generation + 1 : 0;
      wipeChain(this.#chain);
      this.#chain = { generation, counter: 0, key: this.#credentials.random(HASH) };
      this.#rotationDue = false;
      for (const peer of this.#peers.all()) peer.hasChain = false;
    }
    return this.#chain;
  }

  /** Null where a member's card gives no key to seal under. */
  async #pass(peer: Peer, body: Passed): Promise<Pass | null> {
    const { suite, door, random } = this.#credentials;
    try {
      const pair = this.#peers.pair(peer);
      return { to: peer.id, passed: await sealPassed(suite, door, pair, body, random(IV)) };
    } catch (error) {
      if (error instanceof SealError) return null;
      throw error;
    }
  }

  /** Hands the chain, at its present counter, to these members. */
  async #distributeChain({ generation, counter, key }: Chain, peers: Peer[]): Promise<Effect[]> {
    const passes: Pass[] = [];
    for (const peer of peers) {
      const passed = await this.#pass(peer, { kind: 'chain', generation, counter, key });
      peer.hasChain = passed !== null;
      if (passed) passes.push(passed);
    }
    const frames: Effect[] = [];
    for (let at = 0; at < passes.length; at += this.#passesPerFrame()) {
      frames.push(send({ kind: 'pass', passes: passes.slice(at, at + this.#passesPerFrame()) }));
    }
    return frames;
  }

  /** As many passes in a frame as it may have, and as its size allows. */
  #passesPerFrame(): number {
    const fit = Math.floor((this.#largestFrame() - OVERHEAD) / CHAIN_PASS_BYTES);
    return Math.max(1, Math.min(PASSES_MOST, fit));
  }
}
