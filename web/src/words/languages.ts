// The languages that the page has, and which of them somebody reads.

/** Each by its tag, which names its catalogue's file, as it calls itself; in the order of their English names. */
export const LANGUAGES = {
  en: 'English',
  ar: 'العربية',
  bn: 'বাংলা',
  zh: '中文（简体）',
  fr: 'Français',
  de: 'Deutsch',
  hi: 'हिन्दी',
  id: 'Bahasa Indonesia',
  it: 'Italiano',
  ja: '日本語',
  ko: '한국어',
  pl: 'Polski',
  pt: 'Português',
  es: 'Español',
  tr: 'Türkçe',
  uk: 'Українська',
};

export type Language = keyof typeof LANGUAGES;

export const isLanguage = (tag: string): tag is Language => Object.hasOwn(LANGUAGES, tag);

/** `pt` of `pt-BR`. */
export const languageOf = (tag: string): string => tag.split('-', 1).join().toLowerCase();

/** The first of somebody's languages that the page has. */
export const choose = (preferred: readonly string[]): Language =>
  preferred.map(languageOf).find(isLanguage) ?? 'en';
