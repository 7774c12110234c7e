// After what time messages disappear: set by who may moderate.

import * as words from '../words/en.ts';
import { choice } from './appearance.ts';
import { openDialog } from './confirm.ts';
import { button, element } from './element.ts';

/** Seconds that are offered; 0: messages stay. */
export const TIMERS = [0, 30, 5 * 60, 3600, 24 * 3600, 7 * 24 * 3600];

export function askTimer(now: number, set: (seconds: number) => void): void {
  let chosen = now;
  const values = TIMERS.includes(now) ? TIMERS : [...TIMERS, now].sort((one, other) => one - other);
  const field = choice(
    words.TIMER_AFTER,
    values.map(String),
    seconds => (Number(seconds) ? words.lasting(Number(seconds)) : words.TIMER_NEVER),
    `${now}`,
    seconds => (chosen = Number(seconds)),
  );
  openDialog([words.TIMER], [field, element('p', { class: 'quiet' }, words.TIMER_BINDS)], close => [
    button(words.CANCEL, close),
    button(
      words.TIMER_SET,
      () => {
        close();
        if (chosen !== now) set(chosen);
      },
      { class: 'primary' },
    ),
  ]);
}
