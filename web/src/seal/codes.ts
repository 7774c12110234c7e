// Room keys, passwords and invitations (protocol, section 1).

/** A room's name on the wire: 5 bytes, big-endian. */
export type RoomKey = Uint8Array<ArrayBuffer> & { readonly roomKey: unique symbol };

const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ROOM_SYMBOLS = 8;
const PASSWORD_SYMBOLS = 16;

/** Characters that a password to open a room with has at least. */
export const PASSWORD_LEAST = 8;
/** Bytes of the longest password. */
export const PASSWORD_MOST = 256;

/** Folds what reads as Crockford base32 into its plain symbols; null where it does not. */
function fold(text: string, length: number): string | null {
  const folded = text
    .toUpperCase()
    .replace(/[-\p{White_Space}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  const reads = folded.length === length && [...folded].every(symbol => SYMBOLS.includes(symbol));
  return reads ? folded : null;
}

const grouped = (symbols: string): string => symbols.replace(/.{4}(?=.)/g, '$&-');

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

/** Reads an address's fragment, with or without its `#`; null where it is no invitation. */
export function readInvitation(fragment: string): { room: RoomKey; password: string } | null {
  let text: string;
  try {
    text = decodeURIComponent(fragment.replace(/^#/, ''));
  } catch {
    return null;
  }
  const colon = text.indexOf(':');
  const room = colon < 0 ? null : readRoomKey(text.slice(0, colon));
  const password = text.slice(colon + 1);
  return room && passwordBytes(password) ? { room, password } : null;
}

/** `#K7QM-4XZD:PASSWORD`, percent-encoded where needed. */
export function writeInvitation(room: RoomKey, password: string): string {
  return `#${writeRoomKey(room)}:${encodeURIComponent(password)}`;
}
