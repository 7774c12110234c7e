// The seat was taken again: what has changed meanwhile becomes lines, and what the daemon says now is held against what it
// said before.

import { equal } from '../seal/bytes.ts';
import { forgetChain } from '../seal/chain.ts';
import { sha256 } from '../seal/hkdf.ts';
import type { DaemonFrame, Seated } from '../wire.ts';
import { goThrough, takeDoor } from './doors.ts';
import type { Effect } from './effects.ts';
import type { Parts } from './parts.ts';
import { hasTwice } from './roster.ts';

type Welcome = DaemonFrame & { kind: 'welcome' };

export async function resume(parts: Parts, welcome: Welcome, now: number): Promise<Effect[]> {
  const { company, moderation, order, queue, roster, lines, timer } = parts;
  const { keeper, members } = welcome;
  const before = { keeper: roster.keeperEntry(), locked: order.locked, lock: order.lock, said: order.said };
  let fits = order.resume(welcome) && !hasTwice(members);
  for (const peer of roster.peers()) {
    if (peer.heard.chain) forgetChain(peer.heard.chain);
    peer.crossed = false;
  }
  // Passes may be under a pair that was asked for before, and boxes are.
  fits = ownCard(parts, welcome, now) && fits;
  const effects = await otherDoor(parts, welcome, before.lock, now);
  // Those that were not ready before are met here, too.
  company.welcomed(before.lock);
  fits = (await others(parts, members, now)) && fits;
  company.welcomed(order.lock);
  if (roster.isSeated(keeper)) roster.keeper = keeper;
  else fits = false;
  if (!fits) lines.event('contradicted');
  const missed = welcome.said - before.said;
  if (missed > 0) lines.event('missed', { count: missed });
  if (!equal(roster.keeperEntry(), before.keeper))
    lines.event('keeper', { who: company.named(roster.keeper) });
  if (order.locked !== before.locked) lines.event(order.locked ? 'locked' : 'unlocked');
  moderation.reconnected();
  queue.resumed();
  timer.owe();
  return effects;
}

/** Whether the daemon shows a card of one's own, and for this stay. */
function ownCard({ company, renewal, roster }: Parts, { members }: Welcome, now: number): boolean {
  const own = members.find(({ id }) => id === roster.you.id);
  if (!own) return false;
  const isOwn = renewal.resumed(own.card, now);
  company.ownChanged();
  return isOwn && equal(own.entry, roster.you.entry);
}

/** Goes through the door that was put in place meanwhile. */
async function otherDoor(parts: Parts, welcome: Welcome, lock: number, now: number): Promise<Effect[]> {
  const { company, moderation, roster, stay, lines, chain } = parts;
  const asked = moderation.asked();
  if (asked && (await moderation.resumed(welcome.heart))) {
    goThrough(stay, asked, now);
    for (const peer of roster.peers()) {
      if (asked.staying.includes(peer.id)) continue;
      company.remove(peer, 'left-out', roster.you.id);
      chain.memberLeft();
    }
    return moderation.relocked();
  }
  const isFound = stay.isKeyless && welcome.lock === lock && welcome.boxed !== undefined;
  if (welcome.lock <= lock && !isFound) return [];
  chain.memberLeft();
  const { boxed, heart } = welcome;
  const by = boxed && company.makerVoice(boxed.by);
  const relock = boxed && { lock: welcome.lock, staying: boxed.staying };
  const made = by && relock && (await takeDoor(stay, by, relock, boxed.box, heart));
  if (made) goThrough(stay, made, now);
  else stay.isKeyless = true;
  lines.event(made ? 'relocked' : 'keyless');
  return [];
}

/** Takes over who is there now; whether those who are new have ids that nobody had before. */
async function others(
  { company, roster, lines, chain }: Parts,
  members: Seated[],
  now: number,
): Promise<boolean> {
  const { highest } = roster;
  let fits = true;
  const shown = new Map(members.map(seated => [seated.id, seated]));
  for (const peer of roster.peers()) {
    const seated = shown.get(peer.id);
    if (seated && equal(peer.entry, seated.entry)) {
      peer.away = seated.away;
      continue;
    }
    company.remove(peer, 'gone');
    chain.memberLeft();
  }
  // Those who were there go before those who came: of two by one alias, both are met.
  await company.tryAgain(now);
  for (const seated of members) {
    if (seated.id === roster.you.id) continue;
    const peer = roster.of(seated.id);
    if (!peer) {
      fits &&= seated.id > highest;
      await company.seat(seated);
      lines.event('joined', { who: company.named(seated.id) });
      continue;
    }
    if (!equal(peer.card, sha256(seated.card))) await company.show(peer, seated.card, now, false);
  }
  roster.sort(members.map(({ id }) => id));
  return fits;
}
