// What the daemon is to obey: signed by the seat's key, for one connection, each under a number above the last.

import type { Bytes } from '../cbor.ts';
import { signOrder } from '../seal/seat.ts';
import type { Command } from '../wire.ts';
import { type Effect, send } from './effects.ts';
import type { Stay } from './stay.ts';

type WithoutTurn<Each> = Each extends unknown ? Omit<Each, 'turn'> : never;

export class Orders {
  readonly #stay: Stay;
  #nonce: Bytes;
  #turn = 0;

  constructor(stay: Stay, nonce: Bytes) {
    this.#stay = stay;
    this.#nonce = nonce;
  }

  /** There is another connection. */
  connected(nonce: Bytes): void {
    this.#nonce = nonce;
    this.#turn = 0;
  }

  give(command: WithoutTurn<Command>): Effect & { do: 'send' } {
    this.#turn += 1;
    return send(signOrder(this.#stay.seat, this.#nonce, { ...command, turn: this.#turn } as Command));
  }
}
