// What the view talks to.

import type { Entry, View } from './state.ts';

export interface Client {
  view(): View;
  enter(entry: Entry): void;
  /** One line as typed: a command or a message. `kept`: not taken, the text must stay in the box. */
  type(text: string): Promise<'taken' | 'kept'>;
  whisper(id: number, text: string): Promise<'taken' | 'kept'>;
  kick(id: number): void;
  stop(): void;
  lock(locked: boolean): void;
  leave(farewell?: string): void;
  /** The page's own address with the invitation as its fragment; empty outside a room. */
  invitation(): string;
  /** Wipes all keys and closes the connection. */
  destroy(): void;
}

export declare function createClient(onChange: (view: View) => void): Client;
