// CBOR (RFC 8949) as the protocol uses it: arrays, unsigned integers, byte and text strings,
// booleans, null; written deterministically (4.2.1), read with definite and shortest lengths only.

import { encode, type Token, Tokenizer, Type } from 'cborg';

export type Bytes = Uint8Array<ArrayBuffer>;

/** What may stand in an item. */
export type Item = number | boolean | null | string | Uint8Array | Item[];

/** Bytes are not what they should be. It names no byte of them. */
export class WireError extends Error {
  override name = 'WireError';
}

const STRICT = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  // Numbers above 2^53 - 1 do not occur; what claims one is refused.
  allowBigInt: false,
  retainStringBytes: true,
};

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const writeItem = (item: Item): Bytes => encode(item) as Bytes;

/** Reads one item after the other, without recursion and without believing a claimed length. */
export class Reader {
  readonly #bytes: Uint8Array;
  readonly #tokens: InstanceType<typeof Tokenizer>;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#tokens = new Tokenizer(bytes, STRICT);
  }

  /** An array's head: the number of its elements. */
  array(): number {
    return this.#next(Type.array).value;
  }

  arrayOf(length: number): void {
    if (this.array() !== length) throw new WireError('an array of another length');
  }

  uint(): number {
    return this.#next(Type.uint).value;
  }

  /** An unsigned integer of at most `most`, usually the last code of a list. */
  uintTo(most: number): number {
    const value = this.uint();
    if (value > most) throw new WireError('a number too large');
    return value;
  }

  uintOrNull(): number | null {
    return this.#next(Type.uint, Type.null).value;
  }

  bool(): boolean {
    return this.#next(Type.true, Type.false).value;
  }

  /** A byte string of `least` to `most` bytes. */
  bytes(least = 0, most = Number.POSITIVE_INFINITY): Bytes {
    const { value } = this.#next(Type.bytes);
    if (value.length < least || value.length > most) throw new WireError('a byte string of another length');
    return value;
  }

  bytesOf(length: number): Bytes {
    return this.bytes(length, length);
  }

  text(): string {
    const bytes = this.#next(Type.string).byteValue ?? new Uint8Array();
    try {
      return utf8.decode(bytes);
    } catch {
      throw new WireError('a text that is not UTF-8');
    }
  }

  /** Passes over `count` items of whatever kind. */
  skip(count: number): void {
    for (let left = count; left > 0; left--) {
      const { type, value } = this.#token();
      if (Type.equals(type, Type.array)) left += value;
      else if (Type.equals(type, Type.map)) left += 2 * value;
      else if (Type.equals(type, Type.tag)) left += 1;
    }
  }

  /** What follows the items read. */
  rest(): Uint8Array {
    return this.#bytes.subarray(this.#tokens.pos());
  }

  end(): void {
    if (this.rest().length > 0) throw new WireError('bytes after the item');
  }

  #next(...allowed: Type[]): Token {
    const token = this.#token();
    if (!allowed.some(type => Type.equals(type, token.type))) throw new WireError('an item of another type');
    return token;
  }

  #token(): Token {
    try {
      return this.#tokens.next();
    } catch {
      throw new WireError('not CBOR, or cut short');
    }
  }
}
