// What members say and whisper, shown, and obeyed where others are to obey it.

import type { Bytes } from '../cbor.ts';
import type { Body, Malformed, Unknown, Whispered } from '../seal/body.ts';
import { SealError } from '../seal/error.ts';
import type { Ended } from '../state.ts';
import type { DaemonFrame } from '../wire.ts';
import { nameId, voiceId } from './about.ts';
import type { Effect } from './effects.ts';
import { type Said, LACK_EVERY } from './hearing.ts';
import type { Speech } from './lines.ts';
import type { Parts } from './parts.ts';
import { isReady, type Peer } from './peers.ts';
import { receiptDue } from './receipts.ts';

type Frame<Kind extends DaemonFrame['kind']> = DaemonFrame & { kind: Kind };

export class Spoken {
  readonly #parts: Parts;
  /** A member has ended it for this one, or for all. */
  ended: Ended | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async said({ from, payload }: Frame<'said'>, now: number): Promise<Effect[]> {
    const { hearing, queue, roster, lines } = this.#parts;
    const isOwn = from === roster.you.id;
    const peer = roster.of(from);
    const heard = isOwn ? queue.echoed(payload, now) : await hearing.open(peer, payload, true);
    if (typeof heard === 'string') return hearing.unheard(peer, heard, now);
    // Nobody says in this member's name what it did not say.
    if (isOwn && !heard) lines.event('contradicted');
    if (heard) this.heard(from, heard, now);
    return [];
  }

  /** What a member truly said, in whatever frame it came. */
  heard(from: number, said: Said, now: number): void {
    const { about, company, roster, lines } = this.#parts;
    const { body } = said;
    const peer = roster.of(from);
    if (body?.kind === 'kick') this.kickSaid(from, body.voice);
    else if (body?.kind === 'stop' && company.moderates(from)) this.ended = company.endedBy('stopped', from);
    else if (body?.kind === 'timer') this.#timerSaid(from, body.seconds);
    else if (body?.kind === 'unknown') lines.event('unshowable', { who: company.named(from) });
    else if (body && from === roster.you.id) about.carryOut(body, from, about.ownSpeech());
    else if (body && peer?.shown && 'name' in said)
      this.#show(body, peer, { voice: voiceId(peer.shown.voice.bytes), between: '' }, nameId(said.name), now);
  }

  /** A member puts out a voice. `told`: who is out anyway, as the daemon says. */
  kickSaid(by: number, voice: Bytes, told?: number): void {
    const { company, roster, chain } = this.#parts;
    const id = company.ownerOf(voice);
    if (id === by || !company.moderates(by)) return;
    company.putOut(voice);
    if (id === undefined) return;
    if (id === roster.you.id) this.ended = company.endedBy('kicked', by);
    const named = roster.of(id);
    if (!named || id === told || named.standing === 'shut-out') return;
    company.shutOut(named, by);
    chain.memberLeft();
  }

  /** Who may moderate sets for how long messages are to be seen. */
  #timerSaid(from: number, seconds: number): void {
    const { company, lines, roster, timer } = this.#parts;
    const isOwn = from === roster.you.id;
    if (isOwn) timer.answered(seconds);
    if (!company.moderates(from)) {
      // The office was lost meanwhile; a reminder changes nothing, and nobody waits for it.
      if (isOwn && seconds !== timer.seconds) company.refuse();
    } else if (timer.set(seconds)) lines.event('timer', { by: company.named(from), count: seconds });
  }

  /** What a member said to all, or to this one alone, or about what was said; of other kinds nothing is shown. */
  #show(body: Body, peer: Peer, speech: Speech, name: string, now: number): void {
    const { about, company, lines, typing } = this.#parts;
    const { id } = peer;
    about.carryOut(body, id, speech);
    if (body.kind === 'typing') typing.heard(peer, now);
    if (!('timer' in body)) return;
    typing.said(peer, now);
    if (speech.between) company.whispered(id);
    const kind = speech.between ? 'whisper' : body.kind === 'farewell' ? 'farewell' : 'message';
    const answers = about.answered(body, speech.between);
    const spoken = { kind, from: company.author(id), at: body.at, html: body.text, state: 'sent' } as const;
    const more = {
      ...(body.kind === 'action' && { isAction: true as const }),
      ...(answers !== undefined && { answers }),
    };
    lines.name(lines.say({ ...spoken, ...more }, speech, body.timer, now), name);
  }

  async passed({ from, passed }: Frame<'passed'>, now: number): Promise<Effect[]> {
    const { hearing, queue, roster, stay } = this.#parts;
    stay.isOwnUsed = true;
    const peer = roster.of(from);
    if (!peer?.shown || !isReady(peer)) return hearing.unheard(peer, 'unheard', now);
    try {
      const body = await peer.pair.open(stay, peer.shown, passed, now);
      if (body?.kind === 'chain') hearing.handed(peer, body);
      else if (body?.kind === 'receipt') queue.confirmed(peer, body.counter, body.arrived, now);
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
    said: Whispered | Unknown | null | Malformed,
    now: number,
  ): Promise<Effect[]> {
    const { about, company, hearing, lines } = this.#parts;
    receiptDue(peer, now);
    const { heard } = peer;
    if (counter < heard.nextWhisper) return [];
    const missing = counter - heard.nextWhisper;
    if (missing > 0) lines.event('missing', { who: company.named(peer.id), count: missing });
    heard.nextWhisper = counter + 1;
    heard.whispers += 1;
    if (said === 'malformed') return hearing.unheard(peer, said, now);
    if (said?.kind === 'unknown') lines.event('unshowable', { who: company.named(peer.id) });
    else if (said && peer.shown) {
      const { voice } = peer.shown;
      const speech = { voice: voiceId(voice.bytes), between: about.ownSpeech(voice).between };
      this.#show(said, peer, speech, about.nameOfHeard(voice, counter, said), now);
    }
    return [];
  }
}
