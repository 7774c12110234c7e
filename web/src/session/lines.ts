// The conversation: lines in order, never more than a bound. No message loses its place to
// what merely happens, which somebody who comes and goes can make as often as it likes.

import type { Event, Line, Named, Note } from '../state.ts';
import { isSameEvent, isShared, namedIn, sumOf, without } from './happenings.ts';
import { countReactions, react, type Reactions } from './reactions.ts';

/** Messages that are kept, and so shown; the oldest go. */
export const MESSAGES_MOST = 800;
/** Events and notes that are kept beside them. */
export const EVENTS_MOST = 200;

type Spoken = Extract<Line, { html: string }>;
type Happened = Extract<Line, { kind: 'event' }>;

/** The voice that said something, and both, one's own first, between whom it was whispered; `''` for the room. */
export type Speech = { readonly voice: string; readonly between: string };

/** What is known of a message beside what is shown of it. */
type Known = Speech & { readonly timer: number; name?: string; readonly reactions: Reactions };

const isSpoken = (line: Line): line is Spoken => 'html' in line;

export class Lines {
  #lines: Line[] = [];
  #nextKey = 1;
  /** Of each message that is kept, by its key. */
  readonly #known = new Map<number, Known>();
  readonly #keys = new Map<string, number>();
  /** Voices of which nothing is shown. */
  readonly #ignored = new Set<string>();
  #shown: Line[] | undefined;

  /** All that is shown; a new array after each change. */
  all(): Line[] {
    if (this.#ignored.size === 0) return this.#lines;
    this.#shown ??= this.#lines.filter(({ key }) => !this.#ignored.has(this.#known.get(key)?.voice ?? ''));
    return this.#shown;
  }

  /**
   * A line for what somebody said; its key, by which its state changes later. `timer`: the seconds for which it is to be
   * seen, 0 for ever, which run from `now`; those of one's own words once they are sent.
   */
  say(spoken: Omit<Spoken, 'key' | 'forgetAt'>, speech: Speech, timer: number, now: number): number {
    const key = this.#nextKey++;
    this.#known.set(key, { ...speech, timer, reactions: new Map() });
    this.#add({ ...spoken, key });
    this.setState(key, spoken.state, now);
    return key;
  }

  /**
   * The same happening of the same members, since somebody last spoke, is one line with how often; what happens to
   * several one after the other is one line too.
   */
  event(event: Event, about: { who?: Named; by?: Named; count?: number } = {}): void {
    const line: Happened = { kind: 'event', key: this.#nextKey++, event, ...about };
    const same = this.#lines
      .slice(this.#lines.findLastIndex(isSpoken) + 1)
      .filter(other => other.kind === 'event')
      .find(other => isSameEvent(other, line));
    const last = this.#lines.at(-1);
    if (same) {
      const left = without(same, line.who);
      this.#set(this.#lines.flatMap(other => (other === same ? (left ?? []) : other)));
      line.times = (same.times ?? 1) + 1;
      const count = sumOf(same, line);
      if (count !== undefined) line.count = count;
    } else if (last?.kind === 'event' && isShared(last, line)) {
      this.#set(this.#lines.slice(0, -1));
      const [who, ...others] = [...namedIn(last), ...namedIn(line)];
      Object.assign(line, { who, others });
    }
    this.#add(line);
  }

  note(note: Note): void {
    this.#add({ kind: 'note', key: this.#nextKey++, note });
  }

  /** Whether anything is kept that a member said. */
  hasLinesOf(id: number): boolean {
    return this.#lines.some(line => isSpoken(line) && line.from.id === id);
  }

  /** A message that is kept. */
  of(key: number): { line: Spoken; known: Readonly<Known> } | undefined {
    const line = this.#lines.find(line => line.key === key);
    const known = this.#known.get(key);
    return line && isSpoken(line) && known ? { line, known } : undefined;
  }

  /** What others call a message that was said. */
  name(key: number, name: string): void {
    const known = this.#known.get(key);
    if (!known) return;
    known.name = name;
    this.#keys.set(name, key);
  }

  /** A line that waited is said by another voice than the one for which it was written. */
  revoice(key: number, speech: Speech): void {
    const known = this.#known.get(key);
    if (known) this.#known.set(key, { ...known, ...speech });
  }

  /** The key of the message of a name, said to the same people: nothing that is said elsewhere is about it. */
  named(name: string, between: string): number | undefined {
    const key = this.#keys.get(name);
    return key !== undefined && this.#known.get(key)?.between === between ? key : undefined;
  }

  setState(key: number, state: Spoken['state'], now: number): void {
    const timer = this.#known.get(key)?.timer ?? 0;
    const isRunning = timer > 0 && state !== 'sending' && state !== 'failed';
    this.#change(key, line => ({
      ...line,
      state,
      ...(isRunning && { forgetAt: line.forgetAt ?? now + timer * 1000 }),
    }));
  }

  /** A voice reacts to a message. */
  react(key: number, voice: string, text: string, who: Named, yours: boolean): void {
    const known = this.#known.get(key);
    if (known && react(known.reactions, voice, text, who, yours)) this.#count(key, known);
  }

  /** In the place of a message stands that it was taken back. */
  unsend(key: number, who: Named): void {
    const unsent: Happened = { kind: 'event', key, event: 'unsent', who };
    this.#set(this.#lines.map(line => (line.key === key ? unsent : line)));
    // The voice stays known: nothing is shown of one that is ignored.
    const known = this.#known.get(key);
    this.#keys.delete(known?.name ?? '');
    known?.reactions.clear();
    this.#trim(unsent);
  }

  /** Nothing of a voice is shown any more, or all that is kept of it again. */
  ignore(voice: string, isIgnored: boolean): void {
    if (isIgnored) this.#ignored.add(voice);
    else this.#ignored.delete(voice);
    this.#set(this.#lines);
    for (const [key, known] of this.#known) if (known.reactions.has(voice)) this.#count(key, known);
  }

  isIgnored(voice: string): boolean {
    return this.#ignored.has(voice);
  }

  /** Takes a line away as if it had never been. */
  remove(key: number): void {
    this.#set(this.#lines.filter(line => line.key !== key));
    this.#forget(key);
  }

  /** Their writers were members of another room, whose numbers are given anew: none of them is a member's now. */
  estrange(): void {
    const strange = <Who extends { id: number }>(who: Who): Who => ({ ...who, id: -Math.abs(who.id) });
    this.#set(
      this.#lines.map(line =>
        isSpoken(line)
          ? { ...line, from: strange(line.from), ...(line.to && { to: strange(line.to) }) }
          : line,
      ),
    );
  }

  /** This member has another voice: by that it has not reacted to anything. */
  anew(): void {
    for (const [key, known] of this.#known) {
      for (const reaction of known.reactions.values()) reaction.yours = false;
      if (known.reactions.size > 0) this.#count(key, known);
    }
  }

  /** Forgets the messages whose time is over. */
  forget(now: number): void {
    for (const line of this.#lines) if (forgetAt(line) <= now) this.remove(line.key);
  }

  /** When the next message is to be forgotten. */
  due(): number {
    return this.#lines.reduce((due, line) => Math.min(due, forgetAt(line)), Number.POSITIVE_INFINITY);
  }

  clear(): void {
    this.#set([]);
    this.#known.clear();
    this.#keys.clear();
    this.#ignored.clear();
  }

  #add(line: Line): void {
    this.#set([...this.#lines, line]);
    this.#trim(line);
  }

  /** The oldest line of a kind goes where there are too many. */
  #trim(line: Line): void {
    const most = isSpoken(line) ? MESSAGES_MOST : EVENTS_MOST;
    const alike = this.#lines.filter(other => isSpoken(other) === isSpoken(line));
    const [oldest] = alike;
    if (oldest && alike.length > most) this.remove(oldest.key);
  }

  #set(lines: Line[]): void {
    this.#lines = lines;
    this.#shown = undefined;
  }

  #forget(key: number): void {
    this.#keys.delete(this.#known.get(key)?.name ?? '');
    this.#known.delete(key);
  }

  #change(key: number, change: (line: Spoken) => Spoken): void {
    this.#set(this.#lines.map(line => (line.key === key && isSpoken(line) ? change(line) : line)));
  }

  #count(key: number, { reactions }: Known): void {
    const counted = countReactions(reactions, this.#ignored);
    this.#change(key, line => ({ ...line, reactions: counted }));
  }
}

const forgetAt = (line: Line): number =>
  isSpoken(line) ? (line.forgetAt ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
