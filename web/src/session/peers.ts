// Another member: what it has shown of itself, and how far the talk with it is.

import type { Bytes } from '../cbor.ts';
import type { Card } from '../seal/card.ts';
import { forgetChain, type ReadChain } from '../seal/chain.ts';
import type { Standing } from '../state.ts';
import { PairKeys } from './pair-keys.ts';

export type Peer = {
  readonly id: number;
  readonly entry: Bytes;
  /** Which of all who ever arrived it is: a daemon that lies gives the same id to another. */
  readonly arrival: number;
  /** The count of the order at which it joined; 0 where it is first met in a `welcome`. */
  readonly since: number;
  /** It stood in a `welcome` and was not ready: it is met with its first card that opens, whoever has its alias. */
  isMet: boolean;
  /** A card of it was refused. */
  wasRefused: boolean;
  /** SHA-256 of the card that the daemon shows. */
  card: Bytes;
  away: boolean;
  standing: Standing;
  /** The card that it shows, while that can't be opened: it may be sealed for a door that is yet to come. */
  unopened: Bytes | undefined;
  /** The last card that was accepted; it stays what is known of the member while another one is refused. */
  shown: Card | undefined;
  /** Its voice's number. */
  number: string;
  differs: boolean;
  /** The count at which it has seen the room when it last said something: it never sees less again. */
  saw: number;
  /** It has said a word since the last `welcome` that it had sealed before. */
  crossed: boolean;
  readonly pair: PairKeys;
  readonly heard: Heard;
  readonly told: Told;
};

/** What was heard of it. */
export type Heard = {
  chain: ReadChain | undefined;
  /** Messages that were told as unreadable since the last that was opened: these are not told as missing, too. */
  unread: number;
  /** The counter of its next whisper, if none is missing, and how many were opened. */
  nextWhisper: number;
  whispers: number;
  /** When its whispers are to be confirmed, and when that was last done. */
  receiptDue: number | undefined;
  receiptAt: number;
  /** When it was last told that its chain is lacking. */
  lackedAt: number;
};

/** What it was told. */
export type Told = {
  /** It has one's own chain of this generation. */
  hasChain: boolean;
  nextWhisper: number;
  /** Lines of whispers that it has not confirmed, by counter; and what it confirmed last. */
  readonly unconfirmed: Map<number, number>;
  confirmed: { counter: number; arrived: number };
  /** It has asked for one's own chain, and when it was last handed it for that. */
  asks: boolean;
  answeredAt: number;
};

export const makePeer = (id: number, entry: Bytes, arrival: number, since: number, away: boolean): Peer => ({
  id,
  entry,
  arrival,
  since,
  isMet: false,
  wasRefused: false,
  card: new Uint8Array(),
  away,
  standing: 'unreadable',
  unopened: undefined,
  shown: undefined,
  number: '',
  differs: false,
  saw: 0,
  crossed: false,
  pair: new PairKeys(),
  heard: {
    chain: undefined,
    unread: 0,
    nextWhisper: 0,
    whispers: 0,
    receiptDue: undefined,
    receiptAt: Number.NEGATIVE_INFINITY,
    lackedAt: Number.NEGATIVE_INFINITY,
  },
  told: {
    hasChain: false,
    nextWhisper: 0,
    unconfirmed: new Map(),
    confirmed: { counter: -1, arrived: 0 },
    asks: false,
    answeredAt: Number.NEGATIVE_INFINITY,
  },
});

/** Whether it is heard, and may be given keys. */
export const isReady = ({ standing }: Peer): boolean => standing === 'ready';

export function wipePeer({ pair, heard }: Peer): void {
  pair.wipe();
  if (heard.chain) forgetChain(heard.chain);
}
