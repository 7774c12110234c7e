// A bar that puts Markdown around what is selected, and leads to the commands and to a preview: a toolbar, one stop of the
// Tab key with arrow keys within (WAI-ARIA Authoring Practices, "Toolbar").

import * as words from '../../words/en.ts';
import { button, element, freshId } from '../element.ts';
import { insert } from './box.ts';
import { type Format, formatted } from './formats.ts';

export type FormatBar = {
  node: HTMLElement;
  /** Unfolds it where there is little place. */
  opener: HTMLElement;
};

type BarActions = {
  format(format: Format): void;
  commands(): void;
  /** Turns the preview on or off; whether it is on now. */
  preview(): boolean;
};

export function createFormatBar({ format, commands, preview }: BarActions): FormatBar {
  const id = freshId('formats');
  const formats = Object.entries(words.FORMATS) as [Format, (typeof words.FORMATS)[Format]][];
  const tools = [
    ...formats.map(([kind, { sign, name }]) => tool(sign, name, () => format(kind), kind)),
    tool('/', words.COMMANDS, commands),
  ];
  const toggle = tool(words.PREVIEW, words.PREVIEW, () =>
    toggle.setAttribute('aria-pressed', `${preview()}`),
  );
  toggle.setAttribute('aria-pressed', 'false');
  tools.push(toggle);
  const node = element(
    'div',
    { id, class: 'formats', role: 'toolbar', 'aria-label': words.FORMAT },
    ...tools,
  );
  rove(node, tools);
  const opener = tool(words.FORMAT_SIGN, words.FORMAT, () => {
    opener.setAttribute('aria-expanded', `${node.classList.toggle('unfolded')}`);
  });
  opener.classList.add('unfolds');
  opener.setAttribute('aria-controls', id);
  opener.setAttribute('aria-expanded', 'false');
  return { node, opener };
}

/** Marks what is selected in a box, or where its caret stands. */
export function formatIn(box: HTMLTextAreaElement, format: Format): void {
  const { from, to, text, select } = formatted(format, box.value, box.selectionStart, box.selectionEnd);
  insert(box, text, from, to);
  box.setSelectionRange(...select);
}

function tool(sign: string, name: string, press: () => void, kind?: Format): HTMLButtonElement {
  const made = button(sign, press, {
    class: 'tool',
    'data-format': kind,
    title: name,
    'aria-label': name,
  });
  // The box keeps the focus, and the telephone its keyboard.
  made.addEventListener('mousedown', event => event.preventDefault());
  return made;
}

function rove(bar: HTMLElement, tools: readonly HTMLElement[]): void {
  const stopAt = (stop: HTMLElement | undefined) => {
    for (const each of tools) each.tabIndex = each === stop ? 0 : -1;
  };
  stopAt(tools[0]);
  bar.addEventListener('focusin', ({ target }) => stopAt(target as HTMLElement));
  bar.addEventListener('keydown', event => {
    const at = tools.indexOf(event.target as HTMLElement);
    const forward = getComputedStyle(bar).direction === 'rtl' ? -1 : 1;
    const next = { ArrowRight: at + forward, ArrowLeft: at - forward, Home: 0, End: -1 }[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    tools.at(next % tools.length)?.focus();
  });
}
