// For how long a message is still to be seen, beside it. It counts on, and is not read out.

import * as words from '../words/en.ts';
import { element, setText } from './element.ts';

export type Fading = { node: HTMLElement; set(forgetAt: number | undefined): void };

/** All that count, by one clock. */
const counting = new Map<HTMLElement, number>();
let clock: ReturnType<typeof setInterval> | undefined;

export function createFading(): Fading {
  const node = element('span', { class: 'fading', 'aria-live': 'off', title: words.FADING_MORE });
  return {
    node,
    set(forgetAt) {
      if (forgetAt === undefined || counting.get(node) === forgetAt) return;
      counting.set(node, forgetAt);
      show(node, forgetAt);
      clock ??= setInterval(tick, 1000);
    },
  };
}

function tick(): void {
  for (const [node, forgetAt] of counting) {
    if (node.isConnected) show(node, forgetAt);
    else counting.delete(node);
  }
  if (counting.size > 0) return;
  clearInterval(clock);
  clock = undefined;
}

const show = (node: HTMLElement, forgetAt: number): void =>
  setText(node, words.goesIn(Math.max(1, Math.ceil((forgetAt - Date.now()) / 1000))));
