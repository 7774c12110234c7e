// The list of members, and what may be done with each.

import type { Member, RoomView } from '../state.ts';
import * as words from '../words/en.ts';
import { lookalikeMark, showAlias } from './alias.ts';
import { AS_WRITTEN, button, element } from './element.ts';
import { clock } from './line.ts';
import { type Choice, closeMenu, menuButton } from './menu.ts';

export type Members = {
  node: HTMLElement;
  /** Whether the focus was on a member of whom there is no button any more, nor of any other. */
  update(view: RoomView): boolean;
  /** Shows the list where there is no place for it beside the conversation, or folds it again. */
  unfold(opener: HTMLElement): void;
  fold(): void;
};

type MemberActions = {
  whisper(member: Member): void;
  /** Names it in what is being written. */
  mention(member: Member): void;
  verify(member: Member): void;
  ignore(member: Member): void;
  hand(member: Member): void;
  kick(member: Member): void;
};

export function createMembers(actions: MemberActions): Members {
  const list = element('ul', { 'aria-label': words.MEMBERS });
  const opened = element('p', { class: 'quiet opened' });
  const close = button(words.CLOSE, () => fold(), { class: 'close' });
  const node = element(
    'section',
    { class: 'members', 'aria-label': words.MEMBERS },
    element('div', { class: 'title' }, element('h2', {}, words.MEMBERS), close),
    list,
    opened,
  );
  const rows = new Map<number, { row: HTMLElement; shown: string; number: string }>();

  let unfoldedBy: HTMLElement | undefined;
  function fold(): void {
    document.removeEventListener('keydown', foldByKey);
    node.classList.remove('unfolded');
    unfoldedBy?.setAttribute('aria-expanded', 'false');
    if (node.contains(document.activeElement)) unfoldedBy?.focus();
    unfoldedBy = undefined;
  }
  function foldByKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    fold();
  }
  // One stop of the Tab key for the whole list, and arrow keys within.
  list.addEventListener('keydown', event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = [...list.querySelectorAll<HTMLElement>('.opener')];
    const at = all.indexOf(event.target as HTMLElement);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    all.at((at + step) % all.length)?.focus();
  });
  list.addEventListener('focusin', ({ target }) => {
    if ((target as Element).matches('.opener')) rove(target as Element);
  });
  // A row whose menu is open waits until that is closed.
  let last: RoomView | undefined;
  list.addEventListener('focusout', () => setTimeout(() => last && update(last)));
  function rove(to: Element | null): void {
    for (const each of list.querySelectorAll<HTMLElement>('.opener')) each.tabIndex = each === to ? 0 : -1;
  }

  const leading = {
    ...actions,
    whisper(member: Member): void {
      fold();
      actions.whisper(member);
    },
    mention(member: Member): void {
      fold();
      actions.mention(member);
    },
  };

  function update(view: RoomView): boolean {
    last = view;
    let lost: number | undefined;
    if (!opened.hasChildNodes()) opened.append(...openedBy(view));
    const here = new Set(view.members.map(member => member.id));
    for (const [id, { row }] of rows) {
      if (here.has(id)) continue;
      if (row.contains(document.activeElement)) lost = [...list.children].indexOf(row);
      if (row.querySelector('.menu')) closeMenu();
      row.remove();
      rows.delete(id);
    }
    for (const member of view.members) {
      // A row is made anew only when it changes: its button keeps the focus meanwhile.
      const rights = { moderator: view.moderator, isKeeper: view.you.keeper };
      const shown = JSON.stringify([member, rights]);
      const old = rows.get(member.id);
      if (old?.shown === shown) continue;
      if (old?.row.querySelector('.menu')) {
        if (old.number === member.number) continue;
        closeMenu();
      }
      const row = memberRow(member, rights, leading);
      if (old) {
        replaceKeepingFocus(old.row, row);
      } else {
        list.append(row);
        for (const opener of row.querySelectorAll<HTMLElement>('.opener')) opener.tabIndex = -1;
      }
      rows.set(member.id, { row, shown, number: member.number });
    }
    if (!list.querySelector('.opener[tabindex="0"]')) rove(list.querySelector('.opener'));
    if (lost === undefined) return false;
    const openers = [...list.querySelectorAll<HTMLElement>('.opener')];
    const next = openers.find(each => [...list.children].indexOf(each.closest('li') as Element) >= lost);
    (next ?? openers.at(-1))?.focus();
    return openers.length === 0;
  }

  return {
    node,
    update,
    fold,
    unfold(opener) {
      if (unfoldedBy) return fold();
      unfoldedBy = opener;
      opener.setAttribute('aria-expanded', 'true');
      node.classList.add('unfolded');
      document.addEventListener('keydown', foldByKey);
      (list.querySelector<HTMLElement>('.opener[tabindex="0"]') ?? close).focus();
    },
  };
}

function openedBy({ opened: { alias, at } }: RoomView): (Node | string)[] {
  const time = clock(at) ?? '';
  return words.openedBy(element('bdi', AS_WRITTEN, alias), time);
}

/** What you may do: moderate, and hand the room on. */
type Rights = { moderator: boolean; isKeeper: boolean };

function memberRow(member: Member, rights: Rights, actions: MemberActions): HTMLElement {
  const name = showAlias(member);
  // For the mouse, as in the conversation.
  if (!member.you && member.alias) name.addEventListener('click', () => actions.mention(member));
  const choices = (): Choice[] => [
    ...(member.standing === 'ready' ? [{ label: words.WHISPER, act: () => actions.whisper(member) }] : []),
    ...(member.alias ? [{ label: words.MENTION, act: () => actions.mention(member) }] : []),
    ...(member.number === '' ? [] : [{ label: words.VERIFY, act: () => actions.verify(member) }]),
    ...(member.number === ''
      ? []
      : [{ label: member.ignored ? words.HEED : words.IGNORE, act: () => actions.ignore(member) }]),
    ...(rights.isKeeper && member.standing === 'ready' && !member.away
      ? [{ label: words.MAKE_KEEPER, act: () => actions.hand(member) }]
      : []),
    ...(rights.moderator ? [{ label: words.KICK, act: () => actions.kick(member), class: 'danger' }] : []),
  ];
  const marks = marksOf(member).map(kind =>
    element('span', { class: `mark ${kind}`, title: (words.MARKS_MORE as Titles)[kind] }, words.MARKS[kind]),
  );
  return element(
    'li',
    { class: member.away ? 'away' : undefined },
    element('span', { class: 'who' }, name, lookalikeMark(member.lookalike), ...marks),
    !member.you && choices().length > 0 && menuButton('⋯', words.doingsWith(name.textContent), choices),
  );
}

type Titles = { readonly [kind in Mark]?: string };
type Mark = keyof typeof words.MARKS;

function marksOf({ you, keeper, away, verified, differs, ignored, standing }: Member): Mark[] {
  const marks: [boolean, Mark][] = [
    [you, 'you'],
    [keeper, 'keeper'],
    [away, 'away'],
    [verified && standing === 'ready', 'verified'],
    [differs, 'differs'],
    [ignored, 'ignored'],
  ];
  const shown = marks.filter(([applies]) => applies).map(([, mark]) => mark);
  return standing === 'ready' ? shown : [...shown, standing];
}

function replaceKeepingFocus(old: HTMLElement, row: HTMLElement): void {
  const hadFocus = old.contains(document.activeElement);
  const wasStop = old.querySelector('.opener[tabindex="0"]') !== null;
  old.replaceWith(row);
  const opener = row.querySelector<HTMLElement>('.opener');
  if (opener) opener.tabIndex = wasStop ? 0 : -1;
  if (hadFocus) opener?.focus();
}
