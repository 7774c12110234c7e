// A picture of a message, as large as fits: opened by a press or a key, closed by either.

import * as words from '../words/en.ts';
import { openDialog } from './confirm.ts';
import { AS_WRITTEN, button, element } from './element.ts';

/** What is enlarged: one picture at the most. */
let enlarged: { picture: HTMLImageElement; dialog: HTMLDialogElement } | undefined;

/** Lets each picture of a message that is drawn be enlarged; a link's leads where the link does. */
export function letEnlarge(body: HTMLElement): void {
  for (const picture of body.querySelectorAll<HTMLImageElement>('img:not([role], a *, summary *)')) {
    // Its name is what it shows.
    const attributes = { role: 'button', tabindex: '0', 'aria-haspopup': 'dialog' };
    for (const [name, value] of Object.entries(attributes)) picture.setAttribute(name, value);
    picture.addEventListener('click', () => enlarge(picture));
    picture.addEventListener('keydown', event => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      if (!event.repeat) enlarge(picture);
    });
  }
}

function enlarge(picture: HTMLImageElement): void {
  const { src, alt } = picture;
  const dialog = openDialog(
    [element('bdi', AS_WRITTEN, alt)],
    [element('img', { ...AS_WRITTEN, src, alt: '' })],
    close => [button(words.CLOSE, close, { autofocus: true })],
  );
  dialog.classList.add('enlarged');
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog || target instanceof HTMLImageElement) dialog.close();
  });
  // The key that opened it may still be down.
  dialog.addEventListener('keydown', event => event.repeat && event.preventDefault());
  dialog.addEventListener('close', () => (enlarged = undefined));
  enlarged = { picture, dialog };
}

/** A picture whose line is gone is seen no longer. */
export function closeLost(): void {
  if (enlarged && !enlarged.picture.isConnected) enlarged.dialog.close();
}
