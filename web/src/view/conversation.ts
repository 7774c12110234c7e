// The conversation: every line that is kept, the newest at the bottom and in sight, unless somebody reads further up.

import type { Line } from '../state.ts';
import * as words from '../words/en.ts';
import { Budget } from './budget.ts';
import { button, element } from './element.ts';
import { type ShownLine, showLine } from './line.ts';

/** Pixels from the bottom within which the newest line counts as in sight. */
const NEAR_BOTTOM = 48;

export type Conversation = { node: HTMLElement; update(lines: readonly Line[]): void };

export function createConversation(): Conversation {
  // In the order of tabs, so that arrow keys scroll it.
  const log = element('div', {
    role: 'log',
    'aria-label': words.CONVERSATION,
    'aria-live': 'polite',
    tabindex: '0',
  });
  const lines = element('div', { class: 'lines', role: 'presentation' });
  log.append(lines);
  const jump = button(words.NEW_MESSAGES, () => toBottom(), { class: 'jump', hidden: true });
  const node = element('section', { class: 'conversation' }, log, jump);

  const shown = new Map<number, ShownLine & { line: Line }>();
  const budget = new Budget();
  let stuck = true;
  let scrolled = 0;

  function show(line: Line): ShownLine {
    if (!('html' in line) || line.from.you) return showLine(line, false);
    let fresh: ShownLine | undefined;
    budget.spend(line.from.id, performance.now(), () => (fresh = showLine(line, false)).weight);
    return fresh ?? showLine(line, true);
  }

  function toBottom(): void {
    stuck = true;
    jump.hidden = true;
    log.scrollTop = log.scrollHeight;
  }
  log.addEventListener('scroll', () => {
    // Lines that come into sight turn out higher than was taken for granted: only who scrolls up leaves the bottom.
    const near = log.scrollHeight - log.scrollTop - log.clientHeight <= NEAR_BOTTOM;
    stuck = near || (stuck && log.scrollTop >= scrolled);
    scrolled = log.scrollTop;
    if (stuck) jump.hidden = true;
  });
  // An image that has been decoded, a folded-out detail, an on-screen keyboard: the bottom moves without a new line.
  const resized = new ResizeObserver(() => {
    if (stuck) toBottom();
  });
  resized.observe(lines);
  resized.observe(log);

  return {
    node,
    update(kept) {
      const keys = new Set(kept.map(line => line.key));
      for (const [key, old] of shown) {
        if (keys.has(key)) continue;
        old.node.remove();
        shown.delete(key);
      }
      let added = false;
      for (const line of kept) {
        const old = shown.get(line.key);
        if (old?.line === line) continue;
        if (old) {
          old.update(line);
          old.line = line;
          continue;
        }
        const fresh = show(line);
        lines.append(fresh.node);
        shown.set(line.key, { ...fresh, line });
        added = true;
        if ('from' in line && line.from.you) stuck = true;
      }
      if (!added) return;
      if (stuck) toBottom();
      else jump.hidden = false;
    },
  };
}
