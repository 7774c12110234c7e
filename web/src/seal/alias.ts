// Which aliases may be shown (protocol, section 1).

/** Unicode scalar values of the longest alias. */
export const ALIAS_MOST = 32;

/** What is not seen: two aliases that differ in it alone would look the same. U+2800 is the blank Braille pattern. */
const UNSEEN = /[\p{Z}\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** The alias in its normal form; null where it breaks the rule. */
export function checkAlias(text: string): string | null {
  const alias = text.normalize('NFKC').replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '');
  const length = [...alias].length;
  const fits = length >= 1 && length <= ALIAS_MOST && !UNSEEN.test(alias) && !alias.startsWith('/');
  return fits ? alias : null;
}
