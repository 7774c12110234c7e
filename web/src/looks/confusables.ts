// What an alias is drawn like (Unicode Technical Standard 39, section 4), a little further than there: case, accents
// and punctuation tell nobody apart who reads in passing.

import { CONFUSABLES } from './confusables-table.ts';

const prototypes = new Map<string, string>();
let code = 0;
for (const [, further = '', drawn = ''] of CONFUSABLES.matchAll(/^(\S+) (.+)$/gm)) {
  code += Number.parseInt(further, 36);
  prototypes.set(String.fromCodePoint(code), drawn);
}

/** Whatever is no letter, digit or mark, and what is merely put on, above or beside letters. */
const ASIDE =
  /[^\p{L}\p{N}\p{M}]|[\u02b0-\u02ff\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ua700-\ua721\ufe0f\ufe20-\ufe2f]/gu;

/** What makes variants of one emoji: skin tones, joiners, selectors. */
const VARIANTS = /[\u{1f3fb}-\u{1f3ff}\u200c\u200d\ufe0f]/gu;

const drawn = (text: string): string =>
  [...text.normalize('NFD')]
    .map(character => prototypes.get(character) ?? character)
    .join('')
    .normalize('NFD')
    .toLowerCase()
    .replace(ASIDE, '');

/**
 * Two aliases can be taken for one another where they have one of these in common. There are two, because `I` is
 * drawn like `l` and is the capital of `i`; and each is made twice, because what comes with lower case may be drawn
 * like something else again.
 */
export function keysOf(alias: string): string[] {
  const keys = [alias, alias.toLowerCase()].map(text => drawn(drawn(text))).filter(key => key !== '');
  return [...new Set(keys.length > 0 ? keys : [alias.replace(VARIANTS, '')])];
}
