// Whether the daemon is still heard, and whether this page stood still meanwhile.

/** Milliseconds of silence that a daemon may ask for. */
const SILENCE_LEAST = 5_000;
const SILENCE_MOST = 600_000;
/** Milliseconds by which a timer that comes so late tells of a freeze; in a hidden tab it may be a minute. */
export const FROZEN = 120_000;

export class Watch {
  #silence = SILENCE_MOST;
  #heardAt = 0;
  /** From when on silence counts: the last frame, or the end of a freeze. */
  #listensFrom = 0;

  /** `silence` is after how many milliseconds without a frame the connection is lost. */
  connected(silence: number, now: number): void {
    this.#silence = Math.max(SILENCE_LEAST, Math.min(SILENCE_MOST, silence));
    this.heard(now);
  }

  heard(now: number): void {
    this.#heardAt = this.#listensFrom = now;
  }

  /** Since when the connection may have been dead. */
  heardAt(): number {
    return this.#heardAt;
  }

  due(): number {
    return this.#listensFrom + this.#silence;
  }

  isLost(now: number): boolean {
    return now >= this.due();
  }

  /** Whether that was due so long ago that nothing has run since; what came meanwhile is still to be heard then. */
  isThawed(now: number): boolean {
    if (now < this.due() + FROZEN) return false;
    this.#listensFrom = now;
    return true;
  }
}
