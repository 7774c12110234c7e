// An honest daemon and honest members, whatever happens in whatever order: nobody is ever told that somebody sees another
// room, what is said is read once, by whom it was for, and in the end all see the same.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nameBytes } from '../src/session/about.ts';
import type { Talk } from '../src/session/talk.ts';
import { FROZEN } from '../src/session/watch.ts';
import type { Event, Line } from '../src/state.ts';
import { FRAME } from '../src/wire.ts';
import { type Person, World } from './relay.ts';

/** What is never told. */
const LIES: ReadonlySet<Event> = new Set([
  ...(['differs', 'contradicted', 'keeper-unsaid', 'put-out', 'shut-out', 'unrenewed'] as const),
]);

/** What is told to those alone who came later or lost their line, or to whom something was denied. */
const LACKS: ReadonlySet<Event> = new Set([
  ...(['missing', 'unreadable', 'put-out-unread', 'handed-unread'] as const),
]);

const ALIASES = ['Ada', 'Bob', 'Eve', 'Zoe', 'Kim'];

class Run {
  readonly world = new World();
  /** By text: who said it, and to whom alone. */
  readonly said = new Map<string, { from: Person; to?: Person; answers?: string }>();
  /** Texts that were taken back by who said them. */
  readonly unsent = new Set<string>();
  /** Those whose connection broke, and with it a box perhaps. */
  readonly lost = new Set<Person>();
  /** Those who came while frames were under way, and those whom passes were denied. */
  readonly late = new Set<Person>();
  readonly full = new Set<Person>();
  /** Those who enter anew, and don't know then whether others have read what was under way. */
  readonly anew = new Set<Person>();
  /** Whose next frame is too fast. */
  readonly tooFast = new Set<Person>();
  /** All that somebody was called. */
  readonly aliases = new Map<Person, Set<string>>();

  constructor() {
    this.world.intercept = (from, frame, command) => {
      const person = from.owner as Person;
      const { kind } = command ?? frame;
      if (kind === 'exit' || !this.world.seatOf(from) || !this.tooFast.delete(person)) return false;
      // A pass may hold chains and whispers for anybody.
      if (kind === 'pass') for (const each of this.world.people) this.full.add(each);
      this.world.deny(from, FRAME[kind], 'too-fast', 50);
      return true;
    };
  }

  namesOf(person: Person): Set<string> {
    const names = this.aliases.get(person) ?? new Set([person.alias]);
    this.aliases.set(person, names);
    return names;
  }

  /** Those who are in the room, by what they see. */
  inside(): Person[] {
    return this.world.people.filter(({ session }) => session.membership() !== null);
  }

  /** Those of them who are let in: who lost its seat may have come back to another password, or too late. */
  connected(): Person[] {
    return this.inside().filter(({ view }) => view.phase === 'room');
  }

  async lose(who: Person, isSeen: boolean): Promise<void> {
    this.lost.add(who);
    await (isSeen ? who.lose() : who.drop());
  }

  async say(from: Person, to?: Person): Promise<void> {
    const text = `${this.said.size}`;
    this.said.set(text, { from, ...(to && { to }) });
    if (to) await from.whisper(to, text);
    else await from.say(text);
  }
}

/** A line that somebody reads, of one's own where that is asked for. */
function lineOf(who: Person, at: number, isOwn = false) {
  const read = who.room.lines.filter(line => 'html' in line && line.kind !== 'farewell');
  const all = read.flatMap(line => ('html' in line && (!isOwn || line.from.you) ? [line] : []));
  return all.length > 0 ? all[at % all.length] : undefined;
}

const tells = async (who: Person, what: (talk: Talk) => void): Promise<void> =>
  who.carryOut(await who.membership.tell(what, who.world.now));

/** Seconds after which messages go: longer than the last words of a run take. */
const TIMER = 300;

type Doing = (run: Run, who: Person, whom: Person) => Promise<void> | void;

const DOINGS: Record<string, Doing> = {
  async enters(run, who) {
    const { world } = run;
    if (world.people.length >= 9) return;
    const alias = ALIASES[world.people.length % ALIASES.length] ?? '';
    const password = who.session.invitation().split(':')[1] ?? '';
    // Frames stay under way.
    run.late.add(await world.arrival(alias, 'enter', { password }));
  },
  'takes another alias'(run, who) {
    const { stay, parts } = who.membership;
    // Nobody takes an alias that another has.
    const alias = `${who.alias}${run.world.people.indexOf(who)}${run.namesOf(who).size}`;
    run.namesOf(who).add(alias);
    Object.assign(stay, { alias });
    parts.renewal.urge();
  },
  'reads nothing'(run, who) {
    run.full.add(who);
    run.world.full.add(who.id);
  },
  'reads on': (run, who) => void run.world.full.delete(who.id),
  'is too fast': (run, who) => void run.tooFast.add(who),
  async 'sends all'(_run, who) {
    while (await who.sendOne());
  },
  says: (run, who) => run.say(who),
  async whispers(run, who, whom) {
    if (who !== whom && who.room.members.some(({ id }) => id === whom.id)) await run.say(who, whom);
  },
  async answers(run, who, whom) {
    const line = lineOf(who, whom.id);
    if (!line || line.kind === 'whisper') return;
    const text = `${run.said.size}`;
    run.said.set(text, { from: who, answers: line.html });
    const body = { kind: 'message', at: run.world.now, timer: 0, text } as const;
    await tells(
      who,
      talk =>
        talk.answer(line.key, { to: null, body }, run.world.now) ||
        talk.say({ to: null, body }, run.world.now),
    );
  },
  async reacts(_run, who, whom) {
    const line = lineOf(who, whom.id);
    const emoji = whom.id % 2 === 0 ? '👍' : '🎉';
    if (line) await tells(who, talk => talk.react(line.key, emoji, who.world.now));
  },
  async 'takes back'(run, who, whom) {
    const line = lineOf(who, whom.id, true);
    if (!line) return;
    run.unsent.add(line.html);
    await tells(who, talk => talk.unsend(line.key, who.world.now));
  },
  async 'takes back another’s'(_run, who, whom) {
    const line = lineOf(who, whom.id);
    const name = line && !line.from.you && who.membership.parts.lines.of(line.key)?.known.name;
    if (!name || line.kind === 'whisper') return;
    const body = { kind: 'unsend', at: who.world.now, to: nameBytes(name) } as const;
    who.membership.parts.queue.enqueue({ to: null, body });
  },
  async 'is renamed'(run, who) {
    const alias = `${who.alias}r${run.namesOf(who).size}`;
    run.namesOf(who).add(alias);
    await who.type(`/alias ${alias}`);
  },
  'sets the time': (_run, who, whom) => who.setTimer(who === whom ? 0 : TIMER),
  ignores(_run, who, whom) {
    if (who !== whom) who.membership.ignore(who.addressee(whom.id));
  },
  types: (_run, who) => tells(who, talk => talk.typing(who.world.now)),
  kicks: (_run, who, whom) => who.kick(whom.id, false),
  'kicks for good': (_run, who, whom) => who.kick(whom.id, true),
  relocks: (_run, who) => who.relock(),
  locks: (_run, who, whom) => who.lock(who === whom),
  hands: (_run, who, whom) => who.hand(whom.id),
  leaves: (_run, who) => who.leave('so long'),
  'loses the line': (run, who) => run.lose(who, true),
  'loses the line unseen': (run, who) => run.lose(who, false),
  'finds the line': (_run, who) => {
    if (!who.isConnected) who.open();
  },
  'is given up': ({ world, anew }, who) => {
    const seat = world.room?.seats.find(({ id, person }) => !person && id === who.id);
    if (!seat) return;
    anew.add(who);
    world.giveUp(seat);
  },
  'stretches slowly': (_run, who) => {
    who.slow = true;
  },
  'has stretched': (_run, who) => who.stretch(),
  async sends(_run, who) {
    await who.sendOne();
  },
  async hears(_run, who) {
    await who.hearOne();
  },
  settles: ({ world }) => world.settle(),
  'passes a second': ({ world }) => world.pass(1000),
  'passes eleven minutes': ({ world }) => world.pass(660_000),
  async freezes({ world }, who) {
    await world.settle();
    world.now += FROZEN + world.silenceMs;
    await who.wake();
  },
};

const step = fc.record({
  doing: fc.constantFrom(...Object.keys(DOINGS)),
  who: fc.nat(8),
  whom: fc.nat(8),
});

/** Everybody who can comes back, and all that is under way arrives. */
async function finish({ world, tooFast }: Run): Promise<void> {
  tooFast.clear();
  world.full.clear();
  for (let round = 0; round < 4; round++) {
    for (const person of world.people) {
      await person.stretch();
      if (person.session.membership() && !person.isConnected) await person.connect();
    }
    await world.pass(2000);
  }
}

test('honest daemons never make anybody seem to see another room', async () => {
  const property = fc.asyncProperty(
    fc.array(step, { minLength: 20, maxLength: 120 }),
    fc.constantFrom('keeper', 'everyone'),
    async (steps, rule) => {
      const run = new Run();
      const { world } = run;
      await world.person('Ada', 'open', { rule });
      await world.person('Bob', 'enter');
      await world.person('Eve', 'enter');
      for (const { doing, who, whom } of steps) {
        const there = run.inside();
        const [one, other] = [there[who % there.length], there[whom % there.length]];
        if (one && other) await DOINGS[doing]?.(run, one, other);
      }
      await finish(run);
      for (const person of run.connected()) await run.say(person);
      await world.settle();
      // After each order that was denied a client waits for a while.
      for (let round = 0; round < steps.length && run.connected().some(hasToSay); round++)
        await world.pass(1000);
      check(run);
      // Longer than anybody is shown as typing.
      await world.pass(10_000);
      for (const { room } of run.connected()) assert.deepEqual(room.typing, []);
    },
  );
  await fc.assert(property, {
    numRuns: Number(process.env.RUNS ?? 40),
    endOnFailure: true,
    ...(process.env.SEED ? { seed: Number(process.env.SEED) } : {}),
  });
});

function check(run: Run): void {
  const inside = run.connected();
  for (const person of inside) {
    const { lines, members } = person.room;
    const told = person.lines().join('\n');
    for (const line of lines) {
      if (line.kind !== 'event') continue;
      assert.ok(!LIES.has(line.event), `${person.alias} is told:\n${told}`);
      assert.ok(!LACKS.has(line.event) || mayLack(run, person, line), `${person.alias} is told:\n${told}`);
      // The giver of the password may have entered, and left again, while somebody was away.
      assert.ok(line.event !== 'keyless' || run.lost.has(person), `${person.alias} has no key:\n${told}`);
    }
    assert.ok(!members.some(({ differs }) => differs));
    const read = lines.flatMap(line => ('html' in line && line.kind !== 'farewell' ? [line] : []));
    const once = read.filter(({ html }) => !run.anew.has(run.said.get(html)?.from as Person));
    assert.equal(new Set(once.map(({ html }) => html)).size, once.length, `read twice:\n${told}`);
    for (const { html, kind, from } of read) {
      const said = run.said.get(html);
      assert.ok(said, `never said: ${html}`);
      assert.ok(run.namesOf(said.from).has(from.alias), from.alias);
      if (kind === 'whisper') assert.ok(said.from === person || said.to === person, 'another’s whisper');
      else assert.equal(said.to, undefined);
    }
    checkAbout(run, person, told);
    const seats = ({ room }: Person) => room.members.map(({ id, keeper }) => [id, keeper]);
    assert.deepEqual(seats(person), seats(inside[0] as Person));
    if (inside.some(isKeyless)) continue;
    // Where all have the key to the room, all who came back know one another, and read all last words.
    const ids = new Set(inside.map(({ id }) => id));
    // A seat to which nobody comes back counts among those of its alias only for who has met it.
    const isNumbered = members.every(({ id }) => ids.has(id));
    const names = ({ room }: Person) =>
      room.members
        .filter(({ id }) => ids.has(id))
        .map(({ alias, ordinal }) => (isNumbered ? [alias, ordinal] : [alias]));
    assert.deepEqual(names(person), names(inside[0] as Person));
    for (const [text, { from }] of [...run.said].slice(-inside.length))
      assert.ok(
        isIgnored(person, from) || read.some(({ html }) => html === text),
        `${text} not read:\n${told}`,
      );
  }
}

/** What is said about messages counts where it may, once each. */
function checkAbout(run: Run, { room, world }: Person, told: string): void {
  const { lines, members } = room;
  for (const line of lines) {
    if (!('html' in line)) continue;
    assert.ok((line.forgetAt ?? Infinity) > world.now, `overdue:\n${told}`);
    const writer = members.find(({ id, number }) => id === line.from.id && number === line.from.number);
    assert.ok(!writer?.ignored, `of who is ignored:\n${told}`);
    const reacted = line.reactions?.flatMap(({ by }) => by.map(({ alias }) => alias)) ?? [];
    if (run.anew.size === 0) assert.equal(new Set(reacted).size, reacted.length, `reacts twice:\n${told}`);
    const answered = lines.find(({ key }) => key === line.answers);
    const meant = run.said.get(line.html)?.answers;
    if (answered && 'html' in answered) assert.equal(answered.html, meant, `answers another:\n${told}`);
    if (line.answers !== undefined) assert.ok(meant, `answers nothing:\n${told}`);
  }
  const taken = lines.filter(line => line.kind === 'event' && line.event === 'unsent').length;
  assert.ok(taken <= run.unsent.size, `taken back by another:\n${told}`);
}

const isIgnored = ({ room }: Person, whom: Person): boolean =>
  room.members.some(({ id, ignored }) => ignored && id === whom.session.membership()?.stay.you);

const hasToSay = ({ membership }: Person): boolean => membership.parts.queue.due() < Infinity;

const isKeyless = ({ room }: Person): boolean =>
  room.lines.some(line => line.kind === 'event' && line.event === 'keyless');

/** Whether somebody may be told honestly that something of a member is lacking. */
function mayLack(run: Run, person: Person, { who, by }: Line & { kind: 'event' }): boolean {
  const isApart = (each: Person) => run.lost.has(each) || run.late.has(each) || run.full.has(each);
  const others = run.world.people.filter(each =>
    [who, by].some(one => one && run.namesOf(each).has(one.alias)),
  );
  return isApart(person) || others.some(isApart);
}
