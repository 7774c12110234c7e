// A message: as much of it as may be drawn at once, and a button for the rest.

import * as words from '../words/en.ts';
import { button, element, setText } from './element.ts';
import { letEnlarge } from './enlarge.ts';
import { isLoneEmoji } from '../session/reactions.ts';
import { markMentions } from './mention.ts';
import { takePiece } from './pieces.ts';
import { makeReadable } from './readable.ts';
import { sanitise } from './sanitise.ts';
import { letScroll } from './scrolling.ts';
import { textIn } from './tags.ts';
import { Capacity, hasRightToLeft, Marks } from './weight.ts';

/** Weight of a message that is not drawn for now: so much of it is shown as plain text. */
export const BRIEF_MOST = 200;

/** Weight of each character that is read, though it may not be drawn: an attribute's, a tag's. */
const PARSE_WEIGHT = 1 / 20;

export type Body = {
  node: HTMLElement;
  /** Shows what is left, where something is. */
  more?: HTMLElement;
  weight: number;
  /** It mentions its reader, in as much of it as is read. */
  isMention: boolean;
};

/** How a message is shown: no more than has to be, and with mentions of an alias marked. */
export type Showing = { brief: boolean; you?: string | undefined };

export function showBody(html: string, { brief, you = '' }: Showing): Body {
  const node = element('div', { class: 'body', dir: 'auto' });
  if (!brief) return { node, ...draw(node, html, you) };
  node.append(`${startOf(html)}…`);
  const isMention = markMentions(node, you);
  const more = button(
    words.SHOW_MESSAGE,
    () => {
      const { more: rest } = draw(node, html, you);
      if (rest) more.after(rest);
      replaceByFocus(more, node);
    },
    { class: 'more', 'data-brief': true },
  );
  return { node, more, weight: BRIEF_MOST, isMention };
}

/** Says the page's own words about a message that is shown in the language that is spoken now. */
export function sayAnew({ node, more }: Pick<Body, 'node' | 'more'>): void {
  if (more) setText(more, 'brief' in more.dataset ? words.SHOW_MESSAGE : words.SHOW_ALL);
  for (const image of node.querySelectorAll<HTMLImageElement>('img[data-unnamed]')) image.alt = words.PICTURE;
  for (const part of node.querySelectorAll('[role=group]')) part.removeAttribute('role');
  node.removeAttribute('role');
  letScroll(node);
}

/** All that a message says, as plain text. */
export const textOf = (html: string): string => textIn(sanitise(html));

function startOf(html: string): string {
  if (/^\s*<img\s/i.test(html)) return words.PICTURE;
  const start = new Marks().take(html.slice(0, BRIEF_MOST).replace(/[\ud800-\udbff]$/, ''));
  return start.slice(0, new Capacity(BRIEF_MOST, hasRightToLeft(start)).text(start));
}

/** Draws the first piece. */
function draw(node: HTMLElement, html: string, you: string): Omit<Body, 'node'> {
  const message = makeReadable(sanitise(html));
  const isMention = markMentions(message, you);
  node.classList.toggle('emoji', !message.firstElementChild && isLoneEmoji(message.textContent));
  const { piece, weight: drawn } = takePiece(message);
  const weight = drawn + html.length * PARSE_WEIGHT;
  node.replaceChildren(piece);
  letUse(node);
  if (!message.hasChildNodes()) return { weight, isMention };
  const more = button(
    words.SHOW_ALL,
    () => {
      replaceByFocus(more, node);
      drawRest(node, message);
    },
    { class: 'more' },
  );
  return { weight, more, isMention };
}

/** Lets all be seen whole that is larger than its place. */
function letUse(node: HTMLElement): void {
  letScroll(node);
  letEnlarge(node);
}

/** One piece in each frame, so that the page does other things between them. */
function drawRest(node: HTMLElement, message: DocumentFragment): void {
  node.append(element('div', { class: 'piece' }, takePiece(message).piece));
  letUse(node);
  if (message.hasChildNodes() && node.isConnected) requestAnimationFrame(() => drawRest(node, message));
}

/** Removes a button that has done its work; who pressed it by the keyboard goes on at what it has shown. */
function replaceByFocus(pressed: HTMLElement, shown: HTMLElement): void {
  pressed.remove();
  shown.tabIndex = -1;
  shown.focus({ preventScroll: true });
}
