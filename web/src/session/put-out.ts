// Voices that a member with the right has put out: none of them is taken again, under whatever number (protocol,
// section 3, rule 7).

import type { Bytes } from '../cbor.ts';

/** Voices that are remembered; the oldest go. */
export const PUT_OUT_KEPT = 4096;

export class PutOut {
  readonly #voices = new Set<string>();

  add(voice: Bytes): void {
    this.#voices.add(keyOf(voice));
    for (const oldest of this.#voices) {
      if (this.#voices.size <= PUT_OUT_KEPT) break;
      this.#voices.delete(oldest);
    }
  }

  has(voice: Bytes): boolean {
    return this.#voices.has(keyOf(voice));
  }
}

const keyOf = (voice: Bytes): string => String.fromCharCode(...voice);
