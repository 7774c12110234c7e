// How many messages came while the tab was out of sight, in its title, and how many of them mention its reader. Numbers
// alone, for browsers write titles down.

import type { Line } from '../state.ts';
import * as words from '../words/en.ts';

/** Tells of the lines of one room, whenever they or the tab's visibility change. */
export type Unread = (lines: readonly Line[], isMention: (key: number) => boolean) => void;

export function createUnread(): Unread {
  let seen = 0;
  return (lines, isMention) => {
    const heard = lines.filter(line => 'from' in line && !line.from.you && line.key > seen);
    if (!document.hidden) seen = heard.at(-1)?.key ?? seen;
    const mentions = heard.filter(({ key }) => isMention(key)).length;
    const counts = mentions > 0 ? `${heard.length}, @${mentions}` : heard.length;
    document.title = document.hidden && heard.length ? `(${counts}) ${words.TITLE}` : words.TITLE;
  };
}
