// Members of a mixed room whose seals are those of crates/seal, behind its example `members`: what they hear and send goes
// through the double of the daemon.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Bytes } from '../../src/cbor.ts';
import { writeRoomKey } from '../../src/seal/room-key.ts';
import { Link, type World } from '../relay.ts';
import { hex, unhex } from '../vectors.ts';
import { binary } from './daemon.ts';
import { type Entering, isTalk, type MixedMember, type Read, type Talk } from './mixed.ts';

/** `cargo build --workspace --examples` makes it beside the daemon. */
const PROGRAM = join(dirname(binary()), 'examples', 'members');

/** What an honest room tells beside words. */
const USUAL =
  /^(Entered|Resumed \{ missed: 0 \}|Joined|Ready|Renamed|Left|Away|Back|Keeper|Timer|Delivered|Relocked \{.*without: None|(Kicked|Handed|Over) \{.*proof: Proved)/;

/** What a person would be told; of all but words, `kind` says everything. */
type Told = { kind: string; from: string; name: string; body: Talk; seconds?: number };

type Answer = {
  error?: string;
  told: Told[];
  frames: string[];
  due: number | null;
  you: number | null;
  password: string | null;
};

/** All of them, in one process. */
export class RustMembers {
  readonly #child: ChildProcess = spawn(PROGRAM, { stdio: ['pipe', 'pipe', 'inherit'] });
  readonly #answers = createInterface({ input: this.#child.stdout ?? assert.fail() })[Symbol.asyncIterator]();
  #next = 0;

  member(world: World): RustMember {
    const member = new RustMember(world, this, this.#next++);
    world.others.push(member);
    return member;
  }

  async ask(what: object): Promise<Answer> {
    this.#child.stdin?.write(`${JSON.stringify(what)}\n`);
    const { value, done } = await this.#answers.next();
    assert.ok(!done, 'the members are gone');
    const answer = JSON.parse(value as string) as Answer;
    assert.equal(answer.error, undefined, JSON.stringify(what).slice(0, 400));
    return answer;
  }

  close(): void {
    this.#child.stdin?.end();
  }
}

class RustMember implements MixedMember {
  readonly #world: World;
  readonly #members: RustMembers;
  readonly #member: number;
  readonly #toDaemon: Bytes[] = [];
  #link: Link | null = null;
  #due = Number.POSITIVE_INFINITY;
  #password: string | null = null;
  #timer = 0;
  readonly #complaints: string[] = [];
  id = 0;
  alias = '';
  readonly read: Read[] = [];
  readonly names: string[] = [];

  constructor(world: World, members: RustMembers, member: number) {
    this.#world = world;
    this.#members = members;
    this.#member = member;
  }

  async enter({ mode, alias, room, rule, password }: Entering): Promise<void> {
    this.alias = alias;
    await this.#act(mode, { alias, room: writeRoomKey(room), rule, password });
    await this.#connect();
  }

  say = (body: Talk, to?: number): Promise<void> =>
    to === undefined ? this.#act('say', { body }) : this.#act('whisper', { body, id: to });
  kick = (id: number): Promise<void> => this.#act('kick', { id });
  hand = (id: number): Promise<void> => this.#act('hand', { id });
  relock = (): Promise<void> => this.#act('relock');
  setTimer = (seconds: number): Promise<void> => this.#act('say', { body: { kind: 'timer', seconds } });

  async rename(alias: string): Promise<void> {
    this.alias = alias;
    await this.#act('rename', { alias });
  }

  async lose(): Promise<void> {
    this.#link = null;
    this.#toDaemon.length = 0;
    this.#world.break(this);
    await this.#act('lose');
    await this.#connect();
  }

  password = (): string | null => this.#password;
  timer = (): number => this.#timer;
  complaints = (): string[] => this.#complaints;

  /** One frame each way; whether there was any. */
  async step(): Promise<boolean> {
    const sent = this.#toDaemon.shift();
    if (sent && this.#link) this.#world.take(this.#link, sent);
    const heard = this.#link?.waiting.shift();
    if (heard === 'cut') this.#link = null;
    else if (heard) await this.#act('hear', { frame: hex(heard) });
    return sent !== undefined || heard !== undefined;
  }

  async wake(): Promise<void> {
    for (let turns = 0; this.#due <= this.#world.now; turns++) {
      assert.ok(turns < 50, 'always something to do, and nothing done');
      await this.#act('tick');
    }
  }

  async #connect(): Promise<void> {
    this.#link = new Link(this);
    this.#world.greet(this.#link);
    await this.#world.settle();
  }

  /** Does one of what the program knows. */
  async #act(action: string, how: object = {}): Promise<void> {
    const asked = { member: this.#member, now: this.#world.now, do: action, ...how };
    const { told, frames, due, you, password } = await this.#members.ask(asked);
    for (const each of told) this.#told(each);
    this.#due = due ?? Number.POSITIVE_INFINITY;
    this.id = you ?? this.id;
    this.#password = password;
    if (this.#link) this.#toDaemon.push(...frames.map(unhex));
  }

  #told({ kind, from, name, body, seconds }: Told): void {
    const isWhisper = kind === 'whisper';
    if (seconds !== undefined) this.#timer = seconds;
    if (kind === 'named') this.names.push(name);
    else if (isWhisper || kind === 'said') {
      if (isTalk(body.kind)) this.read.push({ isWhisper, from, body, name });
    } else if (!USUAL.test(kind)) this.#complaints.push(kind);
  }
}
