// The type of all translations of en.ts: the same words, each of the same kind.

import type * as english from './en.ts';

type Translated<Words> = Words extends string
  ? string
  : Words extends (...about: never[]) => unknown
    ? Words
    : { [Name in keyof Words]: Translated<Words[Name]> };

/** The documents are in English, and say in it why the page does not start. */
type OfDocuments = 'NO_SCRIPT' | 'NOT_STARTED' | 'START';

export type Translation = Translated<Omit<typeof english, OfDocuments>>;
