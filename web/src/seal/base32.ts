// Crockford's base32, in groups of four joined by hyphens (protocol, section 1).

export const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Folds what reads as Crockford base32 into its plain symbols; null where it does not. */
export function fold(text: string, length: number): string | null {
  const folded = text
    .replace(/[a-z]+/g, letters => letters.toUpperCase())
    .replace(/[-\p{White_Space}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  const reads = folded.length === length && [...folded].every(symbol => SYMBOLS.includes(symbol));
  return reads ? folded : null;
}

export const grouped = (symbols: string): string => symbols.replace(/.{4}(?=.)/g, '$&-');
