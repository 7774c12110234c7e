// The worker that stretches a password, away from the thread that draws the page.

import type { Bytes } from './cbor.ts';
import { wipe } from './seal/bytes.ts';
import { ROUNDS, stretchNatively, stretchPortably } from './seal/stretch.ts';

/** What the page asks, once for each worker. */
export type Task = { password: Bytes; salt: Bytes };

/** What the worker answers: that it has begun, how far it is (0 to 1), and at last the key. */
export type Answer = { begun: true } | { progress: number } | { door: Bytes };

/** What of a worker's global scope is used here; the page's types stand for the rest. */
type Worker = {
  onmessage: ((event: MessageEvent<Task>) => void) | null;
  postMessage(answer: Answer, handedOver?: Transferable[]): void;
};
const worker = globalThis as unknown as Worker;

worker.onmessage = async ({ data: { password, salt } }) => {
  worker.postMessage({ begun: true });
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  // A browser that offers its cryptography may still refuse to use it.
  const native = subtle && stretchNatively(subtle, password, salt, ROUNDS).catch(() => null);
  const door = (await native) ?? stretch(password, salt);
  wipe(password);
  // Handed over, not copied: this side keeps nothing.
  worker.postMessage({ door }, [door.buffer]);
};

function stretch(password: Bytes, salt: Bytes): Bytes {
  const stretching = stretchPortably(password, salt, ROUNDS);
  for (;;) {
    const step = stretching.next();
    if (step.done) return step.value;
    worker.postMessage({ progress: step.value });
  }
}
