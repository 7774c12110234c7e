// The state of the connection: an icon and a text, always in sight, read out when it changes.

import type { View } from '../state.ts';
import { setText } from './element.ts';
import * as words from '../words/en.ts';

/**
 * Shows the state in the page's status region, once there was a try to connect. The icon is drawn by the style sheet
 * from `data-phase`.
 */
export function showState(region: HTMLElement, view: View): void {
  region.hidden = view.phase === 'entrance' && !region.dataset.phase;
  if (region.hidden) return;
  const isGivenUp = view.phase === 'reconnecting' && view.broken?.isTried === false;
  const phase = isGivenUp ? 'over' : view.phase;
  region.dataset.phase = phase;
  setText(region, words.STATES[phase]);
}
