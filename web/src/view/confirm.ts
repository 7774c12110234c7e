// A question before what can't be undone.

import * as words from '../words/en.ts';
import { button, type Child, element, freshId } from './element.ts';

/** Asks, and acts only on the button named `action`. All else gives the focus back. */
export function confirm(question: Child[], action: string, act: () => void): void {
  const before = document.activeElement;
  const id = freshId('question');
  const sure = button(
    action,
    () => {
      dialog.close();
      act();
    },
    { class: 'danger' },
  );
  const cancel = button(words.CANCEL, () => dialog.close(), { autofocus: true });
  const dialog = element(
    'dialog',
    { 'aria-labelledby': id },
    element('p', { id }, ...question),
    element('div', { class: 'actions' }, cancel, sure),
  );
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}
