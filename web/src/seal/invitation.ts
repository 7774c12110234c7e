// Invitations as they are written (protocol, section 1); lenient.ts reads what becomes of them.

import { fold, grouped } from './base32.ts';
import { normalForm, PASSWORD_SYMBOLS, passwordBytes } from './password.ts';
import { type RoomKey, readRoomKey, writeRoomKey } from './room-key.ts';

/** What an invitation lets in to, its password as typed. */
export type Invitation = { room: RoomKey; password: string };

/** `#K7QM-4XZD:PASSWORD`: a generated password in its groups, of any other all but letters and digits encoded. */
export function writeInvitation(room: RoomKey, password: string): string {
  const form = normalForm(password);
  const written = fold(form, PASSWORD_SYMBOLS) === form ? grouped(form) : encoded(form);
  return `#${writeRoomKey(room)}:${written}`;
}

/** Reads an invitation as it is written, a link or its end; null where anything has happened to it. */
export function readWritten(text: string): Invitation | null {
  const [, key = '', written = ''] =
    /^(?:https?:\/\/[^#\s]*)?#([^:#]{9}):((?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}|[A-Za-z0-9%]*[A-Za-z0-9])$/i.exec(
      text,
    ) ?? [];
  const room = readRoomKey(key);
  const password = decoded(written);
  return room && password && passwordBytes(password) ? { room, password } : null;
}

/** Whether a text is meant for an invitation. */
export function isInviting(text: string): boolean {
  const link = text.indexOf('://');
  return (link >= 0 && /#|%23/.test(text.slice(link))) || /^\s*#?[0-9A-Z]{4}-[0-9A-Z]{4}\s*:/i.test(text);
}

/** Percent-encoding (RFC 3986, 2.1) of all but ASCII's letters and digits. */
export function encoded(text: string): string {
  const escape = (byte: number) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`;
  return Array.from(new TextEncoder().encode(text), byte => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9]/.test(character) ? character : escape(byte);
  }).join('');
}

/** The text that was percent-encoded; null where it was not. */
export function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
