// The secret that opens a room.

import { fold, grouped, SYMBOLS } from './base32.ts';
import { equal } from './bytes.ts';

export const PASSWORD_SYMBOLS = 16;

/** Characters that a password to open a room with has at least. */
export const PASSWORD_LEAST = 8;
/** Bytes of the longest password. */
export const PASSWORD_MOST = 256;

/** A new password: 80 bits of the system's randomness, in groups. */
export function drawPassword(): string {
  const draw = crypto.getRandomValues(new Uint8Array(PASSWORD_SYMBOLS));
  return grouped(Array.from(draw, byte => SYMBOLS[byte & 31]).join(''));
}

/** The bytes that a password to enter with stands for; null where it is empty or too long. */
export function passwordBytes(password: string): Uint8Array<ArrayBuffer> | null {
  const bytes = new TextEncoder().encode(normalForm(password));
  return bytes.length >= 1 && bytes.length <= PASSWORD_MOST ? bytes : null;
}

/** The password of such bytes; null where they are not of its normal form. */
export function passwordOf(bytes: Uint8Array): string | null {
  // Without `fatal` another text is read, of other bytes.
  const password = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const normal = passwordBytes(password);
  return normal && equal(normal, bytes) ? password : null;
}

/** Whether a password to open a room with is long enough. */
export const isLongEnough = (password: string): boolean => [...normalForm(password)].length >= PASSWORD_LEAST;

/** Whether a password has the form of those that are drawn: nobody thinks up such a one. */
export const isDrawn = (password: string): boolean => /^[0-9A-HJKMNP-TV-Z]{16}$/.test(normalForm(password));

/** The one form of a password from which keys are derived. */
export function normalForm(password: string): string {
  const folded = /^\p{ASCII}*$/u.test(password) ? fold(password, PASSWORD_SYMBOLS) : null;
  return folded ?? password.normalize('NFC');
}
