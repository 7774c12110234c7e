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
  /** Who may moderate a newly opened room: the keeper alone where it is left out. */
  rule?: wire.Rule;
  /** The host's code to open rooms, as typed; empty where none was asked for. */
  code?: string;
};

/** Whether what was typed was taken; if it is kept, the text must stay in its box. */
export type Taken = 'taken' | 'kept';

/** A member as shown. An alias or card that breaks the rule shows as the empty string. */
export type Member = Author & { away: boolean; keeper: boolean };

/** The writer of a line; kept with it, because a line outlives its writer's membership. */
export type Author = Named & { id: number; you: boolean };

/** An alias, and by what it is told apart: its hue, and for whom it can be taken. */
export type Named = { alias: string; hue: number; lookalike?: Lookalike };

/** For whom an alias can be taken: for you, another member, or a word of the page itself. */
export type Lookalike = { of: 'you' | 'page' } | { of: 'member'; alias: string };

/** Something that happened in the room. */
export type Event =
  | 'joined'
  | wire.Departure
  | 'away'
  | 'back'
  | 'keeper'
  | 'locked'
  | 'unlocked'
  | 'closing'
  | 'missed'
  | 'unreadable';

/** One line of the conversation. `key` rises and is never given twice. */
export type Line =
  | {
      kind: 'message' | 'farewell' | 'whisper';
      key: number;
      from: Author;
      /** For a whisper that you sent. */
      to?: Named & { id: number };
      /** The sender's clock in milliseconds since 1970. */
      at: number;
      /** HTML as typed by its sender, NOT yet sanitised. */
      html: string;
      state: 'sending' | 'sent' | 'failed';
    }
  | { kind: 'event'; key: number; event: Event; who?: Named; by?: Named; count?: number }
  | { kind: 'note'; key: number; note: Note };

/** A line for this member alone. */
export type Note =
  | Mistake
  | { code: 'help' }
  /** The table of look-alikes did not load. */
  | { code: 'unmarked' }
  /** A message is too long to send, or too many wait. */
  | { code: 'too-much' }
  /** Only a moderator may do that. */
  | { code: 'not-yours' }
  /** No member has this alias. */
  | { code: 'nobody'; alias: string }
  /** The member has left. */
  | { code: 'gone' }
  /** Whispered to oneself, to a member that is away, and to one whose card gives no keys. */
  | { code: 'yourself' }
  | { code: 'away'; alias: string }
  | { code: 'unnamed' };

/** Why you are at the entrance (again): a code, or what is wrong with the alias. */
export type Refusal =
  | wire.Refusal
  | 'unreachable'
  | 'not-loaded'
  | 'no-worker'
  | 'resume-refused'
  | AliasError
  | 'bad-room-key'
  | 'bad-password';

/** Why the conversation has ended. */
export type Ending = 'left' | wire.End;

/** All that the page shows in each phase; a new object on each change. */
export type View =
  | { phase: 'entrance'; refusal?: Refusal }
  /** 0 to 1; absent when it cannot be told. */
  | { phase: 'deriving'; progress?: number }
  | { phase: 'connecting' }
  | RoomView
  | { phase: 'over'; ending: Ending };

export type RoomView = {
  phase: 'room' | 'reconnecting';
  /** The room key as written, `K7QM-4XZD`. */
  room: string;
  you: Member;
  /** In order of arrival; you are among them. */
  members: Member[];
  /** You may kick, stop and lock. */
  moderator: boolean;
  locked: boolean;
  lines: Line[];
};
