// The type of all translations of en.ts: the same words, each of the same kind.

import type * as english from './en.ts';

type Translated<Words> = Words extends string
  ? string
  : Words extends (...about: never[]) => unknown
    ? Words
    : { [Name in keyof Words]: Translated<Words[Name]> };

/** `npm run build` takes no other catalogue. */
export type Translation = Translated<typeof english>;
