// One line of the conversation as nodes.

import type { Line, Named } from '../state.ts';
import { hueClass, lookalikeMark, showAlias } from './alias.ts';
import { AS_WRITTEN, element } from './element.ts';
import * as words from '../words/en.ts';
import { showBody } from './message-body.ts';
import { informs, tellNote } from './notes.ts';

type Spoken = Extract<Line, { html: string }>;

export type ShownLine = {
  node: HTMLElement;
  /** What it takes to draw. */
  weight: number;
  /** Takes over what may change later. */
  update(line: Line): void;
};

/** `brief` where no more is to be drawn than has to be. */
export function showLine(line: Line, brief: boolean): ShownLine {
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
      return showSpoken(line, brief);
  }
}

const fixed = (node: HTMLElement): ShownLine => ({ node, weight: 0, update() {} });

function showSpoken(line: Spoken, brief: boolean): ShownLine {
  const body = showBody(line.html, brief);
  // Not read out: it would say "sent" after each message of one's own.
  const mark = element('span', { class: 'mark', 'aria-live': 'off' });
  const node = element(
    'div',
    { class: `line ${line.kind}${line.from.you ? ' mine' : ''}` },
    element('p', { class: 'head' }, ...attribution(line), clock(line.at), line.from.you && mark),
    // The edge hangs on what surrounds the body: no direction or scrolling of what was written moves it.
    element('div', { class: `said ${hueClass(line.from)}`, ...AS_WRITTEN }, body.node),
    body.more,
  );
  const update = (now: Line) => {
    if (!('state' in now)) return;
    mark.textContent = words.DELIVERY[now.state];
    node.dataset.state = now.state;
  };
  update(line);
  return { node, weight: body.weight, update };
}

function attribution({ kind, from, to }: Spoken): (HTMLElement | string)[] {
  const author = aliasWithMark(from);
  const aside = (...text: (HTMLElement | string)[]) => element('span', { class: 'aside' }, ...text);
  if (kind === 'farewell') return [...author, ' ', aside(words.SAYS_FAREWELL)];
  if (kind === 'message') return author;
  const whispers = to ? words.whispersTo(aliasWithMark(to)) : [words.WHISPERS_TO_YOU];
  return [...author, ' ', aside(...whispers)];
}

/** An alias, and for whom it can be taken. */
function aliasWithMark(named: Named): (HTMLElement | string)[] {
  const mark = lookalikeMark(named.lookalike);
  return mark ? [showAlias(named), ' ', mark] : [showAlias(named)];
}

/** The sender's clock in the reader's custom; nothing if it is no time at all. */
export function clock(at: number): HTMLElement | undefined {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return undefined;
  return element(
    'time',
    { datetime: time.toISOString(), title: time.toLocaleString() },
    time.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }),
  );
}
