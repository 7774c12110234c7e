// One line of the conversation as nodes.

import { type Addressee, isUnsent, type Line, type Named } from '../state.ts';
import { hueClass, lookalikeMark, showAlias } from './alias.ts';
import { textsOf } from './bounds.ts';
import { AS_WRITTEN, button, element } from './element.ts';
import * as words from '../words/en.ts';
import { createFading } from './fading.ts';
import { dayAndTime, timeOfDay } from './locale.ts';
import { type Body, showBody, type Showing } from './message-body.ts';
import { informs, tellNote } from './notes.ts';
import { type Quoted, showQuote } from './quote.ts';
import { createReactions } from './reactions.ts';
import { hasRightToLeft } from './weight.ts';

type Spoken = Extract<Line, { html: string }>;

/** What may be done with a line, and what it takes to show one. */
export type LineActions = {
  /** Whispers back. */
  reply(to: Addressee): void;
  react(key: number, emoji: string): void;
  sayAgain(key: number): void;
  /** A line that is shown, to be quoted. */
  quoted(key: number): Quoted | undefined;
};

export type ShownLine = {
  node: HTMLElement;
  /** What somebody has written. */
  body?: HTMLElement;
  /** What it takes to draw. */
  weight: number;
  /** Somebody else mentions you. */
  isMention?: boolean;
  /** Lines of one speaker follow each other under one head; one that has none stands for itself. */
  speaker?: string;
  /** Takes over what may change later. */
  update(line: Line): void;
  /** The line that it answers is not shown any more, or again. */
  requote?(): void;
};

/** `at`: when it was heard, by this machine's clock; `you`: the reader's alias then; `body`: as it is shown already. */
type Heard = Showing & { at: number; body?: Body | undefined };

/** Milliseconds by which the sender's clock may differ before its time is shown as well. */
const SAME_TIME = 5 * 60_000;

export function showLine(line: Line, heard: Heard, actions: LineActions): ShownLine {
  switch (line.kind) {
    case 'event': {
      const pieces = words
        .describeEvent(line)
        .flatMap(piece => (typeof piece === 'string' ? piece : aliasWithMark(piece)));
      if (line.times !== undefined) pieces.push(words.happened(line.times));
      return fixed(element('p', { class: `line event ${line.event}` }, ...pieces));
    }
    case 'note': {
      const tone = informs(line.note) ? 'info' : 'error';
      return fixed(element('p', { class: `line local ${tone}`, ...AS_WRITTEN }, tellNote(line.note)));
    }
    default:
      return showSpoken(line, heard, actions);
  }
}

const fixed = (node: HTMLElement): ShownLine => ({ node, weight: 0, update() {} });

function showSpoken(line: Spoken, { at, brief, you, body: drawn }: Heard, actions: LineActions): ShownLine {
  const { from, kind, key } = line;
  // Nobody mentions themselves.
  const body = drawn ?? showBody(line.html, { brief, you: from.you ? '' : you });
  const { isMention } = body;
  // Not read out: it would say how far it is after each message of one's own.
  const mark = element('span', { class: 'mark', 'aria-live': 'off' });
  const fading = createFading();
  const again = button(words.TRY_AGAIN, () => actions.sayAgain(key), { class: 'link', hidden: true });
  const reactions = createReactions(emoji => actions.react(key, emoji));
  const isToYou = kind === 'whisper' && !from.you;
  const classes = ['line', kind, line.isAction && 'action', from.you && 'mine', isMention && 'mentions'];
  let quote = quoteOf(line, actions);
  const node = element(
    'div',
    // Nobody is read back what they have written.
    { class: classes.filter(Boolean).join(' '), 'aria-live': from.you && 'off' },
    element(
      'p',
      { class: 'head', dir: directionOf(body.node) },
      ...attribution(line),
      ...(isMention ? [' ', aside(words.MENTIONS_YOU)] : []),
      ...times(line.at, at),
    ),
    quote,
    // The edge hangs on what surrounds the body: no direction or scrolling of what was written moves it.
    element('div', { class: `said ${hueClass(from)}`, ...AS_WRITTEN }, body.node),
    body.more,
    from.you && mark,
    fading.node,
    from.you && again,
    isToYou && button(words.REPLY, () => actions.reply(from), { class: 'link' }),
    reactions.node,
  );
  const update = (now: Line) => {
    if (!('state' in now)) return;
    mark.textContent = words.DELIVERY[now.state];
    fading.set(now.forgetAt);
    again.hidden = !isUnsent(now.state);
    node.dataset.state = now.state;
    reactions.update(now.reactions ?? []);
  };
  update(line);
  const requote = () => {
    const now = quoteOf(line, actions);
    if (now) quote?.replaceWith(now);
    quote = now;
  };
  const isPlain = kind === 'message' && !line.isAction && line.answers === undefined;
  // All that the head says beside the time.
  const { number, alias, ordinal, lookalike } = from;
  const speaker =
    isPlain && JSON.stringify([number, alias, ordinal, lookalike, Math.trunc(clockError(line.at, at))]);
  const shown = { node, body: body.node, weight: body.weight, isMention, update };
  return { ...shown, ...(quote && { requote }), ...(speaker && { speaker }) };
}

const quoteOf = ({ answers }: Spoken, actions: LineActions): HTMLElement | undefined =>
  answers === undefined ? undefined : showQuote(answers === null ? undefined : actions.quoted(answers));

function attribution({ kind, from, to }: Spoken): (HTMLElement | string)[] {
  const author = aliasWithMark(from);
  if (kind === 'farewell') return [...author, ' ', aside(words.SAYS_FAREWELL)];
  if (kind === 'message') return author;
  const whispers = to ? words.whispersTo(aliasWithMark(to)) : [words.WHISPERS_TO_YOU];
  return [...author, ' ', aside(...whispers)];
}

const aside = (...text: (HTMLElement | string)[]): HTMLElement =>
  element('span', { class: 'aside' }, ...text);

/** An alias, and for whom it can be taken. */
function aliasWithMark(named: Named): (HTMLElement | string)[] {
  const mark = lookalikeMark(named.lookalike);
  return mark ? [showAlias(named), ' ', mark] : [showAlias(named)];
}

/** When it was heard and, where its sender's clock says something else, when that was. */
function times(sent: number, heard: number): (HTMLElement | string)[] {
  const said = Math.abs(clockError(sent, heard)) > 1 ? clock(sent) : undefined;
  const time = clock(heard) ?? '';
  return said ? [time, aside(...words.sentAt(said))] : [time];
}

/** How far the sender's clock is off, or a line was held back, in steps of what makes no difference. */
const clockError = (sent: number, heard: number): number => (sent - heard) / SAME_TIME;

/** A time in the reader's custom; nothing if it is no time at all. */
export function clock(at: number): HTMLElement | undefined {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return undefined;
  return element('time', { datetime: time.toISOString(), title: dayAndTime(time) }, timeOfDay(time));
}

const STRONG = /\p{L}/u;

/** The direction of what somebody has written, as `dir=auto` finds it, so that its head has the same. */
function directionOf(body: HTMLElement): 'rtl' | 'ltr' | undefined {
  for (const text of textsOf(body)) {
    const [letter] = (!text.parentElement?.closest('bdi, .body [dir]') && STRONG.exec(text.data)) || [];
    if (letter) return hasRightToLeft(letter) ? 'rtl' : 'ltr';
  }
  return undefined;
}
