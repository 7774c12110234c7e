// What is typed, and what it means.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import vectors from '../../testdata/commands.json' with { type: 'json' };
import { answerIn, COMMANDS, nameIn, parseCommand } from '../src/commands.ts';
import { tellNote, usageOf } from '../src/view/notes.ts';
import { HELP_END } from '../src/words/en.ts';

for (const { typed, command } of vectors.commands)
  test(`understood: ${JSON.stringify(typed)}`, () => assert.deepEqual(parseCommand(typed), command));

// A whisper is never sent to all: what was perhaps meant as a command is kept in the box, with a word.
for (const typed of vectors.mistakes)
  test(`not understood: ${JSON.stringify(typed)}`, () => assert.equal(parseCommand(typed).kind, 'mistake'));

test('half a character before the slash is as unseen as others', () => {
  for (const slash of '/\uff0f') {
    const command = { kind: 'whisper', alias: 'bob', html: 'secret' };
    assert.deepEqual(parseCommand(`\ud800${slash}purr bob secret`), command);
  }
});

for (const [typed, rest] of [
  ['/r ', ''],
  ['/r psst', 'psst'],
  ['\u200b ／Ｒ\u3000two\nlines ', 'two\nlines '],
  ['/r', undefined],
  ['/rr x', undefined],
  ['/me /r x', undefined],
  ['//r x', undefined],
  ['r x', undefined],
] as const) {
  test(`of an answer, ${JSON.stringify(typed)} says so much`, () => assert.equal(answerIn(typed), rest));
}

for (const [typed, name] of [
  ['/', ''],
  ['/PU', 'pu'],
  ['\n ／ｐ', 'p'],
  ['//', '/'],
  ['/purr ', undefined],
  ['pu', undefined],
  ['', undefined],
] as const) {
  test(`of a name, ${JSON.stringify(typed)} says so much`, () => assert.equal(nameIn(typed), name));
}

test('a long text is read at once', () => {
  for (const unit of [' ', '\u2800', 'x ', ' x', '<', '<b>', '&', '/', '\u0338'])
    for (const start of ['', '/', '/purr bob ', '<'])
      parseCommand(start + unit.repeat(1_000_000 / unit.length));
});

test('whatever is typed is understood or said to be a mistake, and only a slash makes it a command', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), typed => {
      const { kind } = parseCommand(typed);
      if (/^[\p{L}\p{N}]/u.test(typed)) assert.equal(kind, 'say');
      else if (!/[/\uff0f]/.test(typed)) assert.match(kind, /^(?:say|nothing|mistake)$/);
    }),
  );
});

test('the help and the README tell of every command, as it is written', () => {
  const written = COMMANDS.map(usageOf);
  const [list = ''] = /\| type \| to \|[^]*?\n\n/.exec(readFileSync('../README.md', 'utf8')) ?? [];
  const listed = [...list.matchAll(/`([^`]+)`(?=.*\|.*\|)/g)].map(([, usage]) => usage);
  assert.deepEqual(listed, written);
  const told = tellNote({ code: 'help' })
    .split('\n')
    // The last lines are about no command.
    .slice(0, -HELP_END.length)
    .flatMap(line => line.split(' – ', 1)[0]?.split(', '));
  // The help need not tell how it is asked for.
  assert.deepEqual([...told, '/help'], written);
});
