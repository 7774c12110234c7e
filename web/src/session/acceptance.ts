// Whether a card is taken for what it says (protocol, section 2, "What a member has"): a daemon may show copies, and a
// member something that is not its own.

import { type Bytes, writeItem } from '../cbor.ts';
import { open } from '../seal/aead.ts';
import { equal } from '../seal/bytes.ts';
import { type Card, openCard } from '../seal/card.ts';
import type { Door } from '../seal/door.ts';
import { SealError } from '../seal/error.ts';
import { folded } from '../seal/folded.ts';
import { sha256 } from '../seal/hkdf.ts';
import { KnownKeys } from '../seal/known-keys.ts';
import { numberOf } from '../seal/number.ts';
import type { Standing } from '../state.ts';
import { isReady, type Peer } from './peers.ts';
import { PutOut } from './put-out.ts';
import type { Roster } from './roster.ts';
import { partyOf, type Stay } from './stay.ts';

export class Acceptance {
  readonly #stay: Stay;
  readonly #roster: Roster;
  readonly #known: KnownKeys;
  readonly #putOut: PutOut;

  /** `before`: that of the stay before this one in the same room. */
  constructor(stay: Stay, roster: Roster, before?: Acceptance) {
    this.#stay = stay;
    this.#roster = roster;
    this.#known = new KnownKeys(before && before.#known);
    this.#putOut = before ? before.#putOut : new PutOut();
    this.ownChanged();
  }

  /** One's own key is another one: nobody else may show it. */
  ownChanged(): void {
    this.#known.addOwn(partyOf(this.#stay));
  }

  /** A voice is not to be heard any more, by whatever card. */
  putOut(voice: Bytes): void {
    this.#putOut.add(voice);
  }

  /**
   * Judges the card that a member shows, and takes over what it says if it is accepted. `isNew`: it is not from a
   * `welcome`, where two may have come by one alias.
   */
  async show(peer: Peer, sealed: Bytes, isNew: boolean): Promise<void> {
    peer.card = sha256(sealed);
    this.#roster.changed();
    const card = await this.#read(peer, sealed, isNew);
    if (card !== 'not-ready') peer.isMet = false;
    if (card === 'unreadable') peer.wasRefused = true;
    peer.unopened = card === 'not-ready' ? Uint8Array.from(sealed) : undefined;
    if (typeof card === 'string') {
      // A member that was put out stays so.
      if (peer.standing !== 'shut-out') peer.standing = card;
      return;
    }
    peer.shown = card;
    peer.number ||= numberOf(this.#stay.door.room, card.voice);
    if (peer.standing !== 'shut-out') peer.standing = 'ready';
    this.#roster.changed();
  }

  async #read(peer: Peer, sealed: Bytes, isNew: boolean): Promise<Card | Standing> {
    const { suite, aliases, formerDoor, door } = this.#stay;
    // A card that was on its way when the room was given another password is taken of a voice that is known.
    const doors = peer.shown && formerDoor ? [door, formerDoor.door] : [door];
    for (const each of doors) {
      try {
        const card = await openCard(suite, each, peer.entry, sealed, aliases.checkAlias);
        if (this.#putOut.has(card.voice.bytes)) return 'shut-out';
        if (this.#isCopy(peer, card) || this.#isNameTaken(peer, card.alias, isNew)) return 'unreadable';
        this.#known.accept(peer.arrival, card);
        return card;
      } catch (error) {
        if (!(error instanceof SealError)) throw error;
        if (error.fault !== 'forged' || (await this.#isFor(each, sealed))) return 'unreadable';
      }
    }
    return 'not-ready';
  }

  /** Whether a card shows the keys of somebody else who is seated, however long ago these were shown. */
  #isCopy({ id }: Peer, card: Card): boolean {
    return this.#roster
      .peers()
      .some(
        other =>
          other.id !== id &&
          other.shown &&
          (equal(other.shown.voice.bytes, card.voice.bytes) || equal(other.shown.public, card.public)),
      );
  }

  /**
   * Whether an alias is that of somebody who is heard and present. A member keeps its own for as long as it is ready: while
   * it was not, another may have taken it. One that is met in a `welcome` may have had it for long.
   */
  #isNameTaken(peer: Peer, alias: string, isNew: boolean): boolean {
    const isSame = peer.shown && folded(peer.shown.alias) === folded(alias);
    const isKept = isSame ? isReady(peer) : !peer.shown && peer.isMet;
    if (isKept || !isNew) return false;
    const isPresent = (other: Peer | undefined) => !other || (isReady(other) && !other.away);
    return this.#roster.named(alias).some(id => id !== peer.id && isPresent(this.#roster.of(id)));
  }

  /** Whether a card is sealed for this door at all. */
  async #isFor(door: Door, sealed: Bytes): Promise<boolean> {
    const aad = writeItem(['card', door.room]);
    try {
      await open(this.#stay.suite, door.cardKey, sealed, aad, () => null);
      return true;
    } catch {
      return false;
    }
  }
}
