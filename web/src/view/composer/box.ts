// The box in which a message is typed: as high as what is in it, up to a bound, and with its history of undoing whole.

import { element, TYPED } from '../element.ts';

/** Fingers have one key for a new line, and a button to send. */
export const hasKeys = (): boolean => !matchMedia('(pointer: coarse)').matches;

export function createBox(attributes: Record<string, string>): HTMLTextAreaElement {
  const box = element('textarea', { ...TYPED, ...attributes, rows: '1' });
  const suit = () => box.setAttribute('enterkeyhint', hasKeys() ? 'send' : 'enter');
  suit();
  box.addEventListener('focus', suit);
  box.addEventListener('input', () => grow(box));
  return box;
}

/** Whether a key sends what is in the box. */
export const sends = ({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent): boolean =>
  key === 'Enter' && (ctrlKey || metaKey || (!shiftKey && hasKeys()));

/** Puts a text in the place of a stretch of what is in the box, as if it had been typed. */
export function insert(
  box: HTMLTextAreaElement,
  text: string,
  from = box.selectionStart,
  to = box.selectionEnd,
): void {
  box.focus();
  box.setSelectionRange(from, to);
  if (!text && from === to) return;
  // Deprecated, and the one way that can be undone by the browser's own means.
  if (document.execCommand(text ? 'insertText' : 'delete', false, text)) return;
  box.setRangeText(text, from, to, 'end');
  box.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/** Takes what is in the box away, or gives it back. */
export function fill(box: HTMLTextAreaElement, text: string): void {
  box.value = text;
  grow(box);
}

/** The style sheet bounds it. Engines that size a box by its content need no help. */
export function grow(box: HTMLTextAreaElement): void {
  if (CSS.supports('field-sizing', 'content')) return;
  box.style.height = 'auto';
  box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
}
