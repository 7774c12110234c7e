// What plain http can't promise, said where it matters.

import { element } from './element.ts';

/** A note for a page that came over plain http from another machine; nothing where it came safely. */
export function networkNote(): HTMLElement | undefined {
  if (window.isSecureContext) return undefined;
  return element(
    'details',
    { class: 'note' },
    element('summary', {}, 'This page came over plain http'),
    element(
      'p',
      {},
      'Messages are still sealed in your browser, and the server can’t read them. But somebody who controls ' +
        'the network between you and the server could change this page on its way and so read along. ',
      'In a network you don’t trust, use https or a VPN.',
    ),
  );
}
