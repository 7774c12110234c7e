// The members as they come, change and go: who is seated, what they are called, how they are told apart and whether their
// voices were compared.

import type { Bytes } from '../cbor.ts';
import type { Looks } from '../looks/looks.ts';
import { equal } from '../seal/bytes.ts';
import { forgetChain } from '../seal/chain.ts';
import { folded } from '../seal/folded.ts';
import { numberOf } from '../seal/number.ts';
import type { PublicKey } from '../seal/signature.ts';
import type { Addressee, Author, Ended, Ending, Event, Member, Named, Note } from '../state.ts';
import type { Seated } from '../wire.ts';
import { voiceId } from './about.ts';
import { Acceptance } from './acceptance.ts';
import type { Lines } from './lines.ts';
import { isReady, makePeer, type Peer } from './peers.ts';
import { Roster } from './roster.ts';
import type { Stay } from './stay.ts';

export class Company {
  readonly roster: Roster;
  readonly #stay: Stay;
  readonly #lines: Lines;
  readonly #looks: Looks;
  readonly #acceptance: Acceptance;
  readonly #ownNumber: string;
  /** What one is called, as was last told. */
  #own: Named;
  /** The numbers that were compared, each for a voice. */
  readonly #verified: Set<string>;
  /** The voice of who last whispered to this member. */
  #whisperer: Bytes | undefined;

  /** `before`: the company of the stay before this one in the same room; voices that are out, or compared, stay so. */
  constructor(stay: Stay, card: Bytes, lines: Lines, before?: Company) {
    const { you, entry, alias, aliases } = stay;
    this.#stay = stay;
    this.#lines = lines;
    this.roster = new Roster({ id: you, entry, card, away: false }, stay, before?.roster);
    this.#acceptance = new Acceptance(stay, this.roster, before && before.#acceptance);
    this.#verified = new Set(before ? before.#verified : []);
    this.#whisperer = before && before.#whisperer;
    this.#looks = new aliases.Looks(aliases.skeletonsOf ?? (() => []), id => lines.hasLinesOf(id));
    this.#looks.add(you, alias, true);
    this.#own = this.named(you);
    this.#ownNumber = numberOf(stay.door.room, stay.voiceKey);
  }

  named = (id: number): Named => {
    const [alias, ordinal] = [this.roster.aliasOf(id), this.roster.ordinal(id)];
    const found = this.#looks.lookalike(id);
    // Members of one alias are told apart by their numbers.
    const isSame = found?.of === 'member' && folded(found.alias) === folded(alias);
    const lookalike = isSame ? undefined : found;
    return {
      alias,
      ...(ordinal !== undefined && { ordinal }),
      hue: this.#looks.hue(id),
      ...(lookalike && { lookalike }),
    };
  };

  addressee = (id: number): Addressee => ({
    id,
    number: id === this.#stay.you ? this.#ownNumber : (this.roster.of(id)?.number ?? ''),
  });

  author = (id: number): Author => ({
    ...this.addressee(id),
    ...this.named(id),
    you: id === this.#stay.you,
  });

  /** The member that was meant, if that one is still here. */
  meant({ id, number }: Addressee): Peer | undefined {
    const peer = this.roster.of(id);
    return peer?.number === number ? peer : undefined;
  }

  /** Why nothing can be whispered to a member now. */
  obstacle(to: Addressee): Note | undefined {
    const peer = this.meant(to);
    if (!peer) return { code: to.number === this.#ownNumber ? 'yourself' : 'gone' };
    if (!isReady(peer)) return { code: 'unnamed' };
    return peer.away ? { code: 'away', alias: this.named(peer.id).alias } : undefined;
  }

  members(): Member[] {
    return this.roster.ids().map(id => this.#member(id));
  }

  /** Whether the numbers of all others were compared. */
  isVerified(): boolean {
    const peers = this.roster.peers();
    return peers.length > 0 && peers.every(peer => isReady(peer) && this.#verified.has(peer.number));
  }

  verify({ number }: Peer, isSame: boolean): void {
    if (number && isSame) this.#verified.add(number);
    else this.#verified.delete(number);
  }

  /** Nothing that a member says is shown here any more, or again. */
  ignore({ shown }: Peer, isIgnored: boolean): void {
    if (shown) this.#lines.ignore(voiceId(shown.voice.bytes), isIgnored);
  }

  isIgnored(id: number): boolean {
    const voice = this.roster.of(id)?.shown?.voice;
    return voice !== undefined && this.#lines.isIgnored(voiceId(voice.bytes));
  }

  /** A member has whispered to this one, and it is shown. */
  whispered(id: number): void {
    if (!this.isIgnored(id)) this.#whisperer = this.roster.of(id)?.shown?.voice.bytes;
  }

  /** Who last whispered to this member; null where that one is not here any more, undefined where nobody did. */
  whisperer(): number | null | undefined {
    const id = this.#whisperer && (this.ownerOf(this.#whisperer) ?? null);
    return typeof id === 'number' && this.isIgnored(id) ? undefined : id;
  }

  /** Those of whom it is shown that they are typing. */
  typing(peers: readonly Peer[]): Named[] {
    const shown = peers.filter(peer => this.roster.has(peer) && !peer.away && !this.isIgnored(peer.id));
    return shown.map(({ id }) => this.named(id));
  }

  /** Whether somebody may kick, stop, lock and relock. */
  moderates(id: number): boolean {
    const isAllowed = this.#stay.heart.rule === 'everyone' || this.roster.keeper === id;
    return isAllowed && this.roster.isSeated(id) && this.roster.of(id)?.standing !== 'shut-out';
  }

  /** A note tells whose it is to do what this member may not. */
  refuse(): void {
    this.#lines.note({ code: 'not-yours', keeper: this.named(this.roster.keeper).alias });
  }

  /** What another member has ended by its word; who has done it itself knows. */
  endedBy(ending: Ending, id: number): Ended {
    const { alias, ordinal } = this.named(id);
    return id === this.#stay.you ? { ending } : { ending, by: ordinal ? `${alias} ${ordinal}` : alias };
  }

  /** In whose voice a member's boxes are to be; of who is put out or refused none is taken. */
  makerVoice(id: number): PublicKey | undefined {
    const peer = this.roster.of(id);
    // Its latest card may wait for the very door that is in the box.
    return peer?.standing === 'ready' || peer?.standing === 'not-ready' ? peer.shown?.voice : undefined;
  }

  /** Who has this voice, this member too. */
  ownerOf(voice: Bytes): number | undefined {
    const { you, voice: own } = this.#stay;
    return equal(own.public, voice) ? you : this.peerOf(voice)?.id;
  }

  peerOf(voice: Bytes): Peer | undefined {
    return this.roster.peers().find(({ shown }) => shown && equal(shown.voice.bytes, voice));
  }

  /**
   * Takes somebody in. `arrived`: the count of the order at which it comes, where it was not there before; `known`: who
   * had this id in a stay before this one.
   */
  async seat({ id, entry, card, away }: Seated, arrived?: number, known?: Peer): Promise<void> {
    const arrival = known && equal(known.entry, entry) ? known.arrival : this.roster.nextArrival();
    const peer = makePeer(id, entry, arrival, arrived ?? 0, away);
    this.roster.add(peer);
    await this.#acceptance.show(peer, card, arrived !== undefined);
    // Members that enter know the door.
    if (arrived !== undefined && !this.#stay.isKeyless) refuseUnopened(peer);
    this.#looks.add(id, this.roster.aliasOf(id));
  }

  /** A member shows another card. `isNew`: it is not from a `welcome`. */
  async show(peer: Peer, card: Bytes, now: number, isNew: boolean): Promise<void> {
    const { shown } = peer;
    const [before, wasReady] = [this.author(peer.id), isReady(peer)];
    await this.#acceptance.show(peer, card, isNew);
    if (shown && peer.shown !== shown) peer.pair.replace(this.#stay, shown, now);
    // Its messages from while it was not heard are not missing.
    if (!wasReady && peer.heard.chain) forgetChain(peer.heard.chain);
    const alias = this.roster.aliasOf(peer.id);
    if (alias === before.alias) return;
    this.#looks.add(peer.id, alias);
    if (before.alias) this.#lines.event('renamed', { who: before, by: this.named(peer.id) });
  }

  /** A `welcome` shows these members: at a lock number above 0 a card may wait for another door. */
  welcomed(lock: number): void {
    for (const peer of this.roster.peers())
      if (lock === 0) refuseUnopened(peer);
      else peer.isMet ||= peer.standing === 'not-ready' && !peer.wasRefused;
  }

  /** There is another door: cards that could not be opened are tried again. */
  async tryAgain(now: number): Promise<void> {
    for (const peer of this.roster.peers())
      if (peer.unopened) await this.show(peer, peer.unopened, now, true);
  }

  /** One's own key is another one, and perhaps one's alias. */
  ownChanged(): void {
    this.#acceptance.ownChanged();
    const { you, alias } = this.#stay;
    if (alias === this.#own.alias) return;
    const who = this.#own;
    this.roster.changed();
    this.#looks.add(you, alias, true);
    this.#own = this.named(you);
    this.#lines.event('renamed', { who, by: this.#own });
  }

  /** Somebody is out; whether the room has another keeper by that. */
  remove(peer: Peer, how: Event, by?: number): boolean {
    const about = { who: this.named(peer.id), ...(by !== undefined && { by: this.named(by) }) };
    const isAnother = this.roster.remove(peer);
    this.#looks.remove(peer.id);
    // A member that was there until then has closed its page, and not lost its connection.
    this.#lines.event(how === 'gone' && !peer.away ? 'exit' : how, about);
    return isAnother;
  }

  /** A voice is out, whoever has it. */
  putOut(voice: Bytes): void {
    this.#acceptance.putOut(voice);
  }

  /** Puts out who is kept in the room by the daemon. */
  shutOut(peer: Peer, by: number): void {
    peer.standing = 'shut-out';
    peer.pair.wipe();
    this.#lines.event('shut-out', { who: this.named(peer.id), by: this.named(by) });
  }

  wipe(): void {
    this.roster.wipe();
    this.#verified.clear();
    this.#whisperer = undefined;
  }

  #member(id: number): Member {
    const peer = this.roster.of(id);
    const author = this.author(id);
    return {
      ...author,
      away: peer?.away ?? false,
      keeper: this.roster.keeper === id,
      standing: peer?.standing ?? 'ready',
      verified: this.#verified.has(author.number),
      differs: peer?.differs ?? false,
      ignored: this.isIgnored(id),
    };
  }
}

/** No other door would have opened its card. */
function refuseUnopened(peer: Peer): void {
  if (peer.standing === 'not-ready') peer.wasRefused = true;
}
