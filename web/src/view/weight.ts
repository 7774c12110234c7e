// What text takes to draw, counted before anything is drawn. No DOM.
//
// The unit is a plain letter; the weights are what browsers were measured to take for the rest (`npm run bench`).

/** Most weight that is drawn at once: about 8000 letters, 300 elements or 1000 lines. */
export const PIECE_MOST = 8000;
/** Most marks on one letter, and invisible characters in a row. The longest emoji have 7, a full script's letter 5. */
export const MARKS_MOST = 8;
export const ELEMENT_WEIGHT = 24;
/** Of an image's element; its pixels have a bound of their own. */
export const IMAGE_WEIGHT = 60;
/** Of each place of a table that a cell or column spans. */
export const SPAN_WEIGHT = 4;
/** Of what ends a line, or is a control that browsers treat one by one. */
const CONTROL_WEIGHT = 8;
/** Letters of the longest word from right to left; each further one weighs more, for joined letters are shaped anew in each line. */
const JOINED_MOST = 100;
const JOINED_WEIGHT = 8;
/** Of each change of direction: the browser begins a run anew, and puts the runs of a line in order. */
const TURN_WEIGHT = 16;
/** Of a rare character where it comes first, for which browsers look through fonts. */
const NEW_WEIGHT = 12;
/** Characters within which a piece ends with a word rather than in it. */
const WORD_MOST = 100;

const MARKS = /[\p{M}\p{Emoji_Modifier}\p{Default_Ignorable_Code_Point}]+/gu;
const NO_MARK = /[^\p{M}\p{Emoji_Modifier}\p{Default_Ignorable_Code_Point}]/gu;
const JOINER = '\u200d';

/** Takes the marks that are too many out of texts, one after the other as if they were one. */
export class Marks {
  /** How many were taken out. */
  dropped = 0;
  #count = 0;
  #joined = false;

  take(text: string): string {
    let end = 0;
    const kept = text.replace(MARKS, (run, at: number) => {
      this.#letters(text.slice(end, at));
      end = at + run.length;
      this.#joined = run.endsWith(JOINER);
      const marks = [...run];
      const left = marks.slice(0, Math.max(0, MARKS_MOST - this.#count));
      this.#count += marks.length;
      this.dropped += marks.length - left.length;
      return left.join('');
    });
    this.#letters(text.slice(end));
    return kept;
  }

  /** Letters have marks of their own each; of emoji that are joined to one, all count together. */
  #letters(text: string): void {
    if (text && !(this.#joined && /^\p{Extended_Pictographic}$/u.test(text))) this.#count = 0;
    if (text) this.#joined = false;
  }
}

const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}\p{Bidi_Control}]/u;
const [CONTROL, DIGIT, LETTER] = [/\p{Bidi_Control}/u, /\p{Nd}/u, /\p{L}/u];
/** Thai, Lao, Burmese, Khmer: written without spaces, so that browsers look words up to break lines. */
const LOOKED_UP = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]/;

/** Whether any of a text is written from right to left. */
export const hasRightToLeft = (text: string): boolean => RIGHT_TO_LEFT.test(text);

/** The room that is left in one piece. It is overdrawn by one character or element at the most. */
export class Capacity {
  /** The weight of what it has taken. */
  taken = 0;
  readonly #most: number;
  readonly #turning: boolean;
  readonly #rare = new Set<string>();
  #direction = '';
  #joined = 0;

  /** `turning`: the message has text from right to left, in which digits turn the direction too. */
  constructor(most: number, turning: boolean) {
    this.#most = most;
    this.#turning = turning;
  }

  get full(): boolean {
    return this.taken >= this.#most;
  }

  take(weight: number): void {
    this.taken += weight;
  }

  /** Takes what it has room for; returns where the rest begins: at a letter, if it can be at a word. */
  text(text: string): number {
    let at = 0;
    let word = 0;
    for (const character of text) {
      if (this.full) {
        NO_MARK.lastIndex = at;
        const end = NO_MARK.exec(text)?.index ?? text.length;
        return end - word <= WORD_MOST && word > 0 ? word : end;
      }
      at += character.length;
      if (/\s/.test(character)) {
        word = at;
        this.#joined = 0;
      } else if (RIGHT_TO_LEFT.test(character)) {
        this.#joined += 1;
        if (this.#joined > JOINED_MOST) this.take(JOINED_WEIGHT);
      }
      this.take(this.#weightOf(character) + (this.#turning && this.#turned(character) ? TURN_WEIGHT : 0));
    }
    return at;
  }

  /** Whether a run begins here: digits are runs of their own in what goes from right to left. */
  #turned(character: string): boolean {
    if (CONTROL.test(character)) return true;
    const before = this.#direction;
    if (DIGIT.test(character)) this.#direction = 'digit';
    else if (RIGHT_TO_LEFT.test(character)) this.#direction = 'rtl';
    else if (LETTER.test(character)) this.#direction = 'ltr';
    else if (before === 'digit') this.#direction = '';
    return this.#direction !== '' && this.#direction !== before;
  }

  /** By how rare it is, for rare ones are in other fonts, and how large: the rarest are pictures. */
  #weightOf(character: string): number {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20 && character !== '\t') return CONTROL_WEIGHT;
    if (code < 0x300) return 1;
    if (code < 0x800) return 2;
    const fresh = this.#rare.has(character) ? 0 : NEW_WEIGHT;
    this.#rare.add(character);
    if (LOOKED_UP.test(character)) return 8 + fresh;
    return (code < 0x1_0000 ? 4 : 6) + fresh;
  }
}
