// What the daemon tells of the room, carried out frame by frame. Members' words are obeyed if
// they said them and may, each at its place in the one order; where the daemon says what nobody
// said, that is told.

import type { Bytes } from '../cbor.ts';
import type { Body, Unknown } from '../seal/body.ts';
import { stayingHash } from '../seal/box.ts';
import { equal } from '../seal/bytes.ts';
import { sha256 } from '../seal/hkdf.ts';
import type { Ended, Event } from '../state.ts';
import { type DaemonFrame, FRAME } from '../wire.ts';
import { fits, goThrough, type NewDoor, takeDoor } from './doors.ts';
import type { Effect } from './effects.ts';
import { type Said, UNREAD } from './hearing.ts';
import type { Parts } from './parts.ts';
import type { Peer } from './peers.ts';
import { Spoken } from './spoken.ts';

type Frame<Kind extends DaemonFrame['kind']> = DaemonFrame & { kind: Kind };

/** Whether a member said what the daemon says it did; `unread`: that can't be told here. */
type Word = 'said' | 'unread' | 'unsaid';

type Judged = { word: Word; effects: Effect[] };

const PUT_OUT = { said: 'kicked', unread: 'put-out-unread', unsaid: 'put-out' } as const;

/** Milliseconds for which the daemon may ask for patience, and for which there is some without being asked. */
const PATIENCE_LEAST = 100;
export const PATIENCE_MOST = 60_000;

export class Told {
  readonly #parts: Parts;
  #boxed: Frame<'boxed'> | undefined;
  readonly #spoken: Spoken;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#spoken = new Spoken(parts);
  }

  /** Whether a member has ended it for this one, or for all. */
  ended(): Ended | undefined {
    return this.#spoken.ended;
  }

  async carryOut(frame: DaemonFrame, now: number): Promise<Effect[]> {
    const { company, roster, lines, moderation, order, timer } = this.#parts;
    switch (frame.kind) {
      case 'joined':
        if (frame.id <= roster.highest || roster.isFull()) return this.#contradicted();
        await company.seat({ ...frame, away: false }, order.count());
        lines.event('joined', { who: company.named(frame.id) });
        timer.owe();
        return [];
      case 'left':
        return this.#out(frame.id, frame.how);
      case 'kicked':
        return this.#kicked(frame, now);
      case 'handed':
        return this.#handed(frame, now);
      case 'said':
        order.said += 1;
        return this.#spoken.said(frame, now);
      case 'passed':
        return this.#spoken.passed(frame, now);
      case 'away':
      case 'back':
        return this.#away(frame.id, frame.kind);
      case 'keeper':
        // It follows from what was told before: here it is only compared.
        if (frame.id !== roster.keeper) lines.event('keeper-unsaid', { who: company.named(frame.id) });
        return [];
      case 'locked':
        order.locked = frame.locked;
        moderation.locked();
        lines.event(frame.locked ? 'locked' : 'unlocked', { by: company.named(frame.by) });
        return [];
      case 'renewed':
        return this.#renewed(frame, now);
      case 'boxed':
        this.#boxed = frame;
        return [];
      case 'relocked':
        return this.#relocked(frame, now);
      case 'closing':
        lines.event('closing', { count: frame.seconds });
        return [];
      case 'denied':
        return this.#denied({ ...frame, retryMs: Math.min(frame.retryMs, PATIENCE_MOST) }, now);
      default:
        return [];
    }
  }

  /** Why the daemon puts this member out, or ends the room. */
  async over({ end, by, payload }: Frame<'over'>): Promise<Ended> {
    const { company, roster } = this.#parts;
    if (end !== 'kicked' && end !== 'stopped') return { ending: end };
    const unsaid = end === 'stopped' ? 'stopped-unread' : 'put-out';
    if (by === null) return { ending: end === 'stopped' ? 'stopped-by-host' : unsaid };
    if (!payload) return { ending: end === 'kicked' && company.moderates(by) ? 'left-out' : unsaid };
    const mayBe = company.moderates(by);
    const { word } = await this.#wordOf(by, payload, null, body => {
      if (end === 'stopped') return body.kind === 'stop' ? 'said' : 'unsaid';
      return body.kind === 'kick' ? this.#names(roster.you.id, body.voice) : 'unsaid';
    });
    return word === 'said' && mayBe ? company.endedBy(end, by) : { ending: unsaid };
  }

  #contradicted(): Effect[] {
    this.#parts.lines.event('contradicted');
    return [];
  }

  #out(id: number, how: Event, by?: number): Effect[] {
    const { company, roster, lines, chain, timer } = this.#parts;
    const peer = roster.of(id);
    if (!peer) return this.#contradicted();
    const isAnother = company.remove(peer, how, by);
    if (isAnother) {
      lines.event('keeper', { who: company.named(roster.keeper) });
      timer.owe();
    }
    chain.memberLeft();
    return [];
  }

  async #kicked({ id, by, payload }: Frame<'kicked'>, now: number): Promise<Effect[]> {
    const may = this.#parts.company.moderates(by) && id !== by;
    const { word, effects } = await this.#wordOf(by, payload, now, (body, said) => {
      if (body.kind !== 'kick') return this.#another(by, said, now);
      // The one that is named is out, whoever the daemon says it was.
      this.#spoken.kickSaid(by, body.voice, id);
      return this.#names(id, body.voice);
    });
    return [...effects, ...this.#out(id, PUT_OUT[may ? word : 'unsaid'], by)];
  }

  async #handed({ id, by, payload }: Frame<'handed'>, now: number): Promise<Effect[]> {
    const { company, roster, lines, timer } = this.#parts;
    const may = roster.keeper === by && company.moderates(by) && roster.isSeated(id);
    const { word, effects } = await this.#wordOf(by, payload, now, (body, said) => {
      if (body.kind === 'hand') return this.#names(id, body.voice);
      return this.#another(by, said, now);
    });
    const about = { who: company.named(id), by: company.named(by) };
    if (!may || word === 'unsaid') {
      lines.event('keeper-unsaid', about);
    } else {
      roster.keeper = id;
      timer.owe();
      lines.event(word === 'said' ? 'keeper' : 'handed-unread', about);
    }
    return effects;
  }

  /** Whether a member said something like that; `now` is null beside the one order. */
  async #wordOf(
    by: number,
    payload: Bytes,
    now: number | null,
    judge: (body: Body | Unknown, said: Said) => Word,
  ): Promise<Judged> {
    const { hearing, queue, roster } = this.#parts;
    const isOwn = by === roster.you.id;
    const peer = roster.of(by);
    const heard = isOwn ? queue.echoed(payload, now ?? 0) : await hearing.open(peer, payload, now !== null);
    if (typeof heard !== 'string')
      return { word: heard?.body ? judge(heard.body, heard) : 'unsaid', effects: [] };
    const effects = now === null ? [] : await hearing.lack(peer, heard, now);
    return { word: UNREAD.has(heard) ? 'unread' : 'unsaid', effects };
  }

  /** A member said something, but not what the daemon makes of it. */
  #another(by: number, said: Said, now: number): 'unsaid' {
    this.#spoken.heard(by, said, now);
    return 'unsaid';
  }

  /** Whether a voice is that of a member, as far as that can be told. */
  #names(id: number, voice: Bytes): Word {
    const { company, roster } = this.#parts;
    const owner = company.ownerOf(voice);
    if (owner === id) return 'said';
    const isKnown = id === roster.you.id || roster.of(id)?.shown !== undefined;
    return owner === undefined && !isKnown ? 'unread' : 'unsaid';
  }

  /** While a member was away, or until it took its seat again, what was passed to it may have gone nowhere. */
  #away(id: number, kind: 'away' | 'back'): Effect[] {
    const { company, roster, lines, timer } = this.#parts;
    const peer = roster.of(id);
    if (!peer) return this.#contradicted();
    const isAway = kind === 'away';
    const hasChanged = peer.away !== isAway;
    peer.away = isAway;
    peer.told.hasChain = false;
    roster.changed();
    if (!isAway) timer.owe();
    // A member that took its seat again before anybody missed it was not away.
    if (hasChanged) lines.event(kind, { who: company.named(id) });
    return [];
  }

  async #renewed({ id, card }: Frame<'renewed'>, now: number): Promise<Effect[]> {
    const { company, renewal, roster } = this.#parts;
    if (id === roster.you.id) {
      if (!renewal.renewed(card, now)) return this.#contradicted();
      company.ownChanged();
      return [];
    }
    const peer = roster.of(id);
    if (!peer) return this.#contradicted();
    await company.show(peer, card, now, true);
    return [];
  }

  async #relocked(frame: Frame<'relocked'>, now: number): Promise<Effect[]> {
    const { company, roster, lines, order, chain, renewal, moderation, stay } = this.#parts;
    const { by, lock, heart, staying } = frame;
    if (lock !== order.lock + 1) return this.#contradicted();
    lines.event('relocked', { by: company.named(by) });
    const [asked, boxed] = [moderation.asked(), this.#boxed];
    const may = company.moderates(by);
    const voice = company.makerVoice(by);
    this.#boxed = undefined;
    let made: NewDoor | null = null;
    const isOwn =
      asked !== undefined && by === stay.you && lock === asked.lock && (await fits(stay, asked, heart));
    if (isOwn) made = asked;
    else if (may && voice && boxed?.by === by)
      made = await takeDoor(stay, voice, { lock, staying: stayingHash(staying) }, boxed.box, heart);
    order.lock = lock;
    order.heart = sha256(heart);
    // The maker knows better than the daemon who was to stay.
    if (isOwn && !equal(stayingHash(asked.staying), stayingHash(staying))) this.#contradicted();
    const stays = ({ id }: Peer) => staying.includes(id) && (!isOwn || asked.staying.includes(id));
    for (const peer of roster.peers()) if (!stays(peer)) this.#out(peer.id, 'left-out', by);
    chain.memberLeft();
    if (made) {
      goThrough(stay, made, now);
      await company.tryAgain(now);
      renewal.urge();
    } else {
      stay.isKeyless = true;
      lines.event('keyless');
    }
    return isOwn ? moderation.relocked() : [];
  }

  async #denied(frame: Frame<'denied'>, now: number): Promise<Effect[]> {
    const { company, lines, moderation, queue, renewal } = this.#parts;
    if (frame.frame === FRAME.renew) {
      renewal.denied(frame.why, frame.retryMs, now);
      return [];
    }
    if (frame.why === 'too-fast') queue.backOff(now + Math.max(frame.retryMs, PATIENCE_LEAST));
    queue.denied(frame.frame, frame.why, now);
    const isOrder = frame.frame !== FRAME.say && frame.frame !== FRAME.pass;
    if (isOrder && frame.why === 'not-yours') company.refuse();
    if (isOrder && frame.frame !== FRAME.relock && frame.why === 'no-such-member')
      lines.note({ code: 'gone' });
    return moderation.denied(frame, now);
  }
}
