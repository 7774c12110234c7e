// What happens again, or to several, told in one line.

import type { Event, Line, Named } from '../state.ts';

/** Members that one line names. */
export const NAMED_MOST = 12;

type Happened = Extract<Line, { kind: 'event' }>;

/** Events whose counts are counts of messages. */
const ADDS_UP: ReadonlySet<Event> = new Set(['missed', 'missing', 'reentered'] as const);

/** Events that happen to several at once: a crowd that comes is no crowd of lines. */
const SHARED: ReadonlySet<Event> = new Set(['joined', 'exit', 'gone', 'away', 'back'] as const);

/** All to whom it happened. */
export const namedIn = ({ who, others = [] }: Happened): Named[] => (who ? [who, ...others] : []);

/** Whether it has happened to the same member before. */
export const isSameEvent = (one: Happened, other: Happened): boolean =>
  one.event === other.event &&
  nameOf(one.by) === nameOf(other.by) &&
  (ADDS_UP.has(one.event) || one.count === other.count) &&
  (one.who ? namedIn(one).some(who => nameOf(who) === nameOf(other.who)) : !other.who);

/** Whether the next can be told with the last. */
export const isShared = (last: Happened, next: Happened): boolean =>
  SHARED.has(next.event) &&
  last.event === next.event &&
  last.times === undefined &&
  namedIn(last).length < NAMED_MOST;

/** A line without one of those whom it names; undefined where nobody is left. */
export function without(line: Happened, who: Named | undefined): Happened | undefined {
  const [first, ...others] = namedIn(line).filter(each => nameOf(each) !== nameOf(who));
  return first && { ...line, who: first, others };
}

/** Of messages that are missing the sum counts. */
export const sumOf = (before: Happened, now: Happened): number | undefined =>
  before.count !== undefined && now.count !== undefined && ADDS_UP.has(now.event)
    ? before.count + now.count
    : now.count;

/** Numbers are given anew to who comes again, aliases are not. */
const nameOf = (named: Named | undefined): string => (named ? `${named.alias} ${named.ordinal ?? ''}` : '');
