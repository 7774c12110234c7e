// What a seat's key signs for the daemon (protocol, section 3, rule 1), each for one connection.

import type { Bytes } from '../cbor.ts';
import { type ClientFrame, type Command, encodeCommand } from '../wire.ts';
import type { RoomKey } from './room-key.ts';
import { signItems } from './signed.ts';
import type { SigningKey } from './signature.ts';

/** The frame that takes one's seat again. */
export const signResume = (seat: SigningKey, nonce: Bytes, room: RoomKey, id: number): ClientFrame => ({
  kind: 'resume',
  room,
  id,
  signature: signItems(seat, 'resume', nonce, room, id),
});

/** The frame of an order, whose `turn` is above that of the order before. */
export function signOrder(seat: SigningKey, nonce: Bytes, order: Command): ClientFrame {
  const command = encodeCommand(order);
  return { kind: 'order', command, signature: signItems(seat, 'order', nonce, command) };
}
