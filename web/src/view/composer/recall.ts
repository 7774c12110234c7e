// What was sent from a box, to be sent again or amended. It lives in memory alone, and is forgotten with the box, or when
// the message is.

/** Texts that are remembered; the oldest go. */
export const RECALLED_MOST = 50;

export class Recall {
  #said: { text: string; forgetAt: number }[] = [];
  /** Which of them stands in the box, as long as nothing else does. */
  #at = 0;

  /** `forgetAt`: in milliseconds since 1970, where it is not for ever. */
  add(text: string, forgetAt = Number.POSITIVE_INFINITY): void {
    if (this.#said.at(-1)?.text === text) this.#said.pop();
    this.#said.push({ text, forgetAt });
    this.#said = this.#said.slice(-RECALLED_MOST);
  }

  /**
   * What is to stand in the box in place of `text`: what was sent before it (-1) or after it (1), and nothing after the
   * newest. Undefined where there is none, and where the text is one's own by now.
   */
  step(text: string, by: -1 | 1): string | undefined {
    const isRecalled = text !== '' && this.#said[this.#at]?.text === text;
    if (text !== '' && !isRecalled) return undefined;
    const next = (isRecalled ? this.#at : this.#said.length) + by;
    if (next < 0 || next > this.#said.length) return undefined;
    this.#at = next;
    return this.#said[next]?.text ?? '';
  }

  /** What is due by then; all without a time. */
  forget(now = Number.POSITIVE_INFINITY): void {
    const kept = this.#said.filter(({ forgetAt }) => now < forgetAt);
    this.#at -= this.#said.length - kept.length;
    this.#said = kept;
  }
}
