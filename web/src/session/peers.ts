// The other members: what they showed of themselves, and the keys shared with each.

import type { Bytes } from '../cbor.ts';
import { openCard } from '../seal/card.ts';
import { type Chain, wipeChain } from '../seal/chain.ts';
import { SealError } from '../seal/error.ts';
import { folded } from '../seal/folded.ts';
import { type Pair, agreePair, wipePair } from '../seal/pair.ts';
import type { Credentials } from './credentials.ts';

export type Peer = {
  readonly id: number;
  /** Empty where the card cannot be read, its alias breaks the rule or is somebody else's. */
  readonly alias: string;
  /** Null where there is none to agree on keys with. */
  public: Bytes | null;
  away: boolean;
  pair?: Pair;
  /** Its chain, as far as it was read. */
  chain?: Chain;
  /** Whether it has our chain of this generation. */
  hasChain: boolean;
  /** The counter of our next whisper to it, and the least that its next one may have. */
  nextWhisper: number;
  leastWhisper: number;
};

export class Peers {
  readonly #credentials: Credentials;
  readonly #peers = new Map<number, Peer>();
  /** Aliases that are shown, so that none is shown twice. */
  readonly #aliases = new Set<string>();

  constructor(credentials: Credentials) {
    this.#credentials = credentials;
    this.#aliases.add(folded(credentials.alias));
  }

  /** In order of arrival. */
  all(): Peer[] {
    return [...this.#peers.values()];
  }

  of(id: number): Peer | undefined {
    return this.#peers.get(id);
  }

  /** Takes a member in. Two of one alias cannot be told apart: the later one is shown without. */
  async add(id: number, card: Bytes, away: boolean): Promise<Peer> {
    const shown = await this.#read(card);
    const peer = { id, ...shown, away, hasChain: false, nextWhisper: 0, leastWhisper: 0 };
    this.#peers.set(id, peer);
    return peer;
  }

  remove(id: number): Peer | undefined {
    const peer = this.#peers.get(id);
    if (!peer) return undefined;
    wipePeer(peer);
    this.#aliases.delete(folded(peer.alias));
    this.#peers.delete(id);
    return peer;
  }

  /** The keys shared with a member; throws {@link SealError} where its card gives none. */
  pair(peer: Peer): Pair {
    if (!peer.public) throw new SealError('malformed');
    try {
      peer.pair ??= agreePair(this.#credentials.door, this.#credentials.own, peer.public);
    } catch (error) {
      peer.public = null;
      throw error;
    }
    return peer.pair;
  }

  wipe(): void {
    for (const peer of this.#peers.values()) wipePeer(peer);
    this.#peers.clear();
    this.#aliases.clear();
  }

  async #read(sealed: Bytes): Promise<{ alias: string; public: Bytes | null }> {
    const { suite, door, aliases } = this.#credentials;
    try {
      const card = await openCard(suite, door, sealed, aliases.checkAlias);
      const alias = folded(card.alias);
      if (this.#aliases.has(alias)) return UNREADABLE;
      this.#aliases.add(alias);
      return card;
    } catch (error) {
      if (error instanceof SealError) return UNREADABLE;
      throw error;
    }
  }
}

const UNREADABLE = { alias: '', public: null };

function wipePeer(peer: Peer): void {
  if (peer.pair) wipePair(peer.pair);
  wipeChain(peer.chain);
}
