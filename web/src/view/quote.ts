// The line that another one answers: whose it is, how it begins, and a way to it.

import type { Named } from '../state.ts';
import * as words from '../words/en.ts';
import { showAlias } from './alias.ts';
import { AS_WRITTEN, element } from './element.ts';
import { textIn } from './tags.ts';

/** Letters of a line that is quoted. */
export const EXCERPT_MOST = 120;

/** How a message begins, in one line of plain text. */
export function excerptOf(body: HTMLElement): string {
  const text = textIn(body, EXCERPT_MOST * 4)
    .slice(0, EXCERPT_MOST * 4)
    .replace(/\s+/gu, ' ')
    .trim();
  const letters = [...text];
  return letters.length <= EXCERPT_MOST ? text : `${letters.slice(0, EXCERPT_MOST).join('')}…`;
}

export type Quoted = { from: Named; excerpt: string; jump: () => void };

/** A button that leads to the line; a mere word where that is not here. */
export function showQuote(quoted: Quoted | undefined): HTMLElement {
  if (!quoted) return element('p', { class: 'quote' }, words.ANSWERED_IS_GONE);
  const node = element('button', { type: 'button', class: 'quote' }, ...quotation(quoted));
  node.addEventListener('click', quoted.jump);
  return node;
}

/** Whose line it is and how it begins. */
export const quotation = ({ from, excerpt }: Omit<Quoted, 'jump'>): (Node | string)[] => [
  showAlias(from),
  ' ',
  element('bdi', { class: 'excerpt', ...AS_WRITTEN }, excerpt),
];
