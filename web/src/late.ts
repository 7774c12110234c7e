// What the page needs once something is out of the ordinary: a file of its own, fetched then.

import type { RoomKey } from './seal/codes.ts';
import { INVITATION_MOST, readInvitation, readKey } from './seal/invitation.ts';
import { EXPOSED, NO_INVITATION, TOO_LONG } from './view/late-words.ts';

export { hindrance } from './view/hindrance.ts';
export { slowness } from './view/late-words.ts';

/** What the daemon sends those on with whose invitation came to it. */
const SENT = '#exposed';

/** What is in a text: an invitation, a room key alone, or a word about it; nothing where nobody meant any. */
export function read(text: string): { room: RoomKey; password?: string } | string {
  if (text.length > INVITATION_MOST) return TOO_LONG;
  if (text === SENT) return EXPOSED;
  const invitation = readInvitation(text);
  if (invitation) return invitation;
  const room = readKey(text.slice(text.indexOf('#') + 1));
  if (room) return { room };
  return /#.*(?::|%3A)/i.test(text) ? NO_INVITATION : '';
}
