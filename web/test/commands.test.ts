// What is typed, and what it means.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { answerIn, COMMANDS, nameIn, parseCommand } from '../src/commands.ts';
import { tellNote, usageOf } from '../src/view/notes.ts';
import { HELP_END } from '../src/words/en.ts';

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
  ['/exit', { kind: 'exit', farewell: '' }],
  ['/exit  ', { kind: 'exit', farewell: '' }],
  ['/EXIT', { kind: 'exit', farewell: '' }],
  ['/exit so long,\nall ', { kind: 'exit', farewell: 'so long,\nall' }],
  ['/stop', { kind: 'stop' }],
  ['/lock', { kind: 'lock', locked: true }],
  ['/unlock', { kind: 'lock', locked: false }],
  ['/timer 30s', { kind: 'timer', seconds: 30 }],
  ['/timer 5 m', { kind: 'timer', seconds: 300 }],
  ['/timer 7d', { kind: 'timer', seconds: 604_800 }],
  ['/timer off', { kind: 'timer', seconds: 0 }],
  ['/Timer Off', { kind: 'timer', seconds: 0 }],
  ['/timer 5M', { kind: 'timer', seconds: 300 }],
  ['/timer 0s', { kind: 'timer', seconds: 0 }],
  ['/help', { kind: 'help' }],
  ['/kick Ada', { kind: 'kick', alias: 'Ada' }],
  ['/kick  山田 ', { kind: 'kick', alias: '山田' }],
  ['/kick Ada 2', { kind: 'kick', alias: 'Ada', ordinal: 2 }],
  ['/keeper Ada', { kind: 'hand', alias: 'Ada' }],
  ['/me waves <b>both</b> hands', { kind: 'act', html: 'waves <b>both</b> hands' }],
  ['/alias Robert', { kind: 'alias', alias: 'Robert' }],
  ['/ignore Ada 2', { kind: 'ignore', alias: 'Ada', ordinal: 2 }],
  ['/verify Ada  12', { kind: 'verify', alias: 'Ada', ordinal: 12 }],
  ['/verify 7', { kind: 'verify', alias: '7' }],
  ['/purr Ada 2 psst', { kind: 'whisper', alias: 'Ada', html: '2 psst' }],
  ['/relock', { kind: 'relock' }],
  ['/number', { kind: 'number' }],
  ['/r psst', { kind: 'answer', html: 'psst' }],
  ['／R 2\nlines', { kind: 'answer', html: '2\nlines' }],
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
  '/kick Ada 0',
  '/kick Ada 1000',
  '/keeper',
  '/r',
  '/r ',
  '/me',
  '/me ',
  '/alias',
  '/alias two words',
  '/ignore',
  '/verify Ada two',
  '/relock now',
  '/number 5',
  '/stop it',
  '/lock now',
  '/unlock now',
  '/timer',
  '/timer 5',
  '/timer soon',
  '/timer -5m',
  '/timer 5m sharp',
  '/help me',
  '/nonsense',
  '/stopp',
]) {
  test(`not understood: ${JSON.stringify(typed)}`, () => assert.equal(parseCommand(typed).kind, 'mistake'));
}

const WHISPER = { kind: 'whisper', alias: 'bob', html: 'secret' };

// A whisper is never sent to all: with something unseen before its slash it is the command all the same.
for (const unseen of [
  ...' \t\n\r\v\f\u0085\u00a0\u1680\u2003\u2028\u2029\u202f\u205f\u3000\ufeff',
  ...'\0\u0007\u001b\u007f\u00ad\u034f\u061c\u115f\u1160\u17b4\u180b\u180e\u200b\u200c\u200d\u200e\u200f',
  ...'\u202a\u202e\u2060\u2063\u2066\u2069\u2800\u3164\ufe00\ufe0f\uffa0\ufff9\ufffc\u{1d173}',
  ...'\u{e0001}\u{e0020}\u{e007f}\u{e0100}\u0301\u20dd\ud800\ue000',
  '\n\n \n',
  '\u200b \u2800\u00ad\n',
  ...'\u{13441}\u{13442}\u{16fe4}\u{1d159}',
  '\u{1d159}\u{1d159} \u{1d159}',
]) {
  for (const slash of '/\uff0f') {
    const typed = `${unseen}${slash}purr bob secret`;
    test(`a whisper: ${JSON.stringify(typed)}, ${unseen.codePointAt(0)?.toString(16)}`, () =>
      assert.deepEqual(parseCommand(typed), WHISPER));
  }
}

for (const typed of [
  '/PURR bob secret',
  '/purr\u00a0bob\u3000secret',
  '/purr\nbob\nsecret',
  '\uff0f\uff50\uff55\uff52\uff52\u3000bob\u3000secret',
  '\u200f/purr bob secret',
  '/purr bob secret\r\n',
]) {
  test(`a whisper: ${JSON.stringify(typed)}`, () => assert.deepEqual(parseCommand(typed), WHISPER));
}

// Not a command, but perhaps meant as one: kept in the box, with a word.
for (const sign of '\u0337\u0338\u2044\u2215\u2571\u27cb\u29f8\u2afd') {
  for (const rest of [
    'purr bob secret',
    ' purr bob secret',
    'pur bob secret',
    'whisper bob secret',
    'w bob x',
  ]) {
    const typed = `${sign}${rest}`;
    test(`asked about: ${typed}`, () => assert.equal(parseCommand(typed).kind, 'mistake'));
    test(`asked about: blank, ${typed}`, () => assert.equal(parseCommand(`\u2800${typed}`).kind, 'mistake'));
  }
}
for (const typed of [
  '\\purr bob secret',
  '\uff3cpurr bob secret',
  '\uff3cpur bob secret',
  '*\uff50\uff55\uff52\uff52 bob secret',
  '\u2216purr bob secret',
  '\ufe68purr bob secret',
  '\\pur bob secret',
  '\\msg bob secret',
  '?purr bob secret',
  '7purr bob secret',
  '.purr bob secret',
  '\u30fbpurr bob secret',
  '\u3001purr bob secret',
  '\u30cepurr bob secret',
  '\u4e3fpurr bob secret',
  '\u2f03purr bob secret',
  '|PURR bob secret',
  './purr bob secret',
  '&nbsp;/purr bob secret',
  '&#8203;/purr bob secret',
  '&#47;purr bob secret',
  '<b></b>/purr bob secret',
  '<br>\n /purr bob secret',
  '<p dir="rtl">/purr bob secret</p>',
  '/\u200b/purr bob secret',
  '/ /purr bob secret',
  '/ purr bob secret',
  '/pu\u00adrr bob secret',
  '/\u200bpurr bob secret',
  '/\ufe0fpurr bob secret',
  '/pur bob secret',
  '/purrbob secret',
  '/purr\u2800bob secret',
  '/p\u0443rr bob secret',
  '/whisper bob secret',
  '/msg bob secret',
  '/w bob secret',
]) {
  test(`asked about: ${JSON.stringify(typed)}`, () => assert.equal(parseCommand(typed).kind, 'mistake'));
}

for (const typed of [
  'hello\n/purr bob secret',
  'hello /purr bob secret',
  '\n hello',
  '\\o/',
  '\\\\server\\share',
  '\\(x\\)',
  '\u2571|\u3001',
  '\u30ce\u30fc\u30c8',
  '\u00bd cup',
  '1 \u2044 2',
  'purr bob is what a cat does',
  '*purrs*',
  '- purr like a cat',
  '<b>bold</b> /purr',
  '</p>',
]) {
  test(`text: ${JSON.stringify(typed)}`, () =>
    assert.deepEqual(parseCommand(typed), { kind: 'say', html: typed }));
}

test('two slashes are one in text, whatever stands before', () => {
  assert.deepEqual(parseCommand(' //purr bob'), { kind: 'say', html: ' /purr bob' });
  assert.deepEqual(parseCommand('\n\u200b//'), { kind: 'say', html: '\n\u200b/' });
  assert.deepEqual(parseCommand('\uff0f\uff0fx'), { kind: 'say', html: '\uff0fx' });
});

test('a joined alias and a flag keep what joins them', () => {
  for (const alias of [
    '\u{1f469}\u200d\u{1f4bb}',
    '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e007f}',
    '\u2764\ufe0f',
  ])
    assert.deepEqual(parseCommand(`/purr ${alias} x`), { kind: 'whisper', alias, html: 'x' });
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
