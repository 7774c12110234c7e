// The queue of what this member says: one at a time, in order, each message readable by exactly the members seen in the
// room when it is sent (protocol, section 2).
//
// A message counts as sent once the daemon has echoed it, and until then keeps its counter: what the daemon refused or
// lost is sent again under the same one, by which readers know it. A whisper is not echoed: it counts as sent when it was
// not denied for a moment, or its receiver confirms it. So do chains, where the daemon has found them too many at once; a
// message waits for nobody whose chain is denied: who does not read must not keep others from being heard.
//
// An order's counter is used up by whatever becomes of it: a daemon may have shown it to others as a message.

import { equal } from '../seal/bytes.ts';
import type { Bytes } from '../cbor.ts';
import type { Body, Whispered } from '../seal/body.ts';
import { type Denial, FRAME } from '../wire.ts';
import type { About } from './about.ts';
import { frameLength } from './capacity.ts';
import { type Effect, send } from './effects.ts';
import type { Lines } from './lines.ts';
import type { Orders } from './orders.ts';
import type { OwnChain } from './own-chain.ts';
import { passTo } from './passing.ts';
import type { Peer } from './peers.ts';
import type { Roster } from './roster.ts';
import type { Stay } from './stay.ts';

/** A message to everyone, a whisper, or an order that a member's voice has to say; with the key of its line. */
export type Utterance = Words | Order;

type Whisper = { to: Peer; body: Whispered; key?: number };
type Words =
  | { to: Peer | null; body: Whispered; key?: number }
  | { to: null; body: Body & { kind: 'timer' }; key?: number };
type Order = { order: 'kick' | 'hand'; whom: Peer } | { order: 'stop' };

/** What waits to be said, and what became of it so far. */
type Word<What = Utterance> = {
  readonly what: What;
  /** What it said when it was first sent; from then on it may have been relayed. */
  body?: Body;
  /** Those to whom the chain was passed ahead of it. */
  readonly tried: Set<Peer>;
  /** Of a whisper: its counter, and how often it was denied. */
  counter?: number;
  denials: number;
  /** Who says it leaves. */
  isLast?: true;
};

type InFlight = {
  word: Word;
  /** What the daemon will show everybody, and what that says; none where chains go ahead, and of a whisper. */
  payload?: Bytes;
  body?: Body;
  /** The number by which the daemon would deny it. */
  frame: number;
  /** The peers that get the chain before it. */
  recipients: Peer[];
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
/** Denials as too fast after which a whisper has failed: its receiver may never read. */
export const WHISPER_DENIED_MOST = 5;
/** Milliseconds to wait where the daemon denies what it has no reason to deny. */
const AGAIN_AFTER = 1000;

export class SendQueue {
  readonly #stay: Stay;
  readonly #roster: Roster;
  readonly #lines: Lines;
  readonly #about: About;
  readonly #orders: Orders;
  readonly #chain: OwnChain;
  readonly #largestFrame: () => number;
  #waiting: Word[] = [];
  #inFlight: InFlight | null = null;
  /** Those who were last handed the chain because they lacked it. */
  #answered: Peer[] = [];
  /** The daemon takes nothing more until then. */
  #backOffUntil = 0;
  /** The daemon has found passes too fast: of many, one goes at a time. */
  #oneFrameAtATime = false;

  constructor(
    stay: Stay,
    roster: Roster,
    lines: Lines,
    about: About,
    orders: Orders,
    chain: OwnChain,
    largestFrame: () => number,
  ) {
    this.#stay = stay;
    this.#roster = roster;
    this.#lines = lines;
    this.#about = about;
    this.#orders = orders;
    this.#chain = chain;
    this.#largestFrame = largestFrame;
  }

  /** Whether nothing waits to be said. */
  isIdle(): boolean {
    return this.#inFlight === null && this.#waiting.length === 0;
  }

  /** Whether the daemon would take a frame with these words, and there is room in the queue. */
  fits(to: Peer | null, body: Whispered): boolean {
    return frameLength(to !== null, body) <= this.#largestFrame() && this.#waiting.length < QUEUE_MOST;
  }

  enqueue(utterance: Utterance): void {
    this.#waiting.push({ what: utterance, tried: new Set(), denials: 0 });
  }

  /** Whether somebody is still to be kicked. */
  isKicking(): boolean {
    const all = [this.#inFlight?.word, ...this.#waiting];
    return all.some(word => word && 'order' in word.what && word.what.order === 'kick');
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
    const hasWork = this.#waiting.length > 0 || this.#chain.asking().length > 0;
    return hasWork ? this.#backOffUntil : Number.POSITIVE_INFINITY;
  }

  /** Sends what may be sent now. */
  async next(now: number): Promise<Effect[]> {
    if (now < this.#backOffUntil) return [];
    const answers = await this.#answer(now);
    while (!this.#inFlight) {
      const word = this.#waiting.shift();
      if (!word) break;
      const effects = isWhisper(word) ? await this.#whisper(word, now) : await this.#speak(word, now);
      if (effects) return [...answers, ...effects];
    }
    return answers;
  }

  /** Hands the chain to those who lack it; not while a word is under way, whose counter the chain still has. */
  async #answer(now: number): Promise<Effect[]> {
    const asking = this.#inFlight ? [] : this.#chain.asking();
    if (asking.length === 0) return [];
    for (const { told } of asking) told.answeredAt = now;
    this.#answered = asking;
    return this.#chain.handOut(asking, now);
  }

  /** Leaves with these words. They wait for what all will see of those before, and nothing else that waits is said. */
  async farewell(body: Whispered, now: number): Promise<Effect[]> {
    if (!this.#inFlight?.payload) this.#inFlight = null;
    this.#waiting = [{ what: { to: null, body }, tried: new Set(), denials: 0, isLast: true }];
    return this.next(now);
  }

  /** Whether a farewell still waits to be said. */
  hasLastWords(): boolean {
    return this.#waiting.some(({ isLast }) => isLast);
  }

  /** The daemon shows a message of one's own to all: what it says, if it is the one in flight, which then is sent. */
  echoed(payload: Bytes, now: number): { body: Body } | null {
    const inFlight = this.#inFlight;
    if (!inFlight?.payload || !inFlight.body || !equal(inFlight.payload, payload)) return null;
    const { word, body } = inFlight;
    if ('key' in word.what && word.what.key !== undefined)
      this.#about.said(word.what.key, this.#chain.counter(), body);
    this.#chain.relayed();
    this.#show(word, 'sent', now);
    this.#inFlight = null;
    return { body };
  }

  /** A frame of this number was denied. */
  denied(frame: number, why: Denial, now: number): void {
    const inFlight = this.#inFlight;
    if (frame === FRAME.pass) this.#passDenied(why, now);
    if (!inFlight?.payload || inFlight.frame !== frame) return;
    if (why !== 'too-fast') this.backOff(now + AGAIN_AFTER);
    // An order is not repeated; in its place, under its counter, all get what they pass over.
    if (why !== 'too-fast' && frame !== FRAME.say)
      inFlight.word = { ...inFlight.word, what: { to: null, body: { kind: 'typing', at: now } } };
    this.#requeue();
  }

  /** Time has passed; whether the daemon has not shown for too long what is in flight. */
  stalled(now: number): boolean {
    const inFlight = this.#inFlight;
    if (!inFlight || now < inFlight.due) return false;
    if (inFlight.payload) return true;
    if (isWhisper(inFlight.word)) this.#whispered('sent', now);
    else this.#requeue();
    return false;
  }

  /** A member confirms the whispers up to this counter, of which so many have arrived. */
  confirmed(peer: Peer, counter: number, arrived: number, now: number): void {
    const { told } = peer;
    const before = told.confirmed;
    // Nobody opens what was not sent, and what was opened stays so.
    const isPossible = counter < told.nextWhisper && arrived <= counter + 1;
    if (!isPossible || counter <= before.counter || arrived <= before.arrived) return;
    told.confirmed = { counter, arrived };
    // Those that are missing might be any of those since.
    if (arrived - before.arrived !== counter - before.counter) return;
    for (const [each, key] of told.unconfirmed) {
      if (each <= before.counter || each > counter) continue;
      told.unconfirmed.delete(each);
      this.#lines.setState(key, 'delivered', now);
    }
    const word = this.#inFlight?.word;
    if (word && isWhisper(word) && word.what.to === peer && (word.counter ?? Infinity) <= counter) {
      this.#arrived(word);
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
    this.dropTyping();
    this.#requeue();
  }

  /**
   * Takes over what waited in a stay before this one: `toOf` has whom it goes to now, all or one, and has nobody where it
   * is not to be said any more.
   */
  takeOver(before: SendQueue, now: number, toOf: (to: Peer | null) => Peer | null | undefined): void {
    before.#requeue();
    for (const word of before.#waiting.splice(0)) {
      const { what } = word;
      // It was given in another office, and to a room as it was then.
      if ('order' in what || what.body.kind === 'timer') {
        this.#lines.note({ code: 'not-carried-out' });
        continue;
      }
      if (what.body.kind === 'typing') continue;
      const to = isTried(word) || isOfFormerVoice(what) ? undefined : toOf(what.to);
      if (to === undefined) {
        this.#lose(word, now);
        continue;
      }
      if (what.key !== undefined) this.#lines.revoice(what.key, this.#about.ownSpeech(to?.shown?.voice));
      this.enqueue({ ...what, to } as Utterance);
    }
  }

  /** Nobody is told later that this member was typing. */
  dropTyping(): void {
    const isTyping = ({ what }: Word) => 'body' in what && what.body.kind === 'typing';
    this.#waiting = this.#waiting.filter(word => !isTyping(word) || isTried(word));
  }

  wipe(): void {
    this.#chain.wipe();
    this.#inFlight = null;
    this.#waiting = [];
  }

  #requeue(): void {
    if (this.#inFlight) this.#waiting.unshift(this.#inFlight.word);
    this.#inFlight = null;
  }

  /** What was denied is a whisper, or chains of those that went with or before a message. */
  #passDenied(why: Denial, now: number): void {
    const inFlight = this.#inFlight;
    if (why === 'too-fast') this.#chain.takeBack(this.#answered.splice(0));
    if (!inFlight) return;
    const { word, payload, recipients } = inFlight;
    if (why !== 'too-fast') {
      // A chain for somebody who has just left is not missed by anybody.
      if (isWhisper(word)) this.#whispered('failed', now);
      return;
    }
    this.#oneFrameAtATime = true;
    this.#chain.takeBack(recipients);
    // A message goes its way: the daemon shows or denies it by itself.
    if (payload) return;
    word.denials += 1;
    if (isWhisper(word) && word.denials >= WHISPER_DENIED_MOST) this.#whispered('failed', now);
    else this.#requeue();
  }

  #whispered(state: 'sent' | 'failed', now: number): void {
    const word = this.#inFlight?.word;
    this.#inFlight = null;
    if (!word) return;
    this.#show(word, state, now);
    if (state === 'sent' && isWhisper(word)) this.#arrived(word);
  }

  /** What was whispered about a message counts from now on. */
  #arrived({ what: { to, body } }: Word<Whisper>): void {
    if (to.shown) this.#about.carryOut(body, this.#stay.you, this.#about.ownSpeech(to.shown.voice));
  }

  /** It is not said any more by itself: who reads it twice would take it for said twice. */
  #lose(word: Word, now: number): void {
    this.#show(word, isTried(word) ? 'unsure' : 'failed', now);
  }

  #show({ what }: Word, state: 'sent' | 'failed' | 'unsure', now: number): void {
    if ('key' in what && what.key !== undefined) this.#lines.setState(what.key, state, now);
    // Reactions and the like have no line of their own.
    else if (state !== 'sent') this.#lines.note({ code: state === 'unsure' ? 'perhaps-untold' : 'untold' });
  }

  /** Null where there is nothing to be said any more. */
  async #speak(word: Word, now: number): Promise<Effect[] | null> {
    const order = this.#orderOf(word);
    const body = order ? this.#bodyOf(order) : 'to' in word.what ? word.what.body : word.body;
    if (!body) {
      this.#lines.note({ code: 'gone' });
      return null;
    }
    const lacking = this.#chain.lacking(now);
    const most = this.#chain.passesPerFrame();
    const ahead = lacking.filter(peer => !word.tried.has(peer)).slice(0, most);
    if (this.#oneFrameAtATime && !word.isLast && lacking.length > most && ahead.length > 0) {
      for (const peer of ahead) word.tried.add(peer);
      this.#inFlight = { word, frame: FRAME.pass, recipients: ahead, due: now + PASS_SENT_AFTER };
      return this.#chain.handOut(ahead, now);
    }
    word.body = body;
    const chains = await this.#chain.handOut(lacking, now);
    const payload = await this.#chain.seal(body, now);
    const frame = order ? FRAME[order.order] : FRAME.say;
    this.#inFlight = { word, frame, payload, body, recipients: lacking, due: now + ECHO_WITHIN };
    const exit = word.isLast ? [send({ kind: 'exit' })] : [];
    return [...chains, order ? this.#give(order, payload) : send({ kind: 'say', payload }), ...exit];
  }

  /**
   * As what a word goes. One that has lost its object, or looks as if it had been carried out already, is no order: if it
   * may have been relayed it is said as a mere word, so that its counter is used up in any case.
   */
  #orderOf({ what, body }: Word): Order | null {
    if (!('order' in what)) return null;
    if (what.order === 'stop') return what;
    const isHanded = what.order === 'hand' && body !== undefined && this.#roster.keeper !== this.#stay.you;
    return this.#roster.has(what.whom) && !isHanded ? what : null;
  }

  #bodyOf(order: Order): Body | null {
    if (order.order === 'stop') return { kind: 'stop' };
    const { shown } = order.whom;
    return shown ? { kind: order.order, voice: shown.voice.bytes } : null;
  }

  #give(order: Order, payload: Bytes): Effect {
    return order.order === 'stop'
      ? this.#orders.give({ kind: 'stop', payload })
      : this.#orders.give({ kind: order.order, id: order.whom.id, payload });
  }

  /** Null, and a failed line, where that member can't be whispered to any more. */
  async #whisper(word: Word<Whisper>, now: number): Promise<Effect[] | null> {
    const { to: peer, body, key } = word.what;
    const counter = word.counter ?? peer.told.nextWhisper;
    const whisper = { kind: 'whisper', counter, said: body } as const;
    const isHere = this.#roster.has(peer) && !peer.away;
    const pass = isHere ? await passTo(this.#stay, peer, whisper) : null;
    const shown = peer?.shown;
    if (!shown || !pass) {
      this.#lose(word, now);
      return null;
    }
    if (word.counter === undefined) peer.told.nextWhisper += 1;
    word.counter = counter;
    if (key !== undefined) {
      this.#about.whispered(key, shown.voice, counter, body);
      peer.told.unconfirmed.set(counter, key);
    }
    for (const oldest of peer.told.unconfirmed.keys()) {
      if (peer.told.unconfirmed.size <= UNCONFIRMED_MOST) break;
      peer.told.unconfirmed.delete(oldest);
    }
    this.#inFlight = { word, frame: FRAME.pass, recipients: [], due: now + PASS_SENT_AFTER };
    return [send({ kind: 'pass', passes: [pass] })];
  }
}

/** Whether it was sent, and may have arrived. */
const isTried = ({ body, counter }: Word): boolean => body !== undefined || counter !== undefined;

/** Whether it is about what the voice of a stay before said, or heard alone: nobody heeds that of another voice. */
const isOfFormerVoice = ({ to, body }: Words): boolean =>
  body.kind === 'unsend' || (body.kind === 'reaction' && to !== null);

const isWhisper = (word: Word): word is Word<Whisper> => 'to' in word.what && word.what.to !== null;
