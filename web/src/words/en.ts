// All words of the page, in English, and no others; files beside this one have them in other
// languages. A sentence that names something is a function of it, so that each language can put it
// where it belongs; what is an element on the screen comes in pieces.
//
// The few words of the daemon itself (crates/server/src/responses.rs and the command line) are not among
// them: they stay English.

import type { HelpLine, Parameter } from '../commands.ts';
import type { Ending, Event, Lookalike, Note, Obstacle, PictureFault, Refusal, View } from '../state.ts';
import { grammar, type Pieces } from './grammar.ts';

/** `Ben, Chloé and Dora`, as British custom has it. */
const { listed } = grammar('en', 'en-GB');

// The documents.

export const LANGUAGE = 'en';
/** `rtl` where lines begin at the right. */
export const DIRECTION = 'ltr';
export const TITLE = 'Sanctuary';
export const NO_SCRIPT =
  'Sanctuary seals and opens messages in your browser. Please allow JavaScript for this page.';
export const NOT_STARTED =
  'The scripts of this page did not start yet. An extension or something on the way may hold them back, or the address lacks the “/” at its end.';
export const TRY_AGAIN = 'Try again';
export const OVER = 'The conversation is over.';
export const NOTHING_KEPT = 'Nothing of it is kept: neither here nor at the server.';
export const BACK = 'Back to the entrance';

/** Why the page did not start. start.js takes plain text alone: `{}` stands for what is missing. */
export const START = {
  wordless:
    'The words of this page, words/en.js, did not load. An extension or something on the way holds them back: allow them for this page, or try another browser.',
  blocked:
    'The script app.js did not load. An extension or something on the way holds it back: allow it for this page, or try another browser.',
  stopped: 'The script app.js stopped as it started.',
  old: 'This browser is too old.',
  lacks: 'This browser lacks what the page is built on: {}. Allow it for this page.',
  newer: 'Sanctuary needs Chrome or Edge 109, Firefox 115, Safari 16.4, or newer.',
};

/** Why the conversation is over. */
export const FAREWELLS: Record<Ending, string> = {
  left: 'You have left the room.',
  kicked: 'You were kicked out of the room. Ask a member for a new invitation if you are to come back.',
  stopped: 'The room was stopped. The conversation is over for everybody. To talk on, open a new room.',
  'put-out':
    'The server put you out of the room. That a member who may do so said it could not be checked. Ask the others by another way, and enter again by the invitation.',
  'left-out':
    'The room was given a new password, and by what the server says you are not among those who got it. Ask a member for a new invitation.',
  'stopped-by-host':
    'Whoever runs the server stopped the room. The conversation is over for everybody. Open a new room, or ask them why.',
  'stopped-unread':
    'The server says that the room was stopped. That a member who may do so said it could not be checked. Ask the others by another way, and open a new room.',
  'stopped-away':
    'While your connection was lost the room was stopped, as the server says. What you wrote meanwhile was read by nobody. The conversation is over for everybody. To talk on, open a new room.',
  'too-slow':
    'Your connection was too slow to keep up with the room. Enter again by the invitation, on a better line.',
  flooding:
    'You sent too much too fast, and the server ended your connection. Enter again by the invitation, and send less at once.',
  'resumed-elsewhere':
    'Your place in the room was taken over by another connection. If that was not your own page, warn the others, and open a new room.',
  'shutting-down':
    'The server is shutting down. The conversation is over for everybody. Open a new room once it runs again.',
  malformed:
    'The server did not understand this page and ended the connection. Load the page anew, and enter again by the invitation.',
};

/** Who of the members ended it, where one said so; the signs around the alias keep its direction apart. */
const ENDED_BY: Partial<Record<Ending, (who: string) => string>> = {
  kicked: who =>
    `\u2068${who}\u2069 put you out of the room. Ask there for a new invitation if you are to come back.`,
  stopped: who =>
    `\u2068${who}\u2069 stopped the room. The conversation is over for everybody. To talk on, open a new room.`,
};
export const farewell = (ending: Ending, who: string): string =>
  (who && ENDED_BY[ending]?.(who)) || FAREWELLS[ending];

/** The state of the connection, as always shown. */
export const STATES: Record<View['phase'], string> = {
  entrance: 'Not connected',
  deriving: 'Making keys…',
  connecting: 'Connecting…',
  room: 'Connected',
  reconnecting: 'Reconnecting…',
  over: 'Disconnected',
};

// The entrance.

export const CHOOSE_LANGUAGE = 'Language';
export const LEAD = 'A room sealed from end to end. Nothing of it is kept.';
export const ROOM_KEY = 'Room key';
export const ALIAS = 'Alias';
export const ALIAS_HINT = 'The name that the others see.';
export const OPEN_ROOM = 'Open a room';
export const OPEN_ROOM_HINT = 'Its key and password are made by themselves.';
export const HAVE_INVITATION = 'I have an invitation';
export const INVITATION_HINT = 'The link, or the room key and the password.';
export const INVITATION_EXAMPLE = 'K7QM-4XZD:…';
export const PASSWORD = 'Password';
export const ENTER_ROOM = 'Enter the room';
export const OPTIONS = 'Options';
export const OWN_ROOM_KEY = 'Your own room key';
export const OWN_ROOM_KEY_HINT = 'Left empty, one is made.';
export const OWN_PASSWORD = 'Your own password';
export const OWN_PASSWORD_HINT = 'Left empty, one is made that nobody can guess.';
export const CODE = 'Code to open rooms';
export const APPEARANCE = 'Light or dark';
export const themeName = (theme: 'auto' | 'light' | 'dark'): string =>
  ({ auto: 'As the device has it', light: 'Light', dark: 'Dark' })[theme];
export const TEXT_SIZE = 'Size of text';
export const percent = (number: string): string => `${number} %`;
export const SHOW = 'Show';
export const SHOW_CHARACTERS = 'Show the characters';
export const HIDE = 'Hide';
export const HIDE_CHARACTERS = 'Hide the characters';
export const invited = <E>(room: E): Pieces<E> => ['You are invited to room ', room, '. '];
export const USE_ANOTHER_ROOM = 'Use another room';
export const WHO_MODERATES = 'Who may moderate the room?';
export const KEEPER_ALONE = 'The keeper alone';
export const EVERY_MEMBER = 'Every member';
export const OPEN_ANEW = 'Open a new room with this key';
export const askOpenAnew = <E>(key: E): Pieces<E> => [
  'Open a new room with the key ',
  key,
  '? You will be alone there until somebody comes with the same key and password.',
];

/** A note on plain http. */
export const PLAIN_HTTP = 'This page came over plain http';
export const PLAIN_HTTP_MORE =
  'Messages are still sealed in your browser, and the server can’t read them. But somebody who controls the network between you and the server could change this page on its way and so read along. In a network you don’t trust, use https or a VPN.';

export const MAKING_KEYS = 'Making keys';
export const PASSWORD_IS_STRETCHED =
  'The password is stretched into keys here, in your browser; it never leaves it.';
export const percentDone = (percent: number) => `Making keys… ${percent} %`;
export const percentAndSeconds = (percent: number, seconds: number) =>
  `Making keys… ${percent} %, ${seconds} s to go`;

/** Why making keys takes long. */
export function slowness(seconds: number, secure: boolean): string {
  const minutes = Math.round(seconds / 60);
  const time = seconds < 90 ? 'a minute' : `${minutes} minutes`;
  const plain = secure ? '' : ' By https the browser’s own cryptography would take a second.';
  return `This takes about ${time}, because this browser runs scripts slowly: without a compiler, as in Lockdown Mode or with hardened settings, or on a slow device.${plain}`;
}

/** Why you are at the entrance. */
export const REFUSALS: Record<Exclude<Refusal & string, 'bad-password'>, string> = {
  'no-entry':
    'No entry: there is no such room, or the password is not the right one. The room may have been given a new password, which makes older invitations void: ask for a new one.',
  taken: 'A room with this key is already open. Enter it by its invitation, or choose another key.',
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
  'break-over':
    'The connection was lost for half an hour: the conversation and the password are wiped. To enter again, give the password once more.',
  'grace-over':
    'The connection was lost for too long and your place in the room is gone. Enter again by the invitation.',
  kicked:
    'While the connection was lost you were put out of the room. Ask a member for a new invitation if you are to come back.',
  'room-gone':
    'While the connection was lost the room was closed. Open it again with the same key and password, or a new one.',
  stopped: FAREWELLS['stopped-away'],
  draining: 'This server is about to restart and opens no rooms. Try again in some minutes.',
  'false-room':
    'What the server shows is not the room that this password opens. Do not trust this server with it: ask whoever runs it.',
  'bad-room-key': 'A room key has 8 letters and digits, like K7QM-4XZD. Compare it with the invitation.',
};

export const badPassword = (characters: number, bytes: number): string =>
  `To open a room takes a password of at least ${characters} characters, and at most ${bytes} bytes.`;

/** After a refusal, where to try again before that is in vain. */
export const tryAgainIn = (seconds: number): string => `You can try again in ${counted(seconds)}.`;
export const TRY_AGAIN_NOW = 'You can try again now.';

/** Below a password that somebody chose to open a room with. */
export const CHOSEN_PASSWORD =
  'A password that somebody chose can be guessed: whoever runs the server, or records one entry, may try as many as their machines can. Only a generated one is safe against that.';

/** Instead of `unreachable`, where the browser knows better. */
export const OFFLINE = 'This device is offline. Connect it to the network of the server, and try again.';

/** Instead of `needs-code`, where one was given. */
export const WRONG_CODE =
  'This is not the code to open rooms here; capitals count. Ask whoever runs this server for it.';

/** Names of alphabets, by Unicode's. */
const ALPHABETS: Record<string, string> = { Latin: 'Latin', Greek: 'Greek', Cyrillic: 'Cyrillic' };

/** Faults of an alias. */
export function describeAliasFault(error: Exclude<Refusal, string>): string {
  const { fault, character, codePoint } = error;
  switch (fault) {
    case 'length':
      return `An alias has 1 to ${error.most} characters.`;
    case 'slash':
      return 'An alias does not begin with “/”.';
    case 'space':
      return `An alias has no spaces (${codePoint}).`;
    case 'unseen':
      return `An alias has no invisible characters (${codePoint}).`;
    case 'unknown':
      return `Not every device knows the character ${codePoint}.`;
    case 'enclosing':
      return `An alias has no characters that are drawn around others (${codePoint}).`;
    case 'marks':
      return `The mark “◌${character}” (${codePoint}) is one too many on its letter.`;
    case 'baseless':
      return `The mark “◌${character}” (${codePoint}) has no letter to stand on.`;
    case 'mixed':
      return `“${character}” (${codePoint}, ${ALPHABETS[error.alphabet]}) can’t stand beside ${ALPHABETS[error.beside]} letters.`;
    case 'joiner':
      return `The joiner ${codePoint} changes nothing where it stands.`;
    case 'emoji':
      return `${codePoint} makes no emoji there that every device knows.`;
  }
}

// Faults of an invitation.

/** The browser sent the invitation to the server, as part of the address. */
export const INVITATION_EXPOSED =
  'The link to this page was damaged on its way (“%23” for “#”, perhaps), so that your browser sent the invitation, with the password, to the server. The server keeps nothing of it, but it could have read it, and so could a proxy or its log. Do not use this password any more: let the room be opened anew under another one, and ask for an invitation that you paste here.';
export const INVITATION_BROKEN =
  'This link holds no whole invitation: something is missing of it, or was added. Ask for it again, or fill in room key and password by hand.';
export const INVITATION_TOO_LONG =
  'What you pasted is too long for an invitation, and was left out. Paste the link alone.';
/** It is for another address than this page's. */
export const invitationElsewhere = (there: string, here: string) =>
  `This invitation is to a room at ${there}, and this page is at ${here}. Unless both are the same server, open the link there.`;

/** Begins what somebody else has to mend. */
const OPERATOR = 'Whoever runs the server can mend this: ';

const PASS_HOST = 'in nginx “proxy_set_header Host $http_host;”';

/** Says what to set so that pages are served under this name; addresses always are. */
const named = (hostname: string, before: string): string =>
  /^[\d.]+$|^\[/.test(hostname) ? '' : `${before}sanctuary.toml has to say hosts = ["${hostname}"]`;

/** Faults between the page and the daemon's WebSocket, by the answer to a plain request. */
export const CONNECTION_FAULTS = {
  /** 426: the daemon is asked for a page. */
  upgrade: () =>
    `The server is there, but the WebSocket that carries the conversation does not get through. A proxy, a filter or an extension holds it back. ${OPERATOR}the proxy has to pass Upgrade and Connection on; in nginx, “proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";”.`,
  /** 403: the daemon takes the page for another site's. */
  origin: ({ origin, hostname }: Location) =>
    `The server refuses this page, for it is asked under another name than ${origin}: a proxy changes the Host. ${OPERATOR}the proxy has to pass Host on, ${PASS_HOST}${named(hostname, ' and ')}; or sanctuary.toml has to say origins = ["${origin}"].`,
  /** 421: the daemon is asked under a name that it is not served under. */
  host: ({ hostname }: Location) =>
    `The server is asked under a name that it does not go by: its settings have changed, or a proxy changes the Host. ${OPERATOR}a proxy has to pass Host on, ${PASS_HOST}${named(hostname, '; and ')}.`,
  full: 'The server has as many connections as it takes, in all or from your address. Close other tabs of it, or wait a little, and try again.',
  /** 502, 503, 504 of a proxy. */
  gone: (status: number) =>
    `Something in front of the server answers ${status}: the server itself does not run, or can’t be reached from there. Try again later. ${OPERATOR}the daemon has to run and listen where the proxy looks for it.`,
  /** A page to sign in, or the like. */
  elsewhere:
    'Something in the network sends this page’s connections elsewhere: a page to sign in at, perhaps. Reload the page, and try again.',
  other: (status: number, path: string) =>
    `Something in front of the server answers ${status} in its place where the page asks for ${path}. ${OPERATOR}the proxy has to pass on all that is below the page’s path, without a sign-in of its own.`,
};

// The room.

export const ROOM = 'Room';
export const roomIs = <E>(key: E): Pieces<E> => ['Room ', key];
export const hereAre = (count: number): string => `${count} here`;
export const MORE = 'More';
export const LOCKED = 'locked';
export const LOCKED_MORE = 'Nobody else can enter.';
export const INVITE = 'Invite';
export const LOCK = 'Lock';
export const UNLOCK = 'Unlock';
export const SETTINGS = 'Settings';
export const SETTINGS_KEPT = 'All of this is forgotten when the tab is closed.';
export const SOUND = 'A sound for whispers and mentions';
export const NOTIFY = 'A notification for them, without what was said';
export const NOT_NOTIFIED =
  'This browser shows no notifications of this page. Allow them for it, and switch them on again.';
/** What a notification says. */
export const NOTIFIED = { whisper: 'A whisper', mention: 'You are mentioned' };
export const TIMER = 'Disappearing messages';
export const TIMER_AFTER = 'What is said from now on disappears after';
export const TIMER_NEVER = 'Never: it stays';
export const TIMER_BINDS = 'Honest pages obey; nobody can make a dishonest one forget.';
export const TIMER_SET = 'Set for all';
export const fadesAfter = (time: string): string => `Messages disappear ${time} after they come.`;
export const FADING_MORE = 'This message disappears then, from every page that obeys.';
export const SEEING = 'Who can see what';
export const THIS_CONNECTION = 'On the way';
export const OVER_HTTPS =
  'This page came over https. Networks and proxies on the way see who is connected to this server, when, and how much goes to and fro; nobody there reads or changes anything, if the certificate is the server’s own.';
export const OVER_LOOPBACK =
  'This page was opened at an address of this very machine. Whether a tunnel or a proxy here leads on to another one can’t be told from the page.';
export const OVER_ONION =
  'This page was opened at an onion address. Tor encrypts all that passes up to its end at the server, and hides from where you come.';
/** Over plain http; PLAIN_HTTP_MORE is told at the entrance. */
export const OVER_HTTP =
  'This page came over plain http. Networks and proxies on the way see all that the server sees; what is said is sealed from them too. But who controls one of them could have changed this page on its way, so that it tells them all. In a network that you don’t trust, use https or a VPN.';
export const THE_SERVER = 'Whoever runs the server';
export const serverSees = (host: string): string =>
  `Whoever runs ${host} sees the room’s key, how many are in it and from which addresses, when somebody says something and how much about, and who whispers to whom: no password, no alias, no word. But this page comes from there as well, and another one in its place could tell them all: it takes a server whose owner you trust.`;
/** What the daemon says that protects it, the lowest bit first (protocol, section 3, rule 12). */
export const PROTECTIONS = [
  'memory is locked, and never written to a disk',
  'a crash leaves no copy of the memory',
  'it runs without an administrator’s rights',
  'it can get no further rights',
  'it opens no files of rooms and no connections of its own',
  'it can ask the system for little',
  'it reads no terminal',
];
export const PROTECTED = 'The server says of itself, and keeps no log:';
export const UNPROTECTED = 'Not, or not wholly, in force there:';
export const THE_MEMBERS = 'The members';
export const MEMBERS_SEE =
  'Everybody here reads what is said to all from when they came on; a whisper is read by the one that it goes to. Each can keep what they read.';
export const STAYS = 'Messages stay until the conversation is left.';
/** Who may do what. */
export const mayDo = <E>(keeper: E, rule: 'keeper' | 'everyone'): Pieces<E> =>
  rule === 'keeper'
    ? [keeper, ` keeps the room: only the keeper may ${OFFICE}, and hand this on.`]
    : [`Every member may ${OFFICE}. Only the keeper, `, keeper, ', may hand the room on.'];
const OFFICE = 'put members out, lock the room, give it a new password, let messages disappear, or stop it';
export const DRAWN_PASSWORD = 'It has the form of one that was made by itself, which nobody can guess.';
export const WHO_IS_WHO = 'Who is who';
export const TICK_THOSE = 'Tick those whose number is the one that they read aloud:';
export const NO_TRACE = 'Leaving no trace';
export const NO_TRACE_MORE =
  'Nothing is stored, here or at the server; the browser may remember that it was at this address. Escape twice within a moment, or a finger held on the picture at the top for a second: all is wiped, and a blank page is here instead.';
export const VANISH = 'Leave to a blank page';
export const STOP_ROOM = 'Stop room';
export const LEAVE = 'Leave';
export const askKick = <E>(alias: E): Pieces<E> => ['Kick ', alias, ' out of the room?'];
/** Ticked where a kick is to last. */
export const GIVE_NEW_PASSWORD =
  'Give the room a new password, so that the old invitation no longer opens it';
export const PASSWORD_GOES_TO = 'The new password goes to';
export const PASSWORD_GOES_TO_NOBODY = 'The new password goes to nobody else.';
export const RELOCK = 'New password';
export const ASK_RELOCK = 'Give the room a new password? Invitations from before let nobody in any more.';
/** Those who do not get it. */
export const NOT_READ = 'Put out are those whose cards this page can’t read.';
export const RELOCKING = 'Giving the room a new password…';
export const verifyWhom = <E>(alias: E): Pieces<E> => ['The number of ', alias];
export const VERIFY_HOW =
  'Let it be read aloud, on the phone or face to face, by the member whom you know. If it is this number, nobody stands between you, the server neither.';
export const IS_SAME_NUMBER = 'This is the number that was read aloud';
export const YOUR_NUMBER = 'Your own number, to read aloud:';
export const VERIFY = 'Verify';
export const ALL_VERIFIED = 'verified';
export const ALL_VERIFIED_MORE = 'You have compared the numbers of all members.';
/** Who opened the room; `time` is an element. */
export const openedBy = <E>(alias: E, time: E): Pieces<E> => ['Opened by ', alias, ' at ', time];
export const ASK_STOP = 'Stop the room? The conversation ends for everybody, and nothing of it is kept.';

export const CANCEL = 'Cancel';

export const MEMBERS = 'Members';
/** Marks of a member. */
export const MARKS = {
  you: 'you',
  keeper: 'keeper',
  away: 'away',
  verified: 'verified',
  differs: 'sees another room',
  'not-ready': 'not ready',
  unreadable: 'unreadable',
  'shut-out': 'put out',
  ignored: 'ignored',
};
/** What these mean. */
export const MARKS_MORE = {
  verified: 'You have compared this member’s number.',
  differs: 'What this member sees differs from what you see: the server shows you different things.',
  'not-ready': 'This member is still to show itself under the new password.',
  unreadable:
    'What the server shows of this member is refused: it hears nothing of you, and you nothing of it.',
  ignored: 'You see nothing that this member says.',
  'shut-out': 'A member put this one out, but the server keeps it in the room: nothing goes to it any more.',
};
export const doingsWith = (alias: string): string => `What to do with ${alias}`;
export const WHISPER = 'Whisper';
export const KICK = 'Kick';
export const IGNORE = 'Ignore';
export const HEED = 'Ignore no more';
export const MAKE_KEEPER = 'Make keeper';
export const askKeeper = <E>(alias: E): Pieces<E> => [
  'Make ',
  alias,
  ' the keeper of the room? Only the keeper can hand it back.',
];

/** Stands where an alias may not be shown. */
export const UNNAMED = '(unnamed)';

/** For whom somebody can be taken. */
export const LOOKALIKES: Record<Exclude<Lookalike['of'], 'member'>, string> = {
  you: 'looks like you',
  page: 'a member’s alias',
};
export const looksLike = <E>(alias: E): Pieces<E> => ['looks like ', alias];
export const OTHER_CHARACTERS = 'Written with other characters.';

/** Words of the page that stand where aliases do, or sound as if it spoke. */
export const OWN_WORDS = [
  ...[
    'you',
    'keeper',
    'away',
    'locked',
    'unnamed',
    'verified',
    'unreadable',
    'sanctuary',
    'system',
    'server',
  ],
];

export const INVITATION = 'Invitation';
export const INVITATION_LINK = 'Invitation link';
export const COPY = 'Copy';
export const CLOSE = 'Close';
/** Said where the link is shown and has become another one. */
export const NEW_INVITATION =
  'The room has a new password: this is the new link, and older ones let nobody in any more.';
export const COPIED = 'Copied';
/** Where the page was opened at an address of this machine alone. */
export const ADDRESS_FOR_OTHERS =
  'You opened this page at an address of this machine alone. Others find it at';
export const THIS_MACHINE_ALONE =
  'This link leads here from this machine alone. To invite others, open the page at an address that they can open, or read the codes out.';
export const SHARE = 'Share';
export const PRINT = 'Print';
export const QR = 'The invitation as a QR code';
export const PASS_ON_WITH_CARE = 'Whoever has this link can enter: pass it on with care.';
export const COPY_BY_HAND = 'Copy the link by hand. Whoever has it can enter: pass it on with care.';

// A broken connection.

export const BROKEN = 'The line is broken. What you write waits until you are back.';
/** Why who lost its place is not in again. */
export const OBSTACLES: Record<Obstacle, string> = {
  locked:
    'Your place was given up, and the room is locked. You come in by yourself once somebody inside unlocks it.',
  full: 'Your place was given up, and the room is full. You come in by yourself once somebody has left.',
  'alias-in-use':
    'Your place was given up, and somebody else in the room has your alias now. Wait until that one has left; or copy the invitation, leave, and enter by it under another alias.',
  'room-gone':
    'The room is gone: its last place was given up. You can open it again, with the same key and password, so that the same invitation leads there.',
  'no-entry':
    'The room is gone, or was given another password: nobody enters by yours. If it is gone, you can open it again, with the same key and password.',
  'another-password':
    'Your invitation is no longer good: the room has another password. Ask somebody inside for a new one.',
  'needs-code':
    'The room is gone, and to open it again takes a code. Ask whoever opened it, or runs this server; copy the invitation, leave, and open the room with the code.',
  'not-from-here':
    'The room is gone, and rooms are opened here from the networks of the host alone. Copy the invitation, leave, and ask whoever runs this server.',
  draining:
    'The room is gone, and this server is about to restart and opens no rooms. Open it again in some minutes.',
};
export const nextTryIn = (seconds: number): string => `Next try in ${seconds} s.`;
export const TRYING = 'Trying…';
export const TRY_NOW = 'Try now';
export const OPEN_IT_AGAIN = 'Open it again';
/** Beside what is lost then. */
export const keptUntil = <E>(time: E): Pieces<E> => ['All of this is kept until ', time, ', and wiped then.'];

/** What can't be brought back once somebody has left. */
export const LOSSES = {
  room: 'Nobody else is here: the room ends with you.',
  draft: 'What you have written is not sent yet.',
};
export const askLeave = (losses: string[]): string => `Leave? ${losses.join(' ')}`;

export const MESSAGE = 'Message';
export const SEND = 'Send';
export const MESSAGE_TO_EVERYONE = 'Message to everyone';
export const whisperTo = (alias: string): string => `Whisper to ${alias}`;
export const COMPOSER_HINT = 'Shift+Enter begins a new line.';
/** Where there is no key that sends. */
export const COMPOSER_HINT_TOUCH = 'Enter begins a new line, the button sends.';
/** A farewell was typed to one member. */
export const FAREWELL_TO_ALL = 'A farewell is read by everybody: go back to everyone to say it.';
/** Of what one does, while a message is answered. */
export const ACTION_ANSWERS_NOTHING =
  'What you do (/me) answers no message: write it as a message, or press “Do not reply” first.';
/** After why something was not sent. */
export const STAYS_HERE = 'What you have written stays here.';
export const bytesLeft = (bytes: number): string => (bytes === 1 ? '1 byte left' : `${bytes} bytes left`);
export const TOO_LONG = 'Too long to send.';
export const tooLongBy = (bytes: number): string =>
  bytes === 1 ? 'Too long by 1 byte.' : `Too long by ${bytes} bytes.`;
/** What a word that is being typed may become. */
export const PROPOSALS = 'Proposals';
export const proposals = (count: number): string =>
  `${count === 1 ? '1 proposal' : `${count} proposals`}: arrow keys choose, Tab completes.`;
/** What /help does, and the button that leads to the commands. */
export const LIST_COMMANDS = 'list the commands';
export const COMMANDS = 'Commands';
export const MENTION = 'Mention';
/** The bar that puts marks around what is written, and what stands on the buttons. */
export const FORMAT = 'Format';
export const FORMAT_SIGN = 'Aa';
export const FORMATS = {
  bold: { sign: 'B', name: 'Bold' },
  italic: { sign: 'I', name: 'Italic' },
  code: { sign: '<>', name: 'Code' },
  list: { sign: '•', name: 'List' },
  quote: { sign: '❝', name: 'Quote' },
  link: { sign: 'Link', name: 'Link' },
};
export const PREVIEW = 'Preview';
export const NOTHING_TO_PREVIEW = 'Here stands how your message will look.';
export const whisperingTo = <E>(alias: E): Pieces<E> => ['Whispering to ', alias];
export const BACK_TO_EVERYONE = 'Back to everyone';

// Pictures.

/** In the place of what a picture shows, where nobody has said it. */
export const PICTURE = 'Picture';
export const ATTACH = 'Attach a picture';
/** `whom`: empty where that is everyone. */
export const dropFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0
    ? ['Drop pictures here, to whisper them to ', ...whom]
    : ['Drop pictures here, for everyone'];
export const pictureFor = <E>(whom: E[]): Pieces<E> =>
  whom.length > 0 ? ['Picture, to be whispered to ', ...whom] : ['Picture, for everyone'];
export const PREPARING = 'Making the picture small enough…';
const kilobytes = (bytes: number): string => `${Math.ceil(bytes / 1000)} KB`;
/** A picture that is ready to be sent, and how many wait behind it. */
export const pictureIs = (
  { width, height, bytes, isMoving }: { width: number; height: number; bytes: number; isMoving: boolean },
  more: number,
): string =>
  [
    `${width} × ${height}, ${kilobytes(bytes)}.`,
    isMoving && 'Of the animation, its first picture alone is sent.',
    more > 0 && `${more} more to come.`,
  ]
    .filter(Boolean)
    .join(' ');
export const DESCRIPTION = 'Description';
export const DESCRIPTION_HINT = 'What does it show?';
export const SEND_PICTURE = 'Send picture';
export const REMOVE = 'Remove';
export const picturesLeftOut = (most: number, count: number): string =>
  `${most} pictures may wait at once: ${count} ${count === 1 ? 'was' : 'were'} left out.`;
/** Why a file is not sent. */
export function refusePicture<E>(
  why: PictureFault,
  file: E,
  most: { megabytes: number; megapixels: number },
): Pieces<E> {
  switch (why) {
    case 'no-picture':
      return [file, ' is no picture, and nothing else can be sent.'];
    case 'svg':
      return [file, ' is an SVG drawing, which may hold more than a picture: save it as PNG.'];
    case 'kind':
      return [file, ' is a picture of a kind that this browser can’t read: save it as JPEG or PNG.'];
    case 'large-file':
      return [file, ` is larger than ${most.megabytes} MB: make it smaller first.`];
    case 'large-picture':
      return [file, ` has more than ${most.megapixels} million pixels: make it smaller first.`];
    case 'broken':
      return [file, ' can’t be read: it is broken, or of a kind that this browser doesn’t know.'];
    case 'noise':
      return [
        file,
        ' can’t be made smaller: this browser guards against fingerprinting, and gives noise for what a page draws. Allow this page to read canvas data, or use another browser.',
      ];
    case 'too-small':
      return [file, ' can’t be made small enough for what this server takes as one message.'];
    case 'failed':
      return [
        file,
        ' could not be made smaller. Perhaps this device has too little memory for it at the moment: try again, or make it smaller first.',
      ];
    case 'not-loaded':
      return [file, ' could not be made smaller: a part of this page did not load. Try again.'];
  }
}

export const CONVERSATION = 'Conversation';
export const NEW_MESSAGES = 'New messages';
export const EARLIER_GONE = 'Earlier messages are gone.';
/** After the time at which a message came, where its sender's clock says something else. */
export const sentAt = <E>(time: E): Pieces<E> => ['(sent at ', time, ')'];
/** How far a message of one's own is; where it has arrived, nothing need be said. */
export const DELIVERY = {
  sending: 'sending…',
  sent: '',
  delivered: 'delivered',
  failed: 'not sent',
  unsure: 'perhaps not sent',
};
export const REPLY = 'Reply';
export const doingsWithLine = (alias: string, excerpt: string): string =>
  `What to do with the message of ${alias || UNNAMED}: ${excerpt}`;
export const REACT = 'React…';
export const UNSEND = 'Unsend';
export const DISCARD = 'Discard';
export const NOT_COPIED = 'Could not be copied';
/** In the place of a line that another one answers. */
export const ANSWERED_IS_GONE = 'Answers a message that is not here';
/** What one may react by, by names. */
export const EMOJI = {
  '👍': 'thumbs up',
  '❤️': 'heart',
  '😂': 'laughing',
  '🎉': 'celebrating',
  '😮': 'astonished',
  '😢': 'crying',
  '🙏': 'thank you',
  '👎': 'thumbs down',
};
/** `more`: how many are not named. */
export const reactedBy = (emoji: string, aliases: string[], more: number): string => {
  const all = more > 0 ? [...aliases, `${more} more`] : aliases;
  return `${emoji}: ${listed(all).join('')}`;
};
/** Who is writing; where they are many, none is named. */
export const typing = <E>(aliases: E[]): Pieces<E> =>
  aliases.length > 3
    ? ['Several are typing…']
    : [...listed(aliases), aliases.length > 1 ? ' are typing…' : ' is typing…'];
/** Switched on and off. */
export const TELL_TYPING = 'Tell who is typing';
export const replyingTo = <E>(line: E): Pieces<E> => ['Replying to ', line];
export const NO_REPLY = 'Do not reply';
export const NOBODY_ELSE = 'Nobody else is here yet.';
export const INVITE_SOMEBODY = 'Invite somebody';
/** After the alias of who has written yours. */
export const MENTIONS_YOU = 'mentions you';
export const SAYS_FAREWELL = 'says farewell';
export const WHISPERS_TO_YOU = 'whispers to you';
export const whispersTo = <E>(alias: E[]): Pieces<E> => ['whispers to ', ...alias];

/** Among them may be reactions, and that somebody typed. */
const missed = (count: number): string =>
  count === 0
    ? 'No message passed while you were away'
    : count === 1
      ? 'At most one message passed while you were away'
      : `Up to ${count} messages passed while you were away`;

type Happening<Who> = { event: Event; who?: Who; others?: Who[]; by?: Who; count?: number; times?: number };

/** A time of whole seconds, minutes, hours or days. */
export function lasting(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds % length === 0) ?? ['second', 1];
  return inUnits(seconds / length, unit, 'long');
}
/** When a message disappears, beside it. */
export const goesIn = (seconds: number): string => `goes in ${counted(seconds)}`;
/** What is left of a time, in the largest unit that it has. */
function counted(seconds: number): string {
  const [unit, length] = UNITS.find(([, length]) => seconds >= 2 * length) ?? ['second', 1];
  return inUnits(Math.round(seconds / length), unit, 'short');
}
const UNITS: [unit: string, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];
const inUnits = (count: number, unit: string, unitDisplay: 'long' | 'short'): string =>
  new Intl.NumberFormat(LANGUAGE, { style: 'unit', unit, unitDisplay }).format(count);

/** How often something happened, after it, where it did more than once. */
export const happened = (times: number): string => ` (${times} times)`;

/** Something that happened in the room. */
export function describeEvent<Who>({ event, who, others = [], by, count = 0 }: Happening<Who>): Pieces<Who> {
  const alias = who ?? UNNAMED;
  const aliases = listed([alias, ...others]);
  const are = others.length > 0 ? 'are' : 'is';
  const other = by ?? UNNAMED;
  switch (event) {
    case 'joined':
      return [...aliases, ' joined'];
    case 'renamed':
      return [alias, ' is called ', other, ' now'];
    case 'exit':
      return [...aliases, ' left'];
    case 'gone':
      return [...aliases, ' lost the connection'];
    case 'kicked':
      return [alias, ' was kicked by ', other];
    case 'put-out-unread':
      return [alias, ' was put out by ', other, ', says the server; you could not read it yet'];
    case 'put-out':
      return ['The server says that ', alias, ' was put out, but no member said so'];
    case 'shut-out':
      return [
        other,
        ' put ',
        alias,
        ' out, but the server keeps it in the room: nothing goes to it any more',
      ];
    case 'left-out':
      return [alias, ' was not given the new password by ', other, ' and is out'];
    case 'away':
      return [...aliases, ` ${are} away for the moment`];
    case 'back':
      return [...aliases, ` ${are} back`];
    case 'keeper':
      return by ? [alias, ' keeps the room now, by the word of ', by] : [alias, ' keeps the room now'];
    case 'handed-unread':
      return [
        alias,
        ' keeps the room now by the word of ',
        other,
        ', says the server; you could not read it yet',
      ];
    case 'keeper-unsaid':
      return [
        'The server says that ',
        alias,
        ' keeps the room now, but neither its rules nor a member say so',
      ];
    case 'locked':
      return by
        ? [by, ' locked the room: nobody else can enter']
        : ['The room is locked: nobody else can enter'];
    case 'unlocked':
      return by ? [by, ' unlocked the room'] : ['The room is unlocked'];
    case 'relocked':
      return by
        ? [by, ' gave the room a new password: older invitations let nobody in any more']
        : ['The room has a new password: older invitations let nobody in any more'];
    case 'keyless':
      return [
        'The room has a new password that you were not given: you can’t invite anybody, nor read who shows itself from now on. Leave, and ask for a new invitation.',
      ];
    case 'unrenewed':
      return [
        'The server does not carry out the renewal of your keys: leave and enter anew, or use another server',
      ];
    case 'missed':
      return [missed(count)];
    case 'reentered':
      return [`Your place was given up while you were away, and you entered anew. ${missed(count)}`];
    case 'reopened':
      return ['You opened the room again. Whoever else lost the connection comes by the same invitation.'];
    case 'another-room':
      return [
        'You entered anew, but this is another room with the same key and password, opened by ',
        alias,
        ': how many messages passed meanwhile nobody can say',
      ];
    case 'missing':
      return count === 1
        ? ['A message of ', alias, ' is missing']
        : [`${count} messages of `, alias, ' are missing'];
    case 'timer':
      return count > 0
        ? [other, ` lets messages disappear ${lasting(count)} after they come. ${TIMER_BINDS}`]
        : [other, ' lets messages stay from now on'];
    case 'closing':
      return [
        `The server restarts in ${count} seconds: the conversation is over then for everybody. Open the room anew after that.`,
      ];
    case 'unreadable':
      return who ? ['A message from ', alias, ' could not be read'] : ['A message could not be read'];
    case 'unsent':
      return [alias, ' took a message back'];
    case 'unshowable':
      return [alias, ' sent something that this page can’t show'];
    case 'differs':
      return [
        'What ',
        alias,
        ' sees differs from what you see: the server shows you different things. Ask each other by another way, and use another server',
      ];
    case 'contradicted':
      return ['What the server says does not fit what it said before: use another server if that goes on'];
  }
}

/** Lines for one member alone; help and usage of commands are put together from what follows. */
export function describeNote(note: Exclude<Note, { code: 'help' | 'usage' }>): string {
  switch (note.code) {
    case 'unmarked':
      return 'A part of this page did not load: aliases that look alike are not marked here. All else works.';
    case 'too-much':
      return 'That is too long to send, or too much at once. Shorten it, or wait until all has gone that waits.';
    case 'not-loaded':
      return 'A part of this page that sending takes did not load. Send it again in a moment.';
    case 'not-yours':
      return `Only the keeper may do that, and that is ${note.keeper || UNNAMED}. Ask there for it, or for the keeping of the room.`;
    case 'nobody':
      return `Nobody called ${note.alias} is here. Look at the list of members for how it is written.`;
    case 'several':
      return `${note.count} members are called ${note.alias}. Say which one: ${note.alias} 1 or ${note.alias} 2.`;
    case 'gone':
      return 'That member is not here any more.';
    case 'no-voice':
      return 'That member can be put out by a new password alone: write /relock.';
    case 'number':
      return `Your number: ${note.number}. Read it aloud to the others; each compares it by /verify.`;
    case 'not-carried-out':
      return 'Your place was given up meanwhile: what you had ordered in the room was not carried out. Order it again.';
    case 'relock-failed':
      return 'No new password could be made. The room stays locked, where it was locked for this: try again by /relock, or open it by /unlock.';
    case 'relock-crossed':
      return 'Somebody else gave the room a new password at the same time. The room stays locked, where it was locked for this: open it by /unlock.';
    case 'unwhispered':
      return 'Nobody has whispered to you.';
    case 'whisperer-gone':
      return 'Whoever last whispered to you is not here any more.';
    case 'yourself':
      return 'That is you.';
    case 'away':
      return `${note.alias} is away at the moment. Try again once the list of members says so no more.`;
    case 'unnamed':
      return 'That member shares no keys with you. Wait until the list of members shows it as ready.';
    case 'no-line':
      return 'That message is not here any more, or those to whom you write never had it.';
    case 'former-voice':
      return 'You said that before you entered anew: it can’t be taken back any more.';
    case 'amiss':
      return 'Something went wrong in this page, and what you did last may not have happened. Try it again; if that does not help, leave and enter anew.';
    case 'untold':
      return 'What you did to a message did not reach the others: try again.';
    case 'perhaps-untold':
      return 'Perhaps what you did to a message did not reach the others: ask them before you try again.';
    case 'ignored':
      return `You see nothing of ${note.alias} any more, and nobody is told. Write /ignore ${note.alias} again to undo it.`;
    case 'heeded':
      return `You see again what ${note.alias} says.`;
    case 'bad-alias':
      return describeAliasFault(note.fault);
    case 'alias-in-use':
      return 'Somebody in the room has this alias: choose another one.';
    case 'keyless':
      return 'You have no key to the room any more, so that nobody could read another alias of yours. Leave, and ask for a new invitation.';
    case 'slip':
      return 'A command begins with /, and other text with a word.';
    case 'no-command':
      return `There is no command /${note.name}. Write /help to see what there is.`;
  }
}

/** Said of a command that was not understood. */
export const correctUsage = (usage: string): string => `Write ${usage}.`;
export const nothingAfter = (usage: string): string => `Write ${usage} with nothing after it.`;

/** Stand for what is written after the names of commands. */
export const PARAMETERS: Record<Parameter, string> = {
  alias: 'ALIAS',
  name: 'NAME',
  member: 'ALIAS',
  text: 'TEXT',
  farewell: '[FAREWELL]',
  // The message itself follows two slashes at once.
  message: '',
};

/** What each command does, for the help. */
export const HELP: Record<HelpLine, string> = {
  purr: 'whisper to one member',
  r: 'whisper back to whoever last whispered to you; Alt+R turns there',
  me: 'say what you do',
  alias: 'go by another alias',
  ignore: 'see nothing more of a member, or all again; nobody is told',
  exit: 'leave the room',
  kick: 'put a member out, and give the room a new password',
  stop: 'end the room for everyone',
  lock: 'let nobody in any more, or again',
  relock: 'give the room a new password',
  timer: 'let what is said from now on disappear after that time, or stay',
  keeper: 'make another member the keeper',
  verify: 'compare the number of a member',
  number: 'show your own number',
  slash: 'begin a message with a slash',
};
export const HELP_END = [
  'Messages may be written in Markdown (**bold** *italic* `code` > quote - list) and in HTML.',
  'Escape twice, or a finger held on the picture at the top for a second: leave at once, to a blank page. Nothing is asked.',
];

// Messages.

export const SHOW_MESSAGE = 'Show';
export const SHOW_ALL = 'Show all';
export const marksDropped = (count: number) => `[marks not shown: ${count}]`;
/** What can be scrolled, to who comes to it by the keyboard. */
export const LONG_MESSAGE = 'Long message';
export const CODE_BLOCK = 'Code';
export const TABLE = 'Table';
/** A meter of which nothing else is said. */
export const GAUGE = 'Gauge';
export const NO_IMAGE = '[image not shown]';
export const noImageOf = (alt: string) => `[image not shown: ${alt}]`;
