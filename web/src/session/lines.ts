// The conversation: lines in order, never more than a bound. No message loses its place to
// what merely happens, which somebody who comes and goes can make as often as it likes.

import type { Body } from '../seal/body.ts';
import type { Event, Line, Named, Note } from '../state.ts';

/** Messages that are kept, and so shown; the oldest go. */
export const MESSAGES_MOST = 800;
/** Events and notes that are kept beside them. */
export const EVENTS_MOST = 200;
/** Members that one line names. */
export const NAMED_MOST = 12;

type Spoken = Extract<Line, { html: string }>;
type Happened = Extract<Line, { kind: 'event' }>;

const isSpoken = (line: Line): line is Spoken => 'html' in line;

export class Lines {
  #lines: Line[] = [];
  #nextKey = 1;
  /** When messages are to be forgotten, by key. */
  readonly #forgotten = new Map<number, number>();

  /** A new array after each change. */
  all(): Line[] {
    return this.#lines;
  }

  /** A line for what somebody said; its key, by which its state changes later. */
  say(spoken: Omit<Spoken, 'key'>, forgetAt?: number): number {
    const key = this.#nextKey++;
    this.#add({ ...spoken, key });
    if (forgetAt !== undefined) this.#forgotten.set(key, forgetAt);
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
      .find(other => isSame(other, line));
    const last = this.#lines.at(-1);
    if (same) {
      this.#takeOut(same, line.who);
      line.times = (same.times ?? 1) + 1;
      // Of messages that are missing the sum counts.
      if (same.count !== undefined && line.count !== undefined && ADDS_UP.has(event))
        line.count += same.count;
    } else if (last?.kind === 'event' && isShared(last, line)) {
      this.#lines = this.#lines.slice(0, -1);
      const [who, ...others] = [...membersOf(last), ...membersOf(line)];
      Object.assign(line, { who, others });
    }
    this.#add(line);
  }

  /** A line without one of those whom it names; without the line where nobody is left. */
  #takeOut(line: Happened, who: Named | undefined): void {
    const [first, ...others] = membersOf(line).filter(each => nameOf(each) !== nameOf(who));
    this.#lines = this.#lines.flatMap(other => {
      if (other !== line) return [other];
      return first ? [{ ...line, who: first, others }] : [];
    });
  }

  note(note: Note): void {
    this.#add({ kind: 'note', key: this.#nextKey++, note });
  }

  /** Whether anything is to be read that a member said. */
  hasLinesOf(id: number): boolean {
    return this.#lines.some(line => isSpoken(line) && line.from.id === id);
  }

  setState(key: number, state: Spoken['state']): void {
    this.#lines = this.#lines.map(line => (line.key === key && isSpoken(line) ? { ...line, state } : line));
  }

  /** Their writers were members of another room, whose numbers are given anew: none of them is a member's now. */
  estrange(): void {
    const strange = <Who extends { id: number }>(who: Who): Who => ({ ...who, id: -Math.abs(who.id) });
    this.#lines = this.#lines.map(line =>
      isSpoken(line) ? { ...line, from: strange(line.from), ...(line.to && { to: strange(line.to) }) } : line,
    );
  }

  /** Forgets the messages whose time is over. */
  forget(now: number): void {
    const over = [...this.#forgotten].filter(([, at]) => at <= now).map(([key]) => key);
    if (over.length === 0) return;
    for (const key of over) this.#forgotten.delete(key);
    this.#lines = this.#lines.filter(({ key }) => !over.includes(key));
  }

  /** When the next message is to be forgotten. */
  due(): number {
    return Math.min(...this.#forgotten.values());
  }

  clear(): void {
    this.#lines = [];
    this.#forgotten.clear();
  }

  #add(line: Line): void {
    this.#lines = [...this.#lines, line];
    const most = isSpoken(line) ? MESSAGES_MOST : EVENTS_MOST;
    const alike = this.#lines.filter(other => isSpoken(other) === isSpoken(line));
    if (alike.length <= most) return;
    this.#lines = this.#lines.filter(other => other !== alike[0]);
    this.#forgotten.delete(alike[0]?.key ?? 0);
  }
}

/** When a message is to be forgotten by who says or reads it now; undefined for never. */
export const forgetAt = (body: Body, now: number): number | undefined =>
  'timer' in body && body.timer > 0 ? now + body.timer * 1000 : undefined;

/** Events whose counts are counts of messages. */
const ADDS_UP: ReadonlySet<Event> = new Set(['missed', 'missing', 'reentered'] as const);

/** Events that happen to several at once: a crowd that comes is no crowd of lines. */
const SHARED: ReadonlySet<Event> = new Set(['joined', 'exit', 'gone', 'away', 'back'] as const);

const membersOf = ({ who, others = [] }: Happened): Named[] => (who ? [who, ...others] : []);

const isSame = (one: Happened, other: Happened): boolean =>
  one.event === other.event &&
  nameOf(one.by) === nameOf(other.by) &&
  (one.who ? membersOf(one).some(who => nameOf(who) === nameOf(other.who)) : !other.who);

const isShared = (last: Happened, next: Happened): boolean =>
  SHARED.has(next.event) &&
  last.event === next.event &&
  last.times === undefined &&
  membersOf(last).length < NAMED_MOST;

/** Numbers are given anew to who comes again, aliases are not. */
const nameOf = (named: Named | undefined): string => (named ? `${named.alias} ${named.ordinal ?? ''}` : '');
