// Which aliases may be shown (protocol, section 1). The properties of characters stand in a table:
// the browser's own are of another version of Unicode in each browser.

import { CLASSES, EMOJI, FLAGS, RANGES } from './alias-table.ts';

/** Unicode scalar values of the longest alias. */
export const ALIAS_MOST = 32;

/** Combining marks that one base bears. */
const MARKS_MOST = 2;

/** The same, with the signs that are spelling in scripts of syllables. */
const SIGNS_MOST = 4;

export type AliasFault =
  | 'length'
  | 'slash'
  | 'space'
  | 'unseen'
  | 'unknown'
  | 'enclosing'
  | 'marks'
  | 'baseless'
  | 'mixed'
  | 'joiner'
  | 'emoji';

/** Why an alias is not taken: the first character that is wrong, and what tells of it. */
export class AliasError {
  readonly fault: AliasFault;
  readonly character: string;
  /** `U+0410`, as Unicode writes it. */
  readonly codePoint: string;
  /** Of mixed alphabets: its own, and that of the letters before it. */
  readonly alphabet: string;
  readonly beside: string;
  /** Characters of the longest alias. */
  readonly most = ALIAS_MOST;

  constructor(fault: AliasFault, character = '', alphabet = '', beside = '') {
    this.fault = fault;
    this.character = character;
    this.codePoint = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    this.alphabet = alphabet;
    this.beside = beside;
  }
}

/** The alias in its normal form, or why it is not taken. */
export function checkAlias(typed: string): string | AliasError {
  const unknown = [...typed].find(character => classOf(character).kind === 'unknown');
  if (unknown) return new AliasError('unknown', unknown);
  const alias = typed.normalize('NFKC').replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '');
  const characters = [...alias];
  if (characters.length < 1 || characters.length > ALIAS_MOST) return new AliasError('length');
  if (alias.startsWith('/')) return new AliasError('slash');
  return faultOf(characters) ?? alias;
}

type Class = { kind: string; alphabet: string; joining: string; virama: boolean };

const classes: Class[] = CLASSES.split(' ').map(text => {
  const [kind = '', alphabet = '', joining = '', virama = ''] = text.split(',');
  return { kind, alphabet, joining, virama: virama !== '' };
});

const ranges: { end: number; class: Class }[] = [];
for (const [, length = '', letter = ''] of RANGES.matchAll(/([0-9a-z]+)([A-Z])/g)) {
  const end = (ranges.at(-1)?.end ?? 0) + Number.parseInt(length, 36);
  ranges.push({ end, class: classes[letter.charCodeAt(0) - 65] as Class });
}

function classOf(character: string): Class {
  const code = character.codePointAt(0) ?? 0;
  let [low, high] = [0, ranges.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (code < (ranges[middle] as { end: number }).end) high = middle;
    else low = middle + 1;
  }
  return (ranges[low] as { class: Class }).class;
}

/** The first thing that is wrong; read from the left, an emoji of more than one character always as a whole. */
function faultOf(characters: readonly string[]): AliasError | undefined {
  let base: Base | null = null;
  let first = '';
  for (let at = 0; at < characters.length; at++) {
    const emoji = emojiAt(characters, at);
    if (emoji > 0) {
      base = { syllabic: false, marks: 0, signs: [] };
      at += emoji - 1;
      continue;
    }
    const character = characters[at] as string;
    const { kind, alphabet } = classOf(character);
    switch (kind) {
      case 'plain':
      case 'syllabic':
        base = baseOf(character);
        break;
      case 'mark':
      case 'sign':
        if (!base) return new AliasError('baseless', character);
        if (!bears(base, character)) return new AliasError('marks', character);
        break;
      case 'joiner':
        if (!joins(characters, at)) return new AliasError('joiner', character);
        break;
      default:
        return new AliasError(kind as AliasFault, character);
    }
    first ||= alphabet;
    if (alphabet && alphabet !== first) return new AliasError('mixed', character, alphabet, first);
  }
  return undefined;
}

/** What marks are put on, and how many it bears: those that are not spelling, and signs. */
type Base = { syllabic: boolean; marks: number; signs: string[] };

/** A letter such as `é` bears a mark already. */
function baseOf(character: string): Base {
  const composed = [...character.normalize('NFD')].filter(part => classOf(part).kind === 'mark');
  return { syllabic: classOf(character).kind === 'syllabic', marks: composed.length, signs: [] };
}

/** Puts one more mark on a base; false where it is one too many. */
function bears(base: Base, mark: string): boolean {
  const isSign = classOf(mark).kind === 'sign' && base.syllabic && !base.signs.includes(mark);
  if (isSign) base.signs.push(mark);
  else base.marks++;
  return base.marks <= MARKS_MOST && base.marks + base.signs.length <= SIGNS_MOST;
}

const TONES = ['\u{1f3fb}', '\u{1f3fc}', '\u{1f3fd}', '\u{1f3fe}', '\u{1f3ff}'];

/** Emoji of more than one character that every device knows (RGI, Unicode Technical Standard 51). */
const emoji = new Set(EMOJI.split(' ').flatMap(expand));
for (const flag of FLAGS.match(/../g) ?? []) {
  emoji.add(flag.replace(/./g, letter => String.fromCodePoint(0x1f1e6 - 65 + letter.charCodeAt(0))));
}

const longest = Math.max(...[...emoji].map(sequence => [...sequence].length));

function expand(written: string): string[] {
  const pattern = written
    .replace('!', '')
    .replaceAll('Z', '\u200d')
    .replaceAll('V', '\ufe0f')
    .replaceAll('K', '\u20e3');
  let all = [''];
  for (const character of pattern) {
    all = all.flatMap(text => (character === 'T' ? TONES : [character]).map(next => text + next));
  }
  if (!written.startsWith('!')) return all;
  const equal = TONES.map(tone => pattern.replaceAll('T', tone));
  return all.filter(text => !equal.includes(text));
}

/** Characters of the longest emoji of more than one that begins there; 0 where there is none. */
function emojiAt(characters: readonly string[], at: number): number {
  for (let length = Math.min(longest, characters.length - at); length > 1; length--) {
    if (emoji.has(characters.slice(at, at + length).join(''))) return length;
  }
  return 0;
}

const ZWNJ = '\u200c';

/** Whether a joiner changes how its neighbours are drawn (RFC 5892, A.1 and A.2). */
function joins(characters: readonly string[], at: number): boolean {
  const before = characters.slice(0, at).map(classOf);
  if (before.at(-1)?.virama) return true;
  const isSeen = ({ joining }: Class) => joining !== 'T';
  const last = before.findLast(isSeen)?.joining || 'U';
  const next =
    characters
      .slice(at + 1)
      .map(classOf)
      .find(isSeen)?.joining || 'U';
  return characters[at] === ZWNJ && 'LD'.includes(last) && 'RD'.includes(next);
}
