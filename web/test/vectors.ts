// The vectors that Rust and TypeScript share.

import vectors from '../../testdata/protocol.json' with { type: 'json' };

export default vectors;

export const unhex = (hex: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(hex, 'hex'));
export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
