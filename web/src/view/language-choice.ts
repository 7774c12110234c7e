// A choice of the page's language: in the bar before anybody is in a room, and among the settings there.

import * as words from '../words/en.ts';
import { isLanguage, type Language, languageOf, LANGUAGES } from '../words/languages.ts';
import { AS_WRITTEN, element, setText } from './element.ts';

export type LanguageChoice = {
  node: HTMLElement;
  /** Whether this one is chosen still. */
  isChosen(language: Language): boolean;
  /** Shows which language is spoken. */
  update(): void;
};

export function createLanguageChoice(choose: (language: Language) => void): LanguageChoice {
  // Each is found by those who read no other.
  const options = Object.entries(LANGUAGES).map(([tag, name]) =>
    element('option', { value: tag, lang: tag }, name),
  );
  const select = element('select', { ...AS_WRITTEN, autocomplete: 'off' }, ...options);
  select.addEventListener('change', () => isLanguage(select.value) && choose(select.value));
  const name = element('span');
  return {
    node: element('label', { class: 'languages' }, name, select),
    isChosen: language => select.value === language,
    update() {
      setText(name, words.CHOOSE_LANGUAGE);
      select.setAttribute('aria-label', words.CHOOSE_LANGUAGE);
      select.value = languageOf(words.LANGUAGE);
    },
  };
}
