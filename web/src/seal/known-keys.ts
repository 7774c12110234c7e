// Which voices and X25519 keys were accepted, so that none is taken under another id again, and
// none is put back in the place of a later one (protocol, section 2).

import type { Bytes } from '../cbor.ts';
import type { Card, Party } from './card.ts';
import { SealError } from './error.ts';
import { sha256 } from './hkdf.ts';

/** Keys that are remembered; the oldest go. */
export const KEYS_KEPT = 4096;

/** Bytes of a hash that is remembered. */
const HASH_KEPT = 16;

export class KnownKeys {
  /** By the key's hash: the only id that may show it. */
  readonly #owners: Map<string, number>;
  /** By id: the card that was accepted last. */
  readonly #last: Map<number, { n: number; voice: string; key: string }>;
  /** One's own, which nobody else may show. */
  readonly #own: Map<string, true>;

  /** `before`: what was known in the stay before this one in the same room. */
  constructor(before?: KnownKeys) {
    this.#owners = new Map(before ? before.#owners : []);
    this.#last = new Map(before ? before.#last : []);
    this.#own = new Map(before ? before.#own : []);
  }

  addOwn(own: Party): void {
    for (const hash of hashesOf(own)) remember(this.#own, hash, true);
  }

  /**
   * Accepts a card that a member shows. Throws {@link SealError} where a key of it is known as
   * another's, or where the member has shown another voice, or a later key.
   */
  accept(id: number, card: Card): void {
    const { n } = card;
    const hashes = hashesOf(card);
    const [voice, key] = hashes;
    const isFree = (hash: string) => !this.#own.has(hash) && (this.#owners.get(hash) ?? id) === id;
    const last = this.#last.get(id) ?? { n, voice, key };
    if (n < last.n) throw new SealError('replayed');
    const follows = voice === last.voice && (n > last.n || key === last.key);
    if (!follows || !hashes.every(isFree)) throw new SealError('taken');
    remember(this.#last, id, { n, voice, key });
    for (const hash of hashes) remember(this.#owners, hash, id);
  }
}

/** Remembers anew what is known, so that those who stay are not forgotten first. */
function remember<Key, Value>(known: Map<Key, Value>, key: Key, value: Value): void {
  known.delete(key);
  known.set(key, value);
  for (const oldest of known.keys()) {
    if (known.size <= KEYS_KEPT) break;
    known.delete(oldest);
  }
}

const hashesOf = ({ voice, public: key }: Party): [string, string] => [hashOf(voice.bytes), hashOf(key)];

const hashOf = (key: Bytes): string => String.fromCharCode(...sha256(key).subarray(0, HASH_KEPT));
