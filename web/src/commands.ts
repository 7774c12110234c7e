// What somebody types into the message box: a message, or a command that begins with a slash.

export type Command =
  | { kind: 'say'; html: string }
  | { kind: 'exit'; farewell?: string }
  | { kind: 'stop' }
  | { kind: 'kick'; alias: string }
  | { kind: 'whisper'; alias: string; html: string }
  | { kind: 'lock'; locked: boolean }
  | { kind: 'help' }
  /** Nothing was typed. */
  | { kind: 'nothing' }
  /** Not understood; `text` says why, to the sender only. */
  | { kind: 'mistake'; text: string };

export const HELP = [
  '/purr ALIAS TEXT – whisper to one member',
  '/exit [FAREWELL] – leave the room',
  '/kick ALIAS – put a member out',
  '/stop – end the room for everyone',
  '/lock, /unlock – let nobody in any more, or again',
  '// – begin a message with a slash',
  'Messages may be written in HTML.',
].join('\n');

/** What may stand unseen before a slash: blanks, controls, fillers, marks on nothing. Overlaid slashes are seen. */
const UNSEEN =
  /^(?:(?![\u0337\u0338])[\p{White_Space}\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u2800\ufffc\u{13441}\u{13442}\u{1d159}])+/u;
/** The slash, and the full-width one that input methods write. */
const SLASH = /^[/／]/;
/**
 * What was probably meant as a command: a word after what looks like a slash or is one the other way round; `purr` after
 * another key or after markup that draws nothing.
 */
const SLIPS = [
  /^[⁄∕╱⟋⧸⫽\\∖⧵\u0337\u0338]\s*\p{L}[\p{L}\s]/u,
  /^(?!purr)(?:<[^<>]*>|&#?\w+;|\s)*(?:[^\p{L}\s]{0,2}|[ノ丿])purr\s/iu,
];
/** Letters at the beginning within which a slip is looked for. */
const SLIP_WITHIN = 200;

export function parseCommand(typed: string): Command {
  if (typed.trim() === '') return { kind: 'nothing' };
  const [unseen = ''] = UNSEEN.exec(typed) ?? [];
  const text = typed.slice(unseen.length);
  if (!SLASH.test(text)) {
    const start = text.slice(0, SLIP_WITHIN).normalize('NFKC');
    return SLIPS.some(slip => slip.test(start))
      ? mistake('A command begins with /, and other text with a word.')
      : say(typed);
  }
  if (SLASH.test(text.slice(1))) return say(unseen + text.slice(1));
  const [, word = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(text.slice(1).trimEnd()) ?? [];
  const name = word.normalize('NFKC').toLowerCase();
  switch (name) {
    case 'exit':
      return rest ? { kind: 'exit', farewell: rest } : { kind: 'exit' };
    case 'kick':
      return oneWord(rest) ? { kind: 'kick', alias: rest } : mistake('Write /kick ALIAS.');
    case 'purr': {
      const [, alias, html] = /^(\S+)\s+(.+)$/s.exec(rest) ?? [];
      return alias && html ? { kind: 'whisper', alias, html } : mistake('Write /purr ALIAS TEXT.');
    }
    case 'stop':
      return alone(rest, name, { kind: 'stop' });
    case 'lock':
      return alone(rest, name, { kind: 'lock', locked: true });
    case 'unlock':
      return alone(rest, name, { kind: 'lock', locked: false });
    case 'help':
      return alone(rest, name, { kind: 'help' });
    default:
      return mistake(`There is no command /${name}. Write /help to see what there is.`);
  }
}

const say = (html: string): Command => ({ kind: 'say', html });

const oneWord = (text: string): boolean => /^\S+$/.test(text);

/** A command that takes nothing is not obeyed with something after it: it might not be meant. */
const alone = (rest: string, name: string, command: Command): Command =>
  rest === '' ? command : mistake(`Write /${name} with nothing after it.`);

const mistake = (text: string): Command => ({ kind: 'mistake', text });
