// The worker that stretches a password, one at a time, and what becomes of one that does not answer.

import type { Bytes } from './cbor.ts';
import type { Answer, Task } from './derive.ts';
import { pathTo } from './paths.ts';
import { startWorker } from './trusted.ts';

/** Milliseconds in which the worker, a small file, is loaded and begins. */
const BEGIN_WITHIN = 20_000;
/** Milliseconds between two signs of it, many times what the slowest devices take. */
const SIGN_WITHIN = 60_000;

/** Milliseconds for the answer to whether anybody is there. */
const ANSWER_WITHIN = 5_000;

export type Handlers = {
  /** From 0 to 1. */
  progress(progress: number): void;
  stretched(door: Bytes): void;
  /** `isThere`: the daemon answers all the same. */
  failed(isThere: boolean): void;
};

export class Stretcher {
  readonly #handlers: Handlers;
  #worker: Worker | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(handlers: Handlers) {
    this.#handlers = handlers;
  }

  /** Begins anew; what was begun before is given up. */
  stretch(password: Bytes, salt: Bytes): void {
    this.stop();
    const failed = async () => {
      this.stop();
      const isThere = await isDaemonUp();
      if (!this.#worker) this.#handlers.failed(isThere);
    };
    let worker: Worker;
    try {
      worker = startWorker();
    } catch {
      password.fill(0);
      void failed();
      return;
    }
    this.#worker = worker;
    this.#timer = setTimeout(failed, BEGIN_WITHIN);
    worker.onerror = failed;
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(failed, SIGN_WITHIN);
      if ('begun' in data) return;
      if ('progress' in data) {
        this.#handlers.progress(data.progress);
      } else {
        this.stop();
        this.#handlers.stretched(data.door);
      }
    };
    // Handed over, not copied: this side keeps nothing.
    worker.postMessage({ password, salt } satisfies Task, [password.buffer]);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
  }
}

/** Whether the daemon answers at all. */
const isDaemonUp = (): Promise<boolean> =>
  fetch(pathTo('healthz'), { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_WITHIN) }).then(
    // A daemon on its way out says so by 404.
    ({ status }) => status < 500,
    () => false,
  );
