// A run among people whose daemon may do anything: what was truly said and ordered, and what each of them came to see, frame
// by frame.

import assert from 'node:assert/strict';
import { folded } from '../src/seal/folded.ts';
import type { Parts } from '../src/session/parts.ts';
import type { Talk } from '../src/session/talk.ts';
import type { Event, Line } from '../src/state.ts';
import { type Person, World } from './relay.ts';
import { hex } from './vectors.ts';

type Said = {
  from: Person;
  to?: Person;
  answers?: string;
  /** Seconds for which it may be seen, or 0. */
  timer: number;
  without: ReadonlySet<string>;
};

/** What somebody has seen so far. */
type Seen = {
  /** The invitations that it would have given, one after the other. */
  invitations: string[];
  /** Voices whose kick it has read, from who may kick, in hexadecimal. */
  putOut: Set<string>;
  /** Texts that it had as lines, its own once they were sent; and since when. */
  read: Map<string, number>;
  /** Aliases of members that it could not hear, or did not see, after it had. */
  lacked: Set<string>;
  /** Members that it heard last. */
  heard: Map<number, string>;
  hasComeBack: boolean;
};

export class Run {
  readonly world = new World();
  /** A member who does all that the daemon wants. */
  helper: Person | undefined;
  readonly said = new Map<string, Said>();
  /** Orders that somebody gave: `Ada kicks Bob`, `Ada stops`. */
  readonly ordered = new Set<string>();
  readonly seen = new Map<Person, Seen>();
  /** Texts that were taken back by who said them, and who reacted to what: `Ada to text 7`. */
  readonly unsent = new Set<string>();
  readonly reacted = new Set<string>();
  /** How much was said before somebody came. */
  readonly #before = new Map<Person, number>();

  async enters(alias: string, from?: Person): Promise<void> {
    const password = from?.session.invitation().split(':')[1];
    const person = await this.world.arrival(
      alias,
      from ? 'enter' : 'open',
      password === undefined ? { rule: this.rule } : { password },
    );
    this.#watch(person);
    await this.world.settle();
    this.#before.set(person, this.said.size);
  }

  readonly rule: 'keeper' | 'everyone';

  constructor(rule: 'keeper' | 'everyone') {
    this.rule = rule;
  }

  of(person: Person): Seen {
    return this.seen.get(person) ?? assert.fail('nobody watches');
  }

  inside(): Person[] {
    return this.world.people.filter(({ view, session }) => view.phase === 'room' && session.membership());
  }

  async say(from: Person, to?: Person): Promise<void> {
    const text = `text ${this.said.size}`;
    const { timer } = from.room;
    this.said.set(text, { from, timer, without: new Set(this.of(from).putOut), ...(to && { to }) });
    if (to) await from.whisper(to, text, timer);
    else await from.say(text, timer);
    await this.world.settle();
  }

  async answer(from: Person, key: number, answers: string): Promise<void> {
    const text = `text ${this.said.size}`;
    const { timer } = from.room;
    this.said.set(text, { from, answers, timer, without: new Set(this.of(from).putOut) });
    const body = { kind: 'message', at: this.world.now, timer, text } as const;
    const say = { to: null, body };
    await this.tell(from, (talk, now) => void (talk.answer(key, say, now) || talk.say(say, now)));
  }

  async tell(from: Person, what: (talk: Talk, now: number) => void): Promise<void> {
    const { now } = this.world;
    await from.carryOut(await from.membership.tell(talk => what(talk, now), now));
    await this.world.settle();
  }

  /** Whether something was said after somebody had come. */
  isLater(text: string, person: Person): boolean {
    return [...this.said.keys()].indexOf(text) >= (this.#before.get(person) ?? 0);
  }

  #watch(person: Person): void {
    const seen: Seen = {
      invitations: [],
      putOut: new Set(),
      read: new Map(),
      lacked: new Set(),
      heard: new Map(),
      hasComeBack: false,
    };
    this.seen.set(person, seen);
    const hearOne = person.hearOne.bind(person);
    let overheard: Parts | undefined;
    person.hearOne = async () => {
      const before = person.view.phase;
      const parts = person.session.membership()?.parts;
      if (parts && parts !== overheard) this.#overhear((overheard = parts), seen);
      const hasHeard = await hearOne();
      if (before === 'reconnecting' && person.view.phase === 'room') seen.hasComeBack = true;
      if (hasHeard && person.session.membership()) this.#look(person, seen, before === 'room');
      return hasHeard;
    };
  }

  /** Takes note of each kick that is read, and of each line. */
  #overhear({ company, hearing, lines, queue, stay }: Parts, { putOut, read }: Seen): void {
    const open = hearing.open.bind(hearing);
    const takeNote = (by: number, body: unknown) => {
      if (typeof body !== 'object' || !body || !('voice' in body) || !company.moderates(by)) return;
      if ('kind' in body && body.kind === 'kick') putOut.add(hex(body.voice as Uint8Array));
    };
    hearing.open = async (peer, ...rest) => {
      const heard = await open(peer, ...rest);
      if (peer && typeof heard === 'object') takeNote(peer.id, heard.body);
      return heard;
    };
    const echoed = queue.echoed.bind(queue);
    queue.echoed = (payload, now) => {
      const said = echoed(payload, now);
      takeNote(stay.you, said?.body);
      return said;
    };
    const setState = lines.setState.bind(lines);
    lines.setState = (key, state, now) => {
      setState(key, state, now);
      const html = lines.of(key)?.line.html;
      const isRead = html !== undefined && state !== 'sending' && state !== 'failed';
      if (isRead && !read.has(html)) read.set(html, now);
    };
  }

  #look(person: Person, seen: Seen, isOneFrame: boolean): void {
    const { parts } = person.membership;
    const all = person.lines().join('\n');
    const { members } = person.room;
    assert.equal(new Set(members.map(({ id }) => id)).size, members.length, `somebody twice:\n${all}`);
    const invitation = person.session.invitation();
    if (invitation !== seen.invitations.at(-1)) {
      assert.ok(!seen.invitations.includes(invitation), `${person.alias} is behind a former door:\n${all}`);
      seen.invitations.push(invitation);
    }
    const ready = members.filter(({ standing }) => standing === 'ready');
    const aliases = new Map(ready.map(({ id, alias }) => [id, folded(alias)]));
    for (const { id } of ready) {
      const voice = parts.roster.of(id)?.shown?.voice.bytes;
      assert.ok(!voice || !seen.putOut.has(hex(voice)), `${person.alias} hears who was put out:\n${all}`);
    }
    for (const [id, alias] of aliases) {
      if (!isOneFrame || seen.heard.get(id) === alias) continue;
      const other = ready.find(each => each.id !== id && !each.away && folded(each.alias) === alias);
      assert.ok(!other, `the alias of somebody who is there:\n${all}`);
    }
    for (const { id, alias } of this.world.people.flatMap(each => (isIn(each) ? [each] : [])))
      if (!aliases.has(id)) seen.lacked.add(alias);
    seen.heard = aliases;
  }
}

const isIn = ({ session }: Person): boolean => session.membership() !== null;

/** How many messages of a member somebody was told of without being shown them. */
export const toldOf = (person: Person, alias: string): number =>
  person.room.lines.reduce((sum, line) => sum + (isAbout(line, alias) ? timesOf(line) : 0), 0);

/** What was said is lacking, or was made something else of, or of nobody. */
function isAbout(line: Line, alias: string): boolean {
  if (line.kind !== 'event') return false;
  const { event, who, by } = line;
  if (event === 'missing' || event === 'unreadable') return who?.alias === alias;
  return event === 'contradicted' || (ABUSED.has(event) && by?.alias === alias);
}

const ABUSED: ReadonlySet<Event> = new Set([
  ...(['put-out', 'put-out-unread', 'keeper-unsaid', 'handed-unread'] as const),
]);

const timesOf = (line: Line): number => (line.kind === 'event' ? (line.count ?? line.times ?? 1) : 0);
