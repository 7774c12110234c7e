// What the word before the caret may become: the name of a command, or an alias.

import { type CommandRow, COMMANDS, nameIn } from '../../commands.ts';
import { folded } from '../../seal/folded.ts';
import type { Member } from '../../state.ts';
import { nameOf } from '../alias.ts';

/** Proposals at once. */
export const PROPOSALS_MOST = 20;

/** Letters before the caret within which a word is looked for: more than any command with an alias has. */
const WITHIN = 200;

export type Proposal = { text: string } & ({ command: CommandRow } | { member: Member });

/** `from`: where in the text the word begins. */
export type Proposals = { from: number; list: Proposal[] };

export function proposalsFor(text: string, caret: number, members: readonly Member[]): Proposals | undefined {
  // Within a word nothing is completed.
  if (/^\S/.test(text.slice(caret))) return undefined;
  const typed = text.slice(0, caret);
  const found = commandsFor(typed) ?? membersFor(typed, members);
  if (!found || found.list.length === 0) return undefined;
  return { ...found, list: found.list.slice(0, PROPOSALS_MOST) };
}

function commandsFor(typed: string): Proposals | undefined {
  const name = nameIn(typed);
  if (name === undefined) return undefined;
  const from = typed.search(/[/／]\S*$/);
  const list = COMMANDS.filter(command => command.name.startsWith(name))
    .map((command: CommandRow) => ({ command, text: textOf(command) }))
    .filter(({ text }) => text !== typed.slice(from));
  return { from, list };
}

/** With a blank where something else has to follow. */
const textOf = ({ name, takes }: CommandRow): string =>
  `/${name}${takes.length > 0 && takes[0] !== 'message' ? ' ' : ''}`;

function membersFor(typed: string, members: readonly Member[]): Proposals | undefined {
  const word = /\S*$/.exec(typed.slice(-WITHIN))?.[0] ?? '';
  const before = typed.slice(0, typed.length - word.length);
  const parameter = COMMANDS.find(({ name }) => name === nameIn(before.trimEnd()))?.takes[0];
  const isParameter = /\s$/.test(before) && (parameter === 'alias' || parameter === 'member');
  if (!isParameter && !word.startsWith('@')) return undefined;
  const start = folded(isParameter ? word : word.slice(1));
  const list = members
    .filter(member => !member.you && member.alias && folded(member.alias).startsWith(start))
    .map(member => ({ member, text: `${nameOf(member)} ` }));
  return { from: typed.length - word.length + (isParameter ? 0 : 1), list };
}
