// Character references: one counts only where it is whole, with its semicolon. Parsers know 106 of them without,
// which would make `?item=5&copy=2` another address.

/** What may be a reference; the longest name has 31 letters. */
const REFERENCE = /&(?:#(\d+);|#x([\da-f]+);|([a-z][a-z\d]{1,30});)?/gi;
/** Set between the names that the parser is asked about; no name stands for it. */
const BETWEEN = '\uf8ff';

/**
 * Escapes every `&` that begins no whole reference. Which names there are, the parser says: `parse` gives the text
 * that it makes of HTML without tags.
 */
export function escapeReferences(html: string, parse: (html: string) => string): string {
  const names = new Set<string>();
  for (const [reference, , , name] of html.matchAll(REFERENCE)) if (name) names.add(reference);
  const asked = [...names];
  const told = asked.length > 0 ? parse(asked.join(BETWEEN)).split(BETWEEN) : [];
  // Of a name that it does not know, the parser leaves at least the end: `&notit;` becomes `¬it;`.
  const known = new Set(asked.filter((_, at) => told[at] === ';' || !told[at]?.endsWith(';')));
  return html.replace(REFERENCE, (match, decimal?: string, hexadecimal?: string) => {
    const code = decimal ? Number(decimal) : hexadecimal ? parseInt(hexadecimal, 16) : undefined;
    const whole = code === undefined ? known.has(match) : isCharacter(code);
    return whole ? match : `&amp;${match.slice(1)}`;
  });
}

/** Whether a number is that of a character which a parser would not replace. */
const isCharacter = (code: number): boolean =>
  code > 0 && code <= 0x10_ffff && !(code >= 0xd800 && code <= 0xdfff);
