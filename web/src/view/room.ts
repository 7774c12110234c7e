// The room as its members see it: what is said, who is there, and what may be done.

import type { Client } from '../client.ts';
import type { Member, RoomView, Taken } from '../state.ts';
import * as words from '../words/en.ts';
import { createComposer } from './composer.ts';
import { confirm } from './confirm.ts';
import { createConversation } from './conversation.ts';
import { AS_WRITTEN, button, element, setText } from './element.ts';
import { createInvitePanel } from './invite.ts';
import { createMembers } from './members.ts';
import { askKick, askRelock } from './moderating.ts';
import { createUnread } from './unread.ts';
import { askVerify } from './verifying.ts';

export type Room = {
  node: HTMLElement;
  /** Stands in the page's bar while the room is open. */
  tools: HTMLElement;
  update(view: RoomView): void;
  focus(): void;
};

export function createRoom(client: Client): Room {
  const conversation = createConversation();
  const composer = createComposer(send);
  const members = createMembers({
    whisper: member => composer.whisperTo(member),
    verify: ({ id }) => verify(id),
    kick: member => askKick(client, member, shown?.members ?? []),
  });

  const showUnread = createUnread();
  let shown: RoomView | undefined;

  const key = element('strong', { class: 'code', ...AS_WRITTEN });
  const shut = element('span', { class: 'mark locked', hidden: true }, words.LOCKED);
  const verified = element(
    'span',
    { class: 'mark verified', hidden: true, title: words.ALL_VERIFIED_MORE },
    words.ALL_VERIFIED,
  );
  const relocking = element('span', { class: 'quiet', role: 'status' });
  const invite = button(words.INVITE, () => panel.show(client.invitation()));
  const panel = createInvitePanel(
    () => invite,
    () => askRelock(client, shown?.members ?? []),
  );
  const lock = button(words.LOCK, () => client.lock(!shown?.locked));
  const stop = button(words.STOP_ROOM, askStop, { class: 'danger' });
  const leave = button(words.LEAVE, () => client.leave());

  const tools = element(
    'div',
    { class: 'tools' },
    element('p', { class: 'key' }, ...words.roomIs(key), ' ', shut, ' ', verified, ' ', relocking),
    element('div', { class: 'actions' }, invite, lock, stop, leave),
  );
  const node = element(
    'section',
    { class: 'room', 'aria-label': words.ROOM },
    panel.node,
    members.node,
    conversation.node,
    composer.node,
  );

  async function send(text: string, to: Member | undefined): Promise<Taken> {
    const typed = await (to ? client.whisper(to.id, text) : client.type(text));
    if (typeof typed === 'string') return typed;
    verify(typed.verify);
    return 'taken';
  }
  function verify(id: number): void {
    const member = shown?.members.find(each => each.id === id);
    if (shown && member) askVerify(member, shown.you, isSame => client.verify(id, isSame));
  }
  function askStop(): void {
    confirm([words.ASK_STOP], words.STOP_ROOM, () => client.stop());
  }

  return {
    node,
    tools,
    update(view) {
      shown = view;
      setText(key, view.room);
      shut.hidden = !view.locked;
      setText(lock, view.locked ? words.UNLOCK : words.LOCK);
      verified.hidden = !view.verified;
      setText(relocking, view.relocking ? words.RELOCKING : '');
      lock.hidden = stop.hidden = !view.moderator;
      panel.update(client.invitation(), view.moderator, view.relocking);
      members.update(view);
      conversation.update(view.lines);
      showUnread(view.lines);
    },
    focus: () => composer.focus(),
  };
}
