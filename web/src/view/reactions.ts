// Emoji below a line, counted by kinds: a press puts one's own to them, or takes it away.

import type { Reaction } from '../state.ts';
import * as words from '../words/en.ts';
import { AS_WRITTEN, button, element } from './element.ts';
import type { Choice } from './menu.ts';

export type Reactions = { node: HTMLElement; update(reactions: readonly Reaction[]): void };

export function createReactions(react: (emoji: string) => void): Reactions {
  // Not read out: each would come with all the others.
  const node = element('p', { class: 'reactions', 'aria-live': 'off', hidden: true });
  let shown = '';
  return {
    node,
    update(reactions) {
      // Made anew only when something changes, so that the focus stays.
      const now = JSON.stringify(reactions);
      if (shown === now) return;
      shown = now;
      const focused = [...node.children].indexOf(document.activeElement as Element);
      node.hidden = reactions.length === 0;
      node.replaceChildren(...reactions.map(reaction => chip(reaction, react)));
      (node.children[Math.min(focused, reactions.length - 1)] as HTMLElement | undefined)?.focus();
    },
  };
}

function chip({ text, by, yours }: Reaction, react: (emoji: string) => void): HTMLElement {
  const named = by.slice(0, NAMED_MOST).map(({ alias }) => alias || words.UNNAMED);
  const title = words.reactedBy(nameOf(text), named, by.length - named.length);
  const seen = `${text} ${by.length}`;
  const shown = element('span', AS_WRITTEN, seen);
  // Speech control goes by what is seen (WCAG 2.5.3).
  const name = `${seen}, ${title}`;
  const made = button('', () => react(text), { 'aria-pressed': `${yours}`, 'aria-label': name, title });
  made.append(shown);
  return made;
}

/** Aliases that are told of each kind. */
const NAMED_MOST = 12;

const nameOf = (emoji: string): string => (words.EMOJI as Record<string, string>)[emoji] ?? emoji;

/** What one may react by. */
export const emojiChoices = (react: (emoji: string) => void): Choice[] =>
  Object.entries(words.EMOJI).map(([emoji, name]) => ({
    label: emoji,
    name,
    class: 'emoji',
    act: () => react(emoji),
  }));
