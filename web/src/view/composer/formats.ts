// How a text is marked by Markdown, and freed of marks again: what is put in the place of what, and what is selected then.

export type Format = 'bold' | 'italic' | 'code' | 'list' | 'quote' | 'link';

/** What replaces a stretch of a text, and what is selected of the whole afterwards. */
export type Edit = { from: number; to: number; text: string; select: readonly [number, number] };

type Selection = { text: string; from: number; to: number };

export function formatted(format: Format, text: string, from: number, to: number): Edit {
  const selection = { text, from, to };
  switch (format) {
    case 'bold':
      return enclose(selection, '**');
    case 'italic':
      return enclose(selection, '*');
    case 'code':
      return text.slice(from, to).includes('\n') ? fence(selection) : enclose(selection, ticks(selection));
    case 'list':
      return begin(selection, '- ');
    case 'quote':
      return begin(selection, '> ');
    case 'link':
      return link(selection);
  }
}

/** Between two marks, or out of them; blanks at the ends stay outside, where the marks mean something. */
function enclose(selection: Selection, mark: string): Edit {
  const { text, from, to } = trimmed(selection);
  const inner = text.slice(from, to);
  const { length } = mark;
  if (isEnclosed({ text, from, to }, mark))
    return { from: from - length, to: to + length, text: inner, select: [from - length, to - length] };
  return { from, to, text: mark + inner + mark, select: [from + length, to + length] };
}

/** Of stars, one is no part of two. */
function isEnclosed({ text, from, to }: Selection, mark: string): boolean {
  const sign = mark.charAt(0);
  const before = text.length - text.slice(from).length - text.slice(0, from).replace(endOf(sign), '').length;
  const after = text.slice(to).length - text.slice(to).replace(startOf(sign), '').length;
  const least = Math.min(before, after);
  return mark === '*' ? least === 1 || least === 3 : least >= mark.length;
}

const endOf = (sign: string): RegExp => new RegExp(`\\${sign}*$`);
const startOf = (sign: string): RegExp => new RegExp(`^\\${sign}*`);

function trimmed({ text, from, to }: Selection): Selection {
  const selected = text.slice(from, to);
  if (!selected.trim()) return { text, from: to, to };
  const start = from + selected.length - selected.trimStart().length;
  return { text, from: start, to: start + selected.trim().length };
}

/** One more than stand in a row within. */
const ticks = ({ text, from, to }: Selection, least = 1): string =>
  '`'.repeat(Math.max(least, ...[...text.slice(from, to).matchAll(/`+/g)].map(([row]) => row.length + 1)));

/** On lines of its own. */
function fence(selection: Selection): Edit {
  const { text, from, to } = selection;
  const mark = ticks(selection, 3);
  const before = `${startsLine(text, from) ? '' : '\n'}${mark}\n`;
  const after = `\n${mark}${endsLine(text, to) ? '' : '\n'}`;
  const start = from + before.length;
  return { from, to, text: before + text.slice(from, to) + after, select: [start, start + to - from] };
}

const startsLine = (text: string, at: number): boolean => at === 0 || text[at - 1] === '\n';
const endsLine = (text: string, at: number): boolean => at === text.length || text[at] === '\n';

/** Each line that is touched begins so, or none does any more. */
function begin({ text, from, to }: Selection, mark: string): Edit {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const next = text.indexOf('\n', to);
  const end = next < 0 ? text.length : next;
  const lines = text.slice(start, end).split('\n');
  const isMarked = lines.every(line => line.startsWith(mark));
  const made = lines.map(line => (isMarked ? line.slice(mark.length) : mark + line)).join('\n');
  const last = start + made.length;
  return { from: start, to: end, text: made, select: [from === to ? last : start, last] };
}

/** What is to be filled in next is selected. */
function link(selection: Selection): Edit {
  const { text, from, to } = trimmed(selection);
  const inner = text.slice(from, to);
  const isAddress = /^https?:\/\/\S+$/.test(inner);
  const made = isAddress ? `[](${inner})` : `[${inner}](https://)`;
  const end = from + made.length - 1;
  const select =
    isAddress || !inner ? ([from + 1, from + 1] as const) : ([end - 'https://'.length, end] as const);
  return { from, to, text: made, select };
}
