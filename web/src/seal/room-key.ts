// The name of a room as people write it.

import { fold, grouped, SYMBOLS } from './base32.ts';

/** A room's name on the wire: 5 bytes, big-endian. */
export type RoomKey = Uint8Array<ArrayBuffer> & { readonly roomKey: unique symbol };

export const ROOM_SYMBOLS = 8;

/** Reads a room key in any case, with or without hyphens; null where it is none. */
export function readRoomKey(text: string): RoomKey | null {
  const folded = fold(text, ROOM_SYMBOLS);
  if (folded === null) return null;
  let bits = 0n;
  for (const symbol of folded) bits = (bits << 5n) | BigInt(SYMBOLS.indexOf(symbol));
  return Uint8Array.from({ length: 5 }, (_, at) => Number((bits >> BigInt(8 * (4 - at))) & 255n)) as RoomKey;
}

/** `K7QM-4XZD`. */
export function writeRoomKey(room: RoomKey): string {
  let bits = 0n;
  for (const byte of room) bits = (bits << 8n) | BigInt(byte);
  return grouped(
    Array.from(
      { length: ROOM_SYMBOLS },
      (_, at) => SYMBOLS[Number((bits >> BigInt(5 * (7 - at))) & 31n)],
    ).join(''),
  );
}

/** A new room key: 40 bits of the system's randomness. */
export function drawRoomKey(): RoomKey {
  return crypto.getRandomValues(new Uint8Array(5)) as RoomKey;
}
