// What a daemon may do to each frame that it hands on, and to each order that it is given.

import type { Bytes } from '../src/cbor.ts';
import { decodeDaemonFrame, type DaemonFrame, encodeDaemonFrame } from '../src/wire.ts';

/** Whom the daemon can make up where it has the password: what it shows of that one, and what it shows in its place. */
export type Stranger = { entry: Bytes; cards: Bytes[] };

/** What somebody was told so far, and what is kept back from it. */
export type Told = { past: Bytes[]; held: Bytes[]; strangers: Stranger[] };

/** What is told in the place of a frame; `at` is drawn. */
type Tampering = (told: Told, frame: DaemonFrame, bytes: Bytes, at: number) => Bytes[];

export const encoded = (frame: DaemonFrame): Bytes => Uint8Array.from(encodeDaemonFrame(frame));

/** An id that may be anybody's, or nobody's. */
const idAt = (at: number): number => 1 + (at % 6);

function spoilt(bytes: Bytes, at: number): Bytes {
  const spoilt = Uint8Array.from(bytes);
  // Behind what the frame itself says.
  const place = Math.min(spoilt.length - 1, 16 + (at % Math.max(1, spoilt.length - 16)));
  spoilt[place] = (spoilt[place] ?? 0) ^ 1;
  return spoilt;
}

/** A member's word, with who said it, where a frame has one. */
function wordIn(frame: DaemonFrame): { by: number; payload: Bytes } | null {
  if (frame.kind === 'said') return { by: frame.from, payload: frame.payload };
  if (frame.kind === 'kicked' || frame.kind === 'handed') return frame;
  if (frame.kind === 'over' && frame.by !== null && frame.payload)
    return { by: frame.by, payload: frame.payload };
  return null;
}

/** Another frame with the same word. */
const AS: ((by: number, payload: Bytes, at: number) => DaemonFrame)[] = [
  (from, payload) => ({ kind: 'said', from, payload }),
  (by, payload, at) => ({ kind: 'kicked', id: idAt(at), by, payload }),
  (by, payload, at) => ({ kind: 'handed', id: idAt(at), by, payload }),
  (_by, payload, at) => ({ kind: 'kicked', id: idAt(at), by: idAt(at >> 3), payload }),
  (_by, payload, at) => ({ kind: 'handed', id: idAt(at), by: idAt(at >> 3), payload }),
  (_by, payload, at) => ({ kind: 'said', from: idAt(at), payload }),
];

function asAnother(frame: DaemonFrame, at: number): Bytes | null {
  const word = wordIn(frame);
  return word && encoded((AS[at % AS.length] as (typeof AS)[0])(word.by, word.payload, at >> 3));
}

const ENDS = ['kicked', 'stopped'] as const;
const DENIALS = ['not-yours', 'no-such-member', 'too-fast', 'alias-in-use', 'another-lock'] as const;

/** The last box that somebody was told of before, and the relock that went with it. */
function pastRelock({ past }: Told, at: number): Bytes[] {
  const boxes = past.flatMap((bytes, place) => (decodeDaemonFrame(bytes).kind === 'boxed' ? [place] : []));
  const place = boxes[at % Math.max(1, boxes.length)];
  return place === undefined ? [] : past.slice(place, place + 2);
}

/** Somebody who comes, and shows another card. */
function madeUp(strangers: Stranger[], at: number): Bytes[] {
  const place = at % Math.max(1, strangers.length);
  const { entry, cards: [card, later] = [] } = strangers[place] ?? {};
  if (!entry || !card || !later) return [];
  const id = 10 + place;
  return [encoded({ kind: 'joined', id, entry, card }), encoded({ kind: 'renewed', id, card: later })];
}

export const TAMPERINGS: Record<string, Tampering> = {
  nothing: (_told, _frame, bytes) => [bytes],
  drops: () => [],
  repeats: (_told, _frame, bytes) => [bytes, bytes],
  'says again': ({ past }, _frame, bytes, at) => [bytes, ...past.slice(at % past.length).slice(0, 3)],
  'holds back': ({ held }, _frame, bytes) => {
    held.push(bytes);
    return [];
  },
  'lets go': ({ held }, _frame, bytes) => [bytes, ...held.splice(0)],
  'says what was before first': ({ held }, _frame, bytes) => [...held.splice(0), bytes],
  spoils: (_told, frame, bytes, at) =>
    frame.kind === 'said' || frame.kind === 'passed' ? [spoilt(bytes, at)] : [bytes],
  'says it was another': (_told, frame, bytes, at) =>
    frame.kind === 'said' || frame.kind === 'passed' ? [encoded({ ...frame, from: idAt(at) })] : [bytes],
  'swaps cards': (_told, frame, bytes, at) =>
    frame.kind === 'joined' || frame.kind === 'renewed' ? [encoded({ ...frame, id: idAt(at) })] : [bytes],
  'makes one come': ({ past }, _frame, bytes, at) => [
    bytes,
    ...past.filter(each => decodeDaemonFrame(each).kind === 'joined').slice(at % 3, 1 + (at % 3)),
  ],
  'makes one up': ({ strangers }, _frame, bytes, at) => [bytes, ...madeUp(strangers, at).slice(0, 1)],
  'makes one up anew': ({ strangers }, _frame, bytes, at) => [bytes, ...madeUp(strangers, at).slice(1)],
  'makes one up, and at once anew': ({ strangers }, _frame, bytes, at) => [bytes, ...madeUp(strangers, at)],
  'makes one go': (_told, _frame, bytes, at) => [bytes, encoded({ kind: 'left', id: idAt(at), how: 'gone' })],
  'names a keeper': (_told, _frame, bytes, at) => [bytes, encoded({ kind: 'keeper', id: idAt(at) })],
  'says one is back': (_told, _frame, bytes, at) => [bytes, encoded({ kind: 'back', id: idAt(at) })],
  'makes another thing of a word': (_told, frame, bytes, at) => [asAnother(frame, at) ?? bytes],
  'makes two things of a word': (_told, frame, bytes, at) => [bytes, asAnother(frame, at) ?? bytes],
  'ends it by a word': (_told, frame, bytes, at) => {
    const word = wordIn(frame);
    return word && at % 3 === 0
      ? [encoded({ kind: 'over', end: ENDS[at % 2] ?? 'kicked', ...word })]
      : [bytes];
  },
  denies: (_told, _frame, bytes, at) => {
    const why = DENIALS[at % DENIALS.length] ?? 'too-fast';
    return [bytes, encoded({ kind: 'denied', frame: 4 + (at % 10), why, retryMs: at % 700 })];
  },
  'denies instead': (_told, frame, bytes, at) => {
    const why = DENIALS[at % DENIALS.length] ?? 'too-fast';
    if (!wordIn(frame) && frame.kind !== 'renewed') return [bytes];
    return [encoded({ kind: 'denied', frame: 4 + (at % 10), why, retryMs: at % 700 })];
  },
  'gives a password of before': (told, _frame, bytes, at) => [bytes, ...pastRelock(told, at)],
  'counts locks wrongly': (_told, frame, bytes, at) =>
    frame.kind === 'relocked' ? [encoded({ ...frame, lock: at % 5 })] : [bytes],
};

/** What somebody is told in the place of a `welcome`, which begins a visit or a connection. */
export const WELCOMES: Record<string, (frame: DaemonFrame & { kind: 'welcome' }, at: number) => DaemonFrame> =
  {
    nothing: frame => frame,
    'seats one twice': (frame, at) => {
      const again = frame.members[at % frame.members.length];
      return { ...frame, members: [...(again ? [again] : []), ...frame.members] };
    },
    'leaves one out': (frame, at) => ({
      ...frame,
      members: frame.members.filter(
        ({ id }, place) => id === frame.you || place !== at % frame.members.length,
      ),
    }),
    'names a keeper': (frame, at) => ({ ...frame, keeper: idAt(at) }),
    'counts otherwise': (frame, at) => ({
      ...frame,
      count: frame.count + (at % 3),
      said: frame.said + (at % 2),
    }),
    'turns a lock': (frame, at) => ({ ...frame, lock: at % 3, locked: at % 2 === 0 }),
  };
