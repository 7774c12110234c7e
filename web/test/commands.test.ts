// What is typed, and what it means.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseCommand } from '../src/commands.ts';

for (const [typed, command] of [
  ['hello', { kind: 'say', html: 'hello' }],
  ['  <b>hello</b> ', { kind: 'say', html: '  <b>hello</b> ' }],
  ['two\nlines', { kind: 'say', html: 'two\nlines' }],
  ['1 / 2', { kind: 'say', html: '1 / 2' }],
  ['//', { kind: 'say', html: '/' }],
  ['//stop', { kind: 'say', html: '/stop' }],
  ['///', { kind: 'say', html: '//' }],
  ['', { kind: 'nothing' }],
  [' \n\t', { kind: 'nothing' }],
  ['/exit', { kind: 'exit' }],
  ['/exit  ', { kind: 'exit' }],
  ['/EXIT', { kind: 'exit' }],
  ['/exit so long,\nall ', { kind: 'exit', farewell: 'so long,\nall' }],
  ['/stop', { kind: 'stop' }],
  ['/lock', { kind: 'lock', locked: true }],
  ['/unlock', { kind: 'lock', locked: false }],
  ['/help', { kind: 'help' }],
  ['/kick Ada', { kind: 'kick', alias: 'Ada' }],
  ['/kick  山田 ', { kind: 'kick', alias: '山田' }],
  ['/purr Ada psst', { kind: 'whisper', alias: 'Ada', html: 'psst' }],
  ['/purr Ada  <i>two\nlines</i> ', { kind: 'whisper', alias: 'Ada', html: '<i>two\nlines</i>' }],
] as const) {
  test(`understood: ${JSON.stringify(typed)}`, () => assert.deepEqual(parseCommand(typed), command));
}

for (const typed of [
  '/',
  '/ stop',
  '/purr',
  '/purr Ada',
  '/purr Ada ',
  '/kick',
  '/kick two words',
  '/stop it',
  '/lock now',
  '/unlock now',
  '/help me',
  '/nonsense',
  '/stopp',
]) {
  test(`not understood: ${JSON.stringify(typed)}`, () => assert.equal(parseCommand(typed).kind, 'mistake'));
}

test('whatever is typed is understood or said to be a mistake, and only a slash makes it a command', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), typed => {
      const { kind } = parseCommand(typed);
      if (!typed.startsWith('/')) assert.equal(kind, typed.trim() === '' ? 'nothing' : 'say');
    }),
  );
});
