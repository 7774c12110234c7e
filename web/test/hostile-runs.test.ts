// A daemon that tampers at random with what it hands on, and with what it is told to do, alone, with the password, or with a
// member that helps it: whatever it does, nothing is shown twice, under another's name, to whom it was not addressed, or for
// longer than it was to be seen; nobody is said to have ordered what it did not; who was put out is talked to by nobody who
// knows it; and of each member that is still heard it is told what is lacking.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sealCard } from '../src/seal/card.ts';
import { keyPair } from '../src/seal/curves.ts';
import { portableSuite } from '../src/seal/portable.ts';
import { publicKey, signingKey } from '../src/seal/signature.ts';
import { nameBytes } from '../src/session/about.ts';
import { FRAME } from '../src/wire.ts';
import { Run, toldOf } from './hostile-run.ts';
import { door } from './keys.ts';
import type { Person } from './relay.ts';
import { draw } from './stays.ts';
import { encoded, type Stranger, TAMPERINGS, type Told, WELCOMES } from './tampering.ts';
import { hex } from './vectors.ts';

/** Seconds after which messages go: in the middle of a run, and longer than its last words take. */
const TIMER = 30;

/** A line that somebody reads. */
function lineOf(who: Person, at: number) {
  const read = who.room.lines.flatMap(line => ('html' in line && line.kind !== 'farewell' ? [line] : []));
  return read[at % Math.max(1, read.length)];
}

const DOINGS: Record<string, (run: Run, who: Person, whom: Person) => Promise<void>> = {
  says: (run, who) => run.say(who),
  'says more': (run, who) => run.say(who),
  whispers: (run, who, whom) => (who === whom ? Promise.resolve() : run.say(who, whom)),
  'whispers on': async (run, who, whom) => {
    for (let times = 0; times < 3 && who !== whom; times++) await run.say(who, whom);
  },
  async answers(run, who, whom) {
    const line = lineOf(who, whom.id);
    if (line?.kind === 'message') await run.answer(who, line.key, line.html);
  },
  async reacts(run, who, whom) {
    const line = lineOf(who, whom.id);
    if (!line) return;
    run.reacted.add(`${who.alias} to ${line.html}`);
    await run.tell(who, (talk, now) => talk.react(line.key, '👍', now));
  },
  async 'takes back'(run, who, whom) {
    const line = lineOf(who, whom.id);
    if (!line?.from.you) return;
    run.unsent.add(line.html);
    await run.tell(who, (talk, now) => talk.unsend(line.key, now));
  },
  async 'takes back another’s'(_run, who, whom) {
    const line = lineOf(who, whom.id);
    const { lines, queue } = who.membership.parts;
    const name = line?.kind === 'message' && !line.from.you && lines.of(line.key)?.known.name;
    if (name) queue.enqueue({ to: null, body: { kind: 'unsend', at: who.world.now, to: nameBytes(name) } });
  },
  'sets the time': (_run, who, whom) => who.setTimer(who === whom ? 0 : TIMER),
  async ignores(_run, who, whom) {
    if (who !== whom) who.membership.ignore(who.addressee(whom.id));
  },
  types: (run, who) => run.tell(who, (talk, now) => talk.typing(now)),
  kicks(run, who, whom) {
    run.ordered.add(`${who.alias} kicks ${whom.alias}`);
    return who.kick(whom.id, whom.alias.length % 2 === 0);
  },
  async 'kicks the helper'(run, who) {
    const helper = run.inside().find(each => each === run.helper);
    if (helper) await DOINGS.kicks?.(run, who, helper);
  },
  relocks: (_run, who) => who.relock(),
  hands(run, who, whom) {
    run.ordered.add(`${who.alias} hands ${whom.alias}`);
    return who.hand(whom.id);
  },
  leaves: (_run, who) => who.leave('so long'),
  async enters(run, who) {
    if (run.world.people.length < 6) await run.enters(`M${run.world.people.length}`, who);
  },
  'loses the line': async (_run, who) => {
    await who.lose();
    await who.connect();
  },
  'passes time': ({ world }) => world.pass(11_000),
};

/** What becomes of an order, beside being carried out. */
const ORDERS = ['is denied', 'is denied and shown', 'is shown', 'is told and not done'] as const;

const plan = fc.record({
  rule: fc.constantFrom('keeper', 'everyone'),
  help: fc.constantFrom('none', 'password', 'member'),
  /** Renewals are denied, and arrivals are kept from one until it has read of a kick. */
  deniesRenewals: fc.boolean(),
  hidesArrivals: fc.boolean(),
  doings: fc.array(
    fc.record({ doing: fc.constantFrom(...Object.keys(DOINGS)), who: fc.nat(5), whom: fc.nat(5) }),
    { minLength: 8, maxLength: 30 },
  ),
  // Most frames are handed on as they are.
  tamperings: fc.array(
    fc.record({
      how: fc.oneof(
        { weight: 2, arbitrary: fc.constant('nothing') },
        { weight: 1, arbitrary: fc.constantFrom(...Object.keys(TAMPERINGS)) },
        { weight: 1, arbitrary: fc.constantFrom('drops', 'makes another thing of a word', 'nothing') },
      ),
      welcome: fc.constantFrom(...Object.keys(WELCOMES)),
      order: fc.oneof(
        { weight: 1, arbitrary: fc.constant('is carried out') },
        { weight: 1, arbitrary: fc.constantFrom(...ORDERS) },
      ),
      at: fc.nat(1000),
    }),
    { minLength: 60, maxLength: 60 },
  ),
});

type Plan = typeof plan extends fc.Arbitrary<infer Value> ? Value : never;

test('whatever a daemon does, nobody is shown what was not said, or not by whom, or not to it', async () => {
  const property = fc.asyncProperty(plan, async drawn => {
    const run = new Run(drawn.rule === 'keeper' ? 'keeper' : 'everyone');
    await run.enters('Ada');
    const [ada] = run.world.people;
    for (const alias of ['Bob', 'Eve']) await run.enters(alias, ada);
    if (drawn.help === 'member') run.helper = run.world.people[2];
    await tamper(run, drawn);
    check(run);
  });
  await fc.assert(property, { numRuns: Number(process.env.RUNS ?? 80), endOnFailure: true });
});

async function tamper(run: Run, drawn: Plan): Promise<void> {
  const { world } = run;
  const helper = run.helper?.id;
  let turn = 0;
  const next = () => drawn.tamperings[turn++ % drawn.tamperings.length] ?? assert.fail();
  const strangers = drawn.help === 'none' ? [] : await Promise.all(['Mal', 'Ada', 'Bob'].map(stranger));
  const to = new Map<Person, Told>();
  /** What puts the helper out, which it passes over. */
  const words = new Set<string>();
  world.tamper = (caller, frame, bytes) => {
    const person = caller.owner as Person;
    const of = to.get(person) ?? { past: [], held: [], strangers };
    to.set(person, of);
    const { how, welcome, at } = next();
    if (person === run.helper) {
      const isWord = 'payload' in frame && frame.payload && words.has(hex(frame.payload));
      return isWord || frame.kind === 'over' ? [] : [bytes];
    }
    if (frame.kind === 'welcome') return [encoded(WELCOMES[welcome]?.(frame, at) ?? frame)];
    if (frame.kind === 'hello' || frame.kind === 'refused') return [bytes];
    of.past.push(bytes);
    if (drawn.hidesArrivals && person.alias === 'Bob') {
      const isReady = (run.seen.get(person)?.putOut.size ?? 0) > 0;
      if (frame.kind === 'joined' && !isReady) of.held.push(bytes);
      if (frame.kind === 'joined' || isReady) return isReady ? [bytes, ...of.held.splice(0)] : [];
    }
    return TAMPERINGS[how]?.(of, frame, bytes, at) ?? [bytes];
  };
  world.intercept = (from, _frame, command) => {
    if (command?.kind === 'renew' && drawn.deniesRenewals) {
      world.deny(from, FRAME.renew, 'too-fast', 60_000);
      return true;
    }
    if (!command || !('payload' in command)) return false;
    const by = world.seatOf(from)?.id ?? 0;
    const { payload } = command;
    words.add(hex(payload));
    const isOfHelper = command.kind === 'kick' && command.id === helper;
    const { order, at } = next();
    if (order === 'is carried out' && !isOfHelper) return false;
    const deny = () => world.deny(from, FRAME[command.kind], at % 2 === 0 ? 'not-yours' : 'no-such-member');
    // A denial before it takes the word from the hands of its maker.
    if (order.startsWith('is denied')) deny();
    if (order === 'is denied and shown' || order === 'is shown')
      world.all({ kind: 'said', from: by, payload });
    else if (order !== 'is denied' && command.kind === 'kick')
      world.all({ kind: 'kicked', id: command.id, by, payload });
    return true;
  };
  for (const { doing, who, whom } of drawn.doings) {
    const there = run.inside();
    const [one, other] = [there[who % there.length], there[whom % there.length]];
    if (one && other) await DOINGS[doing]?.(run, one, other);
    await world.settle();
  }
  // Honest from now on; everybody speaks and whispers twice, so that each hears of what the others see.
  world.tamper = (_to, _frame, bytes) => [bytes];
  world.intercept = () => false;
  await world.pass(70_000);
  for (let time = 0; time < 2; time++)
    for (const person of run.inside()) {
      await run.say(person);
      for (const other of run.inside()) if (other !== person) await run.say(person, other);
    }
  // A whisper that nobody confirms is waited for for a second.
  for (let second = 0; second < 15; second++) await world.pass(1000);
}

/** Somebody whom the daemon makes up, with two cards, one for the place of the other. */
async function stranger(alias: string): Promise<Stranger> {
  const [voice, entry] = [signingKey(draw(32)), draw(16)];
  const cards = [0, 1].map(n => {
    const shown = { alias, voice: publicKey(voice.public), public: keyPair(draw(32)).public, n };
    return sealCard(portableSuite, door, entry, shown, voice, draw(16));
  });
  return { entry, cards: await Promise.all(cards) };
}

function check(run: Run): void {
  for (const person of run.world.people) {
    const { view } = person;
    if (view.phase === 'over' && view.ending === 'kicked') isOrdered(run, `kicks ${person.alias}`);
    if (view.phase === 'over' && view.ending === 'stopped') isOrdered(run, 'stops');
  }
  for (const person of run.inside()) {
    isTrue(run, person);
    if (person === run.helper) continue;
    for (const other of run.inside())
      if (other !== person && other !== run.helper) isToldOf(run, person, other);
  }
}

const isOrdered = (run: Run, order: string, by = '', why = ''): void =>
  assert.ok(
    [...run.ordered].some(each => each.startsWith(by) && each.endsWith(order)),
    `${by} ${order}: nobody ordered that\n${why}`,
  );

/** All that somebody is shown was said and done so. */
function isTrue(run: Run, person: Person): void {
  const { lines } = person.room;
  const all = `${person.alias} is shown:\n${person.lines().join('\n')}`;
  const read = lines.flatMap(line => ('html' in line && line.kind !== 'farewell' ? [line] : []));
  assert.equal(new Set(read.map(({ html }) => html)).size, read.length, `twice:\n${all}`);
  for (const line of read) {
    const { html, from, kind, state } = line;
    const said = run.said.get(html) ?? assert.fail(`nobody said ${html}\n${all}`);
    assert.equal(from.alias, said.from.alias, `under another name:\n${all}`);
    if (kind !== 'whisper') assert.equal(said.to, undefined, `a whisper that all read:\n${all}`);
    else assert.ok(person === said.from || person === said.to, `not addressed to it:\n${all}`);
    const own = hex(person.membership.stay.voice.public);
    assert.ok(!said.without.has(own), `${html} is read by who was put out before:\n${all}`);
    const until = (run.of(person).read.get(html) ?? Infinity) + said.timer * 1000;
    assert.ok(said.timer === 0 || person.world.now < until, `${html} is overdue:\n${all}`);
    const writer = person.room.members.find(({ id, number }) => id === from.id && number === from.number);
    assert.ok(!writer?.ignored, `of who is ignored:\n${all}`);
    const answered = lines.find(({ key }) => key === line.answers);
    if (answered && 'html' in answered) assert.equal(answered.html, said.answers, `answers another:\n${all}`);
    const reacted = line.reactions?.flatMap(({ by }) => by.map(({ alias }) => `${alias} to ${html}`)) ?? [];
    assert.equal(new Set(reacted).size, reacted.length, `reacts twice:\n${all}`);
    for (const each of reacted) assert.ok(run.reacted.has(each), `${each}: nobody reacted so\n${all}`);
    if (state === 'delivered')
      assert.ok(said.to && run.of(said.to).read.has(html), `not delivered: ${html}\n${all}`);
  }
  const taken = lines.filter(line => line.kind === 'event' && line.event === 'unsent').length;
  assert.ok(taken <= run.unsent.size, `taken back by another:\n${all}`);
  for (const line of lines) {
    if (line.kind !== 'event' || !line.who || !line.by) continue;
    if (line.event === 'kicked' || line.event === 'shut-out')
      isOrdered(run, ` kicks ${line.who.alias}`, line.by.alias, all);
    if (line.event === 'keeper') isOrdered(run, ` hands ${line.who.alias}`, line.by.alias, all);
  }
}

/** What is lacking of a member that is heard is told, of that member. */
function isToldOf(run: Run, person: Person, other: Person): void {
  const member = person.room.members.find(({ id }) => id === other.id);
  if (member?.standing !== 'ready' || member.ignored) return;
  const all = `${person.alias} is shown:\n${person.lines().join('\n')}`;
  const counted = toldOf(person, other.alias);
  const { hasComeBack, lacked, read } = run.of(person);
  const isUnbroken = !hasComeBack && !lacked.has(other.alias);
  let lacking = 0;
  for (const to of [undefined, person]) {
    const sent = other.room.lines.flatMap(line => ('html' in line && isSent(line.state) ? [line.html] : []));
    const texts = sent.filter(text => {
      const said = run.said.get(text);
      return !run.unsent.has(text) && said?.from === other && said.to === to && run.isLater(text, person);
    });
    const shown = texts.map(text => read.has(text));
    const [first, last] = [shown.indexOf(true), shown.lastIndexOf(true)];
    const gaps = shown.slice(first, last).filter(isThere => !isThere).length;
    if (first >= 0 && (isUnbroken || to)) lacking += gaps;
    assert.ok(counted >= lacking, `of ${other.alias} ${lacking} are lacking, and ${counted} told\n${all}`);
    const isTold = counted > 0 || member.differs || !isUnbroken;
    assert.ok(isTold || !shown.includes(false), `something of ${other.alias} is lacking\n${all}`);
  }
}

const isSent = (state: string): boolean => state === 'sent' || state === 'delivered';
