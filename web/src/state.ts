// The types between the session and the page: all that a view shows. No code.

import type { Mistake } from './commands.ts';
import type { AliasError } from './seal/alias.ts';
import type { RoomKey } from './seal/room-key.ts';
import type * as wire from './wire.ts';

/** The form at the entrance, as filled in. */
export type Entry = {
  alias: string;
  room: RoomKey;
  /** As typed; a generated one may be in any case, with or without hyphens. */
  password: string;
  /** Open a new room or enter one that exists. */
  mode: 'open' | 'enter';
  /** The room key was drawn by itself, so that another one serves as well. */
  drawn?: boolean;
  /** Who may moderate a newly opened room: the keeper alone where it is left out. */
  rule?: wire.Rule;
  /** The host's code to open rooms, as typed; empty where none was asked for. */
  code?: string;
};

/** Whether what was typed was taken; if it is kept, the text must stay in its box. */
export type Taken = 'taken' | 'kept';

/** What became of a line that was typed; it may ask that the number of a member be compared. */
export type Typed = Taken | { verify: Addressee };

/** A person: under another voice, the same id is somebody else's. */
export type Addressee = {
  id: number;
  /** Its voice's number, in groups; empty where no voice is known. */
  number: string;
};

/** A member as shown. */
export type Member = Author & {
  away: boolean;
  keeper: boolean;
  standing: Standing;
  /** Its number was compared with the one that its owner read aloud. */
  verified: boolean;
  /** It has told of another room than the one that is shown here. */
  differs: boolean;
  /** Nothing that it says is shown here, which nobody is told. */
  ignored: boolean;
};

export type Standing =
  /** It is heard, and hears. */
  | 'ready'
  /** Its card is still sealed for another password than the one that is known here. */
  | 'not-ready'
  /** Its card is refused: it is neither heard nor given any key. */
  | 'unreadable'
  /** A member put it out, but the daemon keeps it in the room. */
  | 'shut-out';

/** The writer of a line; kept with it, because a line outlives its writer's membership. */
export type Author = Named & Addressee & { you: boolean };

/** An alias, empty where there is none to be shown, and by what it is told apart. */
export type Named = {
  alias: string;
  /** From 1 on in order of arrival, where several are seated who have it. */
  ordinal?: number;
  hue: number;
  lookalike?: Lookalike;
};

/** For whom an alias can be taken: for you, another member, or a word of the page itself. */
export type Lookalike = { of: 'you' | 'page' } | { of: 'member'; alias: string };

/** Something that happened in the room. */
export type Event =
  | 'joined'
  /** `by` has what `who` is called now. */
  | 'renamed'
  | wire.Departure
  /** Put out by a member who said so; where that can't be checked; where nobody did, or had no right to. */
  | 'kicked'
  | 'put-out-unread'
  | 'put-out'
  /** Put out by a member who said so, but kept in the room by the daemon. */
  | 'shut-out'
  /** Not given the new password. */
  | 'left-out'
  | 'away'
  | 'back'
  | 'keeper'
  /** The office was handed on, as the daemon says, and that can't be checked. */
  | 'handed-unread'
  /** The daemon says that somebody else keeps the room than by its rules. */
  | 'keeper-unsaid'
  | 'locked'
  | 'unlocked'
  | 'relocked'
  /** The new password could not be opened here. */
  | 'keyless'
  | 'closing'
  /** Messages go after `count` seconds from now on, or stay. */
  | 'timer'
  /** The daemon does not show a renewed card of one's own. */
  | 'unrenewed'
  /** Messages passed while the connection was broken; messages of one member did not come. */
  | 'missed'
  /** The place was given up; entered anew, in the same room, opened again, or in one that somebody else opened. */
  | 'reentered'
  | 'reopened'
  | 'another-room'
  | 'missing'
  | 'unreadable'
  /** Taken back by who said it. */
  | 'unsent'
  /** It was opened, and is of a kind that is not known. */
  | 'unshowable'
  /** What a member sees differs from what is shown here. */
  | 'differs'
  /** What the daemon says does not fit what it said before. */
  | 'contradicted';

/** Delivered: a whisper that its receiver has told of. Unsure: sent, perhaps, in a place that was given up. */
export type Delivery = 'sending' | 'sent' | 'delivered' | 'failed' | 'unsure';

/** Whether somebody has to say it again, should it be said. */
export const isUnsent = (state: Delivery): boolean => state === 'failed' || state === 'unsure';

/** One line of the conversation. `key` rises and is never given twice. */
export type Line =
  | {
      kind: 'message' | 'farewell' | 'whisper';
      key: number;
      from: Author;
      /** For a whisper that you sent. */
      to?: Named & Addressee;
      /** The sender's clock in milliseconds since 1970. */
      at: number;
      /** HTML as typed by its sender, NOT yet sanitised. */
      html: string;
      /** It tells what its sender does (`/me`). */
      isAction?: true;
      /** The key of the line that it answers, which may be gone; null where that was never here. */
      answers?: number | null;
      /** Of each kind one, in the order in which they came. */
      reactions?: Reaction[];
      /** When it goes, in milliseconds since 1970. */
      forgetAt?: number;
      state: Delivery;
    }
  | {
      kind: 'event';
      key: number;
      event: Event;
      who?: Named;
      /** To whom the same happened right after. */
      others?: Named[];
      by?: Named;
      count?: number;
      /** How often it happened, where it did more than once. */
      times?: number;
    }
  | { kind: 'note'; key: number; note: Note };

/** An emoji that members have put to a line. */
export type Reaction = { text: string; by: Named[]; yours: boolean };

/** A line for this member alone. */
export type Note =
  | Mistake
  | { code: 'help' }
  /** The table of look-alikes did not load. */
  | { code: 'unmarked' }
  /** A message is too long to send, or too many wait. */
  | { code: 'too-much' }
  /** What makes HTML of what is typed could not be loaded. */
  | { code: 'not-loaded' }
  /** Only who keeps the room may do that. */
  | { code: 'not-yours'; keeper: string }
  /** No member has this alias. */
  | { code: 'nobody'; alias: string }
  /** Several have it, and are told apart by numbers. */
  | { code: 'several'; alias: string; count: number }
  /** The member has left. */
  | { code: 'gone' }
  /** Nobody has whispered to you; or the last who did has left. */
  | { code: 'unwhispered' | 'whisperer-gone' }
  /** Meant for oneself, a member that is away, and one with whom no keys are shared. */
  | { code: 'yourself' }
  | { code: 'away'; alias: string }
  | { code: 'unnamed' }
  /** The message is not here any more, or too new to be named. */
  | { code: 'no-line' }
  /** It was said by a voice that one had before entering anew. */
  | { code: 'former-voice' }
  /** What was said about a message did not reach the others; or perhaps not. */
  | { code: 'untold' | 'perhaps-untold' }
  /** An error in the page that nobody caught. */
  | { code: 'amiss' }
  /** Nobody else sees these two. */
  | { code: 'ignored' | 'heeded'; alias: string }
  /** A name that can't be one's own: it breaks the rule, or another member has it. */
  | { code: 'bad-alias'; fault: AliasError }
  | { code: 'alias-in-use' }
  /** Who has no key to the room can't show itself under another name. */
  | { code: 'keyless' }
  /** Whose card is refused can only be put out by another password. */
  | { code: 'no-voice' }
  /** The number of one's own voice, to be read aloud. */
  | { code: 'number'; number: string }
  /** No new password could be made; somebody else gave the room another one meanwhile. */
  /** An order waited while the place in the room was given up. */
  | { code: 'not-carried-out' }
  | { code: 'relock-failed' }
  | { code: 'relock-crossed' };

/** Why a file is not sent as a picture. */
export type PictureFault =
  | 'no-picture'
  | 'svg'
  /** Of a kind that is not read here. */
  | 'kind'
  /** Too many bytes; too many pixels. */
  | 'large-file'
  | 'large-picture'
  | 'broken'
  /** The browser gives noise for what was drawn. */
  | 'noise'
  /** A message is too small for it. */
  | 'too-small'
  /** These two may go well another time. */
  | 'failed'
  | 'not-loaded';

/** Why you are at the entrance (again): a code, or what is wrong with the alias. */
export type Refusal =
  | wire.Refusal
  | 'unreachable'
  | 'not-loaded'
  | 'no-worker'
  | 'break-over'
  /** What the daemon shows is not the room that the password opens. */
  | 'false-room'
  | AliasError
  | 'bad-room-key'
  | 'bad-password';

/** Why the conversation has ended. */
export type Ending =
  | 'left'
  /** As the daemon says; kicked and stopped, if a member said so who may. */
  | wire.End
  /** Put out by the daemon, without a member's word that could be checked; not given the new password. */
  | 'put-out'
  | 'left-out'
  /**
   * Stopped by whoever runs the machine; by a member, without its word that could be checked; by one, as the daemon
   * says, while the connection was broken.
   */
  | 'stopped-by-host'
  | 'stopped-unread'
  | 'stopped-away';

/** `by`: what the member is called who ended it, if that one said so itself. */
export type Ended = { ending: Ending; by?: string };

/** All that the page shows in each phase; a new object on each change. */
export type View =
  /** `retryMs`: to try again before that is in vain. */
  | { phase: 'entrance'; refusal?: Refusal; retryMs?: number }
  /** 0 to 1; absent when it cannot be told. */
  | { phase: 'deriving'; progress?: number }
  | { phase: 'connecting' }
  | RoomView
  | ({ phase: 'over' } & Ended);

/** The connection is broken. All times are milliseconds since 1970. */
export type Break = {
  /** All is wiped then. */
  until: number;
  /** Whether it is made again by itself. */
  isTried: boolean;
  /** The next try to connect; absent while one is under way. */
  nextTry?: number;
  /** Why nobody is let in for the moment. */
  obstacle?: Obstacle;
};

/** Why who lost its place in the room is not let in again. */
export type Obstacle =
  | 'locked'
  | 'full'
  | 'alias-in-use'
  | 'room-gone'
  /** There is no such room any more, or it has another password: the daemon does not say which. */
  | 'no-entry'
  /** It is known to have another password. */
  | 'another-password'
  /** Why it is not opened again. */
  | 'needs-code'
  | 'not-from-here'
  | 'draining';

export type RoomView = {
  phase: 'room' | 'reconnecting';
  /** Present while reconnecting. */
  broken?: Break;
  /** The room key as written, `K7QM-4XZD`. */
  room: string;
  /** Who opened it, and when by that member's clock, in milliseconds since 1970. */
  opened: { alias: string; at: number };
  you: Member;
  /** In order of arrival; you are among them. */
  members: Member[];
  /** Whether everybody may moderate, or the keeper alone. */
  rule: wire.Rule;
  /** The password looks as one that was drawn. */
  isPasswordDrawn: boolean;
  /** The daemon's protections, by its own word: a bit each. */
  protections: number;
  /** You may kick, stop, lock and change the password. */
  moderator: boolean;
  locked: boolean;
  /** A new password is being given to the room. */
  relocking: boolean;
  /** The numbers of all other members were compared. */
  verified: boolean;
  lines: Line[];
  /** Who is writing a message at the moment. */
  typing: Named[];
  /** Seconds after which what is said from now on goes; 0: it stays. */
  timer: number;
  /** Others are told when you are writing, and you when they are. */
  tellsTyping: boolean;
  /** Who last whispered to you; null where that one is not here any more. */
  whisperer?: number | null | undefined;
};
