// The chain under which this member speaks, and to whom it is handed (protocol, section 2, "What goes to the room").

import type { Bytes } from '../cbor.ts';
import { IV, sealedLength } from '../seal/aead.ts';
import type { Body } from '../seal/body.ts';
import { type Chain, nextGeneration, sealSaid, stepChain, wipeChain } from '../seal/chain.ts';
import { HASH } from '../seal/hkdf.ts';
import { OVERHEAD, PASSES_MOST, type Pass } from '../wire.ts';
import { type Effect, send } from './effects.ts';
import { passTo } from './passing.ts';
import { isReady, type Peer } from './peers.ts';
import type { RoomOrder } from './room-order.ts';
import type { Roster } from './roster.ts';
import type { Stay } from './stay.ts';

/** Counters are below this. */
const COUNTER_LIMIT = 2 ** 32;
/** Messages under one generation. */
export const MESSAGES_EACH = 200;
/** Milliseconds from the first message of a generation to the next generation. */
export const GENERATION_LASTS = 600_000;

/** Bytes of a chain that is handed over, with what a frame adds for each. */
const CHAIN_PASS_BYTES = sealedLength(64) + 16;

export class OwnChain {
  readonly #stay: Stay;
  readonly #roster: Roster;
  readonly #order: RoomOrder;
  readonly #largestFrame: () => number;
  #chain: Chain | undefined;
  /** Messages of this generation, and when it was first sealed under, or handed out. */
  #spoken = 0;
  #begun: number | undefined;
  #isRenewalDue = false;

  constructor(stay: Stay, roster: Roster, order: RoomOrder, largestFrame: () => number) {
    this.#stay = stay;
    this.#roster = roster;
    this.#order = order;
    this.#largestFrame = largestFrame;
  }

  /** Somebody is out: what is said from now on is said under a new generation. */
  memberLeft(): void {
    this.#isRenewalDue = true;
  }

  /** Numbers have run out: who goes on nevertheless would use one twice. */
  isWorn(): boolean {
    return this.#chain !== undefined && this.#chain.counter >= COUNTER_LIMIT;
  }

  /** Those who are there and cannot read what would be said now. */
  lacking(now: number): Peer[] {
    this.#current(now);
    return this.#roster.peers().filter(peer => isReady(peer) && !peer.away && !peer.told.hasChain);
  }

  /** Those who are there and ask for the chain. */
  asking(): Peer[] {
    return this.#roster.peers().filter(peer => peer.told.asks && isReady(peer) && !peer.away);
  }

  /** Nobody is sure to have the chain any more. */
  takeBack(peers: readonly Peer[] = this.#roster.peers()): void {
    for (const { told } of peers) told.hasChain = false;
  }

  /** Hands the chain, at its present counter, to these members. */
  async handOut(peers: readonly Peer[], now: number): Promise<Effect[]> {
    const { generation, counter, key } = this.#current(now);
    const passes: Pass[] = [];
    for (const peer of peers) {
      const pass = await passTo(this.#stay, peer, { kind: 'chain', generation, counter, key });
      peer.told.hasChain = pass !== null;
      peer.told.asks = false;
      if (pass) passes.push(pass);
    }
    const frames: Effect[] = [];
    for (let at = 0; at < passes.length; at += this.passesPerFrame()) {
      frames.push(send({ kind: 'pass', passes: passes.slice(at, at + this.passesPerFrame()) }));
    }
    return frames;
  }

  /** Seals at the present counter, which stays until the message is known to have been relayed. */
  async seal(body: Body, now: number): Promise<Bytes> {
    const { suite, roomSalt, voice, random } = this.#stay;
    return sealSaid(suite, roomSalt, voice, this.#current(now), this.#order.sight(), body, random(IV));
  }

  /** Of the next message. */
  counter(): number {
    return this.#chain?.counter ?? 0;
  }

  /** A message was relayed. */
  relayed(): void {
    if (!this.#chain) return;
    stepChain(this.#stay.roomSalt, this.#chain);
    this.#spoken += 1;
  }

  /** As many passes in a frame as it may have, and as its size allows. */
  passesPerFrame(): number {
    const fit = Math.floor((this.#largestFrame() - OVERHEAD) / CHAIN_PASS_BYTES);
    return Math.max(1, Math.min(PASSES_MOST, fit));
  }

  wipe(): void {
    wipeChain(this.#chain);
    this.#chain = undefined;
  }

  #current(now: number): Chain {
    const isOver =
      this.#spoken >= MESSAGES_EACH || (this.#begun !== undefined && now >= this.#begun + GENERATION_LASTS);
    if (!this.#chain || this.#isRenewalDue || isOver) {
      this.#chain = nextGeneration(this.#chain, this.#stay.random(HASH));
      this.#isRenewalDue = false;
      this.#spoken = 0;
      this.#begun = undefined;
      this.takeBack();
    }
    this.#begun ??= now;
    return this.#chain;
  }
}
