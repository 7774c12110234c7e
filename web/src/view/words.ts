// Every sentence that depends on what happened. No DOM.

import { PASSWORD_LEAST, PASSWORD_MOST } from '../seal/password.ts';
import type { Event, Named, Refusal, View } from '../state.ts';

/** Why you are at the entrance. */
export const REFUSALS: Record<Refusal & string, string> = {
  'no-entry': 'No entry: there is no such room, or the password is not the right one.',
  taken: 'A room with this key is already open. Enter it, or generate another key.',
  'alias-in-use': 'Somebody in the room already has this alias. Choose another one.',
  full: 'The room is full. Try again when somebody has left.',
  locked: 'The room is locked. Ask somebody inside to unlock it.',
  busy: 'The server is busy, or there were too many tries from your address. Wait a little and try again.',
  malformed: 'The server did not understand this page. Reload it and try again.',
  'needs-code': 'To open a room here takes a code. Ask whoever runs this server for it.',
  'not-from-here':
    'Rooms are opened here from the networks of the host alone. Ask whoever runs this server, or connect from there.',
  unreachable: 'The server can’t be reached. Check the connection and try again.',
  'not-loaded':
    'A part of this page did not load. Check the connection, allow it where an extension holds scripts back, and try again.',
  'no-worker':
    'The worker that makes keys, derive.js, did not start. An extension or something on the way holds it back: allow it for this page, or try another browser.',
  'resume-refused':
    'The connection was lost for too long and your place in the room is gone. To enter again, give the password once more.',
  'bad-room-key': 'A room key has 8 letters and digits, like K7QM-4XZD.',
  'bad-password': `To open a room takes a password of at least ${PASSWORD_LEAST} characters, and at most ${PASSWORD_MOST} bytes.`,
};

/** Instead of `unreachable`, where the browser knows better. */
export const OFFLINE = 'This device is offline. Connect it to the network of the server, and try again.';

/** Instead of `needs-code`, where one was given. */
export const WRONG_CODE =
  'This is not the code to open rooms here; capitals count. Ask whoever runs this server for it.';

/** The state of the connection, as always shown. */
export const STATES: Record<View['phase'], string> = {
  entrance: 'Not connected',
  deriving: 'Making keys…',
  connecting: 'Connecting…',
  room: 'Connected',
  reconnecting: 'Reconnecting…',
  over: 'Disconnected',
};

/** What stands where an alias may not be shown. */
export const UNNAMED = '(unnamed)';

type Happening = { event: Event; who?: Named; by?: Named; count?: number };

/** A sentence in pieces: who is in it stands apart. */
export function describeEvent({ event, who, by, count = 0 }: Happening): (string | Named)[] {
  const alias = who ?? { alias: '', hue: 0 };
  switch (event) {
    case 'joined':
      return [alias, ' joined'];
    case 'exit':
      return [alias, ' left'];
    case 'gone':
      return [alias, ' is gone'];
    case 'kicked':
      return by ? [alias, ' was kicked by ', by] : [alias, ' was kicked'];
    case 'away':
      return [alias, ' is away: the connection is interrupted'];
    case 'back':
      return [alias, ' is back'];
    case 'keeper':
      return [alias, ' keeps the room now'];
    case 'locked':
      return ['The room is locked: nobody else can enter'];
    case 'unlocked':
      return ['The room is unlocked'];
    case 'missed':
      return [
        count === 1
          ? 'One message passed while you were away'
          : `${count} messages passed while you were away`,
      ];
    case 'closing':
      return [
        `The server restarts in ${count} seconds: the conversation is over then for everybody. Open the room anew after that.`,
      ];
    case 'unreadable':
      return who ? ['A message from ', alias, ' could not be read'] : ['A message could not be read'];
  }
}
