// Why something sealed is not opened.

export type SealFault =
  /** Shorter than the smallest there can be, or of a wrong length. */
  | 'short'
  /** Not sealed under this key, or changed since. */
  | 'forged'
  /** Opened, but not of the protocol's form, or not filled up with zeros. */
  | 'malformed'
  /** An X25519 result of zeros. */
  | 'small-order'
  /** An alias that may not be shown. */
  | 'alias'
  /** A chain of another generation, or none was handed out. */
  | 'generation'
  /** A counter that was taken already. */
  | 'replayed'
  /** Too many steps ahead. */
  | 'far-ahead';

export class SealError extends Error {
  override name = 'SealError';
  readonly fault: SealFault;

  constructor(fault: SealFault) {
    super(fault);
    this.fault = fault;
  }
}
