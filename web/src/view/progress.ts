// How far the making of keys is, and why it takes long where it does.

import type { View } from '../state.ts';
import * as words from '../words/en.ts';
import { button, element, setText } from './element.ts';

/** Seconds of making keys from which on it is told why it takes so long. */
const SLOW = 15;

/** Shows what is done before the room opens; nothing of a view that is undefined. */
export function createProgress(cancel: () => void): { node: HTMLElement; show(view?: View): void } {
  const bar = element('progress', { max: '1', 'aria-label': words.MAKING_KEYS });
  const percent = element('p');
  const reason = element('p', { role: 'status' });
  const node = element(
    'div',
    { class: 'waiting', hidden: true },
    bar,
    percent,
    reason,
    element('p', { class: 'quiet' }, words.PASSWORD_IS_STRETCHED),
    element('div', { class: 'actions' }, button(words.CANCEL, cancel)),
  );
  /** The first sign of progress, and when it came, in milliseconds since the page was opened. */
  let first: { progress: number; at: number } | undefined;

  return {
    node,
    show(view) {
      node.hidden = !view;
      if (view?.phase !== 'deriving' || !view.progress) {
        bar.removeAttribute('value');
        setText(percent, words.STATES[view?.phase ?? 'connecting']);
        setText(reason, '');
        first = undefined;
        return;
      }
      bar.value = view.progress;
      first ??= { progress: view.progress, at: performance.now() };
      const seconds = (performance.now() - first.at) / 1000 / (view.progress - first.progress || 1);
      const done = Math.floor(view.progress * 100);
      const slow = seconds > SLOW;
      const left = Math.ceil(seconds * (1 - view.progress));
      setText(percent, slow ? words.percentAndSeconds(done, left) : words.percentDone(done));
      // Once: what changes all the time would be read out all the time.
      if (slow && !reason.textContent) setText(reason, words.slowness(seconds, window.isSecureContext));
    },
  };
}
