// Which aliases count as one (protocol, section 2).

/** Equal for aliases that differ in case alone. */
export const folded = (alias: string): string => alias.normalize('NFKC').toLowerCase();
