// The renewal of this member's own X25519 pair (protocol, section 2): who takes its keys later opens nothing that was
// passed to it before.

import type { Bytes } from '../cbor.ts';
import { IV } from '../seal/aead.ts';
import { equal, wipe } from '../seal/bytes.ts';
import { sealCard } from '../seal/card.ts';
import { keyPair } from '../seal/curves.ts';
import { aliasTag } from '../seal/door.ts';
import { HASH, sha256 } from '../seal/hkdf.ts';
import type { Denial } from '../wire.ts';
import type { Effect } from './effects.ts';
import type { Lines } from './lines.ts';
import type { Orders } from './orders.ts';
import type { Roster } from './roster.ts';
import { keepFormerOwn, type OwnKey, partyOf, type Stay } from './stay.ts';

/** Milliseconds from one renewal to the next, a fifth more or less. */
export const RENEWED_EVERY = 600_000;
/** Milliseconds for which the secret before is kept: a box for it may be under way. */
export const FORMER_OWN_KEPT = 10_000;
/** Milliseconds in which the daemon is to show a card that it was asked for. */
export const ANSWER_WITHIN = 120_000;
/** Milliseconds to wait where the daemon denies a renewal for no reason that passes. */
const AGAIN_AFTER = 30_000;
/** Milliseconds to wait at the least, for each try costs a key and a card. */
const AGAIN_LEAST = 1000;

export class Renewal {
  readonly #stay: Stay;
  readonly #roster: Roster;
  readonly #orders: Orders;
  readonly #lines: Lines;
  /** What the daemon was asked to show, until it does; `card` is the hash of it. */
  #asked: { own: OwnKey; card: Bytes; alias: string } | undefined;
  /** Another alias that this member is to be shown under. */
  #alias: string | undefined;
  /** When it is told that none of the cards that were asked for is shown. */
  #shownDue = Number.POSITIVE_INFINITY;
  /** One was asked for since the last that was shown. */
  #isAwaited = false;
  #isUrgent = false;
  #due: number;
  #backOffUntil = 0;

  constructor(stay: Stay, roster: Roster, orders: Orders, lines: Lines, now: number) {
    this.#stay = stay;
    this.#roster = roster;
    this.#orders = orders;
    this.#lines = lines;
    this.#due = this.#draw(now);
  }

  /** Not to be put off: the page was frozen, the connection broken, or the room has another password. */
  urge(): void {
    this.#isUrgent = true;
  }

  /** What this member is to be called, once that is shown to all. */
  alias(): string {
    return this.#alias ?? this.#asked?.alias ?? this.#stay.alias;
  }

  /** This member is to have another alias, which a card of a new key shows. */
  rename(alias: string): void {
    this.#alias = alias;
    this.urge();
  }

  isRenaming(): boolean {
    return this.#alias !== undefined;
  }

  /** The page stood still, so that an answer may not have been heard yet. */
  thawed(now: number): void {
    this.urge();
    if (this.#shownDue < Number.POSITIVE_INFINITY) this.#shownDue = now + ANSWER_WITHIN;
  }

  /** When the daemon's answer has been waited for for long enough. */
  shownDue(): number {
    return this.#shownDue;
  }

  /** Tells, once, that the daemon keeps this member at a pair that it wants to leave, whatever it denies. */
  watch(now: number): void {
    if (now < this.#shownDue) return;
    // Nothing is renewed without a key to the room: a card that was denied before is not asked for again.
    if (this.#stay.isKeyless) return this.#answered();
    this.#shownDue = Number.POSITIVE_INFINITY;
    this.#lines.event('unrenewed');
  }

  due(): number {
    if (this.#asked) return Number.POSITIVE_INFINITY;
    const { isKeyless, isOwnUsed } = this.#stay;
    // Nobody could open a card that is sealed for a door of before.
    if (isKeyless || !(this.#isUrgent || isOwnUsed)) return Number.POSITIVE_INFINITY;
    return Math.max(this.#backOffUntil, this.#isUrgent ? 0 : this.#due);
  }

  /** Asks the daemon to show another card, where that is due. */
  async next(now: number): Promise<Effect[]> {
    if (now < this.due()) return [];
    const { suite, random, door, entry, voice, voiceKey } = this.#stay;
    const alias = this.#alias ?? this.#stay.alias;
    const own = { ...keyPair(random(HASH)), n: this.#stay.own.n + 1 };
    const shown = { alias, voice: voiceKey, public: own.public, n: own.n };
    const card = await sealCard(suite, door, entry, shown, voice, random(IV));
    this.#asked = { own, card: sha256(card), alias };
    if (!this.#isAwaited) this.#shownDue = now + ANSWER_WITHIN;
    this.#isAwaited = true;
    this.#isUrgent = false;
    return [this.#orders.give({ kind: 'renew', card, tag: aliasTag(door, alias) })];
  }

  denied(why: Denial, retryMs: number, now: number): void {
    // A later wish is not denied by that.
    if (why === 'alias-in-use' && this.#alias !== undefined && this.#asked?.alias === this.#alias) {
      this.#lines.note({ code: 'alias-in-use' });
      this.#alias = undefined;
    }
    this.#drop();
    this.#backOffUntil = now + (retryMs > 0 ? Math.max(retryMs, AGAIN_LEAST) : AGAIN_AFTER);
    this.#isUrgent = true;
  }

  /** The daemon shows another card of this member; whether it is the one that was asked for. */
  renewed(card: Bytes, now: number): boolean {
    const hash = sha256(card);
    const isSame = equal(this.#roster.you.card, hash);
    this.#roster.you.card = hash;
    this.#roster.changed();
    if (!this.#asked || !equal(this.#asked.card, hash)) return isSame;
    const { own, alias } = this.#asked;
    this.#asked = undefined;
    this.#answered();
    for (const { pair, shown } of this.#roster.peers()) if (shown) pair.replace(this.#stay, shown, now);
    keepFormerOwn(this.#stay, this.#stay.own, now + FORMER_OWN_KEPT);
    this.#stay.own = own;
    this.#stay.alias = alias;
    if (this.#alias === alias) this.#alias = undefined;
    this.#stay.isOwnUsed = false;
    this.#due = this.#draw(now);
    return true;
  }

  /** The seat was taken again, with this card: that decides which pair stands. Whether it is one of them. */
  resumed(card: Bytes, now: number): boolean {
    const stands = this.renewed(card, now);
    this.#drop();
    this.#answered();
    this.#backOffUntil = 0;
    this.urge();
    return stands;
  }

  wipe(): void {
    this.#drop();
  }

  #answered(): void {
    this.#isAwaited = false;
    this.#shownDue = Number.POSITIVE_INFINITY;
  }

  #drop(): void {
    wipe(this.#asked?.own.secret);
    this.#asked = undefined;
  }

  #draw(now: number): number {
    const [byte = 0] = this.#stay.random(1);
    return now + RENEWED_EVERY * (0.8 + (0.4 * byte) / 255);
  }
}

/** The own pairs that something sealed for this member may be for, the present one first. */
export const ownKeys = (stay: Stay) =>
  [stay.own, ...stay.formerOwn.map(({ own }) => own).reverse()].map(own => ({
    secret: own.secret,
    party: { ...partyOf(stay), public: own.public },
  }));
