// Whether a message speaks of its reader.

import { textsOf } from './bounds.ts';
import { element } from './element.ts';

/** Mentions of one message that are marked. */
export const MENTIONS_MOST = 20;
/** Letters of the shortest alias that counts without `@` before it. */
export const BARE_LEAST = 3;

const WORD = '[\\p{L}\\p{N}\\p{M}_]';
/** Letters of scripts that set no space between words: they begin and end one anywhere. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** Finds an alias as a word of its own, in whatever case, with `@` or without; a short one with it alone. */
export function mentionOf(alias: string): RegExp {
  const letters = [...alias.normalize('NFKC')];
  const bare = letters.length >= BARE_LEAST;
  const edge = (letter = '', boundary: string) => (UNSPACED.test(letter) ? '' : boundary);
  const before = bare ? `(?:(?<!${WORD})@|${edge(letters[0], `(?<!@|${WORD})`)})` : `(?<!${WORD})@`;
  const name = letters.join('').replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(`${before}${name}${edge(letters.at(-1), `(?!${WORD})`)}`, 'giu');
}

/** Makes mentions of an alias stand out; whether there are any. */
export function markMentions(message: Node, alias: string): boolean {
  if (!alias) return false;
  const mention = mentionOf(alias);
  let left = MENTIONS_MOST;
  for (const text of textsOf(message)) {
    if (left <= 0) break;
    if (text.parentElement?.closest('pre, code, .host')) continue;
    const parts: (Node | string)[] = [];
    let end = 0;
    for (const { 0: found, index } of text.data.matchAll(mention)) {
      if (left-- <= 0) break;
      parts.push(text.data.slice(end, index), element('strong', { class: 'mention' }, found));
      end = index + found.length;
    }
    if (end > 0) text.replaceWith(...parts, text.data.slice(end));
  }
  return left < MENTIONS_MOST;
}
