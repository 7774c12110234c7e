// What the session asks of the world around it.

import type { Bytes } from '../cbor.ts';
import { type ClientFrame, encodeClientFrame } from '../wire.ts';

export type Effect =
  /** Stretch a password and answer with `derived`; report progress before. */
  | { do: 'derive'; password: Bytes; salt: Bytes }
  /** Stop stretching. */
  | { do: 'stop-deriving' }
  /** Connect once. */
  | { do: 'connect'; shard: string }
  /** Abandon the connection, without closing it, and connect again until it works; but not before `wait` milliseconds. */
  | { do: 'reconnect'; wait: number }
  /** Connect again at once, and then as by `reconnect`. */
  | { do: 'retry' }
  | { do: 'send'; frame: Bytes }
  /** Close the connection and try no more. */
  | { do: 'close' };

export const send = (frame: ClientFrame) =>
  ({ do: 'send', frame: encodeClientFrame(frame) }) as const satisfies Effect;
