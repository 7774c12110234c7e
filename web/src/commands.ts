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

export function parseCommand(typed: string): Command {
  if (typed.trim() === '') return { kind: 'nothing' };
  if (!typed.startsWith('/')) return { kind: 'say', html: typed };
  if (typed.startsWith('//')) return { kind: 'say', html: typed.slice(1) };
  const [, name = '', rest = ''] = /^\/(\S*)\s*(.*?)\s*$/s.exec(typed) ?? [];
  switch (name.toLowerCase()) {
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

const oneWord = (text: string): boolean => /^\S+$/.test(text);

/** A command that takes nothing is not obeyed with something after it: it might not be meant. */
const alone = (rest: string, name: string, command: Command): Command =>
  rest === '' ? command : mistake(`Write /${name} with nothing after it.`);

const mistake = (text: string): Command => ({ kind: 'mistake', text });
