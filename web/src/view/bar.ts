// The room's part of the page's bar: which room, how many are here, and what may be done with it.

import type { RoomView } from '../state.ts';
import * as words from '../words/en.ts';
import { AS_WRITTEN, button, element, setText } from './element.ts';
import { type Choice, menuButton } from './menu.ts';

export type Bar = {
  node: HTMLElement;
  invite: HTMLElement;
  here: HTMLElement;
  more: HTMLElement;
  update(view: RoomView): void;
};

type BarActions = {
  invite(): void;
  members(): void;
  lock(locked: boolean): void;
  relock(): void;
  tellTyping(isOn: boolean): void;
  settings(): void;
  seeing(): void;
  timer(): void;
  help(): void;
  stop(): void;
  leave(): void;
};

/** Words that a small screen does without. */
const wide = (piece: Node | string): Node =>
  typeof piece === 'string' ? element('span', { class: 'wide' }, piece) : piece;

export function createBar(actions: BarActions): Bar {
  let shown: RoomView | undefined;
  const key = element('strong', { class: 'code', ...AS_WRITTEN });
  const mark = (kind: string, label: string, title: string): HTMLElement =>
    element('span', { class: `mark ${kind}`, hidden: true, title }, label);
  const locked = mark('locked', words.LOCKED, words.LOCKED_MORE);
  const verified = mark('verified', words.ALL_VERIFIED, words.ALL_VERIFIED_MORE);
  const fading = mark('fading', '', '');
  const here = button('', actions.members, { class: 'here', 'aria-expanded': 'false' });
  const invite = button(words.INVITE, actions.invite, { class: 'invite' });
  const more = menuButton('⋯', words.MORE, () => choices());

  function choices(): Choice[] {
    const leave = { label: words.LEAVE, act: actions.leave };
    const isTold = shown?.tellsTyping ?? true;
    const typing = { label: words.TELL_TYPING, act: () => actions.tellTyping(!isTold), checked: isTold };
    const always = [
      { label: words.SEEING, act: actions.seeing },
      typing,
      { label: words.SETTINGS, act: actions.settings },
      { label: words.COMMANDS, act: actions.help },
    ];
    if (!shown?.moderator) return [...always, leave];
    const isLocked = shown.locked;
    return [
      { label: isLocked ? words.UNLOCK : words.LOCK, act: () => actions.lock(!isLocked) },
      { label: words.RELOCK, act: actions.relock },
      { label: words.TIMER, act: actions.timer },
      ...always,
      { label: words.STOP_ROOM, act: actions.stop },
      leave,
    ];
  }

  const node = element(
    'div',
    { class: 'tools' },
    element('p', { class: 'key' }, ...words.roomIs(key).map(wide), ' ', locked, ' ', verified, ' ', fading),
    here,
    invite,
    more,
  );
  return {
    node,
    invite,
    here,
    more,
    update(view) {
      shown = view;
      setText(key, view.room);
      locked.hidden = !view.locked;
      verified.hidden = !view.verified;
      fading.hidden = view.timer === 0;
      setText(fading, words.lasting(view.timer));
      fading.title = words.fadesAfter(words.lasting(view.timer));
      setText(here, words.hereAre(view.members.length));
    },
  };
}
