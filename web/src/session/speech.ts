// What this member says: one message at a time, in order, each readable by exactly the members seen in the
// room when it is sent (protocol, section 2).
//
// A message counts as sent once the daemon has echoed it; until then the chain's value before it is kept,
// so that what the daemon refused or lost is sent again under the same counter. Who read it the first time
// drops it then. A whisper is not echoed: it counts as sent when it was not denied for a moment. So do
// chains, where the daemon has found them too many at once.

import { type Bytes, writeItem } from '../cbor.ts';
import { IV, sealedLength } from '../seal/aead.ts';
import { equal, wipe } from '../seal/bytes.ts';
import { type Body, bodyItem, type Chain, payloadLength, sealBody, wipeChain } from '../seal/chain.ts';
import { SealError } from '../seal/error.ts';
import { HASH } from '../seal/hkdf.ts';
import { type Passed, sealPassed } from '../seal/pair.ts';
import { type DaemonFrame, OVERHEAD, PASSES_MOST, type Pass } from '../wire.ts';
import { type Effect, send } from './effects.ts';
import type { Lines } from './lines.ts';
import type { Ground, Peer, Peers } from './peers.ts';

/** A message or farewell to everyone, or a whisper. */
export type Words = { to: null; spoken: Body } | { to: number; at: number; text: string };

/** What waits to be said. `key` is its line. */
type Utterance = Words & { key: number };

type Flight = {
  utterance: Utterance;
  /** Of a message: what the daemon will echo, and the chain before it. */
  payload?: Bytes;
  before?: Chain;
  /** Of chains that go ahead of their message: for whom. */
  handed?: Peer[];
  /** When it has settled, or taken too long. */
  due: number;
};

/** Milliseconds after which a pass that was not denied counts as sent. */
const PASS_SETTLES = 1000;
/** Milliseconds without an echo after which the connection counts as broken. */
export const ECHO_WITHIN = 15_000;
/** Utterances that may wait. */
const QUEUE_MOST = 256;

/** Bytes of a chain that is handed over, with what a frame adds for each. */
const HANDOVER = sealedLength(64) + 16;

export class Speech {
  readonly #ground: Ground;
  readonly #peers: Peers;
  readonly #lines: Lines;
  readonly #largestFrame: () => number;
  #queue: Utterance[] = [];
  #flight: Flight | null = null;
  #chain: Chain | undefined;
  /** Somebody has left since this member last spoke. */
  #stale = false;
  /** The daemon asked for patience until then. */
  #notBefore = 0;
  /** The daemon has found passes too fast: of many, one goes at a time. */
  #careful = false;

  constructor(ground: Ground, peers: Peers, lines: Lines, largestFrame: () => number) {
    this.#ground = ground;
    this.#peers = peers;
    this.#lines = lines;
    this.#largestFrame = largestFrame;
  }

  /** Whether the daemon would take a frame with these words, and there is room in the queue. */
  fits(words: Words): boolean {
    const length =
      words.to === null
        ? payloadLength(writeItem(bodyItem(words.spoken)).length)
        : sealedLength(writeItem([1, Number.MAX_SAFE_INTEGER, words.at, words.text]).length);
    return length + OVERHEAD <= this.#largestFrame() && this.#queue.length < QUEUE_MOST;
  }

  enqueue(utterance: Utterance): void {
    this.#queue.push(utterance);
  }

  /** Somebody is out: whatever is said from now on is said under a new generation. */
  departed(): void {
    this.#stale = true;
  }

  /** Whether frames of any kind should wait, and until when. */
  patience(): number {
    return this.#notBefore;
  }

  bePatient(until: number): void {
    this.#notBefore = Math.max(this.#notBefore, until);
  }

  /** Sends what may be sent now. */
  async next(now: number): Promise<Effect[]> {
    if (now < this.#notBefore) return this.#queue.length > 0 ? [{ do: 'wake', at: this.#notBefore }] : [];
    while (!this.#flight) {
      const utterance = this.#queue.shift();
      if (!utterance) return [];
      const effects =
        utterance.to === null
          ? await this.#sayAloud(utterance, utterance.spoken, now)
          : await this.#whisper(utterance, utterance, now);
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
    const flight = this.#flight;
    if (!flight?.payload || !equal(flight.payload, payload)) return false;
    this.#lines.settle(flight.utterance.key, 'sent');
    wipeChain(flight.before);
    this.#flight = null;
    return true;
  }

  /** `say` was denied. */
  sayDenied(why: (DaemonFrame & { kind: 'denied' })['why']): void {
    if (!this.#flight?.payload) return;
    if (why === 'too-fast') this.#takeBack();
    else this.#fail();
  }

  /** `pass` was denied: a whisper's, or that of the chains which went before a message. */
  passDenied(why: (DaemonFrame & { kind: 'denied' })['why']): void {
    if (why === 'too-fast') {
      const flight = this.#flight;
      for (const peer of flight?.handed ?? (flight?.payload ? this.#peers.all() : [])) peer.holds = false;
      this.#careful = true;
      this.#takeBack();
    } else if (this.#flight && !this.#flight.payload && !this.#flight.handed) {
      this.#fail();
    }
    // A chain for somebody who has just left is not missed by anybody.
  }

  /** Time has passed; whether what is in flight has taken too long. */
  stalled(now: number): boolean {
    const flight = this.#flight;
    if (!flight || now < flight.due) return false;
    if (flight.payload) return true;
    if (flight.handed) {
      this.#takeBack();
      return false;
    }
    const peer = this.#peers.of(flight.utterance.to ?? 0);
    if (peer) peer.whispers += 1;
    this.#lines.settle(flight.utterance.key, 'sent');
    this.#flight = null;
    return false;
  }

  /**
   * The seat was taken again. Which chains arrived before the connection broke is not known, so none
   * counts as handed over. What was in flight is sent again: under the same counter, by which its readers
   * know it. Where a departure forbids that and the daemon may have relayed it, it stays unsure.
   */
  resumed(missed: number): void {
    for (const peer of this.#peers.all()) peer.holds = false;
    this.#notBefore = 0;
    if (this.#flight?.payload && this.#stale && missed > 0) this.#fail();
    else this.#takeBack();
  }

  wipe(): void {
    wipeChain(this.#chain);
    wipeChain(this.#flight?.before);
    this.#chain = undefined;
    this.#flight = null;
    this.#queue = [];
  }

  #takeBack(): void {
    const flight = this.#flight;
    if (!flight) return;
    if (flight.before) {
      wipeChain(this.#chain);
      this.#chain = flight.before;
    }
    this.#queue.unshift(flight.utterance);
    this.#flight = null;
  }

  #fail(): void {
    if (!this.#flight) return;
    this.#lines.settle(this.#flight.utterance.key, 'failed');
    wipeChain(this.#flight.before);
    this.#flight = null;
  }

  async #sayAloud(utterance: Utterance, spoken: Body, now: number): Promise<Effect[]> {
    const chain = this.#presentChain();
    const lacking = this.#peers.all().filter(peer => peer.public && !peer.away && !peer.holds);
    if (this.#careful && lacking.length > this.#width()) {
      const handed = lacking.slice(0, this.#width());
      const due = now + PASS_SETTLES;
      this.#flight = { utterance, handed, due };
      return [...(await this.#handOver(chain, handed)), { do: 'wake', at: due }];
    }
    const { payload, before, frames } = await this.#seal(spoken);
    const due = now + ECHO_WITHIN;
    this.#flight = { utterance, payload, before, due };
    return [...frames, { do: 'wake', at: due }];
  }

  /** Null, and a failed line, where nobody of that number is there any more. */
  async #whisper(
    utterance: Utterance,
    { to, at, text }: { to: number; at: number; text: string },
    now: number,
  ): Promise<Effect[] | null> {
    const peer = this.#peers.of(to);
    const passed =
      peer && !peer.away && (await this.#pass(peer, { kind: 'whisper', counter: peer.whispers, at, text }));
    if (!passed) {
      this.#lines.settle(utterance.key, 'failed');
      return null;
    }
    const due = now + PASS_SETTLES;
    this.#flight = { utterance, due };
    return [send({ kind: 'pass', passes: [passed] }), { do: 'wake', at: due }];
  }

  /** Seals a message after handing the chain to all who are there and do not have it. */
  async #seal(spoken: Body): Promise<{ payload: Bytes; before: Chain; frames: Effect[] }> {
    const chain = this.#presentChain();
    const lacking = this.#peers.all().filter(peer => !peer.away && !peer.holds);
    const handedOver = await this.#handOver(chain, lacking);
    const before = { ...chain, key: Uint8Array.from(chain.key) };
    const { suite, door, own, random } = this.#ground;
    const payload = await sealBody(suite, door, own.public, chain, spoken, random(IV));
    return { payload, before, frames: [...handedOver, send({ kind: 'say', payload })] };
  }

  /** The chain to speak under: a fresh one if somebody has left, or if this member never spoke. */
  #presentChain(): Chain {
    if (!this.#chain || this.#stale) {
      const generation = this.#chain ? this.#chain.generation + 1 : 0;
      wipeChain(this.#chain);
      this.#chain = { generation, counter: 0, key: this.#ground.random(HASH) };
      this.#stale = false;
      for (const peer of this.#peers.all()) peer.holds = false;
    }
    return this.#chain;
  }

  /** Null where a member's card gives no key to seal under. */
  async #pass(peer: Peer, body: Passed): Promise<Pass | null> {
    const { suite, door, random } = this.#ground;
    try {
      const pair = this.#peers.pair(peer);
      return { to: peer.id, passed: await sealPassed(suite, door, pair, body, random(IV)) };
    } catch (error) {
      if (error instanceof SealError) return null;
      throw error;
    }
  }

  /** Hands the chain, at its present counter, to these members. */
  async #handOver({ generation, counter, key }: Chain, peers: Peer[]): Promise<Effect[]> {
    const passes: Pass[] = [];
    for (const peer of peers) {
      const passed = await this.#pass(peer, { kind: 'chain', generation, counter, key });
      peer.holds = passed !== null;
      if (passed) passes.push(passed);
    }
    const frames: Effect[] = [];
    for (let at = 0; at < passes.length; at += this.#width()) {
      frames.push(send({ kind: 'pass', passes: passes.slice(at, at + this.#width()) }));
    }
    return frames;
  }

  /** As many passes in a frame as it may have, and as its size allows. */
  #width(): number {
    const fit = Math.floor((this.#largestFrame() - OVERHEAD) / HANDOVER);
    return Math.max(1, Math.min(PASSES_MOST, fit));
  }
}
