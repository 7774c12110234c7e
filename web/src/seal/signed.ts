// What is signed (protocol, section 2): a label, so that no signature serves another purpose, and
// what it is about.

import { type Bytes, type Item, writeItem } from '../cbor.ts';
import { SealError } from './error.ts';
import { type PublicKey, sign, type SigningKey, verify } from './signature.ts';
import type { Suite } from './suite.ts';

/** One for each kind of signature. */
type Label = 'create' | 'enter' | 'resume' | 'order' | 'card' | 'say' | 'box';

const message = (label: Label, items: Item[]): Bytes => writeItem([`sanctuary/1 ${label}`, ...items]);

export const signItems = (key: SigningKey, label: Label, ...items: Item[]): Bytes =>
  sign(key.seed, message(label, items));

/** Throws {@link SealError} where the signature does not hold. */
export async function checkSigned(
  suite: Suite,
  key: PublicKey,
  signature: Bytes,
  label: Label,
  ...items: Item[]
): Promise<void> {
  if (!(await verify(suite, key, message(label, items), signature))) throw new SealError('unsigned');
}
