// The conversation: every line that is kept, the newest at the bottom and in sight, unless somebody reads further up.

import type { Line } from '../state.ts';
import * as words from '../words/en.ts';
import { Budget } from './budget.ts';
import { button, element } from './element.ts';
import { type LineActions, type ShownLine, showLine } from './line.ts';

/** Pixels from the bottom within which the newest line counts as in sight. */
const NEAR_BOTTOM = 48;

/** Milliseconds after which it is said again who speaks. */
const NAMED_AGAIN = 5 * 60_000;

export type Conversation = { node: HTMLElement; update(lines: readonly Line[]): void };

type Kept = ShownLine & { line: Line; at: number; day?: HTMLElement };

export function createConversation(actions: LineActions): Conversation {
  // In the order of tabs, so that arrow keys scroll it.
  const log = element('div', {
    role: 'log',
    'aria-label': words.CONVERSATION,
    'aria-live': 'polite',
    tabindex: '0',
  });
  const gone = element('p', { class: 'day', hidden: true }, words.EARLIER_GONE);
  const lines = element('div', { class: 'lines', role: 'presentation' });
  log.append(gone, lines);
  const jump = button(words.NEW_MESSAGES, () => toBottom(), { class: 'jump', hidden: true });
  const node = element('section', { class: 'conversation' }, log, jump);

  const shown = new Map<number, Kept>();
  const budget = new Budget();
  let stuck = true;
  let scrolled = 0;

  function show(line: Line, at: number): ShownLine {
    if (!('html' in line) || line.from.you) return showLine(line, { at, brief: false }, actions);
    let fresh: ShownLine | undefined;
    const draw = () => (fresh = showLine(line, { at, brief: false }, actions)).weight;
    budget.spend(line.from.id, performance.now(), draw);
    return fresh ?? showLine(line, { at, brief: true }, actions);
  }

  function toBottom(): void {
    stuck = true;
    jump.hidden = true;
    log.scrollTop = log.scrollHeight;
  }
  const size = () => `${log.clientWidth}×${log.clientHeight}`;
  let sized = size();
  log.addEventListener('scroll', () => {
    // A window that changes its size scrolls as well, and before anybody is told of it.
    if (stuck && sized !== size()) return;
    // Lines that come into sight turn out higher than was taken for granted: only who scrolls up leaves the bottom.
    const near = log.scrollHeight - log.scrollTop - log.clientHeight <= NEAR_BOTTOM;
    stuck = near || (stuck && log.scrollTop >= scrolled);
    scrolled = log.scrollTop;
    if (stuck) jump.hidden = true;
  });
  // An image that has been decoded, a folded-out detail, an on-screen keyboard: the bottom moves without a new line.
  const resized = new ResizeObserver(() => {
    sized = size();
    if (stuck) toBottom();
  });
  resized.observe(lines);
  resized.observe(log);

  /** Takes away what is no longer kept; whether anything was. */
  function drop(kept: readonly Line[]): boolean {
    const keys = new Set(kept.map(line => line.key));
    const before = shown.size;
    for (const [key, old] of shown) {
      if (keys.has(key)) continue;
      if ('html' in old.line && key < (kept[0]?.key ?? 0)) gone.hidden = false;
      old.day?.remove();
      old.node.remove();
      shown.delete(key);
    }
    return shown.size < before;
  }

  /** Says who speaks where that changes or a while has passed, and the day where another begins. */
  function arrange(): void {
    let before: Kept | undefined;
    let named: Kept | undefined;
    for (const kept of shown.values()) {
      const isNewDay = before !== undefined && dayOf(before.at) !== dayOf(kept.at);
      if (isNewDay && !kept.day) {
        kept.day = element('p', { class: 'day' }, words.day(new Date(kept.at)));
        kept.node.before(kept.day);
      } else if (!isNewDay && kept.day) {
        kept.day.remove();
        delete kept.day;
      }
      const continues =
        !isNewDay &&
        named !== undefined &&
        kept.speaker !== undefined &&
        kept.speaker === before?.speaker &&
        kept.at - named.at < NAMED_AGAIN;
      kept.node.classList.toggle('continued', continues);
      if (!continues) named = kept;
      before = kept;
    }
  }

  return {
    node,
    update(kept) {
      const now = Date.now();
      let changed = drop(kept);
      let added = false;
      for (const line of kept) {
        const old = shown.get(line.key);
        if (old?.line === line) continue;
        if (old) {
          old.update(line);
          old.line = line;
          continue;
        }
        const fresh = show(line, now);
        lines.append(fresh.node);
        shown.set(line.key, { ...fresh, line, at: now });
        added = changed = true;
        if ('from' in line && line.from.you) stuck = true;
      }
      if (changed) arrange();
      if (!added) return;
      if (stuck) toBottom();
      else jump.hidden = false;
    },
  };
}

const dayOf = (at: number): string => new Date(at).toDateString();
