// Why something sealed is not opened.

export type SealFault =
  /** Not sealed under this key, or changed since. */
  | 'forged'
  /** Opened, but not of the protocol's form, or not filled up with zeros. */
  | 'malformed'
  /** A public key that gives an X25519 result of zeros, or is no sound one of Ed25519. */
  | 'weak-key'
  /** An alias that may not be shown. */
  | 'alias'
  /** The sender's chain of this generation is not known here. */
  | 'no-chain'
  /** A counter that was taken already. */
  | 'replayed'
  /** Too many steps ahead. */
  | 'too-far';

export class SealError extends Error {
  override name = 'SealError';
  readonly fault: SealFault;

  constructor(fault: SealFault) {
    super(fault);
    this.fault = fault;
  }
}
