// For how long a message is still to be seen, beside it. It counts on, and is not read out.

import * as words from '../words/en.ts';
import { countOn } from './counting.ts';
import { element, setText } from './element.ts';

export type Fading = { node: HTMLElement; set(forgetAt: number | undefined): void };

export function createFading(): Fading {
  const node = element('span', { class: 'fading', 'aria-live': 'off', title: words.FADING_MORE });
  let until = 0;
  const count = () => setText(node, words.goesIn(Math.max(1, Math.ceil((until - Date.now()) / 1000))));
  return {
    node,
    set(forgetAt) {
      if (forgetAt === undefined) return;
      until = forgetAt;
      count();
      countOn(node, count);
    },
  };
}
