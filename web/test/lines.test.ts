// Lines that are kept: how many of each kind, and how what happens again and again is told.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NAMED_MOST } from '../src/session/happenings.ts';
import { EVENTS_MOST, Lines, MESSAGES_MOST } from '../src/session/lines.ts';
import type { Named } from '../src/state.ts';
import { describeEvent } from '../src/words/en.ts';

const nameOf = (piece: Named | string) => (typeof piece === 'string' ? piece : piece.alias);
const named = (alias: string): Named => ({ alias, hue: 0 });

const say = (lines: Lines, html: string, timer = 0) =>
  lines.say(
    { kind: 'message', from: { id: 1, number: '', you: false, ...named('Ada') }, at: 0, html, state: 'sent' },
    { voice: 'Ada', between: '' },
    timer,
    0,
  );

const shown = (lines: Lines) =>
  lines
    .all()
    .map(line =>
      'html' in line ? line.html : line.kind === 'event' ? [line.event, line.who?.alias, line.times] : 0,
    );

test('1 000 lines are kept, 800 of them messages, and the oldest of each kind goes', () => {
  const lines = new Lines();
  for (let count = 1; count <= MESSAGES_MOST + 1; count++) {
    say(lines, `${count}`);
    assert.equal(lines.all().length, Math.min(count, 800));
  }
  for (let count = 1; count <= EVENTS_MOST + 1; count++) {
    lines.note({ code: 'away', alias: `${count}` });
    assert.equal(lines.all().length, 800 + Math.min(count, 200));
  }
  const [first] = lines.all();
  assert.ok(first && 'html' in first && first.html === '2');
  const oldest = lines.all().find(({ kind }) => kind === 'note');
  assert.ok(oldest?.kind === 'note' && 'alias' in oldest.note && oldest.note.alias === '2');
});

test('whoever makes things happen all the time flushes no message', () => {
  const lines = new Lines();
  say(lines, 'first');
  for (let time = 0; time < 5000; time++) {
    lines.event(time % 2 ? 'joined' : 'gone', { who: named(`M${time}`) });
    lines.event('unreadable', { who: named(`M${time}`) });
  }
  assert.equal(shown(lines)[0], 'first');
  assert.equal(lines.all().length, 1 + EVENTS_MOST);
});

test('what happens again of the same members is one line with how often, however they alternate', () => {
  const lines = new Lines();
  for (let time = 0; time < 3; time++) {
    for (const alias of ['Ada', 'Bob']) {
      lines.event('away', { who: named(alias) });
      lines.event('back', { who: named(alias) });
      lines.event('unreadable', { who: named(alias) });
    }
  }
  assert.deepEqual(shown(lines), [
    ['away', 'Ada', 3],
    ['back', 'Ada', 3],
    ['unreadable', 'Ada', 3],
    ['away', 'Bob', 3],
    ['back', 'Bob', 3],
    ['unreadable', 'Bob', 3],
  ]);
  say(lines, 'hello');
  lines.event('away', { who: named('Ada') });
  assert.deepEqual(shown(lines).slice(-2), ['hello', ['away', 'Ada', undefined]]);
});

test('what happens to several one after the other is one line, up to a bound', () => {
  const lines = new Lines();
  const joined = () => lines.all().map(line => (line.kind === 'event' ? 1 + (line.others?.length ?? 0) : 0));
  for (let count = 1; count <= NAMED_MOST; count++) {
    lines.event('joined', { who: named(`M${count}`) });
    assert.deepEqual(joined(), [count]);
  }
  lines.event('joined', { who: named('Ada') });
  assert.deepEqual(joined(), [NAMED_MOST, 1]);
  lines.event('kicked', { who: named('Bob'), by: named('Ada') });
  lines.event('kicked', { who: named('Eve'), by: named('Ada') });
  assert.deepEqual(joined(), [NAMED_MOST, 1, 1, 1]);
});

test('who comes again is counted apart from those with whom it came', () => {
  const lines = new Lines();
  for (const alias of ['Ada', 'Bob', 'Eve']) lines.event('joined', { who: named(alias) });
  lines.event('exit', { who: named('Ada') });
  lines.event('joined', { who: named('Ada') });
  lines.event('joined', { who: named('Dan') });
  const told = lines.all().map(line => describeEvent(line as never).map(each => nameOf(each as Named)));
  assert.deepEqual(
    told.map(pieces => pieces.join('')),
    ['Bob and Eve joined', 'Ada left', 'Ada joined', 'Dan joined'],
  );
  assert.deepEqual(shown(lines)[2], ['joined', 'Ada', 2]);
});

test('several are named as people name them', () => {
  const told = (...[who, ...others]: string[]) =>
    describeEvent({ event: 'back', ...(who && { who }), others }).join('');
  assert.equal(told('Ada'), 'Ada is back');
  assert.equal(told('Ben', 'Chloé'), 'Ben and Chloé are back');
  assert.equal(told('Ben', 'Chloé', 'Dora'), 'Ben, Chloé and Dora are back');
});

test('of messages that are missing the sum is told', () => {
  const lines = new Lines();
  for (const count of [1, 3]) lines.event('missing', { who: named('Ada'), count });
  const [line] = lines.all();
  assert.ok(line?.kind === 'event' && line.count === 4);
  assert.equal(lines.all().length, 1);
});

test('messages that passed during several breaks are counted together', () => {
  for (const event of ['missed', 'missing', 'reentered'] as const) {
    const lines = new Lines();
    lines.event(event, { count: 2 });
    lines.event(event, { count: 3 });
    const [line, ...others] = lines.all();
    assert.ok(line?.kind === 'event' && others.length === 0);
    assert.deepEqual([line.count, line.times], [5, 2]);
  }
});

test('two of one alias are told apart by their numbers', () => {
  const lines = new Lines();
  lines.event('renamed', { who: { ...named('Ada'), ordinal: 1 } });
  lines.event('renamed', { who: { ...named('Ada'), ordinal: 2 } });
  assert.equal(lines.all().length, 2);
});

test('a message is forgotten at its time, and not before', () => {
  const lines = new Lines();
  say(lines, 'short', 100);
  say(lines, 'long', 200);
  say(lines, 'ever');
  assert.equal(lines.due(), 100_000);
  lines.forget(99_999);
  assert.equal(lines.all().length, 3);
  lines.forget(100_000);
  assert.deepEqual(shown(lines), ['long', 'ever']);
  assert.equal(lines.due(), 200_000);
});
