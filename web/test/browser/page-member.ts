// One of the page's sessions in a mixed room: what it opens is taken note of where it is opened.

import assert from 'node:assert/strict';
import type { Whispered } from '../../src/seal/body.ts';
import { passwordOf } from '../../src/seal/password.ts';
import { nameBytes } from '../../src/session/about.ts';
import type { Utterance } from '../../src/session/send-queue.ts';
import type { Event } from '../../src/state.ts';
import { Person, type World } from '../relay.ts';
import { hex, plain, unhex } from '../vectors.ts';
import { type Entering, isTalk, type MixedMember, type Read, type Talk } from './mixed.ts';

/** What an honest room tells. */
const USUAL: ReadonlySet<Event> = new Set([
  ...([
    'joined',
    'renamed',
    'exit',
    'kicked',
    'away',
    'back',
    'keeper',
    'relocked',
    'timer',
    'unsent',
  ] as const),
]);

/** What it says itself is no line, and is named all the same. */
const NO_LINE = -1;

export class PageMember implements MixedMember {
  readonly #world: World;
  #person: Person | undefined;
  alias = '';
  readonly read: Read[] = [];
  readonly names: string[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  get id(): number {
    return this.#in.id;
  }

  get #in(): Person {
    return this.#person ?? assert.fail('not in the room');
  }

  async enter({ mode, alias, ...entry }: Entering): Promise<void> {
    this.alias = alias;
    this.#person = await this.#world.person(alias, mode, entry);
    const { about, company, hearing, lines } = this.#in.membership.parts;
    const open = hearing.open.bind(hearing);
    hearing.open = async (peer, ...payload) => {
      const heard = await open(peer, ...payload);
      if (peer && typeof heard === 'object' && heard.body && isTalk(heard.body.kind))
        this.#reads(false, company.named(peer.id).alias, heard.body, heard.name);
      return heard;
    };
    const nameOfHeard = about.nameOfHeard.bind(about);
    about.nameOfHeard = (voice, counter, said) => {
      const name = nameOfHeard(voice, counter, said);
      this.#reads(true, company.named(company.peerOf(voice.bytes)?.id ?? 0).alias, said, nameBytes(name));
      return name;
    };
    const name = lines.name.bind(lines);
    lines.name = (key, by) => (key === NO_LINE ? this.names.push(hex(nameBytes(by))) : name(key, by));
  }

  async say({ to: about, ...body }: Talk, to?: number): Promise<void> {
    const { queue, roster } = this.#in.membership.parts;
    const peer = to === undefined ? null : (roster.of(to) ?? assert.fail('nobody'));
    const said = (about ? { ...body, to: unhex(about) } : body) as Whispered;
    queue.enqueue({ to: peer, body: said, key: NO_LINE } as Utterance);
    await this.#in.carryOut(await this.#in.membership.tell(() => {}, this.#world.now));
  }

  kick = (id: number): Promise<void> => this.#in.kick(id);
  hand = (id: number): Promise<void> => this.#in.hand(id);
  relock = (): Promise<void> => this.#in.relock();
  setTimer = (seconds: number): Promise<void> => this.#in.setTimer(seconds);

  async rename(alias: string): Promise<void> {
    this.alias = alias;
    const { effects, taken } = await this.#in.membership.rename(alias, this.#world.now);
    assert.ok(taken, alias);
    await this.#in.carryOut(effects);
  }

  async lose(): Promise<void> {
    await this.#in.lose();
    await this.#in.connect();
  }

  password = (): string | null => passwordOf(this.#in.membership.stay.heart.password);
  timer = (): number => this.#in.room.timer;
  textMost = (): number => this.#in.membership.textMost();

  complaints(): string[] {
    const { lines } = this.#in.room;
    return lines.flatMap(line =>
      line.kind === 'note' || (line.kind === 'event' && !USUAL.has(line.event)) ? [plain(line)] : [],
    );
  }

  #reads(isWhisper: boolean, from: string, body: object, name: Uint8Array): void {
    this.read.push({ isWhisper, from, body: JSON.parse(plain(body)) as Talk, name: hex(name) });
  }
}
