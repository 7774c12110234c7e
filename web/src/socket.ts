// The connection: one WebSocket at a time, made again when it breaks.

import type { Bytes } from './cbor.ts';
import { pathTo } from './paths.ts';
import { SUBPROTOCOL } from './wire.ts';

/** Milliseconds before the second try; each further one waits twice as long, at random half as long. */
export const PAUSE_FIRST = 500;
export const PAUSE_MOST = 15_000;
/** Milliseconds to the daemon's first frame, and from there to its second, by which it lets in or refuses. */
const OPEN_WITHIN = 10_000;
/** Milliseconds after which a connection counts as steady, and its loss as the first. */
const STEADY = 10_000;
/**
 * Milliseconds out of sight, and without a frame, after which a connection may have died without a sign: devices
 * sleep meanwhile. A connection that lives is better left alone, for what is said during the change is missed.
 */
const HIDDEN_MOST = 20_000;
/** Milliseconds in which a page that was frozen hears what came meanwhile; else the connection is lost. */
export const THAWED_WITHIN = 1_000;

export type Handlers = {
  frame(bytes: Uint8Array): void;
  /** The connection has ended, or a single try at one has failed. */
  lost(): void;
  /** The next try comes at that time, in milliseconds since 1970; undefined: it is under way. */
  waits(nextTry: number | undefined): void;
};

/** How long to wait before a try, by how many have failed; `chance` is from 0 to 1. */
export function pause(failed: number, chance: number): number {
  if (failed === 0) return 0;
  return Math.min(PAUSE_MOST, PAUSE_FIRST * 2 ** (failed - 1)) * (0.5 + chance / 2);
}

export class Socket {
  readonly #handlers: Handlers;
  #shard = '';
  #socket: WebSocket | null = null;
  #persistent = false;
  #failed = 0;
  /** When the daemon had let in or refused. */
  #answeredAt: number | undefined;
  #hiddenAt = 0;
  #heardAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #online = () => {
    if (this.#answeredAt !== undefined) this.#lose();
    else if (this.#persistent && !this.#socket) this.#open();
  };
  readonly #visibility = () => {
    const silence = Date.now() - Math.max(this.#hiddenAt, this.#heardAt);
    if (document.hidden) {
      this.#hiddenAt = Date.now();
    } else if (this.#answeredAt !== undefined && silence > HIDDEN_MOST) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#lose(), THAWED_WITHIN);
    }
  };

  constructor(handlers: Handlers) {
    this.#handlers = handlers;
    addEventListener('online', this.#online);
    addEventListener('visibilitychange', this.#visibility);
  }

  /** Tries once. */
  connect(shard: string): void {
    this.#shard = shard;
    this.#persistent = false;
    this.#failed = 0;
    this.#open();
  }

  /**
   * Abandons the connection and tries until there is one, at first after `least` milliseconds. It is not closed: that
   * would tell the daemon that this member leaves.
   */
  reconnect(least = 0): void {
    this.#persistent = true;
    this.#abandon();
    this.#wait(least);
  }

  /** The same, and the first try is made at once. */
  retry(): void {
    this.#persistent = true;
    this.#open();
  }

  send(frame: Bytes): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(frame);
  }

  /** Closes the connection and tries no more. Frames that were sent before still go out. */
  close(): void {
    this.#persistent = false;
    this.#abandon()?.close(1000);
  }

  destroy(): void {
    removeEventListener('online', this.#online);
    removeEventListener('visibilitychange', this.#visibility);
    this.close();
  }

  #wait(least = 0): void {
    const wait = Math.max(least, pause(this.#failed, Math.random()));
    this.#failed += 1;
    this.#timer = setTimeout(() => this.#open(), wait);
    this.#handlers.waits(Date.now() + wait);
  }

  #open(): void {
    this.#abandon();
    if (this.#persistent) this.#handlers.waits(undefined);
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const address = `${scheme}//${location.host}${pathTo('ws/')}${this.#shard}`;
    let socket: WebSocket;
    try {
      socket = new WebSocket(address, SUBPROTOCOL);
    } catch {
      // An extension, or the browser's own settings, may forbid it.
      this.#timer = setTimeout(() => this.#ended(false));
      return;
    }
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    let opened = false;
    let frames = 0;
    const silent = () => {
      // Once the seat may have been taken again, closing would give it up.
      if (!this.#persistent || frames === 0) socket.close();
      this.#lose();
    };
    this.#timer = setTimeout(silent, OPEN_WITHIN);
    socket.onopen = () => {
      opened = true;
    };
    socket.onmessage = ({ data }) => {
      frames += 1;
      this.#heardAt = Date.now();
      clearTimeout(this.#timer);
      if (frames === 1) this.#timer = setTimeout(silent, OPEN_WITHIN);
      if (frames === 2) this.#answeredAt = Date.now();
      // A text message is no frame; an empty one is none either, and is refused as such.
      this.#handlers.frame(data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array());
    };
    socket.onclose = () => this.#ended(opened);
  }

  #ended(opened: boolean): void {
    if (this.#persistent && !opened) {
      this.#abandon();
      this.#wait();
    } else {
      this.#lose();
    }
  }

  #lose(): void {
    this.#abandon();
    this.#handlers.lost();
  }

  /** Forgets the connection and any timer, and hears nothing more of it. */
  #abandon(): WebSocket | null {
    clearTimeout(this.#timer);
    if (this.#answeredAt !== undefined && Date.now() - this.#answeredAt >= STEADY) this.#failed = 0;
    this.#answeredAt = undefined;
    const socket = this.#socket;
    this.#socket = null;
    if (socket) socket.onopen = socket.onmessage = socket.onclose = null;
    return socket;
  }
}
