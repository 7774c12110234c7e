// What this member has for as long as it stays: its keys, its room, and how others' aliases are judged.

import type { Bytes } from '../cbor.ts';
import type { Aliases } from '../lazy.ts';
import { wipe } from '../seal/bytes.ts';
import type { Party } from '../seal/card.ts';
import { type KeyPair, keyPair } from '../seal/curves.ts';
import { copyDoor, type Door, wipeDoor } from '../seal/door.ts';
import { type Heart, type RoomSalt, roomSaltOf, wipeHeart, wipeRoomSalt } from '../seal/heart.ts';
import { HASH } from '../seal/hkdf.ts';
import { type PublicKey, publicKey, type SigningKey, signingKey } from '../seal/signature.ts';
import type { Suite } from '../seal/suite.ts';

/** All that the session needs from outside. */
export type Environment = { readonly suite: Suite; readonly random: (length: number) => Bytes };

/** An X25519 pair of one's own; `n` counts them. */
export type OwnKey = KeyPair & { readonly n: number };

/** What a member has before it is let in. */
export type Credentials = Environment & {
  /** As it is shown to the others. */
  alias: string;
  readonly aliases: Aliases;
  /** Follows the room's password. */
  door: Door;
  /** Known to the daemon alone, and to the members alone. */
  readonly seat: SigningKey;
  readonly voice: SigningKey;
  readonly voiceKey: PublicKey;
  own: OwnKey;
};

/** Own pairs of before that are kept: as many as an honest daemon lets a member renew at once. */
export const FORMER_OWN_MOST = 3;

export type Stay = Credentials & {
  readonly you: number;
  readonly entry: Bytes;
  readonly roomSalt: RoomSalt;
  heart: Heart;
  /** The room is behind another door, which this member was not given. */
  isKeyless: boolean;
  /** Something was passed to or by this member under its present X25519 pair. */
  isOwnUsed: boolean;
  /** For what was sealed just before, until that time in milliseconds since 1970. */
  formerDoor?: { door: Door; until: number };
  /** The latest last. */
  formerOwn: { own: OwnKey; until: number }[];
};

export function makeCredentials(
  environment: Environment,
  door: Door,
  alias: string,
  aliases: Aliases,
): Credentials {
  const { random } = environment;
  const voice = signingKey(random(HASH));
  return {
    ...environment,
    alias,
    aliases,
    door,
    seat: signingKey(random(HASH)),
    voice,
    voiceKey: publicKey(voice.public),
    own: { ...keyPair(random(HASH)), n: 0 },
  };
}

/** What a member has to enter the same room anew, as somebody whom nothing but the alias ties to before. */
export const credentialsAfter = ({ suite, random, door, alias, aliases }: Stay): Credentials =>
  makeCredentials({ suite, random }, copyDoor(door), alias, aliases);

export const beginStay = (credentials: Credentials, you: number, entry: Bytes, heart: Heart): Stay => ({
  ...credentials,
  you,
  entry,
  heart,
  isKeyless: false,
  isOwnUsed: false,
  formerOwn: [],
  roomSalt: roomSaltOf(credentials.door.room, heart),
});

export const partyOf = ({ voiceKey, own }: Credentials): Party => ({ voice: voiceKey, public: own.public });

/** Drops what was kept for the moment. */
export function dropFormer(stay: Stay, now: number): void {
  if (stay.formerDoor && stay.formerDoor.until <= now) {
    wipeDoor(stay.formerDoor.door);
    delete stay.formerDoor;
  }
  dropFormerOwn(stay, ({ until }) => until <= now);
}

function dropFormerOwn(stay: Stay, isOver: (former: Stay['formerOwn'][number]) => boolean): void {
  for (const former of stay.formerOwn.filter(isOver)) wipe(former.own.secret);
  stay.formerOwn = stay.formerOwn.filter(former => !isOver(former));
}

/** Keeps one's own pair that was replaced, for a box that may be on its way to it. */
export function keepFormerOwn(stay: Stay, own: OwnKey, until: number): void {
  stay.formerOwn.push({ own, until });
  const kept = stay.formerOwn.slice(-FORMER_OWN_MOST);
  dropFormerOwn(stay, former => !kept.includes(former));
}

/** When something of that kind is next to be dropped. */
export const formerDue = ({ formerDoor, formerOwn }: Stay): number =>
  Math.min(formerDoor?.until ?? Number.POSITIVE_INFINITY, ...formerOwn.map(({ until }) => until));

export function wipeCredentials({ door, seat, voice, own }: Credentials): void {
  wipeDoor(door);
  wipe(seat.seed, voice.seed, own.secret);
}

export function wipeStay(stay: Stay): void {
  wipeCredentials(stay);
  dropFormer(stay, Number.POSITIVE_INFINITY);
  wipeHeart(stay.heart);
  wipeRoomSalt(stay.roomSalt);
}
