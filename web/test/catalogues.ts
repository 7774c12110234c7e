// Every catalogue, each the same words of the same kinds as the English one.

import type { Language } from '../src/words/languages.ts';
import type { Translation } from '../src/words/translation.ts';
import * as de from '../src/words/de.ts';
import * as en from '../src/words/en.ts';

export const CATALOGUES: Record<Language, Translation> = { en, de };
