// What members say and whisper, shown, and obeyed where others are to obey it.

import type { Bytes } from '../cbor.ts';
import type { Body, Malformed, Unknown } from '../seal/body.ts';
import { SealError } from '../seal/error.ts';
import type { Author, Ending } from '../state.ts';
import type { DaemonFrame } from '../wire.ts';
import type { Effect } from './effects.ts';
import { LACK_EVERY } from './hearing.ts';
import { forgetAt } from './lines.ts';
import type { Parts } from './parts.ts';
import { isReady, type Peer } from './peers.ts';
import { receiptDue } from './receipts.ts';

type Frame<Kind extends DaemonFrame['kind']> = DaemonFrame & { kind: Kind };

export class Spoken {
  readonly #parts: Parts;
  /** A member has ended it for this one, or for all. */
  ended: Ending | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async said({ from, payload }: Frame<'said'>, now: number): Promise<Effect[]> {
    const { hearing, queue, roster, lines } = this.#parts;
    const isOwn = from === roster.you.id;
    const peer = roster.of(from);
    const body = isOwn ? queue.echoed(payload) : await hearing.open(peer, payload, true);
    if (typeof body === 'string') return hearing.unheard(peer, body, now);
    // Nobody says in this member's name what it did not say.
    if (isOwn && !body) lines.event('contradicted');
    if (body) this.heard(from, body, now);
    return [];
  }

  /** What a member truly said, in whatever frame it came. */
  heard(from: number, body: Body | Unknown, now: number): void {
    const { company, roster, lines } = this.#parts;
    if (body.kind === 'kick') this.kickSaid(from, body.voice);
    else if (body.kind === 'stop' && company.moderates(from)) this.ended = 'stopped';
    else if (body.kind === 'unknown') lines.event('unshowable', { who: company.named(from) });
    else if (from !== roster.you.id) this.#show(body, company.author(from), false, now);
  }

  /** A member puts out a voice. `told`: who is out anyway, as the daemon says. */
  kickSaid(by: number, voice: Bytes, told?: number): void {
    const { company, roster, chain } = this.#parts;
    const id = company.ownerOf(voice);
    if (id === by || !company.moderates(by)) return;
    company.putOut(voice);
    if (id === undefined) return;
    if (id === roster.you.id) this.ended = 'kicked';
    const named = roster.of(id);
    if (!named || id === told || named.standing === 'shut-out') return;
    company.shutOut(named, by);
    chain.memberLeft();
  }

  /** What a member said to all, or to this one alone; of other kinds nothing is shown. */
  #show(body: Body, from: Author, isWhisper: boolean, now: number): void {
    if (!('timer' in body)) return;
    const kind = isWhisper ? 'whisper' : body.kind === 'farewell' ? 'farewell' : 'message';
    this.#parts.lines.say({ kind, from, at: body.at, html: body.text, state: 'sent' }, forgetAt(body, now));
  }

  async passed({ from, passed }: Frame<'passed'>, now: number): Promise<Effect[]> {
    const { hearing, queue, roster, stay } = this.#parts;
    stay.isOwnUsed = true;
    const peer = roster.of(from);
    if (!peer?.shown || !isReady(peer)) return hearing.unheard(peer, 'unheard', now);
    try {
      const body = await peer.pair.open(stay, peer.shown, passed, now);
      if (body?.kind === 'chain') hearing.handed(peer, body);
      else if (body?.kind === 'receipt') queue.confirmed(peer, body.counter, body.arrived);
      else if (body?.kind === 'lack') this.#lacked(peer, now);
      else if (body) return this.#whispered(peer, body.counter, body.said, now);
      return [];
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      return hearing.unheard(peer, error.fault, now);
    }
  }

  /** A member asks for the chain. One that asks too often gets it before the next message. */
  #lacked({ told }: Peer, now: number): void {
    told.hasChain = false;
    told.asks = now >= told.answeredAt + LACK_EVERY;
  }

  async #whispered(
    peer: Peer,
    counter: number,
    said: Body | Unknown | null | Malformed,
    now: number,
  ): Promise<Effect[]> {
    const { company, hearing, lines } = this.#parts;
    receiptDue(peer, now);
    const { heard } = peer;
    if (counter < heard.nextWhisper) return [];
    const missing = counter - heard.nextWhisper;
    if (missing > 0) lines.event('missing', { who: company.named(peer.id), count: missing });
    heard.nextWhisper = counter + 1;
    heard.whispers += 1;
    if (said === 'malformed') return hearing.unheard(peer, said, now);
    if (said?.kind === 'unknown') lines.event('unshowable', { who: company.named(peer.id) });
    else if (said) this.#show(said, company.author(peer.id), true, now);
    return [];
  }
}
