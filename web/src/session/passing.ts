// What goes to one member alone.

import { IV } from '../seal/aead.ts';
import { SealError } from '../seal/error.ts';
import { type Passed, sealPassed } from '../seal/pair.ts';
import type { Pass } from '../wire.ts';
import { isReady, type Peer } from './peers.ts';
import type { Stay } from './stay.ts';

/** Seals something for a member; null where it has shown nothing to seal under. */
export async function passTo(stay: Stay, peer: Peer, body: Passed): Promise<Pass | null> {
  const { suite, roomSalt, random } = stay;
  if (!peer.shown || !isReady(peer)) return null;
  stay.isOwnUsed = true;
  try {
    const key = peer.pair.sending(stay, peer.shown);
    return { to: peer.id, passed: await sealPassed(suite, roomSalt, key, body, random(IV)) };
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}
