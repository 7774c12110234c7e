// A question before what can't be undone.

import * as words from '../words/en.ts';
import { button, type Child, element, freshId } from './element.ts';

/** Opens a dialog; closed by whatever, it gives the focus back. */
export function openDialog(
  title: Child[],
  body: Child[],
  actions: (close: () => void) => Child[],
): HTMLDialogElement {
  const before = document.activeElement;
  const id = freshId('question');
  const dialog = element(
    'dialog',
    { 'aria-labelledby': id },
    element('p', { id }, ...title),
    ...body,
    element('div', { class: 'actions' }, ...actions(() => dialog.close())),
  );
  dialog.addEventListener('close', () => {
    dialog.remove();
    // This comes a while after the closing: somebody may have gone on elsewhere, and the opener may be gone.
    if (document.activeElement !== document.body) return;
    const back = before?.isConnected ? before : document.querySelector('textarea');
    if (back instanceof HTMLElement) back.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Asks, and acts only on the button named `action`; `harmless` where nothing is lost by it. */
export function confirm(
  question: Child[],
  action: string,
  act: () => void,
  { body = [], harmless = false }: { body?: Child[]; harmless?: boolean } = {},
): HTMLDialogElement {
  return openDialog(question, body, close => [
    button(words.CANCEL, close, { autofocus: true }),
    button(
      action,
      () => {
        close();
        act();
      },
      { class: harmless ? 'primary' : 'danger' },
    ),
  ]);
}

/** A box to tick, with its label. */
export function tick(label: string, checked: boolean): { node: HTMLElement; input: HTMLInputElement } {
  const input = element('input', { type: 'checkbox', checked });
  return { node: element('label', { class: 'tick' }, input, element('span', {}, label)), input };
}
