// How many bytes are left for a message, once they are few.

import * as words from '../../words/en.ts';
import { element, setText } from '../element.ts';

/** Bytes from which on it is told. */
export const TOLD_BELOW = 1000;
/** It is read out anew by so many. */
const READ_OUT_EVERY = 100;

export type Count = { node: HTMLElement; update(left: number | undefined): void };

export function createCount(): Count {
  const shown = element('span', { 'aria-hidden': 'true' });
  // Not with each key.
  const read = element('span', { class: 'unseen', role: 'status' });
  const node = element('span', { class: 'count' }, shown, read);
  return {
    node,
    update(left) {
      setText(shown, tellLeft(left));
      setText(read, readLeft(left));
      node.classList.toggle('over', left !== undefined && left < 0);
    },
  };
}

export function tellLeft(left: number | undefined): string {
  if (left === undefined || left >= TOLD_BELOW) return '';
  return left < 0 ? words.tooLongBy(-left) : words.bytesLeft(left);
}

export function readLeft(left: number | undefined): string {
  if (left === undefined || left >= TOLD_BELOW) return '';
  return left < 0 ? words.TOO_LONG : words.bytesLeft(Math.ceil(left / READ_OUT_EVERY) * READ_OUT_EVERY);
}
