// CBOR (RFC 8949) as the protocol uses it: arrays, unsigned integers below 2^53, byte and text
// strings, booleans, null. It is written deterministically (4.2.1), and anything that is written
// otherwise is refused: no two encodings mean the same.

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

/** What an item may be; cborg reads more where it is not asked for one of these. */
const KNOWN = [Type.uint, Type.bytes, Type.string, Type.array, Type.true, Type.false, Type.null];

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
    return textOf(this.#next(Type.string));
  }

  /** Passes over `count` items of whatever kind, which are read as strictly as all others. */
  skip(count: number): void {
    for (let left = count; left > 0; left--) {
      const token = this.#next(...KNOWN);
      if (Type.equals(token.type, Type.array)) left += token.value;
      if (Type.equals(token.type, Type.string)) textOf(token);
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

function textOf({ byteValue = new Uint8Array() }: Token): string {
  try {
    return utf8.decode(byteValue);
  } catch {
    throw new WireError('a text that is not UTF-8');
  }
}
