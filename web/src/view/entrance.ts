// The entrance: who you are, which room, what opens it. Knows no keys and no connection.

import { type Invitation, readWritten } from '../seal/invitation.ts';
import { drawPassword } from '../seal/password.ts';
import { drawRoomKey, readRoomKey, writeRoomKey } from '../seal/room-key.ts';
import type { Entry, Refusal, View } from '../state.ts';
import { fetchLate } from '../lazy.ts';
import { AS_WRITTEN, button, element, setText } from './element.ts';
import { createPasswordField, createRuleField, field, textField } from './fields.ts';
import { networkNote } from './network-note.ts';
import { createProgress } from './progress.ts';
import * as words from '../words/en.ts';
import { isWorthRetrying, tellRefusal, wrongField } from './refusals.ts';

export type Entrance = {
  node: HTMLElement;
  update(view: View): void;
  /** Takes an invitation, in whatever state it is: then nothing is asked for but the alias. */
  read(text: string): Promise<void>;
  /** Puts the cursor where the next thing is to be typed. */
  focus(): void;
  /** Drops the password; alias and room key stay for another entry. */
  forget(): void;
};

export function createEntrance(enter: (entry: Entry) => void, cancel: () => void): Entrance {
  let invitation: Invitation | undefined;

  const alias = textField({ maxlength: '64', required: true });
  const room = textField({ autocapitalize: 'characters', class: 'code short', placeholder: 'K7QM-4XZD' });
  const passwordField = createPasswordField();
  const password = passwordField.input;
  const code = textField({ autocapitalize: 'none', class: 'code', maxlength: '64' });
  const aliasField = field(words.ALIAS, alias, words.ALIAS_HINT);
  const roomField = field(words.ROOM_KEY, room, words.ROOM_KEY_HINT);
  const codeField = field(words.CODE, code);
  codeField.hidden = true;
  const ruleField = createRuleField();

  let length = 0;
  function fillRoom(text: string): void {
    room.value = text;
    length = text.length;
  }

  const generate = button(words.GENERATE, () => {
    fillRoom(writeRoomKey(drawRoomKey()));
    passwordField.fill(drawPassword());
    passwordField.show(true);
    prefer(openButton);
    if (alias.value) openButton.focus();
    else alias.focus();
  });
  room.after(generate);

  const invitedRoom = element('strong', { class: 'code', ...AS_WRITTEN });
  const invited = element(
    'p',
    { class: 'invited' },
    ...words.invited(invitedRoom),
    button(words.USE_ANOTHER_ROOM, () => useAnother(), { class: 'link' }),
  );

  const openButton = button(words.OPEN_ROOM, () => void submit('open'));
  const enterButton = button(words.ENTER_ROOM, () => void submit('enter'));
  const choice = element('div', { class: 'actions' }, openButton, enterButton);

  const refusalText = element('span');
  const retryButton = button('', () => void submit(refused === 'no-entry' ? 'open' : mode));
  const refusal = element('p', { class: 'refusal', role: 'alert', hidden: true }, refusalText, retryButton);

  const form = element(
    'form',
    { class: 'fields', autocomplete: 'off', novalidate: true },
    refusal,
    invited,
    aliasField,
    roomField,
    passwordField.node,
    codeField,
    ruleField.node,
    choice,
  );
  form.addEventListener('submit', event => event.preventDefault());

  const progress = createProgress(cancel);
  const node = element(
    'section',
    { class: 'card entrance' },
    element('p', { class: 'lead' }, words.LEAD),
    form,
    progress.node,
    networkNote(),
  );

  /** Sets the button that the Enter key presses: after codes were generated, the one that opens. */
  function prefer(preferred: HTMLButtonElement): void {
    for (const each of [openButton, enterButton]) {
      each.type = each === preferred ? 'submit' : 'button';
      each.classList.toggle('primary', each === preferred);
    }
  }
  room.addEventListener('input', () => {
    prefer(enterButton);
    // A text that comes at once was pasted or filled in; one that is typed is read when whole.
    if (room.value.length > length + PASTED_LEAST && !readRoomKey(room.value)) void read(room.value);
    length = room.value.length;
  });
  room.addEventListener('beforeinput', event => {
    // Of several lines, the field would make one.
    if (!event.data || !/[\r\n]/.test(event.data)) return;
    event.preventDefault();
    void read(event.data);
  });

  // An invitation is never meant for an alias, which everybody would see, nor for another room's password.
  const fillAlias = (text: string) => (alias.value = text);
  for (const [input, fill] of [
    [alias, fillAlias],
    [password, passwordField.fill],
  ] as const) {
    // Whether it is pasted, dropped, or put there by the keyboard of a phone.
    input.addEventListener('beforeinput', ({ data }) => {
      const before = input.value;
      // Once the browser has put it there.
      if (data && INVITING.test(data)) setTimeout(() => void read(data, () => fill(before)));
    });
  }

  /** Reads an invitation; `restore` takes it out of a field that is for something else. */
  async function read(text: string, restore?: () => void): Promise<void> {
    const late = () => fetchLate().catch(() => undefined);
    const found = readWritten(text) ?? (text && (await late())?.read(text));
    if (!found || !node.isConnected) return;
    if (restore) {
      if (typeof found === 'string' || !found.password) return;
      restore();
    }
    if (typeof found === 'string') {
      fillRoom(room.value.slice(0, ROOM_MOST));
      refuse(undefined);
      explain(found);
    } else if (found.password) {
      fillRoom('');
      accept({ room: found.room, password: found.password });
      focus();
      const given = invitation;
      if (text.includes('://') && !text.includes(`${location.origin}/`)) {
        const word = (await late())?.toElsewhere(text);
        if (word && invitation === given && !refusalText.textContent) explain(word);
      }
    } else {
      if (invitation) useAnother();
      refuse(undefined);
      fillRoom(writeRoomKey(found.room));
    }
  }

  function ask(given: Invitation | undefined): void {
    invitation = given;
    invited.hidden = !given;
    for (const each of [roomField, passwordField.node, ruleField.node, openButton])
      each.hidden = Boolean(given);
    setText(invitedRoom, given ? writeRoomKey(given.room) : '');
    prefer(enterButton);
  }

  function accept(given: Invitation): void {
    ask(given);
    refuse(undefined);
  }

  function useAnother(): void {
    ask(undefined);
    refuse(undefined);
    room.focus();
  }

  function explain(text: string): void {
    setText(refusalText, text);
    refusal.hidden = !text;
  }

  let refused: Refusal | undefined;
  function refuse(because: Refusal | undefined, retryMs = 0): void {
    refused = because;
    const offline = because === 'unreachable' && navigator.onLine === false;
    explain(because ? tellRefusal(because, { offline, withCode: code.value !== '', retryMs }) : '');
    setText(retryButton, because === 'no-entry' ? words.OPEN_ANEW : words.TRY_AGAIN);
    if (because === 'unreachable' && !offline) void diagnose();
    const wrong = because && wrongField(because);
    retryButton.hidden = !(because && isWorthRetrying(because)) && !(invitation && wrong === 'code');
    if (wrong === 'code') {
      codeField.hidden = false;
      prefer(openButton);
    }
    for (const [name, input] of Object.entries({ alias, room, password, code })) {
      input.toggleAttribute('aria-invalid', false);
      if (name === wrong) input.setAttribute('aria-invalid', 'true');
    }
  }

  /** Says more, unless something else has been said meanwhile. */
  async function diagnose(): Promise<void> {
    const said = refusalText.textContent;
    const more = await (await fetchLate().catch(() => undefined))?.diagnoseConnection();
    if (more && refusalText.textContent === said) explain(more);
  }

  let mode: Entry['mode'] = 'enter';
  async function submit(how: Entry['mode']): Promise<void> {
    mode = how;
    if (!invitation && !readRoomKey(room.value)) await read(room.value);
    const key = invitation ? invitation.room : readRoomKey(room.value);
    if (!key) {
      refuse('bad-room-key');
      room.focus();
      return;
    }
    refuse(undefined);
    asked = true;
    enter({
      alias: alias.value,
      room: key,
      password: invitation ? invitation.password : password.value,
      mode,
      rule: ruleField.rule(),
      // A code is ASCII without spaces; anything else was pasted along with it.
      code: code.value.replace(/[^!-~]/g, ''),
    });
  }

  function focus(): void {
    const wrong = [alias, room, password, code].find(input => input.hasAttribute('aria-invalid'));
    const empty = [alias, room, password].find(input => !input.value && input.checkVisibility?.() !== false);
    const again = !retryButton.hidden && !refusal.hidden ? retryButton : undefined;
    (wrong ?? again ?? empty ?? alias).focus();
  }

  /** An answer is awaited; when it comes, the focus is put where it is needed. */
  let asked = false;
  ask(undefined);
  return {
    node,
    update(view) {
      const busy = view.phase === 'deriving' || view.phase === 'connecting';
      form.hidden = busy;
      progress.show(busy ? view : undefined);
      if (view.phase === 'entrance' && asked) {
        if (view.refusal) refuse(view.refusal, view.retryMs);
        focus();
      }
      asked = busy;
    },
    read,
    focus,
    forget() {
      if (invitation) fillRoom(writeRoomKey(invitation.room));
      passwordField.fill('');
      passwordField.show(false);
      ask(undefined);
      asked = true;
    },
  };
}

/** Characters that nobody types at once. */
const PASTED_LEAST = 4;

/** A text that is meant for an invitation, whatever field it comes into. */
const INVITING = /:\/\/[^]*(?:#|%23)|^\s*#?[0-9A-Z]{4}-[0-9A-Z]{4}\s*:/i;

/** Characters that are kept of what is no room key. */
const ROOM_MOST = 256;
