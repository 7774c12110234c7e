// The page says what to do next, whatever goes wrong, where there is something to be done.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Note } from '../src/state.ts';
import { informs, tellNote } from '../src/view/notes.ts';
import * as words from '../src/words/en.ts';

/** What a sentence asks of who reads it. */
const STEP =
  /(?:^|[.:,;] |, and )(?:ask|use|try|choose|wait|enter|open|compare|connect|check|reload|load|allow|give|write|say|shorten|look|order|send|let|leave|read|copy|do not trust|press|switch|you can|you come in)\b/i;

/** After these there is nothing that somebody could do about it. */
const FINAL: Record<string, string> = {
  left: 'it was meant',
  yourself: 'a slip of the hand',
  gone: 'somebody has left',
  'no-line': 'a message is gone',
  unwhispered: 'nobody is there to answer',
  'whisperer-gone': 'somebody has left',
  'former-voice': 'nobody has that voice any more',
  slip: 'it says how to write what was meant',
};

const NOTES: { [Code in Note['code']]: Note & { code: Code } } = {
  help: { code: 'help' },
  unmarked: { code: 'unmarked' },
  'too-much': { code: 'too-much' },
  'not-loaded': { code: 'not-loaded' },
  unwhispered: { code: 'unwhispered' },
  'whisperer-gone': { code: 'whisperer-gone' },
  'not-yours': { code: 'not-yours', keeper: 'Ada' },
  nobody: { code: 'nobody', alias: 'Bob' },
  several: { code: 'several', alias: 'Bob', count: 2 },
  gone: { code: 'gone' },
  yourself: { code: 'yourself' },
  away: { code: 'away', alias: 'Bob' },
  unnamed: { code: 'unnamed' },
  'no-line': { code: 'no-line' },
  'former-voice': { code: 'former-voice' },
  amiss: { code: 'amiss' },
  untold: { code: 'untold' },
  'perhaps-untold': { code: 'perhaps-untold' },
  ignored: { code: 'ignored', alias: 'Bob' },
  heeded: { code: 'heeded', alias: 'Bob' },
  'bad-alias': { code: 'bad-alias', fault: { fault: 'length', most: 32 } as never },
  'alias-in-use': { code: 'alias-in-use' },
  keyless: { code: 'keyless' },
  'no-voice': { code: 'no-voice' },
  number: { code: 'number', number: '1' },
  'not-carried-out': { code: 'not-carried-out' },
  'relock-failed': { code: 'relock-failed' },
  'relock-crossed': { code: 'relock-crossed' },
  slip: { code: 'slip' },
  'no-command': { code: 'no-command', name: 'x' },
  usage: {
    code: 'usage',
    command: { name: 'purr', takes: ['alias'], makes: () => ({ kind: 'help' }), help: null },
  },
};

const said: [name: string, sentence: string][] = [
  ...Object.entries(words.REFUSALS),
  ...Object.entries(words.FAREWELLS),
  ...Object.entries(words.FAREWELLS).map(([ending]): [string, string] => [
    ending,
    words.farewell(ending as keyof typeof words.FAREWELLS, 'Ada'),
  ]),
  ...Object.entries(words.OBSTACLES),
  ...Object.values(NOTES)
    // Faults of an alias are said for themselves: alias.test.ts.
    .filter(note => !informs(note) && note.code !== 'bad-alias')
    .map((note): [string, string] => [note.code, tellNote(note)]),
  ...(['differs', 'contradicted', 'unrenewed', 'keyless', 'closing'] as const).map(
    (event): [string, string] => [
      event,
      words.describeEvent<string>({ event, who: 'Bob', count: 60 }).join(''),
    ],
  ),
];

test('every refusal, ending, obstacle and note says what to do next, or there is nothing to be done', () => {
  assert.ok(said.length > 70);
  const without = said.filter(([, sentence]) => !STEP.test(sentence)).map(([name]) => name);
  assert.deepEqual([...new Set(without)].sort(), Object.keys(FINAL).sort());
});

test('who put somebody out, or stopped the room, is named if that one said so, and nobody else', () => {
  for (const ending of Object.keys(words.FAREWELLS) as (keyof typeof words.FAREWELLS)[]) {
    const isNamed = words.farewell(ending, 'Ada').includes('Ada');
    assert.equal(isNamed, ending === 'kicked' || ending === 'stopped', ending);
    assert.equal(words.farewell(ending, ''), words.FAREWELLS[ending]);
  }
});

test('who may not do something is told whose it is', () => {
  assert.match(tellNote(NOTES['not-yours']), /Only the keeper may do that, and that is Ada\./);
});
