// Days and times in the page's language, by the customs of the reader's own country where the browser names one.

import * as words from '../words/en.ts';
import { languageOf } from '../words/languages.ts';

/** `en-GB` where that is the browser's English. */
export const locale = (): string =>
  navigator.languages.find(tag => languageOf(tag) === languageOf(words.LANGUAGE)) ?? words.LANGUAGE;

/** To make one takes longer than to draw a line. */
let made: { locale: string; time: Intl.DateTimeFormat; whole: Intl.DateTimeFormat } | undefined;
function formats(): NonNullable<typeof made> {
  const now = locale();
  if (made?.locale === now) return made;
  const whole = { dateStyle: 'short', timeStyle: 'medium' } as const;
  return (made = {
    locale: now,
    time: new Intl.DateTimeFormat(now, { timeStyle: 'short' }),
    whole: new Intl.DateTimeFormat(now, whole),
  });
}

/** Hours and minutes. */
export const timeOfDay = (date: Date): string => formats().time.format(date);

/** Day and time. */
export const dayAndTime = (date: Date): string => formats().whole.format(date);

/** Above the first line of another day. */
export const day = (date: Date): string =>
  date.toLocaleDateString(locale(), { weekday: 'long', day: 'numeric', month: 'long' });
