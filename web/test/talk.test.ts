// What members say about messages: answers, reactions, what is taken back, and that they are typing; what anybody may name
// and nobody has, or what is another's, included.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Whispered } from '../src/seal/body.ts';
import {
  EMOJI_MOST,
  isReaction,
  KINDS_MOST,
  react,
  type Reactions,
  REACTIONS_MOST,
} from '../src/session/reactions.ts';
import type { Talk } from '../src/session/talk.ts';
import { TYPING_AFTER, TYPING_LASTS, TYPING_PAUSE, TYPING_TOLD_EVERY } from '../src/session/typing.ts';
import type { Line } from '../src/state.ts';
import * as words from '../src/words/en.ts';
import { losesSeat } from './breaks.ts';
import { type Person, three, World } from './relay.ts';

type Spoken = Extract<Line, { html: string }>;

const spoken = (person: Person): Spoken[] => person.room.lines.filter(line => 'html' in line);
const lineOf = (person: Person, html: string): Spoken =>
  spoken(person).find(line => line.html === html) ?? assert.fail(`${person.alias} has no ${html}`);
const reactionsOf = (person: Person, html: string) =>
  (lineOf(person, html).reactions ?? []).map(({ text, by, yours }) => [
    text,
    by.map(({ alias }) => alias).join(),
    yours,
  ]);

/** Does something by which others are told about a message. */
async function tell(world: World, person: Person, what: (talk: Talk, now: number) => void): Promise<void> {
  await person.carryOut(await person.membership.tell(talk => what(talk, world.now), world.now));
  await world.settle();
}

/** Says to all, or to one, whatever a member of another make may say. */
const say = (world: World, person: Person, body: Whispered, to?: number) => {
  const { queue, roster } = person.membership.parts;
  const peer = to === undefined ? null : (roster.of(to) ?? assert.fail('nobody to whisper to'));
  return tell(world, person, () => queue.enqueue({ to: peer, body }));
};

async function answer(
  world: World,
  person: Person,
  html: string,
  text: string,
  to?: Person,
): Promise<boolean> {
  const body = { kind: 'message', at: world.now, timer: 0, text } as const;
  const { key } = lineOf(person, html);
  const said = await person.membership.say({ to: to ? person.addressee(to.id) : null, body }, world.now, key);
  await person.carryOut(said.effects);
  await world.settle();
  return said.taken;
}

/** What a line is called by those who have it. */
const nameOf = (person: Person, html: string): Uint8Array<ArrayBuffer> => {
  const name = person.membership.parts.lines.of(lineOf(person, html).key)?.known.name ?? '';
  return Uint8Array.from(name, each => each.charCodeAt(0));
};

async function talking() {
  const room = await three();
  await room.ada.say('one');
  await room.world.settle();
  await room.ada.whisper(room.bob, 'psst');
  await room.world.pass(2000);
  return room;
}

test('a message has one name with all who read it, a whisper with both', async () => {
  const { ada, bob, eve } = await talking();
  assert.equal(nameOf(ada, 'one').length, 16);
  for (const person of [bob, eve]) assert.deepEqual(nameOf(person, 'one'), nameOf(ada, 'one'));
  assert.deepEqual(nameOf(bob, 'psst'), nameOf(ada, 'psst'));
});

test('a reply names the line that it answers, one’s own too, with everybody who has it', async () => {
  const { world, ada, bob, eve } = await talking();
  assert.equal(await answer(world, bob, 'one', 'two'), true);
  assert.equal(await answer(world, bob, 'two', 'three'), true);
  for (const person of [ada, bob, eve]) {
    assert.equal(lineOf(person, 'two').answers, lineOf(person, 'one').key);
    assert.equal(lineOf(person, 'three').answers, lineOf(person, 'two').key);
  }
});

test('a reply to what somebody never had is shown, and answers nothing there', async () => {
  const { world, ada, bob } = await talking();
  const zoe = await world.person('Zoe', 'enter');
  await answer(world, bob, 'one', 'two');
  assert.equal(lineOf(zoe, 'two').answers, null);
  await say(world, zoe, { kind: 'reply', at: 0, timer: 0, text: 'three', to: new Uint8Array(16) });
  assert.equal(lineOf(ada, 'three').answers, null);
});

test('a line that nobody can name yet, or that went to others, is not answered, and what was typed stays', async () => {
  const { world, ada, bob, eve } = await talking();
  ada.deaf = true;
  await ada.say('late');
  assert.equal(await answer(world, ada, 'late', 'to it'), false);
  ada.deaf = false;
  await world.settle();
  assert.equal(await answer(world, ada, 'psst', 'aloud'), false);
  assert.equal(await answer(world, ada, 'one', 'aside', eve), false);
  assert.equal(await answer(world, bob, 'psst', 'likewise', ada), true);
  await world.pass(2000);
  assert.equal(lineOf(ada, 'likewise').answers, lineOf(ada, 'psst').key);
  assert.ok(!spoken(eve).some(({ html }) => ['aloud', 'aside', 'likewise'].includes(html)));
});

test('a reaction is counted with all, one of each member, and the same once more takes it back', async () => {
  const { world, ada, bob, eve } = await talking();
  const { key } = lineOf(bob, 'one');
  await tell(world, bob, (talk, now) => talk.react(key, '👍', now));
  await tell(world, eve, (talk, now) => talk.react(lineOf(eve, 'one').key, '👍', now));
  assert.deepEqual(reactionsOf(ada, 'one'), [['👍', 'Bob,Eve', false]]);
  assert.deepEqual(reactionsOf(bob, 'one'), [['👍', 'Bob,Eve', true]]);
  await tell(world, bob, (talk, now) => talk.react(key, '🎉', now));
  assert.deepEqual(reactionsOf(ada, 'one'), [
    ['👍', 'Eve', false],
    ['🎉', 'Bob', false],
  ]);
  await tell(world, bob, (talk, now) => talk.react(key, '🎉', now));
  for (const person of [ada, eve]) assert.equal(reactionsOf(person, 'one').length, 1);
});

test('a reaction to a whisper is between the two, and one that is not told is not shown', async () => {
  const { world, ada, bob, eve } = await talking();
  const point = world.seen.length;
  await tell(world, bob, (talk, now) => talk.react(lineOf(bob, 'psst').key, '❤️', now));
  await world.pass(2000);
  assert.deepEqual(reactionsOf(ada, 'psst'), [['❤️', 'Bob', false]]);
  assert.deepEqual(reactionsOf(bob, 'psst'), [['❤️', 'Bob', true]]);
  assert.ok(!world.seen.slice(point).some(({ frame }) => frame.kind === 'say'));
  await bob.lose();
  await world.settle();
  await tell(world, ada, (talk, now) => talk.react(lineOf(ada, 'psst').key, '🎉', now));
  assert.deepEqual(reactionsOf(ada, 'psst'), [['❤️', 'Bob', false]]);
  assert.equal(
    ada.lines().at(-1),
    '! Bob is away at the moment. Try again once the list of members says so no more.',
  );
  assert.equal(spoken(eve).length, 1);
});

test('what is said aloud about a whisper, or whispered about what was said aloud, is passed over', async () => {
  const { world, ada, bob } = await talking();
  const [one, psst] = [nameOf(bob, 'one'), nameOf(bob, 'psst')];
  await say(world, bob, { kind: 'reaction', at: 0, text: '👍', to: psst });
  await say(world, bob, { kind: 'reaction', at: 0, text: '👍', to: one }, ada.id);
  await say(world, ada, { kind: 'unsend', at: 0, to: psst });
  await say(world, ada, { kind: 'unsend', at: 0, to: one }, bob.id);
  await world.pass(2000);
  for (const person of [ada, bob])
    for (const html of ['one', 'psst']) assert.deepEqual(reactionsOf(person, html), []);
});

test('a reaction to what nobody has, and one that is no emoji, changes nothing and is told to nobody', async () => {
  const { world, ada, bob } = await talking();
  const before = ada.lines();
  await say(world, bob, { kind: 'reaction', at: 0, text: '👍', to: new Uint8Array(16) });
  await say(world, bob, { kind: 'reaction', at: 0, text: 'Ada was kicked', to: nameOf(bob, 'one') });
  await say(world, bob, { kind: 'reaction', at: 0, text: '<b>x</b>', to: nameOf(bob, 'one') });
  assert.deepEqual(ada.lines(), before);
  assert.deepEqual(reactionsOf(ada, 'one'), []);
});

test('one emoji is a reaction, whatever it is made of, and nothing else is', () => {
  for (const text of ['👍', '👍🏽', '❤️', '❤', '🇩🇪', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '👩‍👩‍👧‍👦', '👩🏽‍❤️‍💋‍👨🏿', '1️⃣', '©️'])
    assert.ok(isReaction(text), text);
  for (const text of [
    '',
    'a',
    '1',
    '#',
    '👍👍',
    ' 👍',
    '👍 ',
    '👍\u202e',
    'ok',
    '\ufe0f',
    '\u200d',
    '<b>',
    '🇩',
  ])
    assert.ok(!isReaction(text), text);
  const family = (members: number) => Array.from({ length: members }, () => '👩').join('\u200d');
  assert.ok(isReaction(family(11)));
  assert.ok(!isReaction(family(12)), 'longer than any emoji');
});

test('a message takes reactions of so many kinds and members, and no more', () => {
  const named = { alias: 'Ada', hue: 0 };
  const reactions: Reactions = new Map();
  const kind = (at: number) => String.fromCodePoint(0x1f600 + at);
  for (let at = 0; at < KINDS_MOST; at += 1) assert.ok(react(reactions, `${at}`, kind(at), named, false));
  assert.ok(!react(reactions, 'more', kind(KINDS_MOST), named, false), 'a kind too many');
  // The last of its kind that is taken away makes place for another.
  assert.ok(react(reactions, '0', kind(KINDS_MOST), named, false));
  for (let at = KINDS_MOST; at < REACTIONS_MOST; at += 1)
    assert.ok(react(reactions, `${at}`, kind(1), named, false));
  assert.equal(reactions.size, REACTIONS_MOST);
  assert.ok(!react(reactions, 'more', kind(1), named, false), 'a member too many');
  assert.ok(react(reactions, '5', kind(1), named, false), 'one of them thinks better');
  assert.equal(reactions.size, REACTIONS_MOST);
});

test('who reacts without an end has one reaction, and drives nothing out', async () => {
  const { world, ada, bob } = await talking();
  const before = ada.lines();
  for (let time = 0; time < 50; time += 1) {
    const text = String.fromCodePoint(0x1f600 + time);
    await say(world, bob, { kind: 'reaction', at: 0, text, to: nameOf(bob, 'one') });
  }
  assert.deepEqual(reactionsOf(ada, 'one'), [[String.fromCodePoint(0x1f600 + 49), 'Bob', false]]);
  assert.deepEqual(ada.lines(), before);
});

test('what is taken back goes with all, and a line stands in its place', async () => {
  const { world, ada, bob, eve } = await talking();
  await answer(world, bob, 'one', 'two');
  await tell(world, ada, (talk, now) => talk.unsend(lineOf(ada, 'one').key, now));
  for (const person of [ada, bob, eve]) {
    assert.ok(!spoken(person).some(({ html }) => html === 'one'));
    assert.ok(person.lines().includes('* unsent Ada'));
  }
  const { answers } = lineOf(bob, 'two');
  assert.equal(bob.room.lines.find(({ key }) => key === answers)?.kind, 'event');
  await tell(world, ada, (talk, now) => talk.unsend(lineOf(ada, 'psst').key, now));
  await world.pass(2000);
  for (const person of [ada, bob]) assert.ok(!spoken(person).some(({ html }) => html === 'psst'));
});

test('nobody takes back what another said, whatever it names', async () => {
  const { world, ada, bob, eve } = await talking();
  await say(world, bob, { kind: 'unsend', at: 0, to: nameOf(bob, 'one') });
  await say(world, bob, { kind: 'unsend', at: 0, to: nameOf(bob, 'psst') }, ada.id);
  await say(world, bob, { kind: 'unsend', at: 0, to: new Uint8Array(16) });
  await tell(world, bob, (talk, now) => talk.unsend(lineOf(bob, 'one').key, now));
  await world.pass(2000);
  for (const person of [ada, bob, eve]) assert.ok(lineOf(person, 'one'));
  for (const person of [ada, bob]) assert.ok(lineOf(person, 'psst'));
});

test('what somebody does is an action, aloud and whispered', async () => {
  const { world, ada, bob, eve } = await talking();
  await say(world, ada, { kind: 'action', at: 0, timer: 0, text: 'waves' });
  await say(world, ada, { kind: 'action', at: 0, timer: 0, text: 'winks' }, bob.id);
  await world.pass(2000);
  for (const person of [bob, eve]) assert.equal(lineOf(person, 'waves').isAction, true);
  assert.deepEqual([lineOf(bob, 'winks').isAction, lineOf(bob, 'winks').kind], [true, 'whisper']);
});

test('a whisper that was not sent is tried again, or taken away', async () => {
  const { world, ada, bob } = await talking();
  for (const text of ['again', 'never mind']) {
    await bob.lose();
    await world.settle();
    await ada.whisper(bob, text);
    await world.settle();
    assert.equal(lineOf(ada, text).state, 'failed');
    await tell(world, ada, (talk, now) => talk.sayAgain(lineOf(ada, text).key, now));
    assert.equal(
      ada.lines().at(-1),
      '! Bob is away at the moment. Try again once the list of members says so no more.',
    );
    await bob.connect();
  }
  await tell(world, ada, (talk, now) => talk.sayAgain(lineOf(ada, 'again').key, now));
  await tell(world, ada, (talk, now) => talk.unsend(lineOf(ada, 'never mind').key, now));
  await world.pass(2000);
  assert.equal(lineOf(ada, 'again').state, 'delivered');
  assert.equal(spoken(ada).filter(({ html }) => html === 'again').length, 1);
  assert.deepEqual(
    spoken(bob).map(({ html }) => html),
    ['one', 'psst', 'again'],
  );
  assert.ok(!spoken(ada).some(({ html }) => html === 'never mind'));
});

/** Types for as long as it takes to be told. */
async function type(world: World, person: Person): Promise<void> {
  await tell(world, person, (talk, now) => talk.typing(now));
  world.now += TYPING_AFTER;
  await tell(world, person, (talk, now) => talk.typing(now));
}

const typing = (person: Person) => person.room.typing.map(({ alias }) => alias);

test('who types is shown to others, until it has spoken or stopped', async () => {
  const { world, ada, bob, eve } = await talking();
  await type(world, bob);
  assert.deepEqual([typing(ada), typing(bob), typing(eve)], [['Bob'], [], ['Bob']]);
  await bob.say('done');
  await world.settle();
  assert.deepEqual(typing(ada), []);
  world.now += Math.max(TYPING_PAUSE, TYPING_TOLD_EVERY);
  await type(world, bob);
  assert.deepEqual(typing(ada), ['Bob']);
  world.now += TYPING_LASTS - 1;
  await ada.wake();
  assert.deepEqual(typing(ada), ['Bob']);
  world.now += 1;
  await ada.wake();
  assert.deepEqual(typing(ada), []);
});

test('that somebody types is told after a while, at most once in so long, not to nobody, and not where more waits', async () => {
  const { world, bob } = await talking();
  const said = async (person: Person, after: number) => {
    world.now += after;
    const point = world.seen.length;
    await tell(world, person, (talk, now) => talk.typing(now));
    return world.seen.slice(point).filter(({ frame }) => frame.kind === 'say').length;
  };
  assert.equal(await said(bob, 0), 0);
  assert.equal(await said(bob, TYPING_AFTER - 1), 0);
  assert.equal(await said(bob, 1), 1);
  assert.equal(await said(bob, TYPING_TOLD_EVERY - 1), 0);
  assert.equal(await said(bob, 1), 1);
  world.now += TYPING_TOLD_EVERY;
  await bob.lose();
  for (let each = 0; each < 3; each += 1)
    await tell(world, bob, (talk, now) => talk.typing(now + each * TYPING_TOLD_EVERY));
  const point = world.seen.length;
  await bob.connect();
  assert.ok(world.seen.slice(point).filter(({ frame }) => frame.kind === 'say').length <= 1);
  const alone = new World();
  const zoe = await alone.person('Zoe', 'open');
  await type(alone, zoe);
  assert.equal(alone.seen.filter(({ frame }) => frame.kind === 'say').length, 0);
});

test('a flood of typing changes what is shown once, and drives nothing out', async () => {
  const { world, ada, bob } = await talking();
  const before = ada.lines();
  for (let time = 0; time < 100; time += 1) await say(world, bob, { kind: 'typing', at: 0 });
  assert.deepEqual([typing(ada), ada.lines()], [['Bob'], before]);
  await bob.say('x');
  for (let time = 0; time < 10; time += 1) await say(world, bob, { kind: 'typing', at: 0 });
  assert.deepEqual(typing(ada), [], 'not again within a moment');
  await bob.leave();
  await world.settle();
  assert.deepEqual(typing(ada), []);
});

test('who does not tell when it types is not told either', async () => {
  const { world, ada, bob } = await talking();
  ada.membership.tellTyping(false);
  assert.equal(ada.room.tellsTyping, false);
  const point = world.seen.length;
  await type(world, ada);
  assert.ok(!world.seen.slice(point).some(({ frame }) => frame.kind === 'say'));
  await type(world, bob);
  assert.deepEqual([typing(ada), typing(bob)], [[], []]);
});

test('of a few who type all are named, of many none', () => {
  const told = (...aliases: string[]) => words.typing(aliases).join('');
  assert.equal(told('Ada'), 'Ada is typing…');
  assert.equal(told('Ada', 'Bob', 'Eve'), 'Ada, Bob and Eve are typing…');
  assert.equal(told('Ada', 'Bob', 'Eve', 'Zoe'), 'Several are typing…');
});

test('of who is ignored nothing is shown, nobody is told, and it is undone likewise', async () => {
  const { world, ada, bob, eve } = await talking();
  await tell(world, eve, (talk, now) => talk.react(lineOf(eve, 'one').key, '👍', now));
  const point = world.seen.length;
  ada.membership.ignore(ada.addressee(eve.id), true);
  await ada.carryOut(await ada.session.wake(world.now));
  await world.settle();
  assert.deepEqual(world.seen.slice(point), []);
  assert.equal(ada.room.members[2]?.ignored, true);
  await eve.say('hello');
  await eve.whisper(ada, 'hey');
  await world.pass(2000);
  await type(world, eve);
  assert.ok(!spoken(ada).some(({ from }) => from.alias === 'Eve'));
  assert.deepEqual([reactionsOf(ada, 'one'), typing(ada)], [[], []]);
  assert.equal(lineOf(eve, 'hey').state, 'delivered', 'as if it had been read');
  assert.equal(lineOf(bob, 'hello').from.alias, 'Eve');
  ada.membership.ignore(ada.addressee(eve.id), false);
  assert.ok(lineOf(ada, 'hello') && lineOf(ada, 'hey'));
  assert.deepEqual(reactionsOf(ada, 'one'), [['👍', 'Eve', false]]);
});

test('of who is ignored it is not shown either that something was taken back', async () => {
  const { world, ada, bob } = await talking();
  bob.membership.ignore(bob.addressee(ada.id), true);
  await tell(world, ada, (talk, now) => talk.unsend(lineOf(ada, 'one').key, now));
  assert.ok(!bob.lines().some(line => line.includes('unsent')));
  bob.membership.ignore(bob.addressee(ada.id), false);
  assert.ok(bob.lines().includes('* unsent Ada'));
});

test('the numbers of all this are those of the protocol', () => {
  const protocol = readFileSync('../docs/protocol.md', 'utf8').replace(/\s+/g, ' ');
  for (const words of [
    `a ${KINDS_MOST + 1}th kind to one message, and a ${REACTIONS_MOST + 1}th reaction`,
    `of at most ${EMOJI_MOST} UTF-16 code units`,
    `says so at most once in ${TYPING_TOLD_EVERY / 1000} s`,
    `for ${TYPING_LASTS / 1000} s at the longest`,
    `not again within ${TYPING_PAUSE / 1000} s after`,
  ])
    assert.ok(protocol.includes(words), words);
});

async function rename(world: World, person: Person, alias: string): Promise<boolean> {
  const { taken, effects } = await person.membership.rename(alias, world.now);
  await person.carryOut(effects);
  await world.settle();
  return taken;
}

test('who takes another alias has it with all, and all are told', async () => {
  const { world, ada, bob, eve } = await talking();
  assert.equal(await rename(world, bob, 'Robert'), true);
  for (const person of [ada, bob, eve]) {
    assert.deepEqual(
      person.room.members.map(({ alias }) => alias),
      ['Ada', 'Robert', 'Eve'],
    );
    assert.equal(person.lines().at(-1), '* renamed Bob by Robert');
  }
  await bob.say('it is me');
  await world.settle();
  assert.equal(lineOf(eve, 'it is me').from.alias, 'Robert');
  assert.equal(lineOf(bob, 'it is me').from.alias, 'Robert');
  // A renewal in its time keeps it.
  await world.pass(1_500_000);
  assert.equal(ada.room.members[1]?.alias, 'Robert');
});

test('an alias that breaks the rule, or is somebody’s, is not taken, and that is told', async () => {
  const { world, bob } = await talking();
  for (const [alias, note] of [
    ['/x', /alias/i],
    ['EVE', /Somebody in the room has this alias/],
    ['Bob', /That is you/],
  ] as const) {
    assert.equal(await rename(world, bob, alias), false);
    assert.match(bob.lines().at(-1) ?? '', note);
  }
  assert.equal(bob.room.you.alias, 'Bob');
});

test('an alias that somebody took just before is denied, told, and not tried again', async () => {
  const { world, bob, eve } = await talking();
  bob.mute = eve.mute = true;
  for (const person of [eve, bob]) {
    await person.carryOut((await person.membership.rename('Zoe', world.now)).effects);
  }
  eve.mute = false;
  bob.deaf = true;
  await world.settle();
  bob.mute = bob.deaf = false;
  await world.settle();
  assert.equal(eve.room.you.alias, 'Zoe');
  assert.equal(bob.room.you.alias, 'Bob');
  assert.ok(bob.lines().some(line => /Somebody in the room has this alias/.test(line)));
  await world.pass(120_000);
  assert.equal(eve.room.members[1]?.alias, 'Bob');
});

test('of two aliases that were asked for the second is had, though the first is denied', async () => {
  const { world, bob, eve } = await talking();
  bob.deaf = true;
  await rename(world, eve, 'Zoe');
  for (const alias of ['Zoe', 'Robert'])
    await bob.carryOut((await bob.membership.rename(alias, world.now)).effects);
  await world.settle();
  bob.deaf = false;
  await world.settle();
  await world.pass(60_000);
  assert.equal(eve.room.members[1]?.alias, 'Robert');
});

test('another alias that was asked for when the connection broke is had once it is back', async () => {
  const { world, ada, bob } = await talking();
  bob.mute = true;
  await bob.carryOut((await bob.membership.rename('Robert', world.now)).effects);
  await bob.lose();
  bob.mute = false;
  await bob.connect();
  await world.pass(60_000);
  assert.equal(ada.room.members[1]?.alias, 'Robert');
  assert.equal(bob.room.you.alias, 'Robert');
});

test('another alias that crosses another password is had behind it', async () => {
  const { world, ada, bob, eve } = await talking();
  bob.mute = true;
  await bob.carryOut((await bob.membership.rename('Robert', world.now)).effects);
  await ada.relock();
  await world.settle();
  bob.mute = false;
  await world.settle();
  await world.pass(120_000);
  for (const person of [ada, bob, eve]) assert.equal(person.room.members[1]?.alias, 'Robert');
  await bob.say('still here');
  await world.settle();
  assert.equal(lineOf(ada, 'still here').from.alias, 'Robert');
});

test('who has no key to the room takes no other alias', async () => {
  const { world, bob } = await talking();
  bob.membership.stay.isKeyless = true;
  assert.equal(await rename(world, bob, 'Robert'), false);
  assert.match(bob.lines().at(-1) ?? '', /no key to the room/);
});

test('a message whose time is over is answered no more, and its name and reactions go with it', async () => {
  const { world, ada, bob } = await talking();
  await ada.say('for a while', 5);
  await world.settle();
  const name = nameOf(bob, 'for a while');
  const { key } = lineOf(bob, 'for a while');
  await answer(world, bob, 'for a while', 'an answer');
  await world.pass(5000);
  assert.ok(!spoken(bob).some(({ html }) => html === 'for a while'));
  assert.equal(bob.membership.parts.lines.of(key), undefined);
  await say(world, ada, { kind: 'reply', at: 0, timer: 0, text: 'late', to: new Uint8Array(name) });
  assert.equal(lineOf(bob, 'late').answers, null);
});

test('by another voice nobody reacts to or answers a whisper of before, nor has reacted to anything', async () => {
  const { world, ada, bob, eve } = await talking();
  await tell(world, bob, (talk, now) => talk.react(lineOf(bob, 'one').key, '👍', now));
  await losesSeat(world, bob);
  await bob.connect();
  await world.settle();
  assert.deepEqual(reactionsOf(bob, 'one'), [['👍', 'Bob', false]]);
  await tell(world, bob, (talk, now) => talk.react(lineOf(bob, 'one').key, '👍', now));
  for (const person of [ada, bob, eve])
    assert.deepEqual(reactionsOf(person, 'one'), [['👍', 'Bob,Bob', person === bob]], person.alias);
  for (const person of [ada, bob]) {
    await tell(world, person, (talk, now) => talk.react(lineOf(person, 'psst').key, '🎉', now));
    await world.pass(2000);
    assert.equal(person.room.lines.at(-1)?.kind, 'note', person.alias);
  }
  assert.equal(await answer(world, bob, 'psst', 'an answer', ada), false);
  for (const person of [ada, bob]) assert.deepEqual(reactionsOf(person, 'psst'), [], person.alias);
});
