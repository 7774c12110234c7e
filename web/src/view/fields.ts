// The fields of the entrance's form, each with its label and with the buttons that belong to it alone.

import { isDrawn, PASSWORD_LEAST, PASSWORD_MOST } from '../seal/password.ts';
import type { Entry } from '../state.ts';
import { button, element, freshId, setText, TYPED } from './element.ts';
import * as words from '../words/en.ts';

export function textField(attributes: Record<string, string | boolean>): HTMLInputElement {
  return element('input', { ...TYPED, type: 'text', autocapitalize: 'none', ...attributes });
}

/** A field with its label, and a hint below it. */
export function field(label: string, input: HTMLInputElement, hint?: string): HTMLElement {
  input.id = freshId('field');
  const hintId = `${input.id}-hint`;
  if (hint) input.setAttribute('aria-describedby', hintId);
  return element(
    'div',
    { class: 'field' },
    element('label', { for: input.id }, label),
    element('div', { class: 'row' }, input),
    hint !== undefined && element('small', { id: hintId }, hint),
  );
}

export type PasswordField = {
  node: HTMLElement;
  input: HTMLInputElement;
  fill(password: string): void;
  /** Shows or hides its characters. */
  show(shown: boolean): void;
};

/** `hint`: below a field for a password that somebody chooses, which is judged. */
export function createPasswordField(label: string, hint?: string): PasswordField {
  // `new-password`: browsers neither fill in nor offer what was typed for another room.
  const input = textField({ type: 'password', autocomplete: 'new-password', class: 'code' });
  input.maxLength = PASSWORD_MOST;
  const node = field(label, input, hint);
  const chosen = element('small', { role: 'status' });
  if (hint !== undefined) node.append(chosen);
  input.addEventListener('input', judge);
  function judge(): void {
    const isChosen = [...input.value].length >= PASSWORD_LEAST && !isDrawn(input.value);
    setText(chosen, isChosen ? words.CHOSEN_PASSWORD : '');
  }
  function fill(password: string): void {
    input.value = password;
    judge();
  }
  const reveal = button('', () => show(input.type === 'password'));
  input.after(reveal);
  function show(shown: boolean): void {
    input.type = shown ? 'text' : 'password';
    setText(reveal, shown ? words.HIDE : words.SHOW);
    reveal.setAttribute('aria-label', shown ? words.HIDE_CHARACTERS : words.SHOW_CHARACTERS);
  }
  show(false);
  return { node, input, fill, show };
}

export type RuleField = {
  node: HTMLElement;
  rule(): NonNullable<Entry['rule']>;
  setRule(rule: NonNullable<Entry['rule']>): void;
};

export function createRuleField(): RuleField {
  const keeperAlone = element('input', { type: 'radio', name: 'rule', value: 'keeper', checked: true });
  const everyone = element('input', { type: 'radio', name: 'rule', value: 'everyone' });
  const node = element(
    'fieldset',
    { class: 'rule' },
    element('legend', {}, words.WHO_MODERATES),
    element('label', {}, keeperAlone, words.KEEPER_ALONE),
    element('label', {}, everyone, words.EVERY_MEMBER),
  );
  return {
    node,
    rule: () => (everyone.checked ? 'everyone' : 'keeper'),
    setRule(rule) {
      (rule === 'everyone' ? everyone : keeperAlone).checked = true;
    },
  };
}
