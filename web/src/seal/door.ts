// What a room's password opens (protocol, section 2): the keys that all members share.

import type { Bytes } from '../cbor.ts';
import { concat, utf8, wipe } from './bytes.ts';
import { folded } from './folded.ts';
import { expand, HASH, hmacSha256, sha256 } from './hkdf.ts';
import type { RoomKey } from './room-key.ts';
import { sign, signingKey } from './signature.ts';

/** Bytes of an alias's tag. */
const TAG = 16;

export type Door = {
  readonly room: RoomKey;
  readonly gateSeed: Bytes;
  readonly cardKey: Bytes;
  readonly aliasKey: Bytes;
  readonly roomSalt: Bytes;
};

/** The salt under which the password is stretched. */
export const doorSalt = (room: RoomKey): Bytes => concat(utf8('sanctuary/1 '), room);

/** Derives the keys of a room from its stretched password, which is wiped. */
export function deriveDoor(room: RoomKey, door: Bytes): Door {
  const opened = {
    room,
    gateSeed: expand(door, 'sanctuary/1 gate', HASH),
    cardKey: expand(door, 'sanctuary/1 card', 2 * HASH),
    aliasKey: expand(door, 'sanctuary/1 alias', HASH),
    roomSalt: expand(door, 'sanctuary/1 salt', HASH),
  };
  wipe(door);
  return opened;
}

export function wipeDoor(door: Door): void {
  wipe(door.gateSeed, door.cardKey, door.aliasKey, door.roomSalt);
}

/** The key that the room's opener gives the daemon to check proofs with. */
export const gate = (door: Door): Bytes => signingKey(door.gateSeed).public;

/** Shows the daemon, on one connection alone, that the password is known. */
export const prove = (door: Door, nonce: Bytes): Bytes =>
  sign(door.gateSeed, concat(utf8('sanctuary/1 enter'), nonce, door.room));

/** By which the daemon sees that two aliases are equal, and nothing else. */
export const aliasTag = (door: Door, alias: string): Bytes =>
  hmacSha256(door.aliasKey, utf8(folded(alias))).subarray(0, TAG);

/** Where the room's members connect: three hexadecimal digits that tell nothing else. */
export function shard(room: RoomKey): string {
  const [first = 0, second = 0] = sha256(concat(utf8('sanctuary/1 shard'), room));
  return ((first << 4) | (second >> 4)).toString(16).padStart(3, '0');
}
