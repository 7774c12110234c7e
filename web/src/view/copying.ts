// Copies a text. Over plain http there is no clipboard API, so a field's selection is copied.

import { element } from './element.ts';

export async function copyField(field: HTMLInputElement | HTMLTextAreaElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    const before = document.activeElement;
    field.focus();
    field.select();
    const copied = document.execCommand('copy');
    if (copied && before instanceof HTMLElement) before.focus();
    return copied;
  }
}

export async function copyText(text: string): Promise<boolean> {
  const field = element('textarea', {
    class: 'unseen',
    readonly: true,
    'aria-hidden': 'true',
    tabindex: '-1',
  });
  field.value = text;
  document.body.append(field);
  const copied = await copyField(field);
  field.remove();
  return copied;
}
