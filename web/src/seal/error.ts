// Why something sealed is not opened.

export type SealFault =
  /** Not sealed under this key, or changed since. */
  | 'forged'
  /** Sealed, but not signed by the voice that it claims. */
  | 'unsigned'
  /** Opened, but not of the protocol's form, or not filled up with zeros. */
  | 'malformed'
  /**
   * A public key that is not canonical, or not of an order that is large (X25519) or prime
   * (Ed25519).
   */
  | 'weak-key'
  /** An alias that may not be shown. */
  | 'alias'
  /** The sender's chain of this generation is not known here. */
  | 'no-chain'
  /** A counter that was taken already. */
  | 'replayed'
  /** A key that somebody else has shown, or one's own. */
  | 'taken'
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
