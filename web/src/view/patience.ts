// Until when to try again is in vain: it counts down beside the button, which can be pressed then.

import * as words from '../words/en.ts';
import { element, setText } from './element.ts';

export type Patience = {
  node: HTMLElement;
  /** Nothing is to be tried for so many milliseconds; 0 takes back what was said before. */
  wait(milliseconds: number): void;
  isOver(): boolean;
};

export function createPatience(button: HTMLButtonElement): Patience {
  // Read out where it is over, and not each second before.
  const countdown = element('span', { role: 'timer', 'aria-live': 'off' });
  const over = element('span', { role: 'status' });
  const node = element('small', {}, countdown, over);
  let until = 0;
  let ticking: ReturnType<typeof setInterval> | undefined;

  const isOver = () => Date.now() >= until;
  function tick(): void {
    const isWaiting = !isOver() && node.isConnected;
    setText(countdown, isWaiting ? words.tryAgainIn(Math.ceil((until - Date.now()) / 1000)) : '');
    setText(over, isWaiting || until === 0 ? '' : words.TRY_AGAIN_NOW);
    if (isWaiting) return button.setAttribute('aria-disabled', 'true');
    clearInterval(ticking);
    button.removeAttribute('aria-disabled');
  }
  return {
    node,
    isOver,
    wait(milliseconds) {
      clearInterval(ticking);
      until = milliseconds > 0 ? Date.now() + milliseconds : 0;
      ticking = setInterval(tick, 1000);
      tick();
    },
  };
}
