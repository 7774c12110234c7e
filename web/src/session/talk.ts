// What a member says, to everyone or to one, and what it says about messages: it answers, reacts, takes back, tries again.

import type { Whispered } from '../seal/body.ts';
import { type Addressee, isUnsent } from '../state.ts';
import { nameBytes } from './about.ts';
import type { Parts } from './parts.ts';
import { isReady, type Peer } from './peers.ts';
import { isReaction, isSameEmoji } from './reactions.ts';

/** What goes to everyone, or to one. */
export type Outgoing = { to: Peer | null; body: Whispered & { text: string; at: number } };

export class Talk {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Says something; whether it was taken. Where it is too long or too much, a note tells so. */
  say({ to, body }: Outgoing, now: number): boolean {
    const { about, company, lines, queue, stay, typing } = this.#parts;
    if (!this.accepts({ to, body })) return false;
    const speech = about.ownSpeech(to?.shown?.voice);
    const answers = about.answered(body, speech.between);
    const spoken = {
      kind: to === null ? 'message' : 'whisper',
      from: company.author(stay.you),
      ...(to && { to: { ...company.addressee(to.id), ...company.named(to.id) } }),
      at: body.at,
      html: body.text,
      state: 'sending',
      ...(body.kind === 'action' && { isAction: true as const }),
      ...(answers !== undefined && { answers }),
    } as const;
    queue.enqueue({ to, body, key: lines.say(spoken, speech, timerOf(body), now) });
    if (to === null) typing.ownSaid();
    return true;
  }

  /** Answers a message, to those who read it; whether that was taken. */
  answer(key: number, { to, body }: Outgoing, now: number): boolean {
    const name = this.#nameFor(key, to);
    if (name === undefined) return this.#refuse();
    const { timer } = this.#parts;
    const { at, text } = body;
    return this.say({ to, body: { kind: 'reply', at, timer: timer.own(), text, to: nameBytes(name) } }, now);
  }

  /** Reacts to a message; the same once more takes it back. */
  react(key: number, emoji: string, now: number): void {
    if (!isReaction(emoji)) return;
    const own = this.#parts.lines.of(key)?.line.reactions?.find(({ yours }) => yours);
    const text = own && isSameEmoji(own.text, emoji) ? '' : emoji;
    this.#sayAbout(key, to => ({ kind: 'reaction', at: now, text, to }));
  }

  /** Takes back a message of one's own. */
  unsend(key: number, now: number): void {
    const { about, lines } = this.#parts;
    const found = lines.of(key);
    if (!found?.line.from.you) return;
    // It has reached nobody, or by a voice that is gone.
    if (isUnsent(found.line.state)) lines.remove(key);
    // Only the voice that said it is heeded, and that one is gone.
    else if (found.known.voice !== about.ownSpeech().voice) lines.note({ code: 'former-voice' });
    else this.#sayAbout(key, to => ({ kind: 'unsend', at: now, to }));
  }

  /** Says anew what could not be sent. */
  sayAgain(key: number, now: number): void {
    const { lines, timer } = this.#parts;
    const found = lines.of(key);
    if (!found?.line.from.you || !isUnsent(found.line.state)) return;
    const { to, html: text, isAction, answers } = found.line;
    const peer = to ? this.#hearer(to) : null;
    if (peer === undefined) return;
    const body = { kind: isAction ? 'action' : 'message', at: now, timer: timer.own(), text } as const;
    const outgoing = { to: peer, body };
    const isNamed = typeof answers === 'number' && this.#nameFor(answers, outgoing.to) !== undefined;
    const isTaken = isNamed ? this.answer(answers, outgoing, now) : this.say(outgoing, now);
    if (isTaken) lines.remove(key);
  }

  /** Tells the room that this member is writing to it, where nothing else waits to be said. */
  typing(now: number): void {
    const { queue, roster, typing } = this.#parts;
    if (!typing.isDue(now) || !queue.isIdle() || !roster.peers().some(isReady)) return;
    typing.told(now);
    queue.enqueue({ to: null, body: { kind: 'typing', at: now } });
  }

  accepts({ to, body }: { to: Peer | null; body: Whispered }): boolean {
    const { lines, queue } = this.#parts;
    const fits = queue.fits(to, body);
    if (!fits) lines.note({ code: 'too-much' });
    return fits;
  }

  /** By what those to whom something is said know a message. */
  #nameFor(key: number, to: Peer | null): string | undefined {
    const { about, lines } = this.#parts;
    const known = lines.of(key)?.known;
    const { between } = about.ownSpeech(to?.shown?.voice);
    return known?.between === between ? known.name : undefined;
  }

  #sayAbout(key: number, bodyOf: (to: ReturnType<typeof nameBytes>) => Whispered): void {
    const { lines, queue } = this.#parts;
    const found = lines.of(key);
    if (!found) return void this.#refuse();
    const { line, known } = found;
    const to = known.between ? this.#hearer(line.to ?? line.from) : null;
    if (to === undefined) return;
    const name = this.#nameFor(key, to);
    if (name === undefined) return void this.#refuse();
    const body = bodyOf(nameBytes(name));
    if (this.accepts({ to, body })) queue.enqueue({ to, body });
  }

  /** The member that is meant, if it can be whispered to now; a note tells why not. */
  #hearer(to: Addressee): Peer | undefined {
    const { company, lines } = this.#parts;
    const why = company.obstacle(to);
    if (why) lines.note(why);
    return why ? undefined : company.meant(to);
  }

  #refuse(): false {
    this.#parts.lines.note({ code: 'no-line' });
    return false;
  }
}

const timerOf = (body: Whispered): number => ('timer' in body ? body.timer : 0);
