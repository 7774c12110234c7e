// How much a message may hold: the daemon takes frames up to a length, and what is sealed comes in steps.

import { NAME, type Whispered } from '../seal/body.ts';
import { payloadLength } from '../seal/chain.ts';
import { passedLength } from '../seal/pair.ts';
import { OVERHEAD } from '../wire.ts';

/** Bytes of the frame that carries these words, at the most. */
export const frameLength = (isWhisper: boolean, body: Whispered): number =>
  OVERHEAD +
  (isWhisper ? passedLength({ kind: 'whisper', counter: 2 ** 32 - 1, said: body }) : payloadLength(body));

/** What is still being written: to all or to one, and perhaps as an answer. */
export type Written = { text: string; isWhisper?: boolean; isAnswer?: boolean };

/** Bytes of text that a frame of so many bytes has place for; `timer`: seconds until it is forgotten. */
export function textMost(
  frame: number,
  { isWhisper, isAnswer }: Omit<Written, 'text'>,
  timer: number,
): number {
  const fits = (bytes: number) => {
    const said = { at: Number.MAX_SAFE_INTEGER, timer, text: 'x'.repeat(bytes) };
    const body: Whispered = isAnswer
      ? { kind: 'reply', ...said, to: new Uint8Array(NAME) }
      : { kind: 'message', ...said };
    return frameLength(isWhisper ?? false, body) <= frame;
  };
  let [most, tooMany] = [0, frame];
  while (tooMany - most > 1) {
    const between = Math.floor((most + tooMany) / 2);
    if (fits(between)) most = between;
    else tooMany = between;
  }
  return most;
}
