// Being let in: what the daemon is asked, and whether what it shows is the room that the password opens.

import type { Bytes } from '../cbor.ts';
import { IV } from '../seal/aead.ts';
import { equal, utf8 } from '../seal/bytes.ts';
import { sealCard } from '../seal/card.ts';
import { aliasTag, signCreate, signEnter } from '../seal/door.ts';
import { SealError } from '../seal/error.ts';
import { type Heart, openHeart, sealHeart, wipeHeart } from '../seal/heart.ts';
import { HASH } from '../seal/hkdf.ts';
import { passwordBytes } from '../seal/password.ts';
import type { Entry } from '../state.ts';
import { CODE_MOST, type DaemonFrame } from '../wire.ts';
import { type Effect, send } from './effects.ts';
import { type Connection, Membership } from './membership.ts';
import { hasTwice } from './roster.ts';
import { beginStay, type Credentials, wipeStay } from './stay.ts';

/** Bytes of a nonce that name the stay which begins on its connection. */
const ENTRY = 16;

export type Asked = {
  readonly credentials: Credentials;
  readonly connection: Connection;
  readonly entry: Bytes;
  readonly card: Bytes;
  /** The heart of a room that is opened, as it was sealed. */
  readonly heart?: Bytes;
};

/** Asks to be let in. */
export async function ask(
  credentials: Credentials,
  connection: Connection,
  filledIn: Pick<Entry, 'mode' | 'rule' | 'password' | 'code'>,
  now: number,
): Promise<{ asked: Asked; effects: Effect[] }> {
  const { suite, random, door, alias, voice, voiceKey, own } = credentials;
  const { nonce } = connection;
  const entry = nonce.slice(0, ENTRY);
  const shown = { alias, voice: voiceKey, public: own.public, n: own.n };
  const card = await sealCard(suite, door, entry, shown, voice, random(IV));
  const common = { seat: credentials.seat.public, card, tag: aliasTag(door, alias) };
  const asked = { credentials, connection, entry, card };
  if (filledIn.mode === 'enter') return { asked, effects: [send(signEnter(door, nonce, common))] };
  const rule = filledIn.rule ?? 'keeper';
  const password = passwordBytes(filledIn.password) ?? new Uint8Array();
  const opened: Heart = { secret: random(HASH), rule, password, alias, at: now };
  const heart = await sealHeart(suite, door, opened, random(IV)).finally(() => wipeHeart(opened));
  // A longer code is wrong, and so is its beginning.
  const code = filledIn.code ? { code: utf8(filledIn.code).slice(0, CODE_MOST) } : {};
  const create = signCreate(door, nonce, { ...common, heart, rule, ...code });
  return { asked: { ...asked, heart }, effects: [send(create)] };
}

/** The room that the daemon shows, or why it can't be entered; `before`: the membership that was lost there. */
export async function enter(
  { credentials, connection, entry, card, heart: made }: Asked,
  welcome: DaemonFrame & { kind: 'welcome' },
  now: number,
  before?: Membership,
): Promise<Membership | 'false-room' | 'alias-in-use'> {
  if (hasTwice(welcome.members)) return 'false-room';
  const own = welcome.members.find(({ id }) => id === welcome.you);
  if (!own || !equal(own.entry, entry) || !equal(own.card, card)) return 'false-room';
  if (made && !equal(made, welcome.heart)) return 'false-room';
  let heart: Heart;
  try {
    const { suite, door, aliases } = credentials;
    heart = await openHeart(suite, door, welcome.heart, aliases.checkAlias);
  } catch (error) {
    if (error instanceof SealError) return 'false-room';
    throw error;
  }
  const stay = beginStay(credentials, welcome.you, entry, heart);
  let entered: Membership | 'false-room' | 'alias-in-use' | undefined;
  try {
    return (entered = await Membership.enter(stay, welcome, card, connection, now, before));
  } finally {
    if (!(entered instanceof Membership)) wipeStay(stay);
  }
}
