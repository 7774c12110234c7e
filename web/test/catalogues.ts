// Every catalogue, each the same words of the same kinds as the English one.

import type { Language } from '../src/words/languages.ts';
import type { Translation } from '../src/words/translation.ts';
import * as ar from '../src/words/ar.ts';
import * as bn from '../src/words/bn.ts';
import * as de from '../src/words/de.ts';
import * as en from '../src/words/en.ts';
import * as es from '../src/words/es.ts';
import * as fr from '../src/words/fr.ts';
import * as hi from '../src/words/hi.ts';
import * as id from '../src/words/id.ts';
import * as it from '../src/words/it.ts';
import * as ja from '../src/words/ja.ts';
import * as ko from '../src/words/ko.ts';
import * as pl from '../src/words/pl.ts';
import * as pt from '../src/words/pt.ts';
import * as tr from '../src/words/tr.ts';
import * as uk from '../src/words/uk.ts';
import * as zh from '../src/words/zh.ts';

export const CATALOGUES: Record<Language, Translation> = {
  en,
  ar,
  bn,
  zh,
  fr,
  de,
  hi,
  id,
  it,
  ja,
  ko,
  pl,
  pt,
  es,
  tr,
  uk,
};
