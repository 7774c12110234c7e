// What an alias is drawn like (Unicode Technical Standard 39, section 4), a little further than there: case, accents
// and punctuation tell nobody apart who reads in passing.

import { CONFUSABLES } from './confusables-table.ts';

const prototypes = new Map<string, string>();
let code = 0;
for (const line of CONFUSABLES.split('\n')) {
  const [further = '', ...row] = line.split(' ');
  code += Number.parseInt(further, 36) - 1;
  for (const drawn of row) prototypes.set(String.fromCodePoint(++code), drawn);
}

/** All that is no letter, digit or mark, and marks that are merely put on, in or beside letters. */
const ASIDE =
  /[^\p{L}\p{N}\p{M}]|[\u02b0-\u02ff\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ua700-\ua721\u0640\ufe0f\ufe20-\ufe2f]/gu;

/** Marks on letters of scripts that are read without them. */
const MARKS =
  /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}\p{N}])[\p{M}\uff9e\uff9f]+/gu;

/** What makes variants of one emoji: skin tones, joiners, selectors. */
const VARIANTS = /[\u{1f3fb}-\u{1f3ff}\u200c\u200d\ufe0f]/gu;

/** What each character is drawn like; case is dropped. */
const drawn = (text: string): string =>
  [...text.normalize('NFD')]
    .map(character => prototypes.get(character) ?? character)
    .join('')
    .normalize('NFD')
    .toLowerCase();

const bare = (text: string): string => drawn(text).replace(ASIDE, '').replace(MARKS, '');

/** Changes a text until nothing changes: a small letter may be drawn like something else again. */
function fixpoint(text: string, change: (text: string) => string): string {
  for (let before = ''; before !== text;) [before, text] = [text, change(text)];
  return text;
}

/**
 * Two aliases can be taken for one another where they have one of these in common. There are two, because `I` is
 * drawn like `l` and is the capital of `i`.
 */
export function skeletonsOf(alias: string): string[] {
  const both = [alias, alias.toLowerCase()];
  const skeletons = both.map(text => fixpoint(text, bare)).filter(key => key !== '');
  // Of signs alone, the signs are compared.
  const signs = () => both.map(text => fixpoint(text.replace(VARIANTS, ''), drawn) || alias);
  return [...new Set(skeletons.length > 0 ? skeletons : signs())];
}
