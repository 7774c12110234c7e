// Boxes: the door behind a room's next password, for one member that stays (protocol, section 2,
// "Another password").

import { type Bytes, writeItem } from '../cbor.ts';
import { bytesOf, record } from '../forms.ts';
import { KEY, open, seal } from './aead.ts';
import { concat, wipe } from './bytes.ts';
import type { Party } from './card.ts';
import { checkAgreementKey, diffieHellman, type KeyPair } from './curves.ts';
import type { RoomSalt } from './heart.ts';
import { HASH, hkdf, sha256 } from './hkdf.ts';
import { type PublicKey, SIGNATURE, type SigningKey } from './signature.ts';
import { checkSigned, signItems } from './signed.ts';
import type { Suite } from './suite.ts';

/** The lock number that a relock leads to, and the {@link stayingHash} of who stays. */
export type Relock = { readonly lock: number; readonly staying: Bytes };

/** Of the ids of who stays, as `relock` and `relocked` list them. */
export const stayingHash = (ids: readonly number[]): Bytes => sha256(writeItem([...ids]));

const boxed = record({ door: bytesOf(HASH), signature: bytesOf(SIGNATURE) });

/**
 * Seals the stretched password for a member, under a pair for this box alone, whose secret is
 * wiped.
 */
export async function sealBox(
  suite: Suite,
  roomSalt: RoomSalt,
  voice: SigningKey,
  to: Party,
  relock: Relock,
  door: Bytes,
  ephemeral: KeyPair,
  iv: Bytes,
): Promise<Bytes> {
  const { box, aad, signed } = placeOf(roomSalt, relock, ephemeral.public, to);
  const key = box(diffieHellman(ephemeral.secret, to.public));
  const signature = signItems(voice, 'box', ...signed(door));
  const sealed = await seal(suite, key, boxed.write({ door, signature }), aad, iv);
  wipe(key, ephemeral.secret);
  return concat(ephemeral.public, sealed);
}

/**
 * Opens one's own box with the secret of the own X25519 key; throws {@link SealError} unless it was
 * sealed for this relock by who has this voice.
 */
export async function openBox(
  suite: Suite,
  roomSalt: RoomSalt,
  secret: Bytes,
  own: Party,
  by: PublicKey,
  relock: Relock,
  sealed: Bytes,
): Promise<Bytes> {
  const ephemeral = sealed.slice(0, HASH);
  checkAgreementKey(ephemeral);
  const { box, aad, signed } = placeOf(roomSalt, relock, ephemeral, own);
  const key = box(diffieHellman(secret, ephemeral));
  try {
    const { door, signature } = await open(suite, key, sealed.subarray(HASH), aad, boxed.read);
    await checkSigned(suite, by, signature, 'box', ...signed(door));
    return door;
  } finally {
    wipe(key);
  }
}

/** What the key, the seal and the signature of a box are bound to. */
function placeOf({ room, salt }: RoomSalt, { lock, staying }: Relock, ephemeral: Bytes, to: Party) {
  const place = [room, lock, ephemeral, to.voice.bytes];
  return {
    box(shared: Bytes): Bytes {
      const key = hkdf(salt, shared, writeItem(['box', ...place, to.public]), KEY);
      wipe(shared);
      return key;
    },
    aad: writeItem(['box', room, lock]),
    signed: (door: Bytes) => [...place, sha256(door), staying],
  };
}
