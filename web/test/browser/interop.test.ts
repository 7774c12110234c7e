// Rooms of which some members are the page's sessions and some those of crates/seal, which the terminal has: each opens what
// the others have sealed, whatever they say and do. SEED repeats a run, and ROOMS says how many rooms there are.

import assert from 'node:assert/strict';
import { pbkdf2Sync } from 'node:crypto';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import {
  drawPassword,
  isLongEnough,
  normalForm,
  PASSWORD_LEAST,
  PASSWORD_MOST,
  passwordBytes,
} from '../../src/seal/password.ts';
import type { RoomKey } from '../../src/seal/room-key.ts';
import { ROUNDS } from '../../src/seal/stretch.ts';
import { TIMER_MOST } from '../../src/session/timer.ts';
import { FRAME_LEAST, FRAME_MOST } from '../../src/wire.ts';
import { World } from '../relay.ts';
import type { MixedMember, Read, Talk } from './mixed.ts';
import { PageMember } from './page-member.ts';
import { RustMembers } from './rust-members.ts';

/** Rooms, each with so many doings. */
const [ROOMS, DOINGS] = [Number(process.env.ROOMS ?? 6), 60];

const ALIASES = ['Ada', 'Zoë', '山田', 'नमन', 'Ωρα', 'אבא', 'Юля', 'a_7'];

/** Milliseconds after which keys are renewed, and chains begin anew. */
const LONG = 900_000;
/** Milliseconds after which a whisper is known to have arrived. */
const CONFIRMED = 1100;

let rust: RustMembers;
before(() => void (rust = new RustMembers()));
after(() => rust.close());

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.constantFrom('', '\0', '\u{10ffff}', 'longest'),
);
const clock = fc.oneof(fc.maxSafeNat(), fc.constantFrom(0, Number.MAX_SAFE_INTEGER));
const timer = fc.oneof(fc.constant(0), fc.maxSafeNat());
/** `to`: which of the messages that its sender has read. */
const talk = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('message', 'farewell', 'action'), at: clock, timer, text }),
  },
  fc.record({ kind: fc.constant('reply'), at: clock, timer, text, to: fc.nat() }),
  fc.record({ kind: fc.constant('reaction'), at: clock, text: fc.constantFrom('👍', '', 'x'), to: fc.nat() }),
  fc.record({ kind: fc.constant('unsend'), at: clock, to: fc.nat() }),
  fc.record({ kind: fc.constant('typing'), at: clock }),
);
type Drawn<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never;

const password = fc
  .oneof(
    fc.constant(null).map(drawPassword),
    fc.string({ unit: 'grapheme', minLength: PASSWORD_LEAST, maxLength: 60 }),
    fc.constantFrom('é'.repeat(PASSWORD_MOST / 2), 'e\u0301'.repeat(PASSWORD_LEAST)),
  )
  .filter(typed => passwordBytes(typed) !== null && isLongEnough(typed));

const DOINGS_OF = {
  says: 10,
  whispers: 6,
  'loses the line': 2,
  'takes another alias': 1,
  'gives another password': 1,
  'hands the room on': 1,
  kicks: 1,
  enters: 2,
  'sets the time': 1,
  'lets time pass': 1,
} as const;
type Doing = keyof typeof DOINGS_OF;

const plan = fc.record({
  key: fc.uint8Array({ minLength: 5, maxLength: 5 }),
  password,
  rule: fc.constantFrom('keeper', 'everyone'),
  frame: fc.constantFrom(FRAME_LEAST, 10_000, FRAME_MOST),
  isPage: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
  doings: fc.array(
    fc.record({
      doing: fc.oneof(
        ...Object.entries(DOINGS_OF).map(([doing, weight]) => ({
          weight,
          arbitrary: fc.constant(doing as Doing),
        })),
      ),
      who: fc.nat(),
      whom: fc.nat(),
      talk,
    }),
    { minLength: DOINGS, maxLength: DOINGS },
  ),
});

class Room {
  readonly #drawn: Drawn<typeof plan>;
  readonly #world = new World();
  readonly #members: MixedMember[] = [];
  /** What each is to have read. */
  readonly #said = new Map<MixedMember, Read[]>();
  #entered = 0;

  constructor(drawn: Drawn<typeof plan>) {
    this.#drawn = drawn;
    this.#world.largestFrame = drawn.frame;
    this.#world.stretch = (bytes, salt) => Uint8Array.from(pbkdf2Sync(bytes, salt, ROUNDS, 32, 'sha256'));
  }

  /** The first, and one of each kind, are there at the beginning. */
  async begins(): Promise<void> {
    const [isPage = false] = this.#drawn.isPage;
    for (const each of [isPage, !isPage, isPage, !isPage]) await this.enters(each);
  }

  async does({ doing, who: one, whom: other, talk: drawn }: Drawn<typeof plan>['doings'][0]): Promise<void> {
    const [who, whom] = [one, other].map(at => this.#members[at % this.#members.length] ?? assert.fail());
    if (!who || !whom) return;
    const moderates = this.#drawn.rule === 'everyone' || this.#keeps(who);
    if (doing === 'says') await this.#says(who, undefined, this.#talk(who, drawn));
    if (doing === 'whispers' && who !== whom) await this.#says(who, whom, this.#talk(who, drawn));
    if (doing === 'loses the line') await who.lose();
    if (doing === 'takes another alias') await who.rename(this.#alias());
    if (doing === 'gives another password' && moderates) await who.relock();
    if (doing === 'hands the room on' && who !== whom && this.#keeps(who)) await who.hand(whom.id);
    if (doing === 'kicks' && who !== whom && moderates && this.#members.length > 3)
      await this.#kicks(who, whom);
    if (doing === 'enters' && this.#members.length < 6)
      await this.enters(this.#drawn.isPage[this.#entered] ?? true);
    if (doing === 'sets the time' && moderates) await this.#setsTimer(who, other % (TIMER_MOST + 1));
    await this.#world.settle();
    if (doing === 'lets time pass') await this.#world.pass(LONG);
    // A whisper is waited for until it is confirmed, and relocking until it has been stretched.
    await this.#world.pass(CONFIRMED);
    this.#check();
  }

  async enters(isPage: boolean): Promise<void> {
    const mode = this.#members.length === 0 ? 'open' : 'enter';
    const member = isPage ? new PageMember(this.#world) : rust.member(this.#world);
    const secret = this.#members[0]?.password() ?? this.#drawn.password;
    const { key, rule } = this.#drawn;
    const room = Uint8Array.from(key) as RoomKey;
    await member.enter({ mode, alias: this.#alias(), room, rule, password: secret });
    this.#members.push(member);
    this.#said.set(member, []);
    await this.#world.settle();
  }

  async #says(who: MixedMember, to: MixedMember | undefined, body: Talk): Promise<void> {
    const { length } = who.names;
    await who.say(body, to?.id);
    await this.#world.settle();
    const name = who.names[length] ?? assert.fail('it was not said');
    const said = { isWhisper: to !== undefined, from: who.alias, body, name };
    for (const [member, all] of this.#said) if (to ? member === to : member !== who) all.push(said);
  }

  async #kicks(who: MixedMember, whom: MixedMember): Promise<void> {
    await who.kick(whom.id);
    this.#members.splice(this.#members.indexOf(whom), 1);
    this.#said.delete(whom);
  }

  async #setsTimer(who: MixedMember, seconds: number): Promise<void> {
    await who.setTimer(seconds);
    await this.#world.settle();
    for (const member of this.#members) assert.equal(member.timer(), seconds);
  }

  /** All have read what was said to them, as their senders name it, and nothing else; and nothing is told to be amiss. */
  #check(): void {
    for (const [member, said] of this.#said) {
      assert.deepEqual(member.complaints(), [], `${member.alias} is told`);
      assert.deepEqual(member.read, said, `${member.alias} reads`);
      assert.equal(new Set(said.map(({ name }) => name)).size, said.length, 'one name of two messages');
    }
    const passwords = this.#members.map(member => normalForm(member.password() ?? ''));
    assert.equal(new Set(passwords).size, 1, 'several passwords');
  }

  #talk(who: MixedMember, drawn: Drawn<typeof talk>): Talk {
    const body: Record<string, unknown> = { ...drawn };
    if ('timer' in drawn && drawn.text === 'longest') Object.assign(body, this.#longest());
    if ('to' in drawn) body.to = who.read[drawn.to % Math.max(1, who.read.length)]?.name ?? 'a5'.repeat(16);
    return body as Talk;
  }

  /** As long as the page lets it be, of whoever says it; that depends on the time for which it is to be seen. */
  #longest(): Partial<Talk> {
    const page = this.#members.find(member => member instanceof PageMember);
    return page ? { text: 'x'.repeat(page.textMost()), timer: page.timer() } : {};
  }

  #keeps = (who: MixedMember): boolean => this.#world.room?.keeper === who.id;

  #alias(): string {
    const at = this.#entered++;
    return at < ALIASES.length ? (ALIASES[at] ?? '') : `m_${at}`;
  }
}

test('what the one seals the other opens, whatever is said and done', async () => {
  const property = fc.asyncProperty(plan, async drawn => {
    const room = new Room(drawn);
    await room.begins();
    for (const doing of drawn.doings) await room.does(doing);
  });
  const seed = process.env.SEED ? { seed: Number(process.env.SEED) } : {};
  await fc.assert(property, { numRuns: ROOMS, endOnFailure: true, ...seed });
});
