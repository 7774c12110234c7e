// Parts that the page needs when something is out of the ordinary: a file of its own, fetched then.

import { INVITATION_MOST, readInvitation, readKey, unescaped } from './seal/lenient.ts';
import type { RoomKey } from './seal/room-key.ts';
import * as words from './words/en.ts';

export { diagnoseConnection } from './view/diagnosis.ts';

/** The fragment to which the daemon sends a browser on that has sent it an invitation. */
const EXPOSED = '#exposed';

/** Reads an invitation or a room key, or says what is wrong; empty where nobody meant any. */
export function read(text: string): { room: RoomKey; password?: string } | string {
  if (text.length > INVITATION_MOST) return words.INVITATION_TOO_LONG;
  if (text === EXPOSED) return words.INVITATION_EXPOSED;
  const invitation = readInvitation(text);
  if (invitation) return invitation;
  const room = readKey(text.slice(text.indexOf('#') + 1));
  if (room) return { room };
  return /#.*(?::|%3A)/i.test(text) ? words.INVITATION_BROKEN : '';
}

/** A word about an invitation to another address than this page's, which may be another server's. */
export function toElsewhere(text: string): string {
  if (text.length > INVITATION_MOST) return '';
  const sent = unescaped(text);
  const link = sent.slice(0, Math.max(0, sent.indexOf('#')));
  // Within another link's query, the innermost counts.
  const [, host = ''] =
    /^:\/\/([\w.:[\]-]{1,260})/.exec(link.slice(Math.max(0, link.lastIndexOf('://')))) ?? [];
  return host && host.toLowerCase() !== location.host ? words.invitationElsewhere(host, location.host) : '';
}
