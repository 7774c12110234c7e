// What differs from language to language and the browser knows: plural forms, lists, digits.

/** The forms that whole numbers below a million take (CLDR): all of them have to be given. */
export type PluralForms = {
  en: 'one' | 'other';
  de: 'one' | 'other';
  fr: 'one' | 'other';
  es: 'one' | 'other';
  pt: 'one' | 'other';
  it: 'one' | 'other';
  pl: 'one' | 'few' | 'many';
  uk: 'one' | 'few' | 'many';
  tr: 'one' | 'other';
  hi: 'one' | 'other';
  bn: 'one' | 'other';
  ar: 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
  ja: 'other';
  ko: 'other';
  zh: 'other';
  id: 'other';
};

export type Pieces<Element> = (string | Element)[];

/** `locale`: a variety of the language whose customs are followed. */
export function grammar<Of extends keyof PluralForms>(language: Of, locale: string = language) {
  const rules = new Intl.PluralRules(language);
  const digits = new Intl.NumberFormat(locale);
  const list = new Intl.ListFormat(locale);
  const number = (value: number): string => digits.format(value);
  return {
    number,
    /** The form for so many, `#` being the number. */
    plural(count: number, forms: Record<PluralForms[Of], string>): string {
      const all: Partial<Record<Intl.LDMLPluralRule, string>> = forms;
      const form = all[rules.select(count)] ?? all.other ?? all.many ?? '';
      return form.replace('#', number(count));
    },
    /** `Ben, Chloé and Dora`. */
    listed: <E>(items: E[]): Pieces<E> =>
      list
        .formatToParts(items.map((_, at) => `${at}`))
        .map(({ type, value }) => (type === 'element' ? (items[Number(value)] as E) : value)),
  };
}
