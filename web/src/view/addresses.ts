// Addresses that stand in a message as plain text become links.

import { textsOf } from './bounds.ts';
import { element } from './element.ts';
import { readDestination, tellDestination } from './links.ts';

/** Addresses of one message that become links. */
export const ADDRESSES_MOST = 50;
/** Letters of the longest one. */
export const ADDRESS_MOST = 2000;

/** It ends before white space, what is unseen, quotation marks, brackets of tags, and signs of scripts without spaces. */
const ADDRESS =
  /(?<![\p{L}\p{N}\p{M}_@/])(?:https?:\/\/|www\.(?=[^.]))[^\s\p{C}<>"“”„«»‹›`\u3000-\u303f\uff01-\uff0f]+/giu;
const NO_ADDRESSES = 'a, pre, code, samp, kbd';

export function linkAddresses(fragment: DocumentFragment): void {
  let left = ADDRESSES_MOST;
  for (const text of textsOf(fragment)) {
    if (left <= 0) return;
    if (!/https?:|www\./i.test(text.data) || text.parentElement?.closest(NO_ADDRESSES)) continue;
    const parts: (Node | string)[] = [];
    let end = 0;
    for (const { 0: found, index } of text.data.matchAll(ADDRESS)) {
      if (left <= 0) break;
      const address = withoutEnd(found);
      const href = /^www/i.test(address) ? `https://${address}` : address;
      if (address.length > ADDRESS_MOST || !readDestination(href)) continue;
      left -= 1;
      parts.push(text.data.slice(end, index), element('a', { href }, address));
      end = index + address.length;
    }
    if (end === 0) continue;
    const place = document.createDocumentFragment();
    place.append(...parts, text.data.slice(end));
    // Where it stands says how it is told.
    const links = place.querySelectorAll('a');
    text.replaceWith(place);
    for (const link of links) tellDestination(link);
  }
}

/** Without the signs that belong to the sentence around it, and brackets that are opened before it. */
export function withoutEnd(found: string): string {
  const address = found.slice(0, ADDRESS_MOST + 1);
  const surplus = new Map(
    PAIRS.map(([open, close]) => [close, count(address, close) - count(address, open)]),
  );
  let end = address.length;
  for (; end > 0; end--) {
    const last = address.charAt(end - 1);
    const left = surplus.get(last) ?? 0;
    if (left > 0) surplus.set(last, left - 1);
    else if (!SENTENCE.includes(last)) break;
  }
  return address.slice(0, end);
}

const count = (text: string, sign: string): number => text.split(sign).length - 1;
const PAIRS = ['()', '[]', '{}'] as unknown as [open: string, close: string][];
const SENTENCE = ".,;:!?'’*…";
