// Being in a room: who is there, what is said, who may do what.

import type { Bytes } from '../cbor.ts';
import type { Looks } from '../looks/looks.ts';
import { folded } from '../seal/folded.ts';
import { type RoomKey, writeRoomKey } from '../seal/room-key.ts';
import type { Author, Member, Named, Note, RoomView } from '../state.ts';
import { type ClientFrame, type DaemonFrame, type Departure, FRAME } from '../wire.ts';
import { type Credentials, wipeCredentials } from './credentials.ts';
import { type Effect, send } from './effects.ts';
import { Lines } from './lines.ts';
import { Peers } from './peers.ts';
import { receivePassed, receiveSaid } from './receive.ts';
import { type Outgoing, SendQueue } from './send-queue.ts';

type Welcome = DaemonFrame & { kind: 'welcome' };
type Denied = DaemonFrame & { kind: 'denied' };

/** A moderator's request. */
type Moderation = ClientFrame & { kind: 'kick' | 'stop' | 'lock' };

export class Membership {
  readonly room: RoomKey;
  readonly you: number;
  /** The token by which the daemon gives this member its place again after a broken connection. */
  seat: Bytes = new Uint8Array();
  largestFrame: number;

  readonly #credentials: Credentials;
  readonly #peers: Peers;
  readonly #lines = new Lines();
  readonly #sendQueue: SendQueue;
  readonly #looks: Looks;
  #everyoneModerates = false;
  #keeper = 0;
  #locked = false;
  /** The number of the last message that the room has had, as far as is known. */
  #said = 0;
  /** The last request of each kind, which is sent again where it was too fast. */
  #lastModerations = new Map<number, Moderation>();
  /** Requests that wait until the daemon may be asked again. */
  #postponed: Moderation[] = [];
  #connected = true;

  constructor(credentials: Credentials, you: number, largestFrame: number) {
    this.#credentials = credentials;
    this.room = credentials.door.room;
    this.you = you;
    this.largestFrame = largestFrame;
    this.#peers = new Peers(credentials);
    const { Looks, skeletonsOf } = credentials.aliases;
    this.#looks = new Looks(skeletonsOf ?? (() => []), id => this.#lines.hasLinesOf(id));
    this.#looks.add(you, credentials.alias, true);
    this.#sendQueue = new SendQueue(credentials, this.#peers, this.#lines, () => this.largestFrame);
  }

  view(): Omit<RoomView, 'phase'> {
    const you: Member = { ...this.#author(this.you), away: false, keeper: this.#keeper === this.you };
    const others = this.#peers
      .all()
      .map(({ id, away }) => ({ ...this.#author(id), away, keeper: this.#keeper === id }));
    // Numbers rise in order of arrival.
    const members = [...others, you].sort((one, other) => one.id - other.id);
    const moderator = this.#everyoneModerates || you.keeper;
    const room = writeRoomKey(this.room);
    return { room, you, members, moderator, locked: this.#locked, lines: this.#lines.all() };
  }

  /** The member of an alias, however its letters are written; null where there is none. */
  memberByAlias(alias: string): Member | null {
    return this.view().members.find(member => member.alias && folded(member.alias) === folded(alias)) ?? null;
  }

  async entered(welcome: Welcome, now: number): Promise<Effect[]> {
    this.#applyWelcome(welcome);
    this.#said = welcome.said;
    for (const { id, card, away } of welcome.members) {
      if (id !== this.you) await this.#add(id, card, away);
    }
    if (!this.#credentials.aliases.skeletonsOf) this.note({ code: 'unmarked' });
    return this.#sendQueue.next(now);
  }

  /** The seat was taken again: what has changed meanwhile becomes lines. */
  async resumed(welcome: Welcome, now: number): Promise<Effect[]> {
    const { keeper, locked } = welcome;
    const before = { keeper: this.#keeper, locked: this.#locked };
    const present = new Set(welcome.members.map(member => member.id));
    this.#connected = true;
    this.#applyWelcome(welcome);
    for (const peer of this.#peers.all()) {
      if (!present.has(peer.id)) this.#left(peer.id, 'gone');
    }
    for (const { id, card, away } of welcome.members) {
      const peer = this.#peers.of(id);
      if (peer) peer.away = away;
      else if (id !== this.you) await this.#joined(id, card, away);
    }
    const missed = Math.max(0, welcome.said - this.#said);
    this.#said = welcome.said;
    if (missed > 0) this.#lines.event('missed', { count: missed });
    if (keeper !== before.keeper) this.#lines.event('keeper', { who: this.#author(keeper) });
    if (locked !== before.locked) this.#lines.event(locked ? 'locked' : 'unlocked');
    this.#sendQueue.resumed(missed);
    return this.wake(now);
  }

  async frame(frame: DaemonFrame, now: number): Promise<Effect[]> {
    switch (frame.kind) {
      case 'joined':
        if (frame.id !== this.you && !this.#peers.of(frame.id))
          await this.#joined(frame.id, frame.card, false);
        return [];
      case 'left':
        this.#left(frame.id, frame.how, frame.by === null ? undefined : this.#author(frame.by));
        return [];
      case 'said':
        return this.#receiveSaid(frame, now);
      case 'passed':
        await this.#receivePassed(frame);
        return [];
      case 'away':
      case 'back': {
        // While it was away, or until it took its seat again, our chain may have gone nowhere.
        const peer = this.#peers.of(frame.id);
        if (!peer) return [];
        const away = frame.kind === 'away';
        const changed = peer.away !== away;
        peer.away = away;
        peer.hasChain = false;
        // A member that took its seat again before anybody missed it was not away.
        if (changed) this.#lines.event(frame.kind, { who: this.#author(peer.id) });
        return [];
      }
      case 'keeper':
        this.#keeper = frame.id;
        this.#lines.event('keeper', { who: this.#author(frame.id) });
        return [];
      case 'locked':
        this.#locked = frame.locked;
        this.#lines.event(frame.locked ? 'locked' : 'unlocked');
        return [];
      case 'closing':
        this.#lines.event('closing', { count: frame.seconds });
        return [];
      case 'denied':
        return this.#denied(frame, now);
      default:
        return [];
    }
  }

  /** The connection broke: what is said waits. */
  disconnected(): void {
    this.#connected = false;
  }

  /** Says something to everyone, or to one; where it is too long or too much, a note tells so. */
  async say(outgoing: Outgoing, now: number): Promise<{ taken: boolean; effects: Effect[] }> {
    if (!this.#accepts(outgoing)) return { taken: false, effects: [] };
    let key: number;
    if (outgoing.to === null) {
      const { kind, at, text } = outgoing.spoken;
      key = this.#lines.message(kind, this.#author(this.you), at, text, 'sending');
    } else {
      const [you, to] = [this.#author(this.you), this.#author(outgoing.to)];
      key = this.#lines.message('whisper', you, outgoing.at, outgoing.text, 'sending', to);
    }
    this.#sendQueue.enqueue({ ...outgoing, key });
    return { taken: true, effects: this.#connected ? await this.#sendQueue.next(now) : [] };
  }

  /** Kicks, stops or locks; the daemon decides whether it may. */
  moderate(moderation: Moderation, now: number): Effect[] {
    this.#lastModerations.set(FRAME[moderation.kind], moderation);
    if (this.#connected && now >= this.#sendQueue.backOffUntil()) return [send(moderation)];
    this.#postponed.push(moderation);
    return [{ do: 'wake', at: this.#sendQueue.backOffUntil() }];
  }

  /** A line that nobody else sees. */
  note(note: Note): void {
    this.#lines.note(note);
  }

  /** Says farewell if there is one, and leaves; stays, with a note, where it cannot be sent. */
  async leave(farewell: string | undefined, now: number): Promise<Effect[] | null> {
    if (!farewell) return [send({ kind: 'exit' })];
    const spoken = { kind: 'farewell', at: now, text: farewell } as const;
    if (!this.#accepts({ to: null, spoken })) return null;
    return [...(await this.#sendQueue.farewell(spoken)), send({ kind: 'exit' })];
  }

  /** Whether the daemon has not answered for too long. */
  stalled(now: number): boolean {
    return this.#sendQueue.stalled(now);
  }

  async wake(now: number): Promise<Effect[]> {
    if (!this.#connected) return [];
    const effects: Effect[] = [];
    if (now >= this.#sendQueue.backOffUntil()) effects.push(...this.#postponed.splice(0).map(send));
    return [...effects, ...(await this.#sendQueue.next(now))];
  }

  wipe(): void {
    this.#sendQueue.wipe();
    this.#peers.wipe();
    this.#lines.clear();
    this.seat.fill(0);
    wipeCredentials(this.#credentials);
  }

  #accepts(outgoing: Outgoing): boolean {
    const fits = this.#sendQueue.fits(outgoing);
    if (!fits) this.note({ code: 'too-much' });
    return fits;
  }

  #author(id: number): Author {
    const lookalike = this.#looks.lookalike(id);
    const named: Named = {
      alias: this.#aliasOf(id),
      hue: this.#looks.hue(id),
      ...(lookalike && { lookalike }),
    };
    return { id, ...named, you: id === this.you };
  }

  #aliasOf(id: number): string {
    return id === this.you ? this.#credentials.alias : (this.#peers.of(id)?.alias ?? '');
  }

  #applyWelcome({ seat, rule, keeper, locked }: Welcome): void {
    this.seat.fill(0);
    this.seat = seat;
    this.#everyoneModerates = rule === 'everyone';
    this.#keeper = keeper;
    this.#locked = locked;
  }

  async #joined(id: number, card: Bytes, away: boolean): Promise<void> {
    await this.#add(id, card, away);
    this.#lines.event('joined', { who: this.#author(id) });
  }

  async #add(id: number, card: Bytes, away: boolean): Promise<void> {
    const { alias } = await this.#peers.add(id, card, away);
    this.#looks.add(id, alias);
  }

  #left(id: number, how: Departure, by?: Named): void {
    const who = this.#author(id);
    if (!this.#peers.remove(id)) return;
    this.#looks.remove(id);
    this.#sendQueue.memberLeft();
    this.#lines.event(how, { who, ...(by !== undefined && { by }) });
  }

  async #receiveSaid(frame: DaemonFrame & { kind: 'said' }, now: number): Promise<Effect[]> {
    const { number, from, payload } = frame;
    if (number <= this.#said) return [];
    if (number > this.#said + 1) this.#lines.event('missed', { count: number - this.#said - 1 });
    this.#said = number;
    if (from !== this.you) {
      const peer = this.#peers.of(from);
      await receiveSaid(this.#credentials, this.#lines, peer, peer && this.#author(from), payload);
      return [];
    }
    return this.#sendQueue.echoed(payload) ? this.#sendQueue.next(now) : [];
  }

  async #receivePassed({ from, passed }: DaemonFrame & { kind: 'passed' }): Promise<void> {
    const peer = this.#peers.of(from);
    await receivePassed(
      this.#credentials,
      this.#peers,
      this.#lines,
      peer,
      peer && this.#author(from),
      passed,
    );
  }

  async #denied({ frame, why, retryMs }: Denied, now: number): Promise<Effect[]> {
    const tooFast = why === 'too-fast';
    if (tooFast) this.#sendQueue.backOff(now + retryMs);
    if (frame === FRAME.say) this.#sendQueue.sayDenied(why);
    else if (frame === FRAME.pass) this.#sendQueue.passDenied(why);
    else this.#moderationDenied(frame, why);
    const effects = await this.#sendQueue.next(now);
    return tooFast ? [...effects, { do: 'wake', at: this.#sendQueue.backOffUntil() }] : effects;
  }

  #moderationDenied(frame: number, why: Denied['why']): void {
    const moderation = this.#lastModerations.get(frame);
    if (why === 'too-fast' && moderation) this.#postponed.push(moderation);
    else if (why === 'not-yours') this.note({ code: 'not-yours' });
    else if (why === 'no-such-member') this.note({ code: 'gone' });
  }
}
