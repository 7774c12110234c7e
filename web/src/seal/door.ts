// What a room's password opens (protocol, section 2): the keys that change with it.

import type { Bytes } from '../cbor.ts';
import { type ClientFrame, rule } from '../wire.ts';
import { concat, utf8, wipe } from './bytes.ts';
import { folded } from './folded.ts';
import { expand, HASH, hmacSha256, sha256 } from './hkdf.ts';
import type { RoomKey } from './room-key.ts';
import { signItems } from './signed.ts';
import { type SigningKey, signingKey } from './signature.ts';

/** Bytes of an alias's tag. */
const TAG = 16;

export type Door = {
  readonly room: RoomKey;
  /** Its public half is what the daemon lets enter by. */
  readonly gate: SigningKey;
  readonly cardKey: Bytes;
  readonly aliasKey: Bytes;
};

/** The salt under which the password is stretched. */
export const doorSalt = (room: RoomKey): Bytes => concat(utf8('sanctuary/1 '), room);

/** Derives the keys from the stretched password, which is wiped. */
export function deriveDoor(room: RoomKey, door: Bytes): Door {
  const opened = {
    room,
    gate: signingKey(expand(door, 'sanctuary/1 gate', HASH)),
    cardKey: expand(door, 'sanctuary/1 card', 2 * HASH),
    aliasKey: expand(door, 'sanctuary/1 alias', HASH),
  };
  wipe(door);
  return opened;
}

export const copyDoor = ({ room, gate, cardKey, aliasKey }: Door): Door => ({
  room,
  gate: { seed: Uint8Array.from(gate.seed), public: gate.public },
  cardKey: Uint8Array.from(cardKey),
  aliasKey: Uint8Array.from(aliasKey),
});

export function wipeDoor(door: Door): void {
  wipe(door.gate.seed, door.cardKey, door.aliasKey);
}

/** By which the daemon sees that two aliases are equal, and nothing else. */
export const aliasTag = (door: Door, alias: string): Bytes =>
  hmacSha256(door.aliasKey, utf8(folded(alias))).subarray(0, TAG);

type Create = ClientFrame & { kind: 'create' };
type Enter = ClientFrame & { kind: 'enter' };

/** The frame that opens a room, signed for one connection. */
export function signCreate(
  door: Door,
  nonce: Bytes,
  asked: Pick<Create, 'heart' | 'seat' | 'card' | 'tag' | 'rule' | 'code'>,
): Create {
  const { room } = door;
  const gate = door.gate.public;
  const { heart, seat, card, tag } = asked;
  const items = [nonce, room, gate, sha256(heart), rule.write(asked.rule), seat, sha256(card), tag];
  return { kind: 'create', room, gate, ...asked, signature: signItems(door.gate, 'create', ...items) };
}

/** The frame that enters a room, signed for one connection: it shows that the password is known. */
export function signEnter(door: Door, nonce: Bytes, asked: Pick<Enter, 'seat' | 'card' | 'tag'>): Enter {
  const { room } = door;
  const { seat, card, tag } = asked;
  const signature = signItems(door.gate, 'enter', nonce, room, seat, sha256(card), tag);
  return { kind: 'enter', room, seat, card, tag, signature };
}

/** Where the room's members connect: three hexadecimal digits that tell nothing else. */
export function shard(room: RoomKey): string {
  const [first = 0, second = 0] = sha256(concat(utf8('sanctuary/1 shard'), room));
  return ((first << 4) | (second >> 4)).toString(16).padStart(3, '0');
}
