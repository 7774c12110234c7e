// Questions about kicks, the keeper's office and new passwords. A password goes to those whom the question names, and to
// nobody who comes while it is read.

import type { Client } from '../client.ts';
import type { Member } from '../state.ts';
import * as words from '../words/en.ts';
import { showAlias } from './alias.ts';
import { confirm, tick } from './confirm.ts';
import { type Child, element } from './element.ts';

export function askKick(client: Client, member: Member, members: readonly Member[]): HTMLDialogElement {
  const kept = receivers(members, member);
  const anew = tick(words.GIVE_NEW_PASSWORD, true);
  const named = showReceivers(kept);
  anew.input.addEventListener('change', () => (named.hidden = !anew.input.checked));
  return confirm(
    words.askKick(showAlias(member)),
    words.KICK,
    () => client.kick(member, anew.input.checked, kept),
    {
      body: [anew.node, named],
    },
  );
}

export function askKeeper(client: Client, member: Member): HTMLDialogElement {
  return confirm(words.askKeeper(showAlias(member)), words.MAKE_KEEPER, () => client.hand(member));
}

export function askRelock(client: Client, members: readonly Member[]): void {
  const kept = receivers(members);
  const isAnyLeftOut = members.some(({ you, standing }) => !you && standing !== 'ready');
  const body: Child[] = [showReceivers(kept), isAnyLeftOut && element('p', {}, words.NOT_READ)];
  confirm([words.ASK_RELOCK], words.RELOCK, () => client.relock(kept), { body });
}

const receivers = (members: readonly Member[], but?: Member): Member[] =>
  members.filter(({ id, you, standing }) => !you && standing === 'ready' && id !== but?.id);

function showReceivers(kept: readonly Member[]): HTMLElement {
  if (kept.length === 0) return element('p', { class: 'receivers' }, words.PASSWORD_GOES_TO_NOBODY);
  const items = kept.map(member => element('li', {}, showAlias(member)));
  // In the order of tabs, so that arrow keys scroll it.
  const list = element('ul', { tabindex: '0', 'aria-label': words.PASSWORD_GOES_TO }, ...items);
  return element('div', { class: 'receivers' }, element('p', {}, words.PASSWORD_GOES_TO), list);
}
