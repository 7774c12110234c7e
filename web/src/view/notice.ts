// What goes on with the room for a while: another password is given to it, or the connection is broken. It takes no place
// at other times.

import type { Break, Entry, Obstacle, RoomView } from '../state.ts';
import * as words from '../words/en.ts';
import { countOn } from './counting.ts';
import { button, element, setText } from './element.ts';
import { clock } from './line.ts';

export type Notice = {
  node: HTMLElement;
  /** Whether the focus was on what is not shown any more. */
  update(view: RoomView): boolean;
};

/** What a press does about each obstacle; about others nothing but waiting, or leaving, helps. */
const REMEDIES: Partial<Record<Obstacle, Entry['mode']>> = {
  locked: 'enter',
  full: 'enter',
  'alias-in-use': 'enter',
  'room-gone': 'open',
  'no-entry': 'open',
  draining: 'open',
};

export function createNotice(retry: (mode: Entry['mode']) => void): Notice {
  const sentence = element('p', { role: 'status' });
  // Counts on without being read out.
  const countdown = element('span', { role: 'timer', 'aria-live': 'off' });
  const tryNow = button('', () => {
    if (broken && !isTrying(broken)) retry(remedyFor(broken) ?? 'enter');
  });
  const kept = element('small');
  const node = element('div', { class: 'notice' }, sentence, countdown, tryNow, kept);
  let broken: Break | undefined;

  function count(): void {
    if (!broken) return;
    const { nextTry } = broken;
    const seconds = nextTry === undefined ? 0 : Math.max(1, Math.ceil((nextTry - Date.now()) / 1000));
    setText(countdown, seconds ? words.nextTryIn(seconds) : isTrying(broken) ? words.TRYING : '');
  }

  let until: number | undefined;
  function showBreak(now: Break): void {
    const remedy = remedyFor(now);
    tryNow.hidden = remedy === undefined;
    setText(tryNow, remedy === 'open' ? words.OPEN_IT_AGAIN : words.TRY_NOW);
    // It stays where it is while a try is under way, so that the focus does.
    if (isTrying(now)) tryNow.setAttribute('aria-disabled', 'true');
    else tryNow.removeAttribute('aria-disabled');
    if (until !== now.until) kept.replaceChildren(...words.keptUntil(clock(now.until) ?? ''));
    until = now.until;
    countOn(countdown, count);
  }

  return {
    node,
    update(view) {
      const hadFocus = node.contains(document.activeElement);
      broken = view.broken;
      const waits = view.relocking ? words.RELOCKING : '';
      setText(sentence, broken ? tellBreak(broken) : waits);
      // The region is there before its words, or they would not be read out.
      node.classList.toggle('idle', !sentence.textContent);
      node.classList.toggle('broken', Boolean(broken));
      countdown.hidden = tryNow.hidden = kept.hidden = !broken;
      if (broken) showBreak(broken);
      count();
      return hadFocus && tryNow.hidden;
    },
  };
}

const tellBreak = ({ obstacle }: Break): string => (obstacle ? words.OBSTACLES[obstacle] : words.BROKEN);

const remedyFor = ({ obstacle }: Break): Entry['mode'] | undefined =>
  obstacle ? REMEDIES[obstacle] : 'enter';

const isTrying = ({ isTried, nextTry }: Break): boolean => isTried && nextTry === undefined;
