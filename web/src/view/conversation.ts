// The conversation: every line that is kept, the newest at the bottom and in sight, unless somebody reads further up.

import type { Line } from '../state.ts';
import * as words from '../words/en.ts';
import { Budget } from './budget.ts';
import { button, element } from './element.ts';
import { closeLost } from './enlarge.ts';
import { type LineActions, type ShownLine, showLine } from './line.ts';
import { createLineMenu, type Doable, type LineDoings } from './line-menu.ts';
import { day } from './locale.ts';
import { type Body, sayAnew } from './message-body.ts';
import { excerptOf, type Quoted } from './quote.ts';

/** Pixels from the bottom within which the newest line counts as in sight. */
const NEAR_BOTTOM = 48;

/** Milliseconds within which a wheel, a finger or a key has begun to scroll. */
const SCROLLING = 250;

/**
 * Lines of one part. A part out of sight is neither laid out nor painted, and costs as much as one line: with a thousand
 * lines, each frame of a busy room would take twice as long.
 */
const PART_MOST = 32;

/** Milliseconds after which it is said again who speaks. */
const NAMED_AGAIN = 5 * 60_000;

export type Conversation = {
  node: HTMLElement;
  /** `you`: your alias. */
  update(lines: readonly Line[], you: string): void;
  /** Whether the line of this key mentions you. */
  isMention(key: number): boolean;
  /** Gives away what is shown, and looks after it no more. */
  handOver(): Shown;
  close(): void;
};

/** Out of sight a part is not laid out, and would have no height to scroll by. */
type Part = { height: number };

/** What goes on in another view of the same room: each line as it was heard and drawn, and what of them is in sight. */
export type Shown = {
  lines: ReadonlyMap<number, { at: number; body: Body | undefined; part: Part | undefined }>;
  isEarlierGone: boolean;
  isNewer: boolean;
  /** Nothing where that is the newest. */
  sight: { key: number; top: number } | undefined;
};

/** `at`: when it came, and on which day; `continues`: who speaks is not said again. */
type Kept = ShownLine & { line: Line; at: number; date: string; day?: HTMLElement; continues?: boolean };

export type ConversationActions = Omit<LineActions, 'quoted'> & LineDoings;

export function createConversation(doings: ConversationActions, heard?: Shown): Conversation {
  // In the order of tabs, so that arrow keys scroll it.
  const log = element('div', {
    role: 'log',
    'aria-label': words.CONVERSATION,
    'aria-live': 'polite',
    tabindex: '0',
  });
  const gone = element('p', { class: 'day', hidden: !heard?.isEarlierGone }, words.EARLIER_GONE);
  const lines = element('div', { class: 'lines', role: 'presentation' });
  const menu = createLineMenu(log, lines, doable, doings);
  log.append(gone, lines, menu.node);
  const jump = button(words.NEW_MESSAGES, () => toBottom(), { class: 'jump', hidden: !heard?.isNewer });
  const node = element('section', { class: 'conversation' }, log, jump);

  // For the mouse; the menu beside a line serves everybody.
  lines.addEventListener('click', ({ target }) => {
    const alias = (target as Element).closest('.line:not(.mine) > .head > .alias');
    const line = alias && doable(alias.closest('.line'))?.line;
    if (line) doings.mention(line);
  });

  const shown = new Map<number, Kept>();
  const actions: LineActions = { ...doings, quoted };
  const budget = new Budget();
  let you = '';
  /** The newest line is kept in sight; else the browser keeps what is in sight now. */
  let stuck = !heard?.sight;
  let scrolled = 0;
  let sized = '';
  /** Which of the view before the newest part goes on with. */
  let newest: Part | undefined;

  function show(line: Line, at: number): ShownLine {
    const { body } = heard?.lines.get(line.key) ?? {};
    if (body) {
      sayAnew(body);
      return showLine(line, { at, brief: false, body }, actions);
    }
    if (!('html' in line) || line.from.you) return showLine(line, { at, brief: false, you }, actions);
    let fresh: ShownLine | undefined;
    const draw = () => (fresh = showLine(line, { at, brief: false, you }, actions)).weight;
    budget.spend(line.from.id, performance.now(), draw);
    return fresh ?? showLine(line, { at, brief: true, you }, actions);
  }

  function doable(node: Element | null | undefined): Doable | undefined {
    const kept = shown.get(Number((node as HTMLElement | null)?.dataset.key));
    return kept?.body && 'html' in kept.line
      ? { line: kept.line, node: kept.node, body: kept.body }
      : undefined;
  }

  function quoted(key: number): Quoted | undefined {
    const kept = shown.get(key);
    if (!kept?.body || !('from' in kept.line)) return undefined;
    const { node, body, line } = kept;
    return { from: line.from, excerpt: excerptOf(body), jump: () => jumpTo(node) };
  }

  function jumpTo(node: HTMLElement): void {
    stick(false);
    node.scrollIntoView({ block: 'center' });
    stick(below() <= NEAR_BOTTOM);
    node.tabIndex = -1;
    node.focus({ preventScroll: true });
  }

  /** Pixels out of sight, newer than what is seen. */
  const below = () => log.scrollHeight - log.scrollTop - log.clientHeight;
  const size = () => `${log.clientWidth}×${log.clientHeight} of ${log.scrollHeight}`;

  function stick(isStuck: boolean): void {
    stuck = isStuck;
    log.classList.toggle('stuck', stuck);
    if (stuck) jump.hidden = true;
  }

  function toBottom(): void {
    stick(true);
    log.scrollTop = log.scrollHeight;
    scrolled = log.scrollTop;
    sized = size();
  }

  // A browser scrolls in small steps, and the next line would undo the first of them: it waits until it is clear whether
  // anybody leaves the bottom.
  let scrolling: ReturnType<typeof setTimeout> | undefined;
  function begin(): void {
    clearTimeout(scrolling);
    scrolling = setTimeout(() => {
      // A slow finger goes on for as long as it is down.
      if (isDragging) return;
      scrolling = undefined;
      if (stuck) toBottom();
      else if (below() <= NEAR_BOTTOM) stick(true);
    }, SCROLLING);
  }
  for (const kind of ['wheel', 'touchmove', 'keydown'] as const)
    log.addEventListener(kind, begin, { passive: true });
  let isDragging = false;
  log.addEventListener('touchmove', () => (isDragging = true), { passive: true });
  const letGo = ({ touches }: TouchEvent): void => {
    // Another finger may rest elsewhere on the page.
    if (!isDragging || [...touches].some(each => log.contains(each.target as Node))) return;
    isDragging = false;
    begin();
  };
  const touched = ({ target }: TouchEvent): void => {
    // It is let go of by what it was put on, which may be gone by then.
    for (const end of ['touchend', 'touchcancel'] as const)
      (target as HTMLElement).addEventListener(end, letGo);
  };
  log.addEventListener('touchstart', touched, { passive: true });
  log.addEventListener('scroll', () => {
    // A window or lines that change their size scroll as well, and before anybody is told of it; with less to be seen, to
    // the very bottom.
    const isResized = sized !== size();
    if (stuck && isResized && scrolling === undefined) return toBottom();
    const isUp = log.scrollTop < scrolled && !(isResized && below() < 1);
    const isNear = below() <= NEAR_BOTTOM;
    stick(isUp ? stuck && isNear && scrolling === undefined : stuck || isNear);
    scrolled = log.scrollTop;
    sized = size();
  });
  // A new line, an image that has been decoded, a folded-out detail, an on-screen keyboard: the bottom moves.
  const resized = new ResizeObserver(() => {
    if (stuck && scrolling === undefined) toBottom();
    menu.place();
  });
  resized.observe(lines);
  resized.observe(log);

  /** Takes away what is no longer kept, and says what that was. */
  function drop(kept: readonly Line[]): Set<number> {
    const keys = new Set(kept.map(line => line.key));
    const dropped = new Set<number>();
    for (const [key, old] of shown) {
      if (keys.has(key)) continue;
      if ('html' in old.line && key < (kept[0]?.key ?? 0)) gone.hidden = false;
      let part = old.node.parentElement;
      old.day?.remove();
      old.node.remove();
      while (part && part !== lines && part.childElementCount === 0) {
        const around = part.parentElement;
        part.remove();
        part = around;
      }
      shown.delete(key);
      dropped.add(key);
    }
    return dropped;
  }

  const createPart = () => element('div', { class: 'part', role: 'presentation' });

  /** Whether a line is the last of all. */
  function isLast({ node }: Kept): boolean {
    for (let each: Element | null = node; each && each !== lines; each = each.parentElement)
      if (each.nextElementSibling) return false;
    return true;
  }

  /**
   * Puts a line that comes back where it was. Those around it stay in their parts, also in full ones: what is moved loses
   * the focus, and is read out anew.
   */
  function putBack(node: HTMLElement, before: HTMLElement | undefined): void {
    const part = before?.parentElement ?? lines.firstElementChild;
    if (!part || part.childElementCount < PART_MOST) return before ? before.after(node) : part?.prepend(node);
    const own = createPart();
    own.append(node);
    if (before) (before.nextElementSibling ? before : part).after(own);
    else part.before(own);
  }

  /** Shows a line behind the one before it: the newest, but for those of who was ignored for a while. */
  function insert(line: Line, before: Kept | undefined, now: number): Kept {
    const last = lines.lastElementChild as HTMLElement | null;
    const isNewest = before ? isLast(before) : shown.size === 0;
    // When it came is not known any more, but what it came after.
    const known = heard?.lines.get(line.key);
    const at = known?.at ?? (isNewest ? now : ((before ?? [...shown.values()][0])?.at ?? now));
    const fresh: Kept = { ...show(line, at), line, at, date: new Date(at).toDateString() };
    fresh.node.dataset.key = `${line.key}`;
    shown.set(line.key, fresh);
    if (isNewest) {
      const goesOn = last && last.childElementCount < PART_MOST && known?.part === newest;
      const part = goesOn ? last : createPart();
      newest = known?.part;
      if (newest) part.style.containIntrinsicBlockSize = `auto ${newest.height}px`;
      if (!goesOn) lines.append(part);
      part.append(fresh.node);
      return fresh;
    }
    putBack(fresh.node, before?.node);
    const inOrder = [...shown].sort(([one], [other]) => one - other);
    shown.clear();
    for (const [key, each] of inOrder) shown.set(key, each);
    return fresh;
  }

  /** Takes over what has become of a line; whether it is another one now. */
  function change(old: Kept, line: Line): boolean {
    const isOther = old.line.kind !== line.kind;
    if (isOther) {
      // A message was taken back.
      const fresh = showLine(line, { at: old.at, brief: false }, actions);
      old.node.replaceWith(fresh.node);
      delete old.body;
      delete old.speaker;
      delete old.isMention;
      delete old.requote;
      delete old.continues;
      Object.assign(old, fresh);
    } else old.update(line);
    old.line = line;
    return isOther;
  }

  /** Says who speaks where that changes or a while has passed, and the day where another begins. */
  function arrange(): void {
    let before: Kept | undefined;
    let named: Kept | undefined;
    for (const kept of shown.values()) {
      const isNewDay = before !== undefined && before.date !== kept.date;
      if (isNewDay && !kept.day) {
        kept.day = element('p', { class: 'day' }, day(new Date(kept.at)));
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
      if (kept.continues !== continues) kept.node.classList.toggle('continued', continues);
      kept.continues = continues;
      if (!continues) named = kept;
      before = kept;
    }
  }

  /** Puts in sight what was there in the view before. */
  function see({ key, top }: NonNullable<Shown['sight']>): void {
    const { node } = shown.get(key) ?? {};
    stick(!node);
    if (node) log.scrollTop += node.getBoundingClientRect().top - log.getBoundingClientRect().top - top;
  }

  function close(): void {
    clearTimeout(scrolling);
    resized.disconnect();
  }

  return {
    node,
    close,
    handOver() {
      const { top } = log.getBoundingClientRect();
      const parts = new Map(
        [...lines.querySelectorAll('.part')].map(part => [part, { height: part.clientHeight }]),
      );
      const first = [...shown.values()].find(each => each.node.getBoundingClientRect().bottom > top);
      const handed = {
        lines: new Map([...shown].map(([key, kept]) => [key, heardOf(kept, parts)])),
        isEarlierGone: !gone.hidden,
        isNewer: !jump.hidden,
        sight:
          stuck || !first
            ? undefined
            : { key: first.line.key, top: first.node.getBoundingClientRect().top - top },
      };
      close();
      return handed;
    },
    isMention: key => shown.get(key)?.isMention ?? false,
    update(kept, alias) {
      you = alias;
      const now = Date.now();
      const focused = lines.contains(document.activeElement) ? document.activeElement : undefined;
      const touched = drop(kept);
      let added = false;
      let before: Kept | undefined;
      for (const line of kept) {
        let each = shown.get(line.key);
        if (!each) {
          each = insert(line, before, now);
          touched.add(line.key);
          const isNews = !heard?.lines.has(line.key);
          added ||= isNews;
          if (isNews && 'from' in line && line.from.you) stick(true);
        } else if (each.line !== line && change(each, line)) touched.add(line.key);
        before = each;
      }
      if (touched.size > 0) arrange();
      for (const { line, requote } of shown.values())
        if ('answers' in line && touched.has(line.answers ?? 0)) requote?.();
      if (focused && (!focused.isConnected || focused.closest('[hidden]')))
        log.focus({ preventScroll: true });
      if (added && !stuck) jump.hidden = false;
      menu.update();
      closeLost();
      if (heard?.sight) see(heard.sight);
      heard = undefined;
      if (touched.size === 0) return;
      // It is told once all has its place, which is then not computed twice.
      resized.unobserve(lines);
      resized.observe(lines);
    },
  };
}

function heardOf(
  { at, node, body, weight, isMention = false }: Kept,
  parts: ReadonlyMap<Element | null, Part>,
) {
  const more = node.querySelector<HTMLElement>(':scope > .more');
  return {
    at,
    part: parts.get(node.parentElement),
    body: body && { node: body, weight, isMention, ...(more && { more }) },
  };
}
