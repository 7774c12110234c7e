// What would be lost by leaving a room, and can't be brought back: who reads, or enters again, loses nothing of it.

import type { RoomView } from '../state.ts';
import * as words from '../words/en.ts';

export function lossesOf(view: RoomView | undefined, hasDraft: boolean): string[] {
  if (!view) return [];
  const isAlone = view.members.length === 1 && !view.broken?.obstacle;
  const isWaiting = view.lines.some(line => 'state' in line && line.state === 'sending');
  return [isAlone && words.LOSSES.room, (hasDraft || isWaiting) && words.LOSSES.draft].filter(
    loss => loss !== false,
  );
}
