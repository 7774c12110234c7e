// CBOR (RFC 8949) as the protocol uses it: arrays, unsigned integers below 2^53, byte and text
// strings, booleans, null. It is written deterministically (4.2.1), and anything that is written
// otherwise is refused: no two encodings mean the same.

export type Bytes = Uint8Array<ArrayBuffer>;

/** What may stand in an item. */
export type Item = number | boolean | null | string | Uint8Array | Item[];

/** Bytes are not what they should be. It names no byte of them. */
export class WireError extends Error {
  override name = 'WireError';
}

/** Major types (RFC 8949, section 3.1), and simple values with theirs (section 3.3), as the first byte has them. */
const UINT = 0x00;
const BYTES = 0x40;
const TEXT = 0x60;
const ARRAY = 0x80;
const FALSE = 0xf4;
const TRUE = 0xf5;
const NULL = 0xf6;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function writeItem(item: Item): Bytes {
  const parts: Uint8Array[] = [];
  write(item, parts);
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function write(item: Item, parts: Uint8Array[]): void {
  if (typeof item === 'number') {
    parts.push(head(UINT, item));
  } else if (typeof item === 'string') {
    const text = new TextEncoder().encode(item);
    parts.push(head(TEXT, text.length), text);
  } else if (item instanceof Uint8Array) {
    parts.push(head(BYTES, item.length), item);
  } else if (Array.isArray(item)) {
    parts.push(head(ARRAY, item.length));
    for (const each of item) write(each, parts);
  } else {
    parts.push(Uint8Array.of(item === null ? NULL : item ? TRUE : FALSE));
  }
}

/** A number in its shortest form. */
function head(major: number, value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError('no unsigned integer below 2^53');
  if (value < ONE_BYTE) return Uint8Array.of(major | value);
  const width = WIDTHS.findIndex(bytes => value < 256 ** bytes);
  const written = new Uint8Array(1 + (WIDTHS[width] as number));
  written[0] = major | (ONE_BYTE + width);
  for (let [at, left] = [written.length - 1, value]; at > 0; at--, left = Math.floor(left / 256))
    written[at] = left;
  return written;
}

/** Smaller numbers stand in the first byte; from here on that byte says by its place here how many follow. */
const ONE_BYTE = 24;
const WIDTHS = [1, 2, 4, 8];

/** Reads one item after the other, without recursion and without believing a claimed length. */
export class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** An array's head: the number of its elements. */
  array(): number {
    return this.#head(ARRAY);
  }

  arrayOf(length: number): void {
    if (this.array() !== length) throw new WireError('an array of another length');
  }

  uint(): number {
    return this.#head(UINT);
  }

  /** An unsigned integer of at most `most`, usually the last code of a list. */
  uintTo(most: number): number {
    const value = this.uint();
    if (value > most) throw new WireError('a number too large');
    return value;
  }

  uintOrNull(): number | null {
    if (this.#peek() !== NULL) return this.uint();
    this.#at += 1;
    return null;
  }

  bool(): boolean {
    const first = this.#peek();
    if (first !== TRUE && first !== FALSE) throw new WireError('an item of another type');
    this.#at += 1;
    return first === TRUE;
  }

  /** A byte string of `least` to `most` bytes. */
  bytes(least = 0, most = Number.POSITIVE_INFINITY): Bytes {
    const value = this.#take(this.#head(BYTES));
    if (value.length < least || value.length > most) throw new WireError('a byte string of another length');
    return value;
  }

  bytesOf(length: number): Bytes {
    return this.bytes(length, length);
  }

  text(): string {
    const bytes = this.#take(this.#head(TEXT));
    try {
      return utf8.decode(bytes);
    } catch {
      throw new WireError('a text that is not UTF-8');
    }
  }

  /** Passes over `count` items of whatever kind, which are read as strictly as all others. */
  skip(count: number): void {
    for (let left = count; left > 0; left--) {
      const first = this.#peek();
      if (first === NULL) this.uintOrNull();
      else if (first === TRUE || first === FALSE) this.bool();
      else if (first >= ARRAY) left += this.array();
      else if (first >= TEXT) this.text();
      else if (first >= BYTES) this.bytes();
      else this.uint();
    }
  }

  /** What follows the items read. */
  rest(): Uint8Array {
    return this.#bytes.subarray(this.#at);
  }

  end(): void {
    if (this.rest().length > 0) throw new WireError('bytes after the item');
  }

  #peek(): number {
    return this.#bytes[this.#at] ?? fail();
  }

  /** A head of this major type: its number, which has to be in its shortest form. */
  #head(major: number): number {
    const small = this.#peek() - major;
    const width = WIDTHS[small - ONE_BYTE];
    if (small < 0 || (small >= ONE_BYTE && !width)) throw new WireError('an item of another type');
    this.#at += 1;
    if (!width) return small;
    const value = this.#take(width).reduce((sum, byte) => sum * 256 + byte, 0);
    const least = width === 1 ? ONE_BYTE : 256 ** (width / 2);
    if (value < least || !Number.isSafeInteger(value)) throw new WireError('a number written otherwise');
    return value;
  }

  #take(length: number): Bytes {
    const end = this.#at + length;
    if (end > this.#bytes.length) fail();
    const taken = new Uint8Array(this.#bytes.subarray(this.#at, end));
    this.#at = end;
    return taken;
  }
}

const fail = (): never => {
  throw new WireError('cut short');
};
