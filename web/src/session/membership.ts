// Being in a room: what a member does, what it is shown, and when its parts have something to do.

import type { Bytes } from '../cbor.ts';
import { utf8 } from '../seal/bytes.ts';
import { isSameRoom } from '../seal/heart.ts';
import { sha256 } from '../seal/hkdf.ts';
import { writeInvitation } from '../seal/invitation.ts';
import { isDrawn, passwordOf } from '../seal/password.ts';
import { writeRoomKey } from '../seal/room-key.ts';
import type { Addressee, Ended, Member, Note, RoomView } from '../state.ts';
import { type DaemonFrame, isInOrder } from '../wire.ts';
import { textMost, type Written } from './capacity.ts';
import { type Effect, send } from './effects.ts';
import { goOn } from './going-on.ts';
import { type Left, makeParts, type Parts } from './parts.ts';
import { nextReceipt, sendReceipts } from './receipts.ts';
import { resume } from './resuming.ts';
import type { Roster } from './roster.ts';
import { dropFormer, formerDue, type Stay, wipeStay } from './stay.ts';
import type { Peer } from './peers.ts';
import { type Outgoing, Talk } from './talk.ts';
import { Told } from './told.ts';

type Welcome = DaemonFrame & { kind: 'welcome' };

/** What `hello` says. */
export type Connection = { nonce: Bytes; largestFrame: number };

export class Membership {
  readonly stay: Stay;
  readonly parts: Parts;
  readonly #talk: Talk;
  readonly #told: Told;
  #connection: Connection;
  #isConnected = true;
  /** Bytes of text that were last found to fit, so that they are not sought at each key. */
  #textMost = { written: '', most: 0 };
  /** As the daemon says. */
  #protections: number;

  /** The room as it is entered, or why it can't be; `before`: the membership that was lost, which this one goes on from. */
  static async enter(
    stay: Stay,
    welcome: Welcome,
    card: Bytes,
    connection: Connection,
    now: number,
    before?: Membership,
  ): Promise<Membership | 'false-room' | 'alias-in-use'> {
    const isSame = before && isSameRoom(before.stay.heart, stay.heart);
    const known = isSame ? before.parts.company : undefined;
    const left = { lines: before?.parts.lines, company: known, tellsTyping: before?.parts.typing.isOn };
    const membership = new Membership(stay, welcome, card, connection, now, left);
    await membership.#enter(welcome, known?.roster);
    const { company, roster } = membership.parts;
    const isFalse = !roster.isSeated(welcome.keeper);
    const isTaken = roster.named(stay.alias).some(id => id !== stay.you && !roster.of(id)?.away);
    if (isFalse || isTaken) {
      company.wipe();
      return isFalse ? 'false-room' : 'alias-in-use';
    }
    if (before) goOn(before.parts, membership.parts, now);
    else if (!stay.aliases.skeletonsOf) membership.note({ code: 'unmarked' });
    return membership;
  }

  private constructor(
    stay: Stay,
    welcome: Welcome,
    card: Bytes,
    connection: Connection,
    now: number,
    left: Left,
  ) {
    this.stay = stay;
    this.#connection = connection;
    this.#protections = welcome.protections;
    const largestFrame = () => this.#connection.largestFrame;
    this.parts = makeParts(stay, welcome, sha256(card), connection.nonce, largestFrame, now, left);
    this.#talk = new Talk(this.parts);
    this.#told = new Told(this.parts);
  }

  async #enter({ members, keeper }: Welcome, known?: Roster): Promise<void> {
    const { company, order, roster } = this.parts;
    for (const seated of members)
      if (seated.id !== this.stay.you) await company.seat(seated, undefined, known?.of(seated.id));
    company.welcomed(order.lock);
    roster.sort(members.map(({ id }) => id));
    roster.keeper = keeper;
    order.settle();
  }

  view(): Omit<RoomView, 'phase'> {
    const { company, lines, moderation, order, timer, typing } = this.parts;
    const { door, heart, you } = this.stay;
    const members = company.members();
    return {
      room: writeRoomKey(door.room),
      opened: { alias: heart.alias, at: heart.at },
      you: members.find(({ id }) => id === you) as Member,
      members,
      rule: heart.rule,
      isPasswordDrawn: isDrawn(passwordOf(heart.password) ?? ''),
      protections: this.#protections,
      moderator: company.moderates(you),
      locked: order.locked,
      relocking: moderation.isRelocking(),
      verified: company.isVerified(),
      lines: lines.all(),
      timer: timer.own(),
      typing: company.typing(typing.now()),
      tellsTyping: typing.isOn,
      whisperer: company.whisperer(),
    };
  }

  /** Nothing is shown whose time is over, however long the page stood still. */
  forget(now: number): void {
    this.parts.lines.forget(now);
  }

  /** The fragment that lets others in. */
  invitation(): string {
    const { door, heart } = this.stay;
    const password = passwordOf(heart.password);
    return password === null ? '' : writeInvitation(door.room, password);
  }

  /** Why nothing can be whispered to a member now. */
  obstacle(to: Addressee): Note | undefined {
    return this.parts.company.obstacle(to);
  }

  /** The members of an alias, however its letters are written, in order of arrival. */
  named(alias: string): Member[] {
    const ids = this.parts.roster.named(alias);
    return this.view().members.filter(({ id }) => ids.includes(id));
  }

  /** Whether several had this alias at some time in this stay. */
  wasNumbered(alias: string): boolean {
    return this.parts.roster.wasNumbered(alias);
  }

  /** What a member has said or done to end this visit. */
  ended(): Ended | undefined {
    return this.#told.ended();
  }

  async frame(frame: DaemonFrame, bytes: Uint8Array, now: number): Promise<Effect[]> {
    const { order } = this.parts;
    if (isInOrder(frame)) order.take(bytes);
    const effects = await this.#told.carryOut(frame, now);
    if (isInOrder(frame)) order.settle();
    return [...effects, ...(await this.#goOn(now))];
  }

  over(frame: DaemonFrame & { kind: 'over' }): Promise<Ended> {
    return this.#told.over(frame);
  }

  /** The connection broke: what is said waits. */
  disconnected(): void {
    this.#isConnected = false;
  }

  /** There is another connection, by which the seat is to be taken again. */
  connected(connection: Connection): void {
    this.#connection = connection;
    this.parts.orders.connected(connection.nonce);
  }

  async resumed(welcome: Welcome, now: number): Promise<Effect[]> {
    this.#isConnected = true;
    this.#protections = welcome.protections;
    const effects = await resume(this.parts, welcome, now);
    this.parts.order.settle();
    return [...effects, ...(await this.#goOn(now))];
  }

  /** Says something to everyone, or to one; it may answer a message. Where it can't be said, a note tells why. */
  async say(
    { to, body }: Pick<Outgoing, 'body'> & { to: Addressee | null },
    now: number,
    answered?: number,
  ): Promise<{ taken: boolean; effects: Effect[] }> {
    const why = to && this.obstacle(to);
    if (why) {
      this.note(why);
      return { taken: false, effects: [] };
    }
    const outgoing = { to: (to && this.parts.company.meant(to)) ?? null, body };
    const taken =
      answered === undefined ? this.#talk.say(outgoing, now) : this.#talk.answer(answered, outgoing, now);
    return { taken, effects: taken ? await this.#goOn(now) : [] };
  }

  /** Bytes that are left of what a message may hold; negative where it is too long. */
  bytesLeft({ text, ...written }: Written): number {
    const frame = this.#connection.largestFrame;
    const timer = this.parts.timer.own();
    const key = JSON.stringify([written, frame, timer]);
    if (this.#textMost.written !== key)
      this.#textMost = { written: key, most: textMost(frame, written, timer) };
    return this.#textMost.most - utf8(text).length;
  }

  /** Bytes of the longest text that can be said, whatever it is said as. */
  textMost(): number {
    const mosts = [false, true].map(isWhisper => this.bytesLeft({ text: '', isWhisper, isAnswer: true }));
    return Math.max(0, Math.min(...mosts));
  }

  /** Says something about a message or, where none need be named, that this member is typing. */
  async tell(what: (talk: Talk) => void, now: number): Promise<Effect[]> {
    what(this.#talk);
    return this.#goOn(now);
  }

  /** The daemon, and each member by itself, decide whether this one may. */
  lock(locked: boolean, now: number): Promise<Effect[]> {
    this.parts.moderation.lock(locked);
    return this.#goOn(now);
  }

  /** `anew`: with another password for the room; of all who are there, those of `kept` get it. */
  async kick(to: Addressee, anew: boolean, now: number, kept?: readonly Addressee[]): Promise<Effect[]> {
    const { company, moderation } = this.parts;
    const peer = this.#meant(to);
    if (!peer) return [];
    // The daemon tells those who may not, and no password is made for nothing.
    const isAnew = anew && company.moderates(this.stay.you);
    return [...moderation.kick(peer, isAnew, this.#allMeant(kept)), ...(await this.#goOn(now))];
  }

  async stop(now: number): Promise<Effect[]> {
    this.parts.queue.enqueue({ order: 'stop' });
    return this.#goOn(now);
  }

  async hand(to: Addressee, now: number): Promise<Effect[]> {
    const peer = this.#meant(to);
    if (peer) this.parts.queue.enqueue({ order: 'hand', whom: peer });
    return this.#goOn(now);
  }

  /** From now on messages go after so many seconds, or stay. */
  async setTimer(seconds: number, now: number): Promise<Effect[]> {
    if (this.parts.company.moderates(this.stay.you)) this.#tellTimer(seconds, now);
    else this.parts.company.refuse();
    return this.#goOn(now);
  }

  #tellTimer(seconds: number, now: number): void {
    const { queue, timer } = this.parts;
    timer.told(now);
    timer.ask(seconds);
    queue.enqueue({ to: null, body: { kind: 'timer', seconds } });
  }

  /** Gives the room another password, which is drawn. */
  async relock(now: number, kept?: readonly Addressee[]): Promise<Effect[]> {
    const { company, moderation } = this.parts;
    const peers = this.#allMeant(kept);
    if (company.moderates(this.stay.you)) return [...moderation.relock(peers), ...(await this.#goOn(now))];
    company.refuse();
    return [];
  }

  /** The password that was drawn is stretched, or could not be. */
  async stretched(stretched: Bytes | null, now: number): Promise<Effect[]> {
    const { moderation } = this.parts;
    const effects = stretched ? moderation.stretched(stretched) : moderation.notStretched();
    return [...effects, ...(await this.#goOn(now))];
  }

  /** The number of a member was compared with what it read aloud. */
  verify(to: Addressee, isSame: boolean): void {
    const peer = this.#meant(to);
    if (peer) this.parts.company.verify(peer, isSame);
  }

  /** Nothing that a member says is shown any more, or all that is kept of it again, or the other of both; nobody is told. */
  ignore(to: Addressee, isIgnored?: boolean): void {
    const { company } = this.parts;
    const peer = this.#meant(to);
    if (!peer) return;
    isIgnored ??= !company.isIgnored(peer.id);
    company.ignore(peer, isIgnored);
    this.note({ code: isIgnored ? 'ignored' : 'heeded', alias: company.named(peer.id).alias });
  }

  /** Shows this member under another alias, once the daemon has shown that to all; a note tells why it can't be. */
  async rename(typed: string, now: number): Promise<{ taken: boolean; effects: Effect[] }> {
    const alias = this.stay.aliases.checkAlias(typed);
    const { renewal, roster } = this.parts;
    if (typeof alias !== 'string') this.note({ code: 'bad-alias', fault: alias });
    else if (this.stay.isKeyless) this.note({ code: 'keyless' });
    else if (alias === renewal.alias()) this.note({ code: 'yourself' });
    else if (roster.named(alias).some(id => id !== this.stay.you)) this.note({ code: 'alias-in-use' });
    else {
      renewal.rename(alias);
      return { taken: true, effects: await this.#goOn(now) };
    }
    return { taken: false, effects: [] };
  }

  /** Others are told when this member is typing, and this one when they are; or neither. */
  tellTyping(isOn: boolean): void {
    this.parts.typing.isOn = isOn;
    if (!isOn) this.parts.queue.dropTyping();
  }

  /** A line that nobody else sees. */
  note(note: Note): void {
    this.parts.lines.note(note);
  }

  /** Says farewell if there is one, and leaves; stays, with a note, where it cannot be sent. */
  async leave(farewell: string | undefined, now: number): Promise<Effect[] | null> {
    if (!farewell) return [send({ kind: 'exit' })];
    const timer = this.parts.timer.own();
    const body = { kind: 'farewell', at: now, timer, text: farewell } as const;
    if (!this.#talk.accepts({ to: null, body })) return null;
    return this.parts.queue.farewell(body, now);
  }

  /** Whether a farewell still waits to be said. */
  hasLastWords(): boolean {
    return this.parts.queue.hasLastWords();
  }

  /** The page was frozen: who has held the machine meanwhile is to have no keys for what comes. */
  thawed(now: number): void {
    this.parts.renewal.thawed(now);
  }

  /** Whether the daemon has not answered for too long, or numbers have run out. */
  stalled(now: number): boolean {
    return this.#isConnected && this.parts.queue.stalled(now);
  }

  isWorn(): boolean {
    return this.parts.chain.isWorn();
  }

  /** When there is next something to do. */
  due(): number {
    const { lines, moderation, queue, renewal, roster, timer, typing } = this.parts;
    const kept = roster.peers().map(({ pair }) => pair.due());
    const always = Math.min(lines.due(), typing.due(), formerDue(this.stay), ...kept);
    if (!this.#isConnected) return always;
    const told = renewal.shownDue();
    const ordered = Math.min(moderation.isDue() ? 0 : Infinity, timer.due());
    const asked = Math.min(ordered, renewal.due(), nextReceipt(roster));
    return Math.min(always, told, queue.due(), Math.max(asked, queue.backOffUntil()));
  }

  async wake(now: number): Promise<Effect[]> {
    const { lines, renewal, roster, typing } = this.parts;
    lines.forget(now);
    typing.wake(now);
    if (this.#isConnected) renewal.watch(now);
    dropFormer(this.stay, now);
    for (const { pair } of roster.peers()) pair.drop(now);
    return this.#goOn(now);
  }

  wipe(): void {
    this.wipeKeys();
    this.parts.lines.clear();
  }

  /** Wipes all but the conversation, which goes on in another stay. */
  wipeKeys(): void {
    const { company, moderation, queue, renewal } = this.parts;
    moderation.wipe();
    renewal.wipe();
    queue.wipe();
    company.wipe();
    wipeStay(this.stay);
  }

  /** The member that was meant; a note tells where that one is gone, whoever has its id now. */
  #meant(to: Addressee): Peer | undefined {
    const peer = this.parts.company.meant(to);
    if (!peer) this.note({ code: 'gone' });
    return peer;
  }

  #allMeant(to?: readonly Addressee[]): Peer[] | undefined {
    return to?.flatMap(each => this.parts.company.meant(each) ?? []);
  }

  /** Sends what may be sent now. */
  async #goOn(now: number): Promise<Effect[]> {
    const { chain, moderation, queue, renewal, roster, timer } = this.parts;
    if (!this.#isConnected || now < queue.backOffUntil()) return [];
    if (now >= timer.due()) this.#tellTimer(timer.own(), now);
    return [
      ...(await moderation.next()),
      ...(await renewal.next(now)),
      ...(await sendReceipts(this.stay, roster, chain.passesPerFrame(), now)),
      ...(await queue.next(now)),
    ];
  }
}
