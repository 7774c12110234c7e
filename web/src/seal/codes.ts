// Room keys, passwords and invitations (protocol, section 1).

/** A room's name on the wire: 5 bytes, big-endian. */
export type RoomKey = Uint8Array<ArrayBuffer> & { readonly roomKey: unique symbol };

const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const ROOM_SYMBOLS = 8;
export const PASSWORD_SYMBOLS = 16;

/** Characters that a password to open a room with has at least. */
export const PASSWORD_LEAST = 8;
/** Bytes of the longest password. */
export const PASSWORD_MOST = 256;

/** Folds what reads as Crockford base32 into its plain symbols; null where it does not. */
export function fold(text: string, length: number): string | null {
  const folded = text
    .replace(/[a-z]+/g, letters => letters.toUpperCase())
    .replace(/[-\p{White_Space}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  const reads = folded.length === length && [...folded].every(symbol => SYMBOLS.includes(symbol));
  return reads ? folded : null;
}

export const grouped = (symbols: string): string => symbols.replace(/.{4}(?=.)/g, '$&-');

/** Reads a room key in any case, with or without hyphens; null where it is none. */
export function readRoomKey(text: string): RoomKey | null {
  const folded = fold(text, ROOM_SYMBOLS);
  if (folded === null) return null;
  let bits = 0n;
  for (const symbol of folded) bits = (bits << 5n) | BigInt(SYMBOLS.indexOf(symbol));
  return Uint8Array.from({ length: 5 }, (_, at) => Number((bits >> BigInt(8 * (4 - at))) & 255n)) as RoomKey;
}

/** `K7QM-4XZD`. */
export function writeRoomKey(room: RoomKey): string {
  let bits = 0n;
  for (const byte of room) bits = (bits << 8n) | BigInt(byte);
  return grouped(
    Array.from(
      { length: ROOM_SYMBOLS },
      (_, at) => SYMBOLS[Number((bits >> BigInt(5 * (7 - at))) & 31n)],
    ).join(''),
  );
}

/** A new room key: 40 bits of the system's randomness. */
export function drawRoomKey(): RoomKey {
  return crypto.getRandomValues(new Uint8Array(5)) as RoomKey;
}

/** A new password: 80 bits of the system's randomness, in groups. */
export function drawPassword(): string {
  const draw = crypto.getRandomValues(new Uint8Array(PASSWORD_SYMBOLS));
  return grouped(Array.from(draw, byte => SYMBOLS[byte & 31]).join(''));
}

/** The bytes that a password to enter with stands for; null where it is empty or too long. */
export function passwordBytes(password: string): Uint8Array<ArrayBuffer> | null {
  const bytes = new TextEncoder().encode(normal(password));
  return bytes.length >= 1 && bytes.length <= PASSWORD_MOST ? bytes : null;
}

/** Whether a password to open a room with is long enough. */
export const isLongEnough = (password: string): boolean => [...normal(password)].length >= PASSWORD_LEAST;

function normal(password: string): string {
  const folded = /^\p{ASCII}*$/u.test(password) ? fold(password, PASSWORD_SYMBOLS) : null;
  return folded ?? password.normalize('NFC');
}

/** What an invitation lets in to, its password as typed. */
export type Invitation = { room: RoomKey; password: string };

/** `#K7QM-4XZD:PASSWORD`: a generated password in its groups, of any other all but letters and digits encoded. */
export function writeInvitation(room: RoomKey, password: string): string {
  const form = normal(password);
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
