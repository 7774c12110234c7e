// All catalogues say the same: with what each sentence names, in their own signs and forms, and in no English.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { grammar, type PluralForms } from '../src/words/grammar.ts';
import * as english from '../src/words/en.ts';
import { choose, LANGUAGES } from '../src/words/languages.ts';
import { CATALOGUES } from './catalogues.ts';

/** What a sentence is handed, to be found in it again. */
const mark = (name: string): string => `⟦${name}⟧`;
const MARK = /⟦\w+⟧/g;
const [A, B, C] = [mark('a'), mark('b'), mark('c')];

/** Numbers that take every plural form there is, and one by which all are compared. */
const COUNTS = [0, 1, 2, 3, 5, 11, 12, 21, 22, 100, 102];
const MANY = 7;

const source = readFileSync('src/words/en.ts', 'utf8');
/** What a function of the English catalogue tells apart. */
function casesOf(name: string): string[] {
  const begins = source.indexOf(`export function ${name}`);
  const body = source.slice(begins, source.indexOf('\n}\n', begins));
  const cases = [...body.matchAll(/case '([\w-]+)':/g)].map(([, code = '']) => code);
  assert.ok(begins > 0 && cases.length > 5, name);
  return cases;
}

const FAULT = { character: B, codePoint: A, most: 9, alphabet: 'Latin', beside: 'Greek' };
const counted = (call: (count: number) => unknown[]) => [MANY, ...COUNTS].map(call);

/** What each function is called with, once or more. */
const ARGUMENTS: Record<string, unknown[][]> = {
  farewell: Object.keys(english.FAREWELLS).flatMap(ending => [
    [ending, A],
    [ending, ''],
  ]),
  themeName: [['auto'], ['light'], ['dark']],
  percent: [['125']],
  invited: [[A]],
  askOpenAnew: [[A]],
  percentDone: [[MANY]],
  percentAndSeconds: [[MANY, 9]],
  slowness: [
    [60, true],
    [60, false],
    [60 * MANY, true],
  ],
  badPassword: [[8, 256]],
  tryAgainIn: counted(count => [count]),
  describeAliasFault: casesOf('describeAliasFault').map(fault => [{ ...FAULT, fault }]),
  invitationElsewhere: [[A, B]],
  'CONNECTION_FAULTS.upgrade': [[]],
  'CONNECTION_FAULTS.origin': [[{ origin: A, hostname: B }], [{ origin: A, hostname: '192.0.2.1' }]],
  'CONNECTION_FAULTS.host': [[{ hostname: B }], [{ hostname: '[::1]' }]],
  'CONNECTION_FAULTS.gone': [[502]],
  'CONNECTION_FAULTS.other': [[404, A]],
  roomIs: [[A]],
  hereAre: counted(count => [count]),
  fadesAfter: [[A]],
  serverSees: [[A]],
  mayDo: [
    [A, 'keeper'],
    [A, 'everyone'],
  ],
  askKick: [[A]],
  verifyWhom: [[A]],
  openedBy: [[A, B]],
  doingsWith: [[A]],
  askKeeper: [[A]],
  looksLike: [[A]],
  nextTryIn: counted(count => [count]),
  keptUntil: [[A]],
  askLeave: [[[A, B]]],
  whisperTo: [[A]],
  dropFor: [[[A]], [[]]],
  pictureFor: [[[A]], [[]]],
  pictureIs: [false, true].flatMap(isMoving =>
    counted(count => [{ width: MANY, height: 12, bytes: 3000, isMoving }, count]),
  ),
  picturesLeftOut: counted(count => [8, count]),
  refusePicture: casesOf('refusePicture').map(why => [why, A, { megabytes: 32, megapixels: 64 }]),
  bytesLeft: counted(count => [count]),
  tooLongBy: counted(count => [count]),
  proposals: counted(count => [count]),
  whisperingTo: [[A]],
  sentAt: [[A]],
  doingsWithLine: [
    [A, B],
    ['', B],
  ],
  reactedBy: [[A, [B], 0], ...counted(count => [A, [B, C], count])],
  typing: [[[A]], [[A, B]], [[A, B, C]], [[A, B, C, A]]],
  replyingTo: [[A]],
  whispersTo: [[[A]]],
  lasting: [...counted(count => [count]), [300], [7200], [7 * 86_400]],
  goesIn: [...counted(count => [count]), [300], [7200], [7 * 86_400]],
  happened: counted(count => [count]),
  describeEvent: casesOf('describeEvent').flatMap(event => [
    [{ event, who: A, by: B, count: MANY }],
    [{ event, who: A, others: [B, C], count: MANY }],
    [{ event, count: MANY }],
    ...COUNTS.map(count => [{ event, who: A, count }]),
  ]),
  describeNote: casesOf('describeNote').map(code => [
    { code, alias: A, count: MANY, number: B, name: C, keeper: C, fault: { ...FAULT, fault: 'slash' } },
  ]),
  correctUsage: [[A]],
  nothingAfter: [[A]],
  marksDropped: counted(count => [count]),
  noImageOf: [[A]],
};

type Said = Map<string, { text: string; isConstant: boolean }>;

/** All that a catalogue says, each under its name, and a function's under what it was called with. */
function allOf(words: unknown, name = '', all: Said = new Map()): Said {
  if (typeof words === 'string') all.set(name, { text: words, isConstant: true });
  else if (typeof words === 'function')
    for (const about of ARGUMENTS[name] ?? assert.fail(`what is ${name} called with?`)) {
      const text = [words(...about)].flat(9).join('');
      all.set(`${name}(${JSON.stringify(about)})`, { text, isConstant: false });
    }
  else if (Array.isArray(words)) all.set(name, { text: '', isConstant: true });
  else
    for (const [key, inner] of Object.entries(words as object))
      allOf(inner, name ? `${name}.${key}` : key, all);
  return all;
}

/** Written in no language: settings, files, commands, addresses. */
const CODE =
  /“?proxy_[^”»“』」"]*(?:"upgrade")?;[”»“』」]?|\w+ = \["[^"]*"\]|\b\w+\.(?:js|toml)\b|(?<![\w⟧])\/[a-z]+\b|K7QM-4XZD|U\+\w+/g;

/** Words that hardly a sentence of English does without, and that are none of the other languages’ own. */
const ENGLISH = /\b(?:the|and|of|your|you|this|that|with|which|from|have)\b/i;

/** Without spaces between words. */
const UNSPACED = ['ja', 'zh'];
/** What follows a name is written together with it. */
const JOINED = [...UNSPACED, 'ko'];

/** The same in both: names, and what the other language took over. */
const SAME: Record<string, RegExp> = {
  all: /^(?:TITLE|DIRECTION|INVITATION_EXAMPLE|DELIVERY\.sent|PARAMETERS\.message|MESSAGE|ALPHABETS.*|roomIs.*|looksLike.*)$/,
  de: /^(?:ALIAS|PARAMETERS\.(?:alias|name|member|text)|FORMATS\.(?:code|link)\.(?:sign|name)|CODE_BLOCK)$/,
  es: /^(?:ALIAS|PARAMETERS\.(?:alias|member))$/,
  fr: /^(?:INVITATION|OPTIONS|CONVERSATION|DESCRIPTION|FORMATS\.code\.name|CODE_BLOCK|lasting)$/,
  it: /^(?:ALIAS|PASSWORD|PARAMETERS\.(?:alias|member)|FORMATS\.link\.(?:sign|name))$/,
  pl: /^FORMATS\.link\.(?:sign|name)$/,
  pt: /^FORMATS\.link\.(?:sign|name)$/,
  tr: /^FORMATS\.link\.(?:sign|name)$/,
};

/** Times as long as in English, and letters beside that. */
const LONGEST = { times: 1.7, more: 24 };

const reference = allOf(english);

for (const [language, words] of Object.entries(CATALOGUES)) {
  if (language === 'en') continue;
  describe(LANGUAGES[language as keyof typeof LANGUAGES], () => {
    const all = allOf(words);
    const digits = new Map([...'0123456789'].map(digit => [Number(digit).toLocaleString(language), digit]));
    const numbersIn = (text: string): string[] =>
      [...text]
        .map(letter => digits.get(letter) ?? letter)
        .join('')
        .match(/\d+/g) ?? [];
    const each = (of: (said: string, inEnglish: string, name: string) => void) => {
      for (const [name, { text }] of reference) if (all.has(name)) of(all.get(name)?.text ?? '', text, name);
    };

    test('says all that is said in English, and nothing beside', () => {
      const ofDocuments = /^(?:START\.|NO_SCRIPT$|NOT_STARTED$)/;
      const names = [...reference.keys()].filter(name => !ofDocuments.test(name));
      assert.deepEqual([...all.keys()].sort(), names.sort());
      assert.equal(new Intl.Locale(words.LANGUAGE).language, language);
      assert.match(words.DIRECTION, /^(?:ltr|rtl)$/);
      each((said, inEnglish, name) => assert.equal(said === '', inEnglish === '', name));
    });

    test('names what the sentence is about', () => {
      each((said, inEnglish, name) => {
        const marks = (text: string) => [...new Set(text.match(MARK))].sort();
        assert.deepEqual(marks(said), marks(inEnglish), `${name}: ${said}`);
        assert.doesNotMatch(said, /undefined|NaN|\[object|#(?!\s?[“”»」])/, name);
        // A form for one or two alone need not say the number; 21 may take the form of 1, and has to be said.
        if (!/"count":[012]\b|\[(?:[012]|7200)\]|,[012]\]/.test(name))
          for (const number of numbersIn(inEnglish.replace(CODE, '')))
            assert.ok(numbersIn(said).includes(number), `${name} lacks ${number}: ${said}`);
        const codes = (text: string) =>
          (text.match(CODE) ?? []).map(code => code.replace(/[“”]/g, '')).sort();
        assert.deepEqual(
          codes(said).filter(code => /^\/|\.js|\.toml|= \[/.test(code)),
          codes(inEnglish).filter(code => /^\/|\.js|\.toml|= \[/.test(code)),
          `${name}: ${said}`,
        );
      });
    });

    test('leaves no English over', () => {
      const same = new RegExp(`${SAME.all?.source}|${SAME[language]?.source ?? '^$'}`);
      each((said, inEnglish, name) => {
        assert.doesNotMatch(said.replace(CODE, ''), ENGLISH, name);
        if (
          /\p{L}{3}/u.test(inEnglish.replace(CODE, '').replace(MARK, '')) &&
          !same.test(name.split('(')[0] ?? '')
        )
          assert.notEqual(said, inEnglish, name);
      });
    });

    test('keeps the spaces that stand around names', () => {
      each((said, inEnglish, name) => {
        assert.doesNotMatch(said, / {2}/, name);
        const isSpaced = !UNSPACED.includes(language);
        const [begins, ends] = [/^\s/, /\s$/].map(space => space.test(inEnglish));
        assert.ok(!/^\s/.test(said) || begins, `${name}: ${said}`);
        assert.ok(!/\s$/.test(said) || ends, `${name}: ${said}`);
        if (isSpaced) assert.equal(/^\s/.test(said), begins, `${name}: ${said}`);
        if (isSpaced) assert.equal(/\s$/.test(said), ends, `${name}: ${said}`);
        // Arabic writes “and” together with what follows.
        if (!JOINED.includes(language))
          assert.doesNotMatch(said, /[\p{L}\p{N}](?<!و)⟦|⟧[\p{L}\p{N}]/u, `${name}: ${said}`);
      });
    });

    test('has its own marks of punctuation', () => {
      each((said, _, name) => {
        const prose = said.replace(CODE, '').replace(MARK, '');
        assert.doesNotMatch(prose, /['"`]/, `${name} has typewriter quotes: ${prose}`);
        assert.doesNotMatch(prose, /\.\.\./, `${name} has three points: ${prose}`);
        if (words.DIRECTION === 'rtl') assert.doesNotMatch(prose, /[,;?]/, `${name}: ${prose}`);
        if (UNSPACED.includes(language))
          assert.doesNotMatch(prose, /[\p{sc=Han}\p{sc=Kana}\p{sc=Hira}][,;:?!.]/u, `${name}: ${prose}`);
      });
    });

    test('is not much longer than English', () => {
      each((said, inEnglish, name) => {
        const most = LONGEST.times * inEnglish.length + LONGEST.more;
        assert.ok(said.length <= most, `${name}: ${said.length} letters, ${Math.floor(most)} at most`);
      });
    });
  });
}

/** As the catalogues are typed by them. */
const FORMS: { [L in keyof PluralForms]: Record<PluralForms[L], true> } = {
  en: { one: true, other: true },
  de: { one: true, other: true },
  fr: { one: true, other: true },
  es: { one: true, other: true },
  pt: { one: true, other: true },
  it: { one: true, other: true },
  pl: { one: true, few: true, many: true },
  uk: { one: true, few: true, many: true },
  tr: { one: true, other: true },
  hi: { one: true, other: true },
  bn: { one: true, other: true },
  ar: { zero: true, one: true, two: true, few: true, many: true, other: true },
  ja: { other: true },
  ko: { other: true },
  zh: { other: true },
  id: { other: true },
};

test('each language has the plural forms that its numbers take', () => {
  for (const [language, forms] of Object.entries(FORMS)) {
    const rules = new Intl.PluralRules(language);
    const taken = new Set(Array.from({ length: 1000 }, (_, count) => rules.select(count)));
    assert.deepEqual(Object.keys(forms).sort(), [...taken].sort(), language);
  }
});

test('a number stands in its form as the language writes it', () => {
  const { plural, number } = grammar('ar', 'ar-EG');
  const forms = { zero: 'z', one: 'o', two: 't', few: '# f', many: '# m', other: '# x' };
  assert.deepEqual(
    [0, 1, 2, 3, 11, 100].map(count => plural(count, forms)),
    ['z', 'o', 't', '٣ f', '١١ m', '١٠٠ x'],
  );
  assert.equal(number(12), '١٢');
  const { plural: pl } = grammar('pl');
  assert.deepEqual(
    [1, 3, 5, 22].map(count => pl(count, { one: '# a', few: '# b', many: '# c' })),
    ['1 a', '3 b', '5 c', '22 b'],
  );
});

test('the languages that can be chosen are those that have a catalogue', () => {
  const files = readdirSync('src/words').filter(name => /^[a-z]{2}\.ts$/.test(name));
  assert.deepEqual(files.map(name => name.slice(0, 2)).sort(), Object.keys(LANGUAGES).sort());
});

test('the first language of somebody that the page has is taken', () => {
  for (const [preferred, expected] of [
    [['de'], 'de'],
    [['de-AT', 'en'], 'de'],
    [['DE-ch'], 'de'],
    [['xx', 'de-DE', 'en'], 'de'],
    [['en-GB', 'de'], 'en'],
    [['xx-YY'], 'en'],
    [['toString', 'constructor'], 'en'],
    [[], 'en'],
  ] as const)
    assert.equal(choose(preferred), expected, preferred.join());
});
