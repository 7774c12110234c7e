// This member's keys and alias in one room.

import type { Bytes } from '../cbor.ts';
import type { Aliases } from '../lazy.ts';
import { wipe } from '../seal/bytes.ts';
import type { KeyPair } from '../seal/curves.ts';
import { type Door, wipeDoor } from '../seal/door.ts';
import type { Suite } from '../seal/suite.ts';

/** Everything that this member seals and opens with, and how others' aliases are judged. */
export type Credentials = {
  readonly suite: Suite;
  readonly random: (length: number) => Bytes;
  readonly door: Door;
  readonly own: KeyPair;
  readonly alias: string;
  readonly aliases: Aliases;
};

export function wipeCredentials(credentials: Credentials): void {
  wipeDoor(credentials.door);
  wipe(credentials.own.secret);
}
