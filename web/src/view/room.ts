// The room as its members see it: what is said, who is there, and what may be done.

import type { Client } from '../client.ts';
import { parseCommand } from '../commands.ts';
import type { Addressee, Line, Member, Named, RoomView, Taken } from '../state.ts';
import * as words from '../words/en.ts';
import { type Alerts, createAlerts } from './alerts.ts';
import { showAlias } from './alias.ts';
import { createBar } from './bar.ts';
import { createComposer, type Written } from './composer.ts';
import { confirm } from './confirm.ts';
import { createConversation, type Shown } from './conversation.ts';
import { stopCounting } from './counting.ts';
import { askTimer } from './disappearing.ts';
import { button, element, ofInputMethod } from './element.ts';
import { takeFiles } from './files.ts';
import { createInvitation } from './invite.ts';
import { lossesOf } from './losses.ts';
import { createMembers } from './members.ts';
import { closeMenu } from './menu.ts';
import { askKeeper, askKick, askRelock } from './moderating.ts';
import { createNotice } from './notice.ts';
import { onPanic } from './panic.ts';
import { createSeeing } from './seeing.ts';
import { createSettings } from './settings.ts';
import { createUnread, type Unread } from './unread.ts';
import { askVerify } from './verifying.ts';

type Spoken = Extract<Line, { html: string }>;

export type Room = {
  node: HTMLElement;
  /** Stands in the page's bar while the room is open. */
  tools: HTMLElement;
  update(view: RoomView): void;
  focus(): void;
  /** What would be lost by leaving now, in words. */
  losses(): string[];
  /** Says something about the settings, there or else where one writes. */
  explain(text: string): void;
  /** Once nothing that was written is on its way from here, and no question is open. */
  settled(): Promise<unknown>;
  /** Gives all that a view of the same room goes on with; this one is shown no more. */
  handOver(): Going;
  /** It is shown no more, and nothing that was written here stays. */
  close(): void;
};

/** What a view in another language takes over from the one before. */
type Going = {
  written: Written;
  shown: Shown;
  alerts: Alerts;
  showUnread: Unread;
  focus: 'box' | 'settings' | 'bar';
};

type Around = {
  icon: HTMLElement;
  /** The choice of a language, lent to the settings. */
  languages: HTMLElement;
  /** Wipes all, and shows a blank page in its place. */
  vanish(): void;
};

export function createRoom(client: Client, { icon, languages, vanish }: Around, going?: Going): Room {
  const conversation = createConversation(
    {
      reply,
      mention,
      answer(line, quotation) {
        const whisperer = whispererOf(line);
        // An answer to a whisper is never to all.
        if (line.kind === 'whisper' && !whisperer) composer.object({ code: 'gone' });
        else composer.answer({ key: line.key, quotation }, whisperer);
      },
      isAnswerable: line => line.kind !== 'whisper' || whispererOf(line) !== undefined,
      react: (key, emoji) => client.react(key, emoji),
      unsend: key => client.unsend(key),
      sayAgain: key => client.sayAgain(key),
    },
    going?.shown,
  );
  const composer = createComposer(
    {
      send,
      say: async (html, to, answers) =>
        (await client.say(html, { to, answers })) === 'taken' ? 'taken' : 'kept',
      textMost: () => client.textMost(),
      typing: text => client.typing(text),
      bytesLeft: (text, to, answers) => client.bytesLeft(text, { to, answers }),
      obstacle: to => client.obstacle(to),
      preview: text => client.format(text),
    },
    going?.written,
  );
  const members = createMembers({
    mention: member => composer.mention(member),
    whisper: member => composer.whisperTo(member),
    verify,
    ignore: member => client.ignore(member, !member.ignored),
    hand: member => ask(member, askKeeper(client, member)),
    kick: member => ask(member, askKick(client, member, shown?.members ?? [])),
  });
  const bar = createBar({
    invite: () => void invitation.show(() => client.invitation()),
    members: () => members.unfold(bar.here),
    lock: locked => client.lock(locked),
    relock,
    tellTyping: isOn => client.tellTyping(isOn),
    settings: () => settings.show(),
    seeing: () => shown && seeing.show(shown),
    timer: () => askTimer(shown?.timer ?? 0, seconds => client.setTimer(seconds)),
    stop: () => confirm([words.ASK_STOP], words.STOP_ROOM, () => client.stop()),
    help: () => void client.type('/help'),
    leave,
  });
  const invitation = createInvitation(() => bar.node.isConnected);
  const showUnread = going?.showUnread ?? createUnread();
  const alerts = going?.alerts ?? createAlerts();
  const settings = createSettings(alerts, languages);
  const focus = going?.focus ?? 'box';
  const seeing = createSeeing({ verify: (member, isSame) => client.verify(member, isSame), vanish });
  const calm = onPanic(icon, vanish);
  let shown: RoomView | undefined;

  const alone = element('p', { class: 'alone' }, words.NOBODY_ELSE, ' ');
  alone.append(button(words.INVITE_SOMEBODY, () => bar.invite.click(), { class: 'primary' }));
  const notice = createNotice(mode => client.retry(mode));
  // Not read out: it comes and goes all the time.
  const typing = element('p', { class: 'typing', 'aria-live': 'off' });
  conversation.node.append(typing);
  let typingShown = '';
  function showTyping(who: readonly Named[]): void {
    const now = JSON.stringify(who);
    if (typingShown === now) return;
    typingShown = now;
    typing.replaceChildren(...(who.length > 0 ? words.typing(who.map(each => showAlias(each))) : []));
  }
  const node = element(
    'section',
    { class: 'room', 'aria-label': words.ROOM },
    notice.node,
    conversation.node,
    alone,
    composer.node,
    members.node,
  );
  takeFiles(node, composer.attach.whom, composer.attach.take);

  node.addEventListener('keydown', event => {
    if (ofInputMethod(event) || !isKeyToWhisperBack(event)) return;
    event.preventDefault();
    composer.whisperBack();
  });

  async function send(text: string, to: Member | undefined, answers: number | undefined): Promise<Taken> {
    if (parseCommand(text).kind === 'exit' && composer.hasDraft()) {
      confirm([words.askLeave(losses())], words.LEAVE, () => void client.type(text));
      return 'kept';
    }
    const typed = await client.type(text, { to, answers });
    if (typeof typed === 'string') return typed;
    verify(typed.verify);
    return 'taken';
  }
  const memberOf = ({ id, number }: Addressee) =>
    shown?.members.find(each => each.id === id && each.number === number);
  function reply(to: Addressee): void {
    const member = memberOf(to);
    if (member) composer.whisperTo(member);
    else composer.object({ code: 'gone' });
  }
  /** With whom a line is shared alone, if it was whispered. */
  const whispererOf = ({ kind, from, to }: Spoken): Member | undefined =>
    kind === 'whisper' ? memberOf(to ?? from) : undefined;
  function verify(whom: Addressee): void {
    const member = memberOf(whom);
    if (shown && member)
      ask(
        member,
        askVerify(member, shown.you, isSame => client.verify(member, isSame)),
      );
  }
  /** A question about a member closes when that one goes. */
  let asked: { whom: Addressee; dialog: HTMLDialogElement } | undefined;
  function ask(whom: Addressee, dialog: HTMLDialogElement): void {
    asked = { whom, dialog };
  }
  /** What is said to who whispered is whispered. */
  function mention(line: Spoken): void {
    const whisperer = whispererOf(line);
    if (whisperer) composer.whisperTo(whisperer);
    else if (line.kind === 'whisper') composer.object({ code: 'gone' });
    else composer.mention(line.from);
  }
  /** Somebody who is asked something answers it first. */
  async function settled(): Promise<void> {
    await composer.settled();
    const asking = [...document.querySelectorAll<HTMLDialogElement>('dialog[open]')];
    const question = asking.find(each => !settings.is(each));
    if (!question) return;
    await new Promise(closed => question.addEventListener('close', closed, { once: true }));
    return settled();
  }
  /** Nothing of it listens any more, or stands above the room. */
  function stop(): void {
    calm();
    closeMenu();
    members.fold();
    for (const dialog of document.querySelectorAll('dialog')) dialog.close();
  }
  const losses = () => lossesOf(shown, composer.hasDraft());
  /** What is lost for good is asked for first. */
  function leave(): void {
    if (losses().length > 0) confirm([words.askLeave(losses())], words.LEAVE, () => client.leave());
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
      composer.update(view);
      if (notice.update(view)) composer.focus();
      invitation.update(client.invitation());
      if (members.update(view)) composer.focus();
      seeing.update(view);
      if (asked && !memberOf(asked.whom)) asked.dialog.close();
      alone.hidden = view.members.length > 1 || view.lines.some(line => 'html' in line);
      conversation.update(view.lines, view.you.alias);
      showTyping(view.typing);
      showUnread(view.lines, conversation.isMention);
      alerts.update(view.lines, conversation.isMention);
    },
    focus() {
      if (focus === 'box') composer.focus();
      else bar.more.focus();
      if (focus !== 'settings') return;
      settings.show();
      languages.querySelector('select')?.focus();
    },
    losses,
    explain: text => (settings.isOpen() ? settings : composer).explain(text),
    settled,
    handOver() {
      const isWriting = composer.node.contains(document.activeElement);
      const at = settings.isOpen() ? 'settings' : isWriting ? 'box' : 'bar';
      const written = composer.handOver();
      const shown = conversation.handOver();
      stop();
      return { written, shown, alerts, showUnread, focus: at };
    },
    close() {
      stop();
      alerts.close();
      conversation.close();
      composer.forget();
      stopCounting();
    },
  };
}

/** Alt+R, on keyboards of other letters by its place. */
const isKeyToWhisperBack = ({ altKey, ctrlKey, metaKey, shiftKey, key, code }: KeyboardEvent): boolean =>
  altKey &&
  !(ctrlKey || metaKey || shiftKey) &&
  (/^r$/i.test(key) || (code === 'KeyR' && !/^[a-z]$/i.test(key)));
