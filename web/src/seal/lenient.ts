// Invitations as they come out of messengers, mails and people's hands (protocol, section 1).

import { fold, grouped } from './base32.ts';
import { decoded, encoded, type Invitation } from './invitation.ts';
import { PASSWORD_SYMBOLS, passwordBytes } from './password.ts';
import { readRoomKey, ROOM_SYMBOLS, type RoomKey } from './room-key.ts';

/** Characters of the longest text that an invitation is looked for in. */
export const INVITATION_MOST = 4096;

/** Characters that are drawn as nothing, and come along when people copy; within a class of characters. */
const HIDDEN = '\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff';
const INVISIBLE = new RegExp(`[${HIDDEN}]`, 'g');

/** Characters of the longest text that a room key is looked for in. */
const KEY_MOST = 256;

/** Full-width characters as ASCII has them, each for one. */
const narrow = (text: string): string =>
  text.replace(/[\uff01-\uff5e]/g, wide => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));

/** The same, and all dashes as hyphens. */
const plain = (text: string): string => narrow(text).replace(/[\u2010-\u2015\u2043\u2212\ufe58\ufe63]/g, '-');

/** Reads a room key however it is parted and whatever stands around it; null where there is none. */
export function readKey(text: string): RoomKey | null {
  if (text.length > KEY_MOST) return null;
  return readRoomKey(plain(text.replace(INVISIBLE, '')).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''));
}

/** Room keys after a `#` that are looked at in one text. */
export const LINKS_MOST = 16;

/** How often links are wrapped into others' queries at most. */
const WRAPPED_MOST = 4;

/** Quotes, brackets and Markdown's marks: each that opens, with the one that closes it. */
const PAIRS = '()[]{}<>""\'\'``**__~~«»»«‹››‹“”„“„”””‘’‚‘‚’「」『』《》〈〉【】〔〕';

/** A room key before its separator, at the beginning of a text. `U` is no symbol. */
const KEY = new RegExp(
  `^([0-9A-TV-Z](?:[-\\s${HIDDEN}]*[0-9A-TV-Z]){7})[${HIDDEN}]*(\\s*:|%(?:25)*3A|\\s+)([^]+)$`,
  'i',
);

/** A generated password at the beginning of a text, in its groups, broken anywhere. */
const GENERATED =
  /^\s*((?:[0-9A-TV-Z](?:\s*[0-9A-TV-Z]){3}\s*-\s*){3}[0-9A-TV-Z](?:\s*[0-9A-TV-Z]){3})(?![\p{L}\p{N}])/iu;

/**
 * Reads a link, the end of one, or a room key and its password, whatever got attached to it; null
 * where there is no invitation. Nothing is dropped that was typed by hand after the room key.
 */
export function readInvitation(text: string): Invitation | null {
  if (text.length > INVITATION_MOST) return null;
  return (
    readTyped(text, true) ??
    readLink(text) ??
    readTyped(text, false) ??
    readSentence(text) ??
    readSpoken(text)
  );
}

/** A hyphened room key somewhere in a text, with a colon after it and no `#` before it. */
function readSentence(text: string): Invitation | null {
  const at = plain(text).search(/[^\p{L}\p{N}%]{1,16}[0-9A-TV-Z]{4}-[0-9A-TV-Z]{4}\s*:/iu);
  if (at < 0) return null;
  const word = text
    .slice(0, at + 1)
    .split(/\s/)
    .pop() as string;
  const rest = text.slice(at);
  if (!word.includes('://')) return readTyped(rest, true);
  // A link whose `#` was lost, or made a `*`; of more that became one, nothing can be read.
  return rest.split('*').length > 2 ? null : readLink(`#${rest}`);
}

/** The symbols of both and nothing else, as they are read aloud: in groups of any size. */
function readSpoken(text: string): Invitation | null {
  const symbols = fold(plain(text.replace(INVISIBLE, '')), ROOM_SYMBOLS + PASSWORD_SYMBOLS);
  // Without a digit, these may be words.
  const room = symbols && /[0-9]/.test(plain(text)) && readRoomKey(symbols.slice(0, ROOM_SYMBOLS));
  return room ? { room, password: grouped(symbols.slice(ROOM_SYMBOLS)) } : null;
}

/** A room key and its password, without a `#` before them. */
function readTyped(text: string, hyphened: boolean): Invitation | null {
  const flat = plain(text);
  const [before = ''] = /^[^\p{L}\p{N}%]*/u.exec(flat) ?? [];
  const [, key = '', separator = '', after = ''] = KEY.exec(flat.slice(before.length)) ?? [];
  // Words before a blank are no room key.
  if (hyphened !== key.includes('-') || before.includes('#') || (!separator.trim() && /\s/.test(key)))
    return null;
  const room = readKey(key);
  const typed = text.slice(text.length - after.length);
  const password = separator.includes('%')
    ? linkedPassword(typed, depth(separator), 0)
    : typedPassword(typed, before, hyphened && separator.includes(':'));
  return room && password && passwordBytes(password) ? { room, password } : null;
}

/** The password as it was typed, unless it is in the form that invitations have; encoded only after their colon. */
function typedPassword(typed: string, before: string, mayBeEncoded: boolean): string | null {
  let password = typed.replace(INVISIBLE_ENDS, '');
  for (const opener of [...before].reverse()) password = unwrapped(password, opener);
  const drawn = generated(password.replace(/^[^\p{L}\p{N}]+/u, ''));
  if (drawn || !mayBeEncoded) return drawn ?? password;
  const [, written] = /^([A-Za-z0-9%]+)[^\p{L}\p{N}%]*$/u.exec(password) ?? [];
  return written?.includes('%') && isWritten(written) ? decoded(written) : password;
}

/** The text up to the sign that closes `opener`; all of it where letters or digits follow that sign. */
function unwrapped(text: string, opener: string): string {
  for (let pair = 0; pair < PAIRS.length; pair += 2) {
    const end = PAIRS[pair] === opener ? plain(text).lastIndexOf(PAIRS[pair + 1] as string) : -1;
    if (end > 0 && !/[\p{L}\p{N}]/u.test(text.slice(end))) return text.slice(0, end);
  }
  return text;
}

/** What follows a `#`, which may have been encoded together with the whole link. */
function readLink(text: string): Invitation | null {
  const flat = narrow(asSent(text).replace(INVISIBLE, ''));
  let hash: RegExpMatchArray | undefined;
  let tries = 0;
  for (const mark of flat.matchAll(/(#|%(?:25)*23)|:|%(?:25)*(?:EF%(?:25)*BC%(?:25)*9A|3A)/gi)) {
    const [from, given] = [hash, mark[0]];
    hash = mark[1] ? mark : undefined;
    if (hash || !from) continue;
    const room = readKey(unescaped(flat.slice((from.index ?? 0) + from[0].length, mark.index)));
    if (!room) continue;
    if (++tries > LINKS_MOST) return null;
    const depths = [depth(from[0]), depth(given)];
    const rest = flat.slice(mark.index + given.length);
    const password = linkedPassword(rest, Math.max(...depths), Math.min(...depths));
    if (password && passwordBytes(password)) return { room, password };
  }
  return null;
}

/** Without what mails, web pages and Markdown do to any text: quoting, soft breaks (RFC 2045, 6.7), references. */
function asSent(text: string): string {
  return text
    .replace(/[\r\n](?:[ \t]*>)+/g, '\n')
    .replace(/=\r?\n/g, '')
    .replace(/\\(?=[-#:%])/g, '')
    .replace(/urldefense\.proofpoint\.com\/v2\/url\?u=([^&\s]*)/g, (_, link: string) =>
      link.replace(/-/g, '%').replace(/_/g, '/'),
    )
    .replace(/&#(?:(\d{1,5})|x([0-9a-f]{1,4}));/gi, (reference, decimal?: string, hex?: string) => {
      const code = decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16);
      return code < 0xd800 ? String.fromCharCode(code) : reference;
    });
}

/** How often an escape was encoded: `%23` once, `%2523` twice. */
const depth = (escape: string): number =>
  escape.includes('%') ? (/^%((?:25)*)/.exec(escape)?.[1]?.length ?? 0) / 2 + 1 : 0;

/**
 * In a link, all but letters and digits of a password is encoded: with anything else, what was
 * attached begins. The password may have been encoded again up to `most` times; where it was surely
 * `least` times, further parameters of the link may have been as well.
 */
function linkedPassword(text: string, most: number, least: number): string | null {
  const folded = text.replace(/(?:%(?:25)*[89A-F][0-9A-F])+/gi, unescaped).replace(INVISIBLE, '');
  const drawn = generated(folded);
  // Of half a generated password, nobody shall think that it is one.
  if (drawn || HALF.test(plain(folded))) return drawn;
  // A line was broken where an escape is, or where one follows.
  let line = text.replace(/(?<=%[0-9A-F]?)[\r\n]+|(?<![\r\n])[\r\n]+(?=[A-Za-z0-9]*%[0-9A-F]{2})/gi, '');
  const within = `%(?:25){0,${least - 1}}`;
  if (least > 0) line = line.replace(new RegExp(`${within}26\\w+${within}3D[^]*`, 'i'), '');
  // Signs that need no encoding may have been decoded on their way, within the password.
  let [written = ''] = /^\s*(?:[A-Za-z0-9%]|[-._~](?=[A-Za-z0-9%]))+/.exec(line) ?? [];
  written = written.trim();
  for (let at = 0; at < Math.min(most, WRAPPED_MOST); at++) {
    const inner = decoded(written);
    if (inner === null || !isWritten(inner)) break;
    written = inner;
  }
  return decoded(written);
}

/** A generated password of which something is missing. */
const HALF =
  /^\s*[0-9A-HJKMNP-TV-Z]{4}-\s*(?:[0-9A-HJKMNP-TV-Z]{4}-\s*){0,2}[0-9A-HJKMNP-TV-Z]{0,4}(?![-%\p{L}\p{N}])/u;

/** A generated password in its groups. */
function generated(text: string): string | null {
  const symbols = fold(GENERATED.exec(plain(text))?.[1] ?? '', PASSWORD_SYMBOLS);
  return symbols && grouped(symbols);
}

/** Whether an invitation's password is written so, but for the case of escapes. */
function isWritten(text: string): boolean {
  const read = decoded(text);
  return read !== null && encoded(read) === text.replace(/%../g, escape => escape.toUpperCase());
}

/** Decoded as often as it was encoded. */
export function unescaped(text: string): string {
  for (let at = 0; at < WRAPPED_MOST; at++) text = decoded(text) ?? text;
  return text;
}

/** What gets attached when lines are copied. */
const INVISIBLE_ENDS = new RegExp(`^[${HIDDEN}]+|(?<![\\r\\n${HIDDEN}])[\\r\\n${HIDDEN}]+$`, 'g');
