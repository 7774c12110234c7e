// Reads what is typed into the message box: a message, or a command that begins with a slash.

export type Command =
  | { kind: 'say' | 'act'; html: string }
  /** The farewell is empty where none was typed. */
  | { kind: 'exit'; farewell: string }
  | { kind: 'stop' }
  | { kind: 'kick' | 'hand' | 'verify' | 'ignore'; alias: string; ordinal?: number }
  /** Another alias of one's own. */
  | { kind: 'alias'; alias: string }
  | { kind: 'relock' | 'number' }
  | { kind: 'whisper'; alias: string; html: string }
  /** A whisper to the last who whispered. */
  | { kind: 'answer'; html: string }
  | { kind: 'lock'; locked: boolean }
  /** In seconds; 0: messages stay. */
  | { kind: 'timer'; seconds: number }
  | { kind: 'help' }
  /** Nothing was typed. */
  | { kind: 'nothing' }
  /** Not understood, and why. */
  | { kind: 'mistake'; mistake: Mistake };

export type Mistake =
  /** A text that looks like a command, but does not begin as one. */
  | { code: 'slip' }
  | { code: 'no-command'; name: string }
  /** Something else has to follow the name. */
  | { code: 'usage'; command: CommandRow };

/**
 * Patterns of what may follow a command's name. Where several have one alias, its number follows it; before a text it is
 * left to who knows them.
 */
const PARAMETERS = {
  alias: '(\\S+)',
  name: '(\\S+)',
  member: '(\\S+)(?:\\s+([1-9]\\d{0,2}))?',
  time: '(?:off|(\\d{1,9})\\s*([smhd]))',
  text: '(.+)',
  farewell: '(.*)',
  message: '(.*)',
};
/** What is written for them in the help is a word of each language, or else this. */
export const AS_TYPED = { time: '30s/5m/1h/7d/off' };
export type Parameter = Exclude<keyof typeof PARAMETERS, keyof typeof AS_TYPED>;

export type CommandRow = {
  name: string;
  takes: readonly (keyof typeof PARAMETERS)[];
  /** Makes the command of what was typed after the name. */
  makes: (...typed: string[]) => Command;
  /** The line of the help that tells of it, which it may share; null: none. */
  help: string | null;
};

const whom = (alias: string, ordinal: string | undefined) => ({
  alias,
  ...(ordinal && { ordinal: Number(ordinal) }),
});

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Undefined stands for `off`. */
const timer = (count = '0', unit = 's'): Command => ({
  kind: 'timer',
  seconds: Number(count) * SECONDS[unit.toLowerCase() as keyof typeof SECONDS],
});

/** Every command, in the order of the help. */
export const COMMANDS = [
  {
    name: 'purr',
    takes: ['alias', 'text'],
    makes: (alias, html) => ({ kind: 'whisper', alias, html }),
    help: 'purr',
  },
  { name: 'r', takes: ['text'], makes: html => ({ kind: 'answer', html }), help: 'r' },
  { name: 'me', takes: ['text'], makes: html => ({ kind: 'act', html }), help: 'me' },
  { name: 'alias', takes: ['name'], makes: alias => ({ kind: 'alias', alias }), help: 'alias' },
  {
    name: 'ignore',
    takes: ['member'],
    makes: (alias, ordinal) => ({ kind: 'ignore', ...whom(alias, ordinal) }),
    help: 'ignore',
  },
  { name: 'exit', takes: ['farewell'], makes: farewell => ({ kind: 'exit', farewell }), help: 'exit' },
  {
    name: 'kick',
    takes: ['member'],
    makes: (alias, ordinal) => ({ kind: 'kick', ...whom(alias, ordinal) }),
    help: 'kick',
  },
  { name: 'stop', takes: [], makes: () => ({ kind: 'stop' }), help: 'stop' },
  { name: 'lock', takes: [], makes: () => ({ kind: 'lock', locked: true }), help: 'lock' },
  { name: 'unlock', takes: [], makes: () => ({ kind: 'lock', locked: false }), help: 'lock' },
  { name: 'relock', takes: [], makes: () => ({ kind: 'relock' }), help: 'relock' },
  { name: 'timer', takes: ['time'], makes: timer, help: 'timer' },
  {
    name: 'keeper',
    takes: ['member'],
    makes: (alias, ordinal) => ({ kind: 'hand', ...whom(alias, ordinal) }),
    help: 'keeper',
  },
  {
    name: 'verify',
    takes: ['member'],
    makes: (alias, ordinal) => ({ kind: 'verify', ...whom(alias, ordinal) }),
    help: 'verify',
  },
  { name: 'number', takes: [], makes: () => ({ kind: 'number' }), help: 'number' },
  { name: '/', takes: ['message'], makes: html => ({ kind: 'say', html }), help: 'slash' },
  { name: 'help', takes: [], makes: () => ({ kind: 'help' }), help: null },
] as const satisfies readonly CommandRow[];

export type HelpLine = NonNullable<(typeof COMMANDS)[number]['help']>;

/** Blanks, controls, fillers, marks on nothing, all unseen; slashes laid over others are seen. */
const UNSEEN =
  /^(?:(?![\u0337\u0338])[\p{White_Space}\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u2800\ufffc\u{13441}\u{13442}\u{1d159}])+/u;
/** The slash, and the full-width one that input methods write. */
const SLASH = /^[/／]/;
/**
 * A text that was probably meant as a command: a word after what looks like a slash or is one the
 * other way round; `purr` after another key or after markup that draws nothing.
 */
const SLIPS = [
  /^[⁄∕╱⟋⧸⫽\\∖⧵\u0337\u0338]\s*\p{L}[\p{L}\s]/u,
  /^(?!purr)(?:<[^<>]*>|&#?\w+;|\s)*(?:[^\p{L}\s]{0,2}|[ノ丿])purr\s/iu,
];
/** Letters at the beginning within which a slip is looked for. */
const SLIP_WITHIN = 200;

/** A text from the first sign on that is seen. */
export const fromSeen = (text: string): string => text.replace(UNSEEN, '');

export function parseCommand(typed: string): Command {
  if (typed.trim() === '') return { kind: 'nothing' };
  const text = fromSeen(typed);
  if (!SLASH.test(text)) {
    const start = text.slice(0, SLIP_WITHIN).normalize('NFKC');
    return SLIPS.some(slip => slip.test(start)) ? mistake({ code: 'slip' }) : { kind: 'say', html: typed };
  }
  const after = text.slice(1);
  // Of two slashes the first goes, and all else stays as it was typed.
  const [, word = '', rest = ''] = SLASH.test(after)
    ? ['', '/', typed.slice(0, -text.length) + after]
    : (/^(\S*)\s*(.*)$/s.exec(after.trimEnd()) ?? []);
  const name = nameOf(word);
  const command: CommandRow | undefined = COMMANDS.find(command => command.name === name);
  if (!command) return mistake({ code: 'no-command', name });
  // A command with more after it than it takes is not carried out: it might not be meant.
  const given = patternOf(command).exec(rest);
  return given ? command.makes(...given.slice(1)) : mistake({ code: 'usage', command });
}

/** What follows `/r` as soon as that stands there: from then on it is for one alone. */
export function answerIn(typed: string): string | undefined {
  const [, word = '', rest] = /^[/／](\S+)\s(.*)$/s.exec(fromSeen(typed)) ?? [];
  return nameOf(word) === 'r' ? rest : undefined;
}

/** The beginning of a command's name, where nothing else is typed. */
export function nameIn(typed: string): string | undefined {
  const [, word] = /^[/／](\S*)$/.exec(fromSeen(typed)) ?? [];
  return word === undefined ? undefined : nameOf(word);
}

const nameOf = (word: string): string => word.normalize('NFKC').toLowerCase();

/** Not understood, or out of bounds: how it is written is told. */
export const usage = (name: (typeof COMMANDS)[number]['name']): Mistake => ({
  code: 'usage',
  command: COMMANDS.find(command => command.name === name) as CommandRow,
});

const mistake = (mistake: Mistake): Command => ({ kind: 'mistake', mistake });

const patternOf = ({ takes }: CommandRow): RegExp =>
  new RegExp(`^${takes.map(parameter => PARAMETERS[parameter]).join('\\s+')}$`, 'si');
