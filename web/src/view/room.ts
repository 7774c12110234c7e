// The room as its members see it: what is said, who is there, and what may be done.

import type { Client } from '../client.ts';
import type { Member, RoomView } from '../state.ts';
import * as words from '../words/en.ts';
import { showAlias } from './alias.ts';
import { createComposer } from './composer.ts';
import { confirm } from './confirm.ts';
import { createConversation } from './conversation.ts';
import { AS_WRITTEN, button, element, setText } from './element.ts';
import { createInvitePanel } from './invite.ts';
import { createMembers } from './members.ts';
import { createUnread } from './unread.ts';

export type Room = {
  node: HTMLElement;
  /** Stands in the page's bar while the room is open. */
  tools: HTMLElement;
  update(view: RoomView): void;
  focus(): void;
};

export function createRoom(client: Client): Room {
  const conversation = createConversation();
  const composer = createComposer((text, to) => (to ? client.whisper(to.id, text) : client.type(text)));
  const members = createMembers({ whisper: member => composer.whisperTo(member), kick: askKick });

  const showUnread = createUnread();
  let locked = false;

  const key = element('strong', { class: 'code', ...AS_WRITTEN });
  const shut = element('span', { class: 'mark locked', hidden: true }, words.LOCKED);
  const invite = button(words.INVITE, () => panel.show(client.invitation()));
  const panel = createInvitePanel(() => invite);
  const lock = button(words.LOCK, () => client.lock(!locked));
  const stop = button(words.STOP_ROOM, askStop, { class: 'danger' });
  const leave = button(words.LEAVE, () => client.leave());

  const tools = element(
    'div',
    { class: 'tools' },
    element('p', { class: 'key' }, ...words.roomIs(key), ' ', shut),
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

  function askKick(member: Member): void {
    confirm(words.askKick(showAlias(member)), words.KICK, () => client.kick(member.id));
  }
  function askStop(): void {
    confirm([words.ASK_STOP], words.STOP_ROOM, () => client.stop());
  }

  return {
    node,
    tools,
    update(view) {
      locked = view.locked;
      setText(key, view.room);
      shut.hidden = !view.locked;
      setText(lock, view.locked ? words.UNLOCK : words.LOCK);
      lock.hidden = stop.hidden = !view.moderator;
      members.update(view);
      conversation.update(view.lines);
      showUnread(view.lines);
    },
    focus: () => composer.focus(),
  };
}
