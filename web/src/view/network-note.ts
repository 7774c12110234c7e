// Says what plain http can't promise, where it matters.

import * as words from '../words/en.ts';
import { element } from './element.ts';

/** A note for a page that came over plain http from another machine; nothing where it came safely. */
export function networkNote(): HTMLElement | undefined {
  if (window.isSecureContext) return undefined;
  return element(
    'details',
    { class: 'note' },
    element('summary', {}, words.PLAIN_HTTP),
    element('p', {}, words.PLAIN_HTTP_MORE),
  );
}
