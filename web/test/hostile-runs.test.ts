// A daemon that tampers at random with what it hands on: whatever it does, nothing is shown twice, under another's name,
// of who is not there, or to whom it was not addressed; and once it is honest again, what was withheld has been told.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Bytes } from '../src/cbor.ts';
import type { Event } from '../src/state.ts';
import { type DaemonFrame, encodeDaemonFrame } from '../src/wire.ts';
import { type Person, World } from './relay.ts';

/** By what a member learns that not everything came to it as it was said. */
const WARNINGS: ReadonlySet<Event> = new Set([
  ...(['missing', 'missed', 'unreadable', 'differs', 'contradicted', 'put-out', 'put-out-unread'] as const),
  ...(['keeper-unsaid', 'handed-unread', 'shut-out', 'keyless'] as const),
]);

type Tampering = (told: Told, to: Person, frame: DaemonFrame, bytes: Bytes, at: number) => Bytes[];

/** What somebody was told so far, and what is kept back from it. */
type Told = { past: Bytes[]; held: Bytes[] };

const encoded = (frame: DaemonFrame): Bytes => Uint8Array.from(encodeDaemonFrame(frame));

const spoilt = (bytes: Bytes, at: number): Bytes => {
  const spoilt = Uint8Array.from(bytes);
  // Behind what the frame itself says.
  const place = Math.min(spoilt.length - 1, 16 + (at % Math.max(1, spoilt.length - 16)));
  spoilt[place] = (spoilt[place] ?? 0) ^ 1;
  return spoilt;
};

const TAMPERINGS: Record<string, Tampering> = {
  nothing: (_told, _to, _frame, bytes) => [bytes],
  drops: () => [],
  repeats: (_told, _to, _frame, bytes) => [bytes, bytes],
  'says again': (told, _to, _frame, bytes, at) => [
    bytes,
    ...told.past.slice(at % told.past.length).slice(0, 3),
  ],
  'holds back': (told, _to, _frame, bytes) => {
    told.held.push(bytes);
    return [];
  },
  'lets go': (told, _to, _frame, bytes) => [bytes, ...told.held.splice(0)],
  'says what was before first': (told, _to, _frame, bytes) => [...told.held.splice(0), bytes],
  spoils: (_told, _to, frame, bytes, at) =>
    frame.kind === 'said' || frame.kind === 'passed' ? [spoilt(bytes, at)] : [bytes],
  'says it was another': (_told, _to, frame, bytes, at) =>
    frame.kind === 'said' || frame.kind === 'passed' ? [encoded({ ...frame, from: 1 + (at % 5) })] : [bytes],
  'swaps cards': (_told, _to, frame, bytes, at) =>
    frame.kind === 'joined' || frame.kind === 'renewed' ? [encoded({ ...frame, id: 1 + (at % 5) })] : [bytes],
  'makes one come': (told, _to, _frame, bytes, at) => [
    bytes,
    ...told.past.filter(isArrival).slice(at % 3, 1 + (at % 3)),
  ],
  'makes one go': (_told, _to, _frame, bytes, at) => [
    bytes,
    encoded({ kind: 'left', id: 1 + (at % 5), how: 'gone' }),
  ],
  'names a keeper': (_told, _to, _frame, bytes, at) => [bytes, encoded({ kind: 'keeper', id: 1 + (at % 5) })],
  'says one is back': (_told, _to, _frame, bytes, at) => [bytes, encoded({ kind: 'back', id: 1 + (at % 5) })],
};

/** `joined`: an array of four that begins with 3. */
const isArrival = (bytes: Bytes): boolean => bytes[0] === 0x84 && bytes[1] === 3;

/** Frames without which a visit does not begin. */
const LEFT_ALONE: ReadonlySet<DaemonFrame['kind']> = new Set([
  'hello',
  'welcome',
  'refused',
  'over',
] as const);

const DOINGS: Record<string, (world: Run, who: Person, whom: Person) => Promise<void>> = {
  says: (run, who) => run.say(who),
  'says more': (run, who) => run.say(who),
  whispers: (run, who, whom) => (who === whom ? Promise.resolve() : run.say(who, whom)),
  kicks: (_run, who, whom) => who.kick(whom.id, whom.alias.length % 2 === 0),
  leaves: (_run, who) => who.leave('so long'),
  enters: async (run, who) => {
    const { world } = run;
    const password = who.session.invitation().split(':')[1] ?? '';
    if (world.people.length >= 6) return;
    run.entered(await world.person(`M${world.people.length}`, 'enter', { password }));
  },
  'loses the line': async (_run, who) => {
    await who.lose();
    await who.connect();
  },
  'passes time': ({ world }) => world.pass(11_000),
};

class Run {
  readonly world = new World();
  readonly said = new Map<string, { from: Person; to?: Person }>();
  /** How much was said before somebody came. */
  readonly #before = new Map<Person, number>();

  entered(person: Person): void {
    this.#before.set(person, this.said.size);
  }

  /** Whether something was said before somebody came. */
  joinedAfter(person: Person, text: string): boolean {
    return [...this.said.keys()].indexOf(text) < (this.#before.get(person) ?? 0);
  }

  inside(): Person[] {
    return this.world.people.filter(({ view, session }) => view.phase === 'room' && session.membership());
  }

  async say(from: Person, to?: Person): Promise<void> {
    const text = `text ${this.said.size}`;
    this.said.set(text, { from, ...(to && { to }) });
    if (to) await from.whisper(to, text);
    else await from.say(text);
    await this.world.settle();
  }
}

const doing = fc.record({
  doing: fc.constantFrom(...Object.keys(DOINGS)),
  who: fc.nat(5),
  whom: fc.nat(5),
});

const tampering = fc.record({
  // Most frames are handed on as they are.
  how: fc.oneof(
    { weight: 2, arbitrary: fc.constant('nothing') },
    { weight: 1, arbitrary: fc.constantFrom(...Object.keys(TAMPERINGS)) },
  ),
  at: fc.nat(1000),
});

test('whatever a daemon does, nobody is shown what was not said, or not by whom, or not to it', async () => {
  const property = fc.asyncProperty(
    fc.array(doing, { minLength: 8, maxLength: 30 }),
    fc.array(tampering, { minLength: 60, maxLength: 60 }),
    async (doings, tamperings) => {
      const run = new Run();
      const { world } = run;
      await world.person('Ada', 'open', { rule: 'everyone' });
      for (const alias of ['Bob', 'Eve']) await world.person(alias, 'enter');
      await tamper(run, doings, tamperings);
      check(run);
    },
  );
  await fc.assert(property, { numRuns: Number(process.env.RUNS ?? 40), endOnFailure: true });
});

type Doing = { doing: string; who: number; whom: number };

async function tamper(run: Run, doings: Doing[], tamperings: { how: string; at: number }[]): Promise<void> {
  const { world } = run;
  const told = new Map<Person, Told>();
  let turn = 0;
  world.tamper = (caller, frame, bytes) => {
    const to = caller.owner as Person;
    const of = told.get(to) ?? { past: [], held: [] };
    told.set(to, of);
    of.past.push(bytes);
    const { how, at } = tamperings[turn++ % tamperings.length] ?? { how: 'nothing', at: 0 };
    if (LEFT_ALONE.has(frame.kind)) return [bytes];
    return TAMPERINGS[how]?.(of, to, frame, bytes, at) ?? [bytes];
  };
  for (const { doing, who, whom } of doings) {
    const there = run.inside();
    const [one, other] = [there[who % there.length], there[whom % there.length]];
    if (one && other) await DOINGS[doing]?.(run, one, other);
    await world.settle();
  }
  // Honest from now on; everybody speaks twice, so that each hears of what the others see.
  world.tamper = (_to, _frame, bytes) => [bytes];
  await world.pass(20_000);
  for (let time = 0; time < 2; time++) for (const person of run.inside()) await run.say(person);
}

function check(run: Run): void {
  for (const person of run.inside()) {
    const { lines, members } = person.room;
    const all = person.lines().join('\n');
    const shown = new Map(lines.flatMap(line => ('html' in line ? [[line.html, line] as const] : [])));
    const read = lines.filter(line => 'html' in line && line.kind !== 'farewell');
    assert.equal(new Set(read.map(line => 'html' in line && line.html)).size, read.length, `twice:\n${all}`);
    for (const [text, line] of shown) {
      const said = run.said.get(text);
      if (line.kind === 'farewell') continue;
      assert.ok(said, `nobody said ${text}`);
      assert.equal(line.from.alias, said.from.alias, `under another name:\n${all}`);
      if (line.kind === 'whisper')
        assert.ok(person === said.from || person === said.to, 'not addressed to it');
      else assert.equal(said.to, undefined, 'a whisper that all read');
      if (line.state === 'delivered') assert.ok(isShown(said.to, text), `not delivered: ${text}\n${all}`);
    }
    const isWarned =
      members.some(({ differs, standing }) => differs || standing !== 'ready') ||
      lines.some(line => line.kind === 'event' && WARNINGS.has(line.event));
    if (isWarned) continue;
    // Nothing was told: so nothing is lacking of those who are there.
    for (const [text, { from, to }] of run.said) {
      const isThere = members.some(({ id }) => from.view.phase === 'room' && id === from.id);
      const sent = isThere && from.room.lines.find(line => 'html' in line && line.html === text);
      const isSent = sent && 'html' in sent && sent.state === 'sent';
      if (!isSent || to || run.joinedAfter(person, text)) continue;
      assert.ok(shown.has(text), `${text} is lacking, and ${person.alias} knows nothing of it:\n${all}`);
    }
  }
}

/** Or was: who has left can't be asked. */
const isShown = (to: Person | undefined, text: string): boolean =>
  to?.view.phase !== 'room' || to.room.lines.some(line => 'html' in line && line.html === text);
