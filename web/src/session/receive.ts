// Opens what other members say and pass.

import type { Bytes } from '../cbor.ts';
import { openBody, renewChain } from '../seal/chain.ts';
import { SealError } from '../seal/error.ts';
import { openPassed } from '../seal/pair.ts';
import type { Author } from '../state.ts';
import type { Credentials } from './credentials.ts';
import type { Lines } from './lines.ts';
import type { Peer, Peers } from './peers.ts';

/** A message to everyone. One that was read before is dropped without a word. */
export async function receiveSaid(
  credentials: Credentials,
  lines: Lines,
  peer: Peer | undefined,
  from: Author | undefined,
  payload: Bytes,
) {
  try {
    if (!peer?.public || !from) throw new SealError('malformed');
    const spoken = await openBody(credentials.suite, credentials.door, peer.public, peer.chain, payload);
    if (spoken) lines.message(spoken.kind, from, spoken.at, spoken.text, 'sent');
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    if (error.fault !== 'replayed') lines.unreadable(from);
  }
}

/** A chain, or a whisper. */
export async function receivePassed(
  credentials: Credentials,
  peers: Peers,
  lines: Lines,
  peer: Peer | undefined,
  from: Author | undefined,
  passed: Bytes,
) {
  try {
    if (!peer || !from) throw new SealError('malformed');
    const body = await openPassed(credentials.suite, credentials.door, peers.pair(peer), passed);
    if (body?.kind === 'chain') {
      const { generation, counter, key } = body;
      peer.chain = renewChain(peer.chain, { generation, counter, key });
    } else if (body && body.counter >= peer.leastWhisper) {
      peer.leastWhisper = body.counter + 1;
      lines.message('whisper', from, body.at, body.text, 'sent');
    }
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    lines.unreadable(from);
  }
}
