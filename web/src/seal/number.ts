// The number of a voice, which its owner reads aloud.

import { writeItem } from '../cbor.ts';
import { sha256 } from './hkdf.ts';
import type { RoomKey } from './room-key.ts';
import type { PublicKey } from './signature.ts';

const DIGITS = 20;

/** `01234 56789 01234 56789`. */
export function numberOf(room: RoomKey, voice: PublicKey): string {
  const hash = new DataView(sha256(writeItem(['sanctuary/1 number', room, voice.bytes])).buffer);
  const number = ((hash.getBigUint64(0) << 64n) | hash.getBigUint64(8)) % 10n ** BigInt(DIGITS);
  return String(number)
    .padStart(DIGITS, '0')
    .replace(/.{5}(?=.)/g, '$& ');
}
