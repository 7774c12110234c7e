// What being in a room is made of. Each part knows those before it.

import type { Bytes } from '../cbor.ts';
import type { DaemonFrame } from '../wire.ts';
import { About } from './about.ts';
import { Company } from './company.ts';
import { Hearing } from './hearing.ts';
import { Lines } from './lines.ts';
import { Moderation } from './moderation.ts';
import { Orders } from './orders.ts';
import { OwnChain } from './own-chain.ts';
import { Renewal } from './renewal.ts';
import { RoomOrder } from './room-order.ts';
import type { Roster } from './roster.ts';
import { SendQueue } from './send-queue.ts';
import type { Stay } from './stay.ts';
import { Timer } from './timer.ts';
import { Typing } from './typing.ts';

export type Parts = {
  readonly stay: Stay;
  readonly lines: Lines;
  readonly company: Company;
  readonly about: About;
  readonly typing: Typing;
  readonly timer: Timer;
  readonly roster: Roster;
  readonly order: RoomOrder;
  readonly hearing: Hearing;
  readonly orders: Orders;
  readonly chain: OwnChain;
  readonly queue: SendQueue;
  readonly renewal: Renewal;
  readonly moderation: Moderation;
};

/** Parts of a stay before this one that go on: its conversation, and its company if that was in the same room. */
export type Left = {
  lines: Lines | undefined;
  company: Company | undefined;
  tellsTyping: boolean | undefined;
};

/** `card` is the hash of one's own, `nonce` the connection's. */
export function makeParts(
  stay: Stay,
  welcome: DaemonFrame & { kind: 'welcome' },
  card: Bytes,
  nonce: Bytes,
  largestFrame: () => number,
  now: number,
  left: Left,
): Parts {
  const lines = left.lines ?? new Lines();
  const company = new Company(stay, card, lines, left.company);
  const { roster } = company;
  const about = new About(stay, lines, company.named);
  const typing = new Typing(left.tellsTyping);
  const timer = new Timer(roster);
  const order = new RoomOrder(stay, roster, welcome);
  const hearing = new Hearing(stay, order, lines, company.named);
  const orders = new Orders(stay, nonce);
  const chain = new OwnChain(stay, roster, order, largestFrame);
  const queue = new SendQueue(stay, roster, lines, about, orders, chain, largestFrame);
  const renewal = new Renewal(stay, roster, orders, lines, now);
  const moderation = new Moderation(stay, roster, order, lines, orders, queue, largestFrame);
  return {
    stay,
    lines,
    company,
    about,
    typing,
    timer,
    roster,
    order,
    hearing,
    orders,
    chain,
    queue,
    renewal,
    moderation,
  };
}
