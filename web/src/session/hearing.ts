// What other members say, opened: and what is told of that which did not come, or can't be read.

import type { Bytes } from '../cbor.ts';
import type { Body, Unknown } from '../seal/body.ts';
import { openSaid, renewChain } from '../seal/chain.ts';
import { SealError, type SealFault } from '../seal/error.ts';
import type { Named } from '../state.ts';
import { type Effect, send } from './effects.ts';
import type { Lines } from './lines.ts';
import { passTo } from './passing.ts';
import { isReady, type Peer } from './peers.ts';
import type { RoomOrder } from './room-order.ts';
import type { Stay } from './stay.ts';

/** Milliseconds between two requests of one member for the chain of another. */
export const LACK_EVERY = 10_000;

/** What a member said, null for a kind that is passed over; and what others call it. */
export type Heard = { body: Body | Unknown | null; name: Bytes };

/** What a member, or this one itself, said. */
export type Said = Heard | { body: Body };

/** Why there is nothing to be heard; `unheard`: of who is not heard at all. */
export type Unheard = SealFault | 'unheard';

/** A message that may well be its sender's, and only the chain is lacking. */
const LACKS: ReadonlySet<Unheard> = new Set(['no-chain', 'too-far'] as const);

/** Why a member's word can't be judged; an honest daemon, too, may have had to deny what would open it. */
export const UNREAD: ReadonlySet<Unheard> = new Set([...LACKS, 'unheard'] as const);

export class Hearing {
  readonly #stay: Stay;
  readonly #order: RoomOrder;
  readonly #lines: Lines;
  readonly #named: (id: number) => Named;

  constructor(stay: Stay, order: RoomOrder, lines: Lines, named: (id: number) => Named) {
    this.#stay = stay;
    this.#order = order;
    this.#lines = lines;
    this.#named = named;
  }

  /** Opens a member's message. `inOrder`: it came in a frame that all get, and not beside those. */
  async open(peer: Peer | undefined, payload: Bytes, inOrder: boolean): Promise<Heard | Unheard> {
    const heard = await this.#open(peer, payload, inOrder);
    if (peer && typeof heard === 'string' && UNREAD.has(heard)) peer.heard.unread += 1;
    return heard;
  }

  async #open(peer: Peer | undefined, payload: Bytes, inOrder: boolean): Promise<Heard | Unheard> {
    if (!peer?.shown || !isReady(peer)) return 'unheard';
    const { heard, shown } = peer;
    try {
      const said = await openSaid(this.#stay.suite, this.#stay.roomSalt, shown.voice, heard.chain, payload);
      const who = this.#named(peer.id);
      const missing = said.missed - heard.unread;
      heard.unread = 0;
      if (missing > 0) this.#lines.event('missing', { who, count: missing });
      if (!peer.differs && this.#order.differs(peer, said, inOrder)) {
        peer.differs = true;
        this.#lines.event('differs', { who });
      }
      const { body, name } = said;
      return body === 'malformed' ? body : { body, name };
    } catch (error) {
      if (error instanceof SealError) return error.fault;
      throw error;
    }
  }

  /** A message was not opened: tells so, and asks for the chain where that is what was lacking. */
  async unheard(peer: Peer | undefined, why: Unheard, now: number): Promise<Effect[]> {
    // A member that repeats what was read, or is not to be heard, is passed over.
    if (why === 'replayed' || peer?.standing === 'shut-out') return [];
    this.#lines.event('unreadable', peer && { who: this.#named(peer.id) });
    return this.lack(peer, why, now);
  }

  /** Asks for the chain where that is what was lacking. */
  async lack(peer: Peer | undefined, why: Unheard, now: number): Promise<Effect[]> {
    if (!LACKS.has(why) || !peer || peer.away || now < peer.heard.lackedAt + LACK_EVERY) return [];
    peer.heard.lackedAt = now;
    const pass = await passTo(this.#stay, peer, { kind: 'lack' });
    return pass ? [send({ kind: 'pass', passes: [pass] })] : [];
  }

  /** Takes over a chain that was passed. */
  handed({ heard }: Peer, chain: { generation: number; counter: number; key: Bytes }): void {
    const before = heard.chain?.next ?? 0;
    heard.chain = renewChain(heard.chain, chain);
    // Messages before the chain begins are not told as missing anyway.
    heard.unread = Math.max(0, heard.unread - (heard.chain.next - before));
  }
}
