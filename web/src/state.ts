// What a view shows: the types between the session and the page. No code.

import type { RoomKey } from './seal/codes.ts';

/** What somebody fills in at the entrance. */
export type Entry = {
  alias: string;
  room: RoomKey;
  /** As typed; a generated one may be in any case, with or without hyphens. */
  password: string;
  /** Open a new room or enter one that exists. */
  mode: 'open' | 'enter';
  /** Who may moderate a newly opened room: 0 the keeper alone (the default), 1 everyone. */
  rule?: 0 | 1;
};

/** A member as shown. An alias or card that breaks the rule shows as the empty string. */
export type Member = { id: number; alias: string; away: boolean; keeper: boolean; you: boolean };

/** Who wrote a line; kept with it, because a line outlives its writer's membership. */
export type Author = { id: number; alias: string; you: boolean };

/** What happened in the room. */
export type Event =
  | 'joined'
  | 'exit'
  | 'gone'
  | 'kicked'
  | 'away'
  | 'back'
  | 'keeper'
  | 'locked'
  | 'unlocked'
  | 'missed'
  | 'unreadable';

/** One line of the conversation. `key` rises and is never given twice. */
export type Line =
  | {
      kind: 'message' | 'farewell' | 'whisper';
      key: number;
      from: Author;
      /** Of a whisper that you sent. */
      to?: { id: number; alias: string };
      /** The sender's clock in milliseconds since 1970. */
      at: number;
      /** HTML as typed by its sender, NOT yet sanitised. */
      html: string;
      state: 'sending' | 'sent' | 'failed';
    }
  | { kind: 'event'; key: number; event: Event; who?: string; by?: string; count?: number }
  | { kind: 'local'; key: number; text: string; tone: 'info' | 'error' };

export type Phase = 'entrance' | 'deriving' | 'connecting' | 'room' | 'reconnecting' | 'over';

/** Why you are at the entrance (again). */
export type Refusal =
  | 'no-entry'
  | 'taken'
  | 'alias-in-use'
  | 'full'
  | 'locked'
  | 'busy'
  | 'malformed'
  | 'unreachable'
  | 'resume-refused'
  | 'bad-alias'
  | 'bad-room-key'
  | 'bad-password';

/** Why the conversation has ended. */
export type Ending =
  | 'left'
  | 'kicked'
  | 'stopped'
  | 'too-slow'
  | 'flooding'
  | 'resumed-elsewhere'
  | 'shutting-down'
  | 'malformed';

/** The whole state a view needs; a new object on each change. */
export type View = {
  phase: Phase;
  refusal?: Refusal;
  over?: Ending;
  /** The alias of who kicked you or stopped the room. */
  by?: string;
  /** 0 to 1 while deriving; absent when it cannot be told. */
  progress?: number;
  /** The room key as written, `K7QM-4XZD`. */
  room?: string;
  you?: Member;
  members: Member[];
  /** You may kick, stop and lock. */
  moderator: boolean;
  locked: boolean;
  lines: Line[];
  /** When the next try to reconnect is due, in milliseconds since 1970. */
  retryAt?: number;
};
