// Cards: what a member shows the others of itself.

import { type Bytes, writeItem } from '../cbor.ts';
import type { checkAlias } from './alias.ts';
import { open, seal } from './aead.ts';
import type { Door } from './door.ts';
import { SealError } from './error.ts';
import { HASH } from './hkdf.ts';
import type { Suite } from './suite.ts';

/** A member's alias and X25519 public key. */
export type Card = { alias: string; public: Bytes };

const aad = (door: Door): Bytes => writeItem(['card', door.room]);

export const sealCard = (suite: Suite, door: Door, card: Card, iv: Bytes): Promise<Bytes> =>
  seal(suite, door.cardKey, [card.alias, card.public], aad(door), iv);

/** Reads a card; throws {@link SealError}, also where its alias breaks the rule. */
export async function openCard(
  suite: Suite,
  door: Door,
  sealed: Uint8Array,
  check: typeof checkAlias,
): Promise<Card> {
  const card = await open(suite, door.cardKey, sealed, aad(door), reader => {
    reader.arrayOf(2);
    return { alias: reader.text(), public: reader.bytesOf(HASH) };
  });
  if (check(card.alias) !== card.alias) throw new SealError('alias');
  return card;
}
