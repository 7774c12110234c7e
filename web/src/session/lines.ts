// The conversation: lines in order, never more than a bound.

import type { Author, Event, Line, Named, Note } from '../state.ts';

/** Lines that are kept, and so shown; the oldest go. */
export const LINES_MOST = 1000;

export class Lines {
  #lines: Line[] = [];
  #nextKey = 1;

  /** A new array after each change. */
  all(): Line[] {
    return this.#lines;
  }

  message(
    kind: 'message' | 'farewell' | 'whisper',
    from: Author,
    at: number,
    html: string,
    state: 'sending' | 'sent',
    to?: Named & { id: number },
  ): number {
    const key = this.#nextKey++;
    this.#add({ kind, key, from, ...(to && { to }), at, html, state });
    return key;
  }

  event(event: Event, about: { who?: Named; by?: Named; count?: number } = {}): void {
    this.#add({ kind: 'event', key: this.#nextKey++, event, ...about });
  }

  /** One line for what could not be opened from one member in a row, with how often. */
  unreadable(who: Named | undefined): void {
    const last = this.#lines.at(-1);
    if (last?.kind === 'event' && last.event === 'unreadable' && last.who?.alias === who?.alias) {
      this.#lines = [...this.#lines.slice(0, -1), { ...last, count: (last.count ?? 1) + 1 }];
    } else {
      this.event('unreadable', { ...(who !== undefined && { who }), count: 1 });
    }
  }

  note(note: Note): void {
    this.#add({ kind: 'note', key: this.#nextKey++, note });
  }

  /** Whether anything is to be read that a member said. */
  hasLinesOf(id: number): boolean {
    return this.#lines.some(line => 'from' in line && line.from.id === id);
  }

  setState(key: number, state: 'sending' | 'sent' | 'failed'): void {
    this.#lines = this.#lines.map(line => (line.key === key && 'state' in line ? { ...line, state } : line));
  }

  clear(): void {
    this.#lines = [];
  }

  #add(line: Line): void {
    this.#lines = [...this.#lines, line].slice(-LINES_MOST);
  }
}
