// What both kinds of members of a mixed room do: the page's sessions, and those of crates/seal.

import type { RoomKey } from '../../src/seal/room-key.ts';
import type { Rule } from '../../src/wire.ts';

/** What is said that nobody obeys, bytes in hexadecimal. */
export type Talk = {
  kind: 'message' | 'farewell' | 'action' | 'reply' | 'reaction' | 'unsend' | 'typing';
  at: number;
  timer?: number;
  text?: string;
  to?: string;
};

/** What a member opened of another; `name`: by which others refer to it, in hexadecimal. */
export type Read = { isWhisper: boolean; from: string; body: Talk; name: string };

export type Entering = {
  mode: 'open' | 'enter';
  alias: string;
  room: RoomKey;
  rule: Rule;
  password: string;
};

export interface MixedMember {
  readonly id: number;
  alias: string;
  readonly read: Read[];
  /** The names of its own words, in the order in which it said them. */
  readonly names: string[];
  enter(entering: Entering): Promise<void>;
  /** To all, or to the member of an id. */
  say(body: Talk, to?: number): Promise<void>;
  kick(id: number): Promise<void>;
  hand(id: number): Promise<void>;
  rename(alias: string): Promise<void>;
  relock(): Promise<void>;
  setTimer(seconds: number): Promise<void>;
  /** The connection breaks, and there is another one. */
  lose(): Promise<void>;
  /** What it knows of the room. */
  password(): string | null;
  timer(): number;
  /** What it was told that an honest room gives no reason for. */
  complaints(): string[];
}

export const isTalk = (kind: string): kind is Talk['kind'] =>
  ['message', 'farewell', 'action', 'reply', 'reaction', 'unsend', 'typing'].includes(kind);
