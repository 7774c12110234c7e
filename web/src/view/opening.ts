// Opening a room: key and password are made by themselves, unless somebody has their own.

import { drawPassword } from '../seal/password.ts';
import { drawRoomKey, readRoomKey, type RoomKey } from '../seal/room-key.ts';
import type { Entry } from '../state.ts';
import * as words from '../words/en.ts';
import { createAppearanceFields } from './appearance.ts';
import { element } from './element.ts';
import { createPasswordField, createRuleField, field, textField } from './fields.ts';
import { type Invited, takeInvitations } from './invited.ts';

type Rule = NonNullable<Entry['rule']>;

export type Opening = {
  /** What most people need not look at; `own` is about opening alone. */
  options: HTMLDetailsElement;
  own: HTMLElement;
  room: HTMLInputElement;
  password: HTMLInputElement;
  rule(): Rule;
  setRule(rule: Rule): void;
  /** What the room is opened by: the same at each try, until it is open. */
  ask(): { room: RoomKey; password: string; drawn: boolean } | 'bad-room-key';
  /** Drops what the room was opened by. */
  forget(): void;
};

export function createOpening(read: Invited['read']): Opening {
  const ruleField = createRuleField();
  const room = textField({ autocapitalize: 'characters', class: 'code', placeholder: 'K7QM-4XZD' });
  const passwordField = createPasswordField(words.OWN_PASSWORD, words.OWN_PASSWORD_HINT);
  const { input: password } = passwordField;
  const own = element(
    'div',
    { class: 'fields' },
    ruleField.node,
    field(words.OWN_ROOM_KEY, room, words.OWN_ROOM_KEY_HINT),
    passwordField.node,
  );
  const options = element(
    'details',
    { class: 'options' },
    element('summary', {}, words.OPTIONS),
    own,
    createAppearanceFields(),
  );
  takeInvitations(room, text => (room.value = text), read);
  takeInvitations(password, text => passwordField.fill(text), read);

  let drawn: { room: RoomKey; password: string } | undefined;
  return {
    options,
    own,
    room,
    password,
    rule: ruleField.rule,
    setRule: ruleField.setRule,
    ask() {
      const key = room.value.trim() === '' ? undefined : readRoomKey(room.value);
      if (key === null) return 'bad-room-key';
      // Kept, so that keys that were made from it need not be made again.
      drawn ??= { room: drawRoomKey(), password: drawPassword() };
      const own = password.value || drawn.password;
      return { room: key ?? drawn.room, password: own, drawn: key === undefined };
    },
    forget() {
      drawn = undefined;
      room.value = '';
      passwordField.fill('');
      passwordField.show(false);
    },
  };
}
