// The vectors that Rust and TypeScript share.

import vectors from '../../testdata/protocol.json' with { type: 'json' };

export default vectors;

export const unhex = (hex: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(hex, 'hex'));
export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/**
 * A text of what a value holds, bytes in hexadecimal: under node some are a Buffer, which is deeply
 * equal to no other.
 */
export const plain = (value: unknown): string =>
  JSON.stringify(value, (_, part) => (part instanceof Uint8Array ? hex(part) : part)) ?? '';
