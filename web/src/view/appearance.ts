// Light or dark, and the size of text, chosen by hand.

import * as words from '../words/en.ts';
import { element, freshId } from './element.ts';
import { appearance, chooseAppearance, SIZES, THEMES } from './tab.ts';

export function createAppearanceFields(): HTMLElement {
  const { theme, size } = appearance();
  return element(
    'div',
    { class: 'appearance' },
    choice(words.APPEARANCE, THEMES, words.themeName, theme, chosen => chooseAppearance({ theme: chosen })),
    choice(words.TEXT_SIZE, SIZES, words.percent, size, chosen => chooseAppearance({ size: chosen })),
  );
}

/** Some of a few, each with its label. */
export function choice<Value extends string>(
  label: string,
  values: readonly Value[],
  labelOf: (value: Value) => string,
  now: Value,
  choose: (value: Value) => void,
): HTMLElement {
  const id = freshId('choice');
  const options = values.map(value => element('option', { value, selected: value === now }, labelOf(value)));
  const select = element('select', { id, autocomplete: 'off' }, ...options);
  select.addEventListener('change', () => choose(select.value as Value));
  return element('div', { class: 'field' }, element('label', { for: id }, label), select);
}
