// The place in the room was given up while the connection was broken, and this member has entered anew: the conversation
// goes on, and what has changed meanwhile becomes lines.

import { equal } from '../seal/bytes.ts';
import { isSameRoom } from '../seal/heart.ts';
import type { Parts } from './parts.ts';

/** The keys of both stays are still there. */
export function goOn(before: Parts, after: Parts, now: number): void {
  const { company, lines, order, queue, roster, timer } = after;
  const { heart } = after.stay;
  const isSame = isSameRoom(before.stay.heart, heart);
  lines.anew();
  roster.remember(before.roster);
  if (isSame) {
    const count = order.said - before.order.said;
    // There can't have been fewer than there were.
    if (count < 0) lines.event('contradicted');
    lines.event('reentered', { count: Math.max(0, count) });
    comeAndGone(before, after);
    timer.set(before.timer.seconds);
  } else {
    lines.estrange();
    // Nobody has counted what was said between the one room and the other.
    const isOwn = roster.ids().length === 1 && heart.alias === after.stay.alias;
    lines.event(isOwn ? 'reopened' : 'another-room', { who: { alias: heart.alias, hue: 0 } });
  }
  if (!before.moderation.isIdle() || before.renewal.isRenaming()) lines.note({ code: 'not-carried-out' });
  queue.takeOver(before.queue, now, to => {
    // Words for one room are not said in another, nor where nobody is there to hear them.
    if (!isSame || to === null) return isSame ? to : undefined;
    return to.shown && company.peerOf(to.shown.voice.bytes);
  });
}

function comeAndGone(before: Parts, { company, lines, order, roster }: Parts): void {
  const { you } = before.roster;
  for (const { id, entry } of before.roster.peers()) {
    const now = roster.of(id);
    if (!now || !equal(now.entry, entry)) lines.event('gone', { who: before.company.named(id) });
  }
  // Numbers rise, and none is given twice.
  const { highest } = before.roster;
  if (roster.you.id <= highest) lines.event('contradicted');
  roster.highest = Math.max(roster.highest, highest);
  for (const { id, entry } of roster.peers()) {
    const then = id === you.id ? you : before.roster.of(id);
    if (then && equal(then.entry, entry)) continue;
    if (id <= highest) lines.event('contradicted');
    lines.event('joined', { who: company.named(id) });
  }
  if (!equal(roster.keeperEntry(), before.roster.keeperEntry()))
    lines.event('keeper', { who: company.named(roster.keeper) });
  if (order.locked !== before.order.locked) lines.event(order.locked ? 'locked' : 'unlocked');
}
