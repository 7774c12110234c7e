// How many messages came while the tab was out of sight, in its title. A number alone, for browsers write titles down.

import type { Line } from '../state.ts';
import * as words from '../words/en.ts';

/** Tells of the lines of one room, whenever they or the tab's visibility change. */
export function createUnread(): (lines: readonly Line[]) => void {
  let seen = 0;
  return lines => {
    const heard = lines.filter(line => 'from' in line && !line.from.you && line.key > seen);
    if (!document.hidden) seen = heard.at(-1)?.key ?? seen;
    document.title = document.hidden && heard.length ? `(${heard.length}) ${words.TITLE}` : words.TITLE;
  };
}
