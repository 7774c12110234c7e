// What lets somebody in: an invitation, in whatever state it is, or a room key and then its password.

import { fetchLate } from '../lazy.ts';
import { type Invitation, isInviting, readWritten } from '../seal/invitation.ts';
import { readRoomKey, type RoomKey, writeRoomKey } from '../seal/room-key.ts';
import * as words from '../words/en.ts';
import { AS_WRITTEN, button, element, setText } from './element.ts';
import { createPasswordField, field, textField } from './fields.ts';

export type Invited = {
  /** Says to which room somebody is invited. */
  sentence: HTMLElement;
  /** Where an invitation is given, and the password where it lacks. */
  node: HTMLElement;
  room: HTMLInputElement;
  password: HTMLInputElement;
  /** Something was given, whole or not. */
  isGiven(): boolean;
  /** It is clear which room is meant. */
  isKnown(): boolean;
  /** An invitation that was given whole. */
  whole(): Invitation | undefined;
  accept(given: Invitation | undefined): void;
  /** What lets in, once it is whole; before that, asks for what is missing. */
  ask(): Promise<Invitation | 'bad-room-key' | undefined>;
  /** Reads an invitation; `restore` takes it out of a field that is for something else. */
  read(text: string, restore?: () => void): Promise<unknown>;
  /** Shows key and password, so that either can be mended. */
  mend(): void;
  /** Drops the password; the key of the room that was entered stays for another time. */
  forget(entered: RoomKey): void;
};

type Asking = {
  /** Something else is given than before. */
  changed(): void;
  /** A word about what was given; none takes the last one back. */
  explain(text: string): void;
  isExplained(): boolean;
};

export function createInvited(asking: Asking): Invited {
  let whole: Invitation | undefined;

  const room = textField({ class: 'code', placeholder: words.INVITATION_EXAMPLE });
  const roomField = field(words.HAVE_INVITATION, room, words.INVITATION_HINT);
  const passwordField = createPasswordField(words.PASSWORD);
  const { input: password } = passwordField;
  const invitedRoom = element('strong', { class: 'code', ...AS_WRITTEN });
  const another = button(words.USE_ANOTHER_ROOM, useAnother, { class: 'link' });
  const sentence = element('p', { class: 'invited' }, ...words.invited(invitedRoom), another);
  const node = element('div', { class: 'fields' }, roomField, passwordField.node);

  const isGiven = () => whole !== undefined || room.value.trim() !== '';

  function arrange(): void {
    sentence.hidden = !whole;
    node.hidden = Boolean(whole);
    passwordField.node.hidden = !isAsked();
    setText(invitedRoom, whole ? writeRoomKey(whole.room) : '');
  }
  /** Rises with all that is given: what was read of anything older counts no more. */
  let given = 0;
  function show(): void {
    given += 1;
    arrange();
    asking.changed();
  }
  /** A password is asked for once there is a key that it may belong to, and while that is mended. */
  const isAsked = () => room.value !== '' && (password.value !== '' || readRoomKey(room.value) !== null);

  let length = 0;
  function fill(text: string): void {
    room.value = text;
    length = text.length;
  }
  function accept(invitation: Invitation | undefined): void {
    whole = invitation;
    fill('');
    passwordField.fill('');
    passwordField.show(false);
    asking.explain('');
    show();
  }
  function useAnother(): void {
    accept(undefined);
    room.focus();
  }

  room.addEventListener('input', () => {
    // A text that comes at once was pasted or filled in; one that is typed is read when whole.
    const isPasted = room.value.length > length + PASTED_LEAST && !readRoomKey(room.value);
    length = room.value.length;
    show();
    if (isPasted) void read(room.value);
  });
  room.addEventListener('beforeinput', event => {
    // Of several lines, the field would make one.
    if (!event.cancelable || !event.data || !/[\r\n]/.test(event.data)) return;
    event.preventDefault();
    void read(event.data);
  });
  // An invitation is not meant for another room's password.
  takeInvitations(password, text => passwordField.fill(text), read);

  /** Whether nothing else was given while it was read. */
  async function read(text: string, restore?: () => void): Promise<boolean> {
    const [asked, typed] = [++given, password.value];
    const late = () => fetchLate().catch(() => undefined);
    const found = readWritten(text) ?? (text && (await late())?.read(text));
    if (given !== asked || password.value !== typed || !node.isConnected) return false;
    if (!found) return true;
    if (restore) {
      if (typeof found === 'string' || !found.password) return true;
      restore();
    }
    if (typeof found === 'string') {
      fill(room.value.slice(0, ROOM_MOST));
      asking.explain(found);
    } else if (found.password) {
      const invitation = { room: found.room, password: found.password };
      accept(invitation);
      if (!text.includes('://') || text.includes(`${location.origin}/`)) return true;
      const word = (await late())?.toElsewhere(text);
      if (word && whole === invitation && !asking.isExplained()) asking.explain(word);
    } else {
      accept(undefined);
      fill(writeRoomKey(found.room));
      passwordField.fill(typed);
      show();
      password.focus();
    }
    return true;
  }

  arrange();
  return {
    sentence,
    node,
    room,
    password,
    isGiven,
    isKnown: () => whole !== undefined || isAsked(),
    whole: () => whole,
    accept,
    async ask() {
      if (!whole && !readRoomKey(room.value) && !(await read(room.value))) return undefined;
      if (whole) return whole;
      const key = readRoomKey(room.value);
      // A word may have been said already about what is wrong with it.
      if (!key) return asking.isExplained() ? undefined : 'bad-room-key';
      if (password.value) return { room: key, password: password.value };
      show();
      password.focus();
      return undefined;
    },
    read,
    mend() {
      if (!whole) return;
      const { room: key, password: secret } = whole;
      whole = undefined;
      fill(writeRoomKey(key));
      passwordField.fill(secret);
      show();
    },
    forget(entered) {
      accept(undefined);
      fill(writeRoomKey(entered));
      show();
    },
  };
}

/** Reads an invitation that comes into another field: pasted, dropped, or put there by the keyboard of a phone. */
export function takeInvitations(
  input: HTMLInputElement,
  fill: (text: string) => void,
  read: Invited['read'],
): void {
  input.addEventListener('beforeinput', ({ data }) => {
    const before = input.value;
    // Once the browser has put it there.
    if (data && isInviting(data)) setTimeout(() => void read(data, () => fill(before)));
  });
}

/** Characters that nobody types at once. */
const PASTED_LEAST = 4;

/** Characters that are kept of what is no room key. */
const ROOM_MOST = 256;
