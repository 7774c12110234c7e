// Being in a room: what a member does, what it is shown, and when its parts have something to do.

import type { Bytes } from '../cbor.ts';
import type { Whispered } from '../seal/body.ts';
import { isSameRoom } from '../seal/heart.ts';
import { sha256 } from '../seal/hkdf.ts';
import { writeInvitation } from '../seal/invitation.ts';
import { passwordOf } from '../seal/password.ts';
import { writeRoomKey } from '../seal/room-key.ts';
import type { Ending, Member, Note, RoomView } from '../state.ts';
import { type DaemonFrame, isInOrder } from '../wire.ts';
import { type Effect, send } from './effects.ts';
import { goOn } from './going-on.ts';
import { forgetAt } from './lines.ts';
import { type Left, makeParts, type Parts } from './parts.ts';
import { nextReceipt, sendReceipts } from './receipts.ts';
import { resume } from './resuming.ts';
import type { Roster } from './roster.ts';
import { dropFormer, formerDue, type Stay, wipeStay } from './stay.ts';
import { Told } from './told.ts';

type Welcome = DaemonFrame & { kind: 'welcome' };

/** What `hello` says. */
export type Connection = { nonce: Bytes; largestFrame: number };

/** What goes to everyone, or to one. */
export type Outgoing = { to: number | null; body: Whispered & { text: string; at: number } };

export class Membership {
  readonly stay: Stay;
  readonly parts: Parts;
  readonly #told: Told;
  #connection: Connection;
  #isConnected = true;

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
    const left = { lines: before?.parts.lines, company: known };
    const membership = new Membership(stay, welcome, card, connection, now, left);
    await membership.#enter(welcome, known?.roster);
    const { company, roster } = membership.parts;
    if (!roster.isSeated(welcome.keeper)) return 'false-room';
    const isTaken = roster.named(stay.alias).some(id => id !== stay.you && !roster.of(id)?.away);
    if (isTaken) company.wipe();
    else if (before) goOn(before.parts, membership.parts);
    else if (!stay.aliases.skeletonsOf) membership.note({ code: 'unmarked' });
    return isTaken ? 'alias-in-use' : membership;
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
    const largestFrame = () => this.#connection.largestFrame;
    this.parts = makeParts(stay, welcome, sha256(card), connection.nonce, largestFrame, now, left);
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
    const { company, lines, moderation, order } = this.parts;
    const { door, heart, you } = this.stay;
    const members = company.members();
    return {
      room: writeRoomKey(door.room),
      opened: { alias: heart.alias, at: heart.at },
      you: members.find(({ id }) => id === you) as Member,
      members,
      moderator: company.moderates(you),
      locked: order.locked,
      relocking: moderation.isRelocking(),
      verified: company.isVerified(),
      lines: lines.all(),
    };
  }

  /** The fragment that lets others in. */
  invitation(): string {
    const { door, heart } = this.stay;
    const password = passwordOf(heart.password);
    return password === null ? '' : writeInvitation(door.room, password);
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
  ended(): Ending | undefined {
    return this.#told.ended();
  }

  async frame(frame: DaemonFrame, bytes: Uint8Array, now: number): Promise<Effect[]> {
    const { order } = this.parts;
    if (isInOrder(frame)) order.take(bytes);
    const effects = await this.#told.carryOut(frame, now);
    if (isInOrder(frame)) order.settle();
    return [...effects, ...(await this.#goOn(now))];
  }

  over(frame: DaemonFrame & { kind: 'over' }): Promise<Ending> {
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
    const effects = await resume(this.parts, welcome, now);
    this.parts.order.settle();
    return [...effects, ...(await this.#goOn(now))];
  }

  /** Says something to everyone, or to one; where it is too long or too much, a note tells so. */
  async say({ to, body }: Outgoing, now: number): Promise<{ taken: boolean; effects: Effect[] }> {
    const { company, lines, queue } = this.parts;
    if (!this.#accepts({ to, body })) return { taken: false, effects: [] };
    const from = company.author(this.stay.you);
    const spoken = { from, at: body.at, html: body.text, state: 'sending' } as const;
    const until = forgetAt(body, now);
    if (to === null) {
      queue.enqueue({ to, body, key: lines.say({ ...spoken, kind: 'message' }, until) });
    } else {
      const addressed = { id: to, ...company.named(to) };
      queue.enqueue({ to, body, key: lines.say({ ...spoken, kind: 'whisper', to: addressed }, until) });
    }
    return { taken: true, effects: await this.#goOn(now) };
  }

  /** The daemon, and each member by itself, decide whether this one may. */
  lock(locked: boolean, now: number): Promise<Effect[]> {
    this.parts.moderation.lock(locked);
    return this.#goOn(now);
  }

  /** `anew`: with another password for the room; of all who are there, those of `kept` get it. */
  async kick(id: number, anew: boolean, now: number, kept?: readonly number[]): Promise<Effect[]> {
    const { company, moderation } = this.parts;
    // The daemon tells those who may not, and no password is made for nothing.
    const isAnew = anew && company.moderates(this.stay.you);
    return [...moderation.kick(id, isAnew, kept), ...(await this.#goOn(now))];
  }

  async stop(now: number): Promise<Effect[]> {
    this.parts.queue.enqueue({ order: 'stop' });
    return this.#goOn(now);
  }

  async hand(id: number, now: number): Promise<Effect[]> {
    this.parts.queue.enqueue({ order: 'hand', id });
    return this.#goOn(now);
  }

  /** Gives the room another password, which is drawn. */
  async relock(now: number, kept?: readonly number[]): Promise<Effect[]> {
    const { company, moderation } = this.parts;
    if (company.moderates(this.stay.you)) return [...moderation.relock(kept), ...(await this.#goOn(now))];
    this.note({ code: 'not-yours' });
    return [];
  }

  /** The password that was drawn is stretched, or could not be. */
  async stretched(stretched: Bytes | null, now: number): Promise<Effect[]> {
    const { moderation } = this.parts;
    const effects = stretched ? moderation.stretched(stretched) : moderation.notStretched();
    return [...effects, ...(await this.#goOn(now))];
  }

  /** The number of a member was compared with what it read aloud. */
  verify(id: number, isSame: boolean): void {
    this.parts.company.verify(id, isSame);
  }

  /** A line that nobody else sees. */
  note(note: Note): void {
    this.parts.lines.note(note);
  }

  /** Says farewell if there is one, and leaves; stays, with a note, where it cannot be sent. */
  async leave(farewell: string | undefined, now: number): Promise<Effect[] | null> {
    if (!farewell) return [send({ kind: 'exit' })];
    const body = { kind: 'farewell', at: now, timer: 0, text: farewell } as const;
    if (!this.#accepts({ to: null, body })) return null;
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
    const { lines, moderation, queue, renewal, roster } = this.parts;
    const kept = roster.peers().map(({ pair }) => pair.due());
    const always = Math.min(lines.due(), formerDue(this.stay), ...kept);
    if (!this.#isConnected) return always;
    const told = renewal.shownDue();
    const asked = Math.min(moderation.isDue() ? 0 : Infinity, renewal.due(), nextReceipt(roster));
    return Math.min(always, told, queue.due(), Math.max(asked, queue.backOffUntil()));
  }

  async wake(now: number): Promise<Effect[]> {
    const { lines, renewal, roster } = this.parts;
    lines.forget(now);
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

  /** Sends what may be sent now. */
  async #goOn(now: number): Promise<Effect[]> {
    const { chain, moderation, queue, renewal, roster } = this.parts;
    if (!this.#isConnected || now < queue.backOffUntil()) return [];
    return [
      ...(await moderation.next()),
      ...(await renewal.next(now)),
      ...(await sendReceipts(this.stay, roster, chain.passesPerFrame(), now)),
      ...(await queue.next(now)),
    ];
  }

  #accepts({ to, body }: Outgoing): boolean {
    const fits = this.parts.queue.fits(to, body);
    if (!fits) this.note({ code: 'too-much' });
    return fits;
  }
}
