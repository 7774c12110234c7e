// Another password for the room (protocol, section 2): the door behind it, boxed for each who stays, and taken out of the
// box by these.

import type { Bytes } from '../cbor.ts';
import { IV } from '../seal/aead.ts';
import { openBox, type Relock, sealBox, stayingHash } from '../seal/box.ts';
import { keyPair } from '../seal/curves.ts';
import { aliasTag, deriveDoor, type Door, wipeDoor } from '../seal/door.ts';
import { SealError } from '../seal/error.ts';
import { type Heart, isSameRoom, openHeart, sealHeart, wipeHeart } from '../seal/heart.ts';
import { HASH } from '../seal/hkdf.ts';
import type { PublicKey } from '../seal/signature.ts';
import type { Command, Staying } from '../wire.ts';
import { isReady, type Peer } from './peers.ts';
import { FORMER_KEPT } from './pair-keys.ts';
import { ownKeys } from './renewal.ts';
import type { Roster } from './roster.ts';
import { partyOf, type Stay } from './stay.ts';

/** Another door, and the heart behind it. */
export type NewDoor = { door: Door; heart: Heart };

/** What the daemon is asked to take over, with boxes for these members and oneself. */
export async function makeRelock(
  stay: Stay,
  roster: Roster,
  lock: number,
  stretched: Bytes,
  password: Bytes,
  kept: ReadonlySet<Peer>,
): Promise<NewDoor & { command: Omit<Command & { kind: 'relock' }, 'turn'> }> {
  const { suite, roomSalt, random, voice } = stay;
  const door = deriveDoor(roomSalt.room, Uint8Array.from(stretched));
  const secret = Uint8Array.from(stay.heart.secret);
  const heart = { ...stay.heart, secret, password: Uint8Array.from(password) };
  const others = roster
    .peers()
    .flatMap(peer => (peer.shown && isReady(peer) && kept.has(peer) ? [{ id: peer.id, ...peer.shown }] : []));
  const all = [{ id: stay.you, alias: stay.alias, ...partyOf(stay) }, ...others];
  const relock = { lock, staying: stayingHash(all.map(({ id }) => id)) };
  const staying: Staying[] = [];
  for (const { id, alias, ...party } of all) {
    const ephemeral = keyPair(random(HASH));
    const box = await sealBox(suite, roomSalt, voice, party, relock, stretched, ephemeral, random(IV));
    staying.push({ id, tag: aliasTag(door, alias), box });
  }
  const sealed = await sealHeart(suite, door, heart, random(IV));
  const command = { kind: 'relock', lock: lock - 1, gate: door.gate.public, heart: sealed, staying } as const;
  return { door, heart, command };
}

/** Takes the door out of one's own box; null where it is not from who has this voice, or leads to another room. */
export async function takeDoor(
  stay: Stay,
  by: PublicKey,
  relock: Relock,
  box: Bytes,
  sealedHeart: Bytes,
): Promise<NewDoor | null> {
  const { suite, roomSalt } = stay;
  for (const { secret, party } of ownKeys(stay)) {
    try {
      const stretched = await openBox(suite, roomSalt, secret, party, by, relock, box);
      const door = deriveDoor(roomSalt.room, stretched);
      const heart = await heartBehind(stay, door, sealedHeart);
      if (heart) return { door, heart };
      wipeDoor(door);
      return null;
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
    }
  }
  return null;
}

/** The heart as it opens behind a door, if it is that of the same room. */
async function heartBehind(stay: Stay, door: Door, sealed: Bytes): Promise<Heart | null> {
  try {
    const heart = await openHeart(stay.suite, door, sealed, stay.aliases.checkAlias);
    if (isSameRoom(heart, stay.heart)) return heart;
    wipeHeart(heart);
    return null;
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}

/** It never came to be, or is not known to. */
export function wipeNewDoor({ door, heart }: NewDoor): void {
  wipeDoor(door);
  wipeHeart(heart);
}

/** Whether a heart is behind this door. */
export async function fits(stay: Stay, { door }: NewDoor, sealed: Bytes): Promise<boolean> {
  const heart = await heartBehind(stay, door, sealed);
  if (heart) wipeHeart(heart);
  return heart !== null;
}

/** From now on the room is behind this door. */
export function goThrough(stay: Stay, { door, heart }: NewDoor, now: number): void {
  if (stay.formerDoor) wipeDoor(stay.formerDoor.door);
  stay.formerDoor = { door: stay.door, until: now + FORMER_KEPT };
  wipeHeart(stay.heart);
  stay.door = door;
  stay.heart = heart;
  stay.isKeyless = false;
}
