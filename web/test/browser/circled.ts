// A language for tests: English in circled letters. A plain letter on the screen is in no
// catalogue.

export const circled = (text: string): string =>
  text.replace(/[a-z]/gi, letter =>
    String.fromCodePoint(letter.charCodeAt(0) + (letter < 'a' ? 0x24b6 - 0x41 : 0x24d0 - 0x61)),
  );

/** What an export of the catalogue is in this language; of a sentence, also what it is about. */
export const translated = <Words>(words: Words): Words => inCircles(words) as Words;

function inCircles(words: unknown): unknown {
  if (typeof words === 'string') return circled(words);
  if (typeof words === 'function') return (...about: unknown[]) => said(words(...about));
  if (Array.isArray(words)) return words.map(inCircles);
  return Object.fromEntries(Object.entries(words as object).map(([name, word]) => [name, inCircles(word)]));
}

/** Pieces of a sentence that are elements, or become some, stay as they are. */
function said(sentence: unknown): unknown {
  if (Array.isArray(sentence)) return sentence.map(said);
  return typeof sentence === 'string' ? circled(sentence) : sentence;
}
