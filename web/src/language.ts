// The language that the page speaks: the browser's, or one that was chosen by hand. It is kept nowhere.

import { loadWords } from './lazy.ts';
import * as words from './words/en.ts';
import { choose, type Language } from './words/languages.ts';

let wanted: Language | undefined;

/**
 * Has all scripts of the page speak a language. False where its words do not load, or it is not wanted any more when
 * they have: nothing is changed then.
 */
export async function speak(
  language: Language,
  isWanted: () => boolean | Promise<boolean> = () => true,
): Promise<boolean> {
  wanted = language;
  const loaded = await loadWords(language).catch(() => undefined);
  if (!loaded || wanted !== language || !(await isWanted())) return false;
  // By this name every script asks for its words when it needs them (build.mjs).
  Object.assign(globalThis, { words: loaded });
  const { documentElement: root } = document;
  root.lang = words.LANGUAGE;
  root.dir = words.DIRECTION;
  document.title = words.TITLE;
  return true;
}

/** Speaks the first of these that the page has; English where that does not load. */
export const speakOneOf = async (preferred: readonly string[]): Promise<boolean> =>
  (await speak(choose(preferred))) || (await speak('en'));
