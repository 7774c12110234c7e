// Completes commands and aliases from a list below which one goes on typing. A text box of several lines may be no combobox
// (ARIA in HTML, 4.1) and can't say that it is expanded; so how many proposals there are is told by a status.

import type { Member } from '../../state.ts';
import * as words from '../../words/en.ts';
import { lookalikeMark, showAlias } from '../alias.ts';
import { AS_WRITTEN, element, freshId, setText } from '../element.ts';
import { usageOf } from '../notes.ts';
import { insert } from './box.ts';
import { type Proposal, type Proposals, proposalsFor } from './proposals.ts';

export type Completion = {
  node: HTMLElement;
  /** A box that it completes in. */
  attach(box: HTMLTextAreaElement): void;
  /** Whether a key was meant for the list. */
  takes(event: KeyboardEvent): boolean;
  close(): void;
};

export function createCompletion(members: () => readonly Member[]): Completion {
  const id = freshId('proposals');
  const list = element('ul', { id, role: 'listbox', 'aria-label': words.PROPOSALS, hidden: true });
  const count = element('span', { class: 'unseen', role: 'status' });
  const node = element('div', { class: 'proposals' }, list, count);
  let box: HTMLTextAreaElement | undefined;
  let offered: Proposals | undefined;
  let chosen = -1;
  /** Where the word begins for which no proposals are wanted. */
  let declined: number | undefined;

  function update(of: HTMLTextAreaElement): void {
    const isCaret = of.selectionStart === of.selectionEnd;
    const found = isCaret ? proposalsFor(of.value, of.selectionStart, members()) : undefined;
    if (found?.from !== declined) declined = undefined;
    if (!found || declined !== undefined) return close();
    box = of;
    offered = found;
    list.replaceChildren(...found.list.map(option));
    list.hidden = false;
    choose(-1);
    setText(count, words.proposals(found.list.length));
  }

  function option(proposal: Proposal, at: number): HTMLElement {
    const made = element('li', { role: 'option', id: `${id}-${at}` }, ...shown(proposal));
    // The box keeps the focus, and the telephone its keyboard.
    made.addEventListener('mousedown', event => event.preventDefault());
    made.addEventListener('click', () => complete(at));
    return made;
  }

  function choose(at: number): void {
    chosen = at;
    for (const [each, node] of [...list.children].entries())
      node.setAttribute('aria-selected', `${each === at}`);
    list.children[at]?.scrollIntoView({ block: 'nearest' });
    if (at < 0) box?.removeAttribute('aria-activedescendant');
    else box?.setAttribute('aria-activedescendant', `${id}-${at}`);
  }

  function complete(at: number): void {
    const text = offered?.list[at]?.text;
    if (!box || !offered || text === undefined) return;
    const end = box.selectionEnd;
    const hasBlank = /^\s/.test(box.value.slice(end));
    const from = offered.from;
    close();
    insert(box, hasBlank ? text.trimEnd() : text, from, end);
  }

  function close(): void {
    list.hidden = true;
    offered = undefined;
    choose(-1);
    setText(count, '');
  }

  return {
    node,
    attach(of) {
      of.setAttribute('aria-autocomplete', 'list');
      of.setAttribute('aria-haspopup', 'listbox');
      of.setAttribute('aria-controls', id);
      of.addEventListener('input', () => update(of));
      for (const elsewhere of ['blur', 'click']) of.addEventListener(elsewhere, close);
    },
    takes({ key, shiftKey, ctrlKey, altKey, metaKey }) {
      if (!offered || shiftKey || ctrlKey || altKey || metaKey) return false;
      const { length } = offered.list;
      if (key === 'ArrowDown') choose((chosen + 1) % length);
      else if (key === 'ArrowUp') choose((Math.max(chosen, 0) + length - 1) % length);
      else if (key === 'Tab') complete(Math.max(chosen, 0));
      else if (key === 'Enter' && chosen >= 0) complete(chosen);
      else if (key === 'Escape') {
        declined = offered.from;
        close();
      } else {
        if (/^(?:Enter|Home|End|ArrowLeft|ArrowRight)$/.test(key)) close();
        return false;
      }
      return true;
    },
    close,
  };
}

function shown(proposal: Proposal): (Node | string | undefined)[] {
  if ('member' in proposal) {
    const { member } = proposal;
    const away = member.away ? element('span', { class: 'mark' }, words.MARKS.away) : undefined;
    return [showAlias(member), lookalikeMark(member.lookalike), away];
  }
  const { command } = proposal;
  const help =
    command.help === null ? words.LIST_COMMANDS : words.HELP[command.help as keyof typeof words.HELP];
  return [
    element('span', { class: 'code', ...AS_WRITTEN }, usageOf(command)),
    ' ',
    element('span', { class: 'quiet' }, help),
  ];
}
