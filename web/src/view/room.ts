// The room as its members see it: what is said, who is there, and what may be done.

import type { Client } from '../client.ts';
import type { Member, RoomView, Taken } from '../state.ts';
import * as words from '../words/en.ts';
import { createBar } from './bar.ts';
import { createComposer } from './composer.ts';
import { confirm } from './confirm.ts';
import { createConversation } from './conversation.ts';
import { button, element } from './element.ts';
import { createInvitation } from './invite.ts';
import { lossesOf } from './losses.ts';
import { createMembers } from './members.ts';
import { askKick, askRelock } from './moderating.ts';
import { createNotice } from './notice.ts';
import { createUnread } from './unread.ts';
import { askVerify } from './verifying.ts';

export type Room = {
  node: HTMLElement;
  /** Stands in the page's bar while the room is open. */
  tools: HTMLElement;
  update(view: RoomView): void;
  focus(): void;
  /** What would be lost by leaving now, in words. */
  losses(): string[];
};

export function createRoom(client: Client): Room {
  const conversation = createConversation({ reply });
  const composer = createComposer(send);
  const members = createMembers({
    whisper: member => composer.whisperTo(member),
    verify: ({ id }) => verify(id),
    kick: member => askKick(client, member, shown?.members ?? []),
  });
  const bar = createBar({
    invite: () => void invitation.show(() => client.invitation()),
    members: () => members.unfold(bar.here),
    lock: locked => client.lock(locked),
    relock,
    stop: () => confirm([words.ASK_STOP], words.STOP_ROOM, () => client.stop()),
    leave,
  });
  const invitation = createInvitation(() => bar.node.isConnected);
  const showUnread = createUnread();
  let shown: RoomView | undefined;

  const alone = element('p', { class: 'alone' }, words.NOBODY_ELSE, ' ');
  alone.append(button(words.INVITE_SOMEBODY, () => bar.invite.click(), { class: 'primary' }));
  const notice = createNotice(mode => client.retry(mode));
  const node = element(
    'section',
    { class: 'room', 'aria-label': words.ROOM },
    notice.node,
    conversation.node,
    alone,
    composer.node,
    members.node,
  );

  async function send(text: string, to: Member | undefined): Promise<Taken> {
    const typed = await client.type(text, { to });
    if (typeof typed === 'string') return typed;
    verify(typed.verify);
    return 'taken';
  }
  function reply(id: number): void {
    const member = shown?.members.find(each => each.id === id);
    if (member) composer.whisperTo(member);
  }
  function verify(id: number): void {
    const member = shown?.members.find(each => each.id === id);
    if (shown && member) askVerify(member, shown.you, isSame => client.verify(id, isSame));
  }
  /** What is lost for good is asked for first. */
  function leave(): void {
    const losses = lossesOf(shown, composer.hasDraft());
    if (losses.length > 0) confirm([words.askLeave(losses)], words.LEAVE, () => client.leave());
    else client.leave();
  }
  function relock(): void {
    askRelock(client, shown?.members ?? []);
  }

  return {
    node,
    tools: bar.node,
    update(view) {
      shown = view;
      bar.update(view);
      // A press on what is gone then leaves the focus where one writes.
      if (notice.update(view)) composer.focus();
      invitation.update(client.invitation());
      members.update(view);
      alone.hidden = view.members.length > 1 || view.lines.some(line => 'html' in line);
      conversation.update(view.lines);
      showUnread(view.lines);
    },
    focus: () => composer.focus(),
    losses: () => lossesOf(shown, composer.hasDraft()),
  };
}
