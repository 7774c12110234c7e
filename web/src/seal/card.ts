// Cards: what a member shows the others of itself.

import { type Bytes, writeItem } from '../cbor.ts';
import { bytesOf, record, text, uint32 } from '../forms.ts';
import type { checkAlias } from './alias.ts';
import { open, seal } from './aead.ts';
import { checkAgreementKey } from './curves.ts';
import type { Door } from './door.ts';
import { SealError } from './error.ts';
import { HASH } from './hkdf.ts';
import { checkSigned, signItems } from './signed.ts';
import { type PublicKey, publicKey, SIGNATURE, type SigningKey } from './signature.ts';
import type { Suite } from './suite.ts';

/** By what a member is known to the keys: its voice, and the X25519 key that it has at present. */
export type Party = { readonly voice: PublicKey; readonly public: Bytes };

/** `n` counts the X25519 keys of the stay, from 0. */
export type Card = Party & { readonly alias: string; readonly n: number };

const card = record({
  alias: text,
  voice: bytesOf(HASH),
  public: bytesOf(HASH),
  n: uint32,
  signature: bytesOf(SIGNATURE),
});

const aad = (door: Door): Bytes => writeItem(['card', door.room]);

/** `entry` names the stay for which the card is shown. */
export function sealCard(
  suite: Suite,
  door: Door,
  entry: Bytes,
  own: Card,
  voice: SigningKey,
  iv: Bytes,
): Promise<Bytes> {
  const { alias, public: key, n } = own;
  const signature = signItems(voice, 'card', door.room, entry, alias, key, n);
  const item = card.write({ alias, voice: voice.public, public: key, n, signature });
  return seal(suite, door.cardKey, item, aad(door), iv);
}

/**
 * Reads a card that is shown for a stay; throws {@link SealError}, also where its alias breaks the
 * rule.
 */
export async function openCard(
  suite: Suite,
  door: Door,
  entry: Bytes,
  sealed: Uint8Array,
  check: typeof checkAlias,
): Promise<Card> {
  const { alias, public: key, n, ...shown } = await open(suite, door.cardKey, sealed, aad(door), card.read);
  if (check(alias) !== alias) throw new SealError('alias');
  checkAgreementKey(key);
  const voice = publicKey(shown.voice);
  await checkSigned(suite, voice, shown.signature, 'card', door.room, entry, alias, key, n);
  return { alias, voice, public: key, n };
}
