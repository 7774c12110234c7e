// A room's heart: what its opener hands to all who enter, and what follows from it.

import { type Bytes, writeItem } from '../cbor.ts';
import { bytesOf, bytesWithin, record, text, uint, type ValueOf } from '../forms.ts';
import { rule } from '../wire.ts';
import type { checkAlias } from './alias.ts';
import { open, seal } from './aead.ts';
import { equal, wipe } from './bytes.ts';
import type { Door } from './door.ts';
import { SealError } from './error.ts';
import { expand, HASH } from './hkdf.ts';
import { PASSWORD_MOST, passwordOf } from './password.ts';
import type { RoomKey } from './room-key.ts';
import type { Suite } from './suite.ts';

const heart = record({
  secret: bytesOf(HASH),
  rule,
  password: bytesWithin(PASSWORD_MOST),
  alias: text,
  at: uint,
});

/** The room's secret and rule, its password at present, by whom and when it was opened. */
export type Heart = ValueOf<typeof heart>;

/** Under what all keys are derived that outlive a password. */
export type RoomSalt = { readonly room: RoomKey; readonly salt: Bytes };

const aad = (door: Door): Bytes => writeItem(['heart', door.room]);

export const sealHeart = (suite: Suite, door: Door, opened: Heart, iv: Bytes): Promise<Bytes> =>
  seal(suite, door.cardKey, heart.write(opened), aad(door), iv);

/**
 * Throws {@link SealError}, also where password or alias are not in the form that they are used in.
 */
export async function openHeart(
  suite: Suite,
  door: Door,
  sealed: Uint8Array,
  check: typeof checkAlias,
): Promise<Heart> {
  const opened = await open(suite, door.cardKey, sealed, aad(door), heart.read);
  if (passwordOf(opened.password) === null) throw new SealError('malformed');
  if (check(opened.alias) !== opened.alias) throw new SealError('alias');
  return opened;
}

/** Whether two hearts differ in nothing but the password. */
export const isSameRoom = (one: Heart, other: Heart): boolean =>
  equal(one.secret, other.secret) &&
  one.rule === other.rule &&
  one.alias === other.alias &&
  one.at === other.at;

export const roomSaltOf = (room: RoomKey, { secret }: Heart): RoomSalt => ({
  room,
  salt: expand(secret, 'sanctuary/1 salt', HASH),
});

export function wipeHeart({ secret, password }: Heart): void {
  wipe(secret, password);
}

export function wipeRoomSalt({ salt }: RoomSalt): void {
  wipe(salt);
}
