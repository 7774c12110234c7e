// Days and times in the page's language, by the customs of the reader's own country where the browser names one.

import * as words from '../words/en.ts';
import { languageOf } from '../words/languages.ts';

/** `en-GB` where that is the browser's English. */
export const locale = (): string =>
  navigator.languages.find(tag => languageOf(tag) === languageOf(words.LANGUAGE)) ?? words.LANGUAGE;

/** Above the first line of another day. */
export const day = (date: Date): string =>
  date.toLocaleDateString(locale(), { weekday: 'long', day: 'numeric', month: 'long' });
