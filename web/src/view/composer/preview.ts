// What a message will look like, while it is written.

import { parseCommand } from '../../commands.ts';
import * as words from '../../words/en.ts';
import { element } from '../element.ts';
import { showBody } from '../message-body.ts';

/** Makes of a text the HTML that would be sent; undefined where that can't be told. */
export type Render = (text: string) => Promise<string | undefined>;

export type Preview = {
  node: HTMLElement;
  /** Shows it, or no more; whether it does now. */
  turn(): boolean;
  /** Another text is written. */
  update(text: string): void;
};

export function createPreview(render: Render): Preview {
  // It may have to be scrolled by the keyboard.
  const node = element('section', {
    class: 'preview',
    'aria-label': words.PREVIEW,
    tabindex: '0',
    hidden: true,
  });
  let written = '';
  let isDue = false;

  async function draw(): Promise<void> {
    isDue = false;
    const text = written;
    const said = saidIn(text);
    const html = said === undefined ? undefined : await render(said);
    // A text that is older than what was written meanwhile is not shown any more.
    if (text !== written) return;
    const quiet = () => element('p', { class: 'quiet' }, words.NOTHING_TO_PREVIEW);
    if (html === undefined) return node.replaceChildren(quiet());
    const { node: body, more } = showBody(html, { brief: false });
    node.replaceChildren(body, ...(more ? [more] : []));
  }

  function drawSoon(): void {
    if (node.hidden || isDue) return;
    isDue = true;
    requestAnimationFrame(() => void draw());
  }

  return {
    node,
    turn() {
      node.hidden = !node.hidden;
      node.replaceChildren();
      drawSoon();
      return !node.hidden;
    },
    update(text) {
      if (text === written) return;
      written = text;
      drawSoon();
    },
  };
}

/** The text of a message; nothing of what orders something. */
function saidIn(typed: string): string | undefined {
  const command = parseCommand(typed);
  if ('html' in command) return command.html;
  return command.kind === 'exit' ? command.farewell || undefined : undefined;
}
