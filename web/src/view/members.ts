// The list of members, and what may be done with each.

import type { Member, RoomView } from '../state.ts';
import * as words from '../words/en.ts';
import { lookalikeMark, showAlias } from './alias.ts';
import { AS_WRITTEN, button, element, freshId } from './element.ts';
import { clock } from './line.ts';

export type Members = { node: HTMLElement; update(view: RoomView): void };

type MemberActions = {
  whisper(member: Member): void;
  verify(member: Member): void;
  kick(member: Member): void;
};

/** Below this width the list begins folded, so that the conversation has the screen. */
const NARROW = '(max-width: 47.99rem)';

export function createMembers(actions: MemberActions): Members {
  const count = element('span', { class: 'count' });
  const list = element('ul', { 'aria-label': words.MEMBERS });
  const opened = element('p', { class: 'quiet opened' });
  const node = element(
    'details',
    { class: 'members', open: !matchMedia(NARROW).matches },
    element('summary', {}, ...words.membersAre(count)),
    list,
    opened,
  );
  const rows = new Map<number, { row: HTMLElement; shown: string }>();

  function whisper(member: Member): void {
    if (matchMedia(NARROW).matches) node.open = false;
    actions.whisper(member);
  }

  return {
    node,
    update(view) {
      count.textContent = String(view.members.length);
      if (!opened.hasChildNodes()) opened.append(...openedBy(view));
      const here = new Set(view.members.map(member => member.id));
      for (const [id, { row }] of rows) {
        if (here.has(id)) continue;
        row.remove();
        rows.delete(id);
      }
      for (const member of view.members) {
        // A row is made anew only when it changes: its buttons keep the focus meanwhile.
        const shown = JSON.stringify([member, view.moderator]);
        const old = rows.get(member.id);
        if (old?.shown === shown) continue;
        const row = memberRow(member, view.moderator, { ...actions, whisper });
        if (old) replaceKeepingFocus(old.row, row);
        else list.append(row);
        rows.set(member.id, { row, shown });
      }
    },
  };
}

function openedBy({ opened: { alias, at } }: RoomView): (Node | string)[] {
  const time = clock(at) ?? '';
  return words.openedBy(element('bdi', AS_WRITTEN, alias), time);
}

function memberRow(member: Member, moderator: boolean, actions: MemberActions): HTMLElement {
  const id = freshId('member');
  const name = showAlias(member, { id });
  return element(
    'li',
    { class: member.away ? 'away' : undefined },
    element(
      'span',
      { class: 'who' },
      name,
      lookalikeMark(member.lookalike),
      ...marksOf(member).map(kind =>
        element('span', { class: `mark ${kind}`, title: (MORE as Titles)[kind] }, words.MARKS[kind]),
      ),
    ),
    !member.you &&
      element(
        'span',
        { class: 'doings' },
        member.standing === 'ready' &&
          button(words.WHISPER, () => actions.whisper(member), { 'aria-describedby': id }),
        member.number !== '' &&
          button(words.VERIFY, () => actions.verify(member), { 'aria-describedby': id }),
        moderator &&
          button(words.KICK, () => actions.kick(member), { 'aria-describedby': id, class: 'danger' }),
      ),
  );
}

const MORE = words.MARKS_MORE;
type Titles = { readonly [kind in Mark]?: string };
type Mark = keyof typeof words.MARKS;

function marksOf({ you, keeper, away, verified, differs, standing }: Member): Mark[] {
  const marks: [boolean, Mark][] = [
    [you, 'you'],
    [keeper, 'keeper'],
    [away, 'away'],
    [verified && standing === 'ready', 'verified'],
    [differs, 'differs'],
  ];
  const shown = marks.filter(([applies]) => applies).map(([, mark]) => mark);
  return standing === 'ready' ? shown : [...shown, standing];
}

function replaceKeepingFocus(old: HTMLElement, row: HTMLElement): void {
  const focused = document.activeElement;
  const label = old.contains(focused) ? focused?.textContent : undefined;
  old.replaceWith(row);
  if (label === undefined) return;
  [...row.querySelectorAll('button')].find(each => each.textContent === label)?.focus();
}
