// Lines for one member alone, in words.

import { AS_TYPED, type CommandRow, COMMANDS } from '../commands.ts';
import type { Note } from '../state.ts';
import * as words from '../words/en.ts';

/** Whether a note tells something, and not that something went wrong. */
export const informs = ({ code }: Note): boolean => INFORMING.has(code);

const INFORMING: ReadonlySet<Note['code']> = new Set([
  ...(['help', 'unmarked', 'number', 'ignored', 'heeded'] as const),
]);

export function tellNote(note: Note): string {
  if (note.code === 'help') return help();
  if (note.code !== 'usage') return words.describeNote(note);
  const usage = usageOf(note.command);
  return note.command.takes.length > 0 ? words.correctUsage(usage) : words.nothingAfter(usage);
}

/** `/kick ALIAS`: how a command is written. */
export function usageOf({ name, takes }: CommandRow): string {
  const parameters = { ...words.PARAMETERS, ...AS_TYPED };
  return [`/${name}`, ...takes.map(parameter => parameters[parameter])].join(' ').trimEnd();
}

function help(): string {
  const lines = new Map<keyof typeof words.HELP, string>();
  for (const command of COMMANDS) {
    if (command.help === null) continue;
    const before = lines.get(command.help);
    lines.set(command.help, (before ? `${before}, ` : '') + usageOf(command));
  }
  return [...[...lines].map(([line, usage]) => `${usage} – ${words.HELP[line]}`), ...words.HELP_END].join(
    '\n',
  );
}
