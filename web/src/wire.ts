// The frames of the Sanctuary protocol, version 1, section 3. Mirrors crates/wire; knows
// neither rooms nor sockets.

import { type Bytes, type Item, Reader, WireError, writeItem } from './cbor.ts';

export { WireError } from './cbor.ts';

/** The WebSocket subprotocol that both sides name on the upgrade. */
export const SUBPROTOCOL = 'sanctuary.1';

/** Bytes of the largest card. */
export const CARD_MOST = 320;

/** Bytes of the longest code to open rooms with. */
export const CODE_MOST = 64;

/** The most passes in one `pass` frame. */
export const PASSES_MOST = 64;

/** Bytes a frame may be beyond what it carries: array heads, numbers and an id. */
export const OVERHEAD = 32;

/** 0: the keeper moderates; 1: everyone does. */
export type Rule = 0 | 1;

export type Pass = { to: number; passed: Uint8Array };

export type ClientFrame =
  | {
      kind: 'create';
      room: Uint8Array;
      gate: Uint8Array;
      card: Uint8Array;
      tag: Uint8Array;
      rule: Rule;
      code?: Uint8Array;
    }
  | { kind: 'enter'; room: Uint8Array; proof: Uint8Array; card: Uint8Array; tag: Uint8Array }
  | { kind: 'resume'; room: Uint8Array; seat: Uint8Array }
  | { kind: 'say'; payload: Uint8Array }
  | { kind: 'pass'; passes: Pass[] }
  | { kind: 'kick'; id: number }
  | { kind: 'stop' }
  | { kind: 'exit' }
  | { kind: 'lock'; locked: boolean };

/** The numbers that stand first in a client's frames, which `denied` repeats. */
export const FRAME = { say: 4, pass: 5, kick: 6, stop: 7, exit: 8, lock: 9 } as const;

const REFUSALS = [
  'no-entry',
  'taken',
  'alias-in-use',
  'full',
  'locked',
  'busy',
  'malformed',
  'needs-code',
  'not-from-here',
] as const;
const DEPARTURES = ['exit', 'gone', 'kicked'] as const;
const DENIALS = ['not-yours', 'no-such-member', 'too-fast'] as const;
const ENDS = [
  'kicked',
  'stopped',
  'too-slow',
  'flooding',
  'resumed-elsewhere',
  'shutting-down',
  'malformed',
] as const;

export type Seated = { id: number; card: Bytes; away: boolean };

export type DaemonFrame =
  | { kind: 'hello'; nonce: Bytes; largestFrame: number }
  | {
      kind: 'welcome';
      you: number;
      seat: Bytes;
      rule: Rule;
      keeper: number;
      locked: boolean;
      said: number;
      members: Seated[];
    }
  | { kind: 'refused'; why: (typeof REFUSALS)[number] }
  | { kind: 'joined'; id: number; card: Bytes }
  | { kind: 'left'; id: number; how: (typeof DEPARTURES)[number]; by: number | null }
  | { kind: 'said'; number: number; from: number; payload: Bytes }
  | { kind: 'passed'; from: number; passed: Bytes }
  | { kind: 'away'; id: number }
  | { kind: 'back'; id: number }
  | { kind: 'keeper'; id: number }
  | { kind: 'locked'; locked: boolean }
  | { kind: 'denied'; frame: number; why: (typeof DENIALS)[number]; retryMs: number }
  | { kind: 'over'; end: (typeof ENDS)[number]; by: number | null }
  | { kind: 'closing'; seconds: number };

export function encodeClientFrame(frame: ClientFrame): Bytes {
  return writeItem(clientItem(frame));
}

function clientItem(frame: ClientFrame): Item[] {
  switch (frame.kind) {
    case 'create':
      return [
        1,
        frame.room,
        frame.gate,
        frame.card,
        frame.tag,
        frame.rule,
        ...(frame.code ? [frame.code] : []),
      ];
    case 'enter':
      return [2, frame.room, frame.proof, frame.card, frame.tag];
    case 'resume':
      return [3, frame.room, frame.seat];
    case 'say':
      return [FRAME.say, frame.payload];
    case 'pass':
      return [FRAME.pass, frame.passes.map(({ to, passed }) => [to, passed])];
    case 'kick':
      return [FRAME.kick, frame.id];
    case 'stop':
      return [FRAME.stop];
    case 'exit':
      return [FRAME.exit];
    case 'lock':
      return [FRAME.lock, frame.locked];
  }
}

/** Reads one frame that fills `bytes`, or throws {@link WireError}. */
export function decodeDaemonFrame(bytes: Uint8Array): DaemonFrame {
  return framed(bytes, DAEMON_FORMS);
}

type Form<Frame> = { length: number; read: (reader: Reader) => Frame };

/** By the number that stands first: how many elements the frame has with it, and how the others read. */
const DAEMON_FORMS: Record<number, Form<DaemonFrame>> = {
  0: {
    length: 3,
    read: reader => ({ kind: 'hello', nonce: reader.bytesOf(32), largestFrame: reader.uint() }),
  },
  1: {
    length: 8,
    read: reader => ({
      kind: 'welcome',
      you: reader.uint(),
      seat: reader.bytesOf(16),
      rule: reader.uintTo(1) as Rule,
      keeper: reader.uint(),
      locked: reader.bool(),
      said: reader.uint(),
      members: listed(reader, 3, () => ({ id: reader.uint(), card: card(reader), away: reader.bool() })),
    }),
  },
  2: { length: 2, read: reader => ({ kind: 'refused', why: coded(reader, REFUSALS, 1) }) },
  3: { length: 3, read: reader => ({ kind: 'joined', id: reader.uint(), card: card(reader) }) },
  4: {
    length: 4,
    read: reader => ({
      kind: 'left',
      id: reader.uint(),
      how: coded(reader, DEPARTURES, 0),
      by: reader.uintOrNull(),
    }),
  },
  5: {
    length: 4,
    read: reader => ({ kind: 'said', number: reader.uint(), from: reader.uint(), payload: reader.bytes() }),
  },
  6: { length: 3, read: reader => ({ kind: 'passed', from: reader.uint(), passed: reader.bytes() }) },
  7: { length: 2, read: reader => ({ kind: 'away', id: reader.uint() }) },
  8: { length: 2, read: reader => ({ kind: 'back', id: reader.uint() }) },
  9: { length: 2, read: reader => ({ kind: 'keeper', id: reader.uint() }) },
  10: { length: 2, read: reader => ({ kind: 'locked', locked: reader.bool() }) },
  11: {
    length: 4,
    read: reader => ({
      kind: 'denied',
      frame: reader.uintTo(255),
      why: coded(reader, DENIALS, 1),
      retryMs: reader.uint(),
    }),
  },
  12: {
    length: 3,
    read: reader => ({ kind: 'over', end: coded(reader, ENDS, 1), by: reader.uintOrNull() }),
  },
  13: { length: 2, read: reader => ({ kind: 'closing', seconds: reader.uint() }) },
};

function framed<Frame>(bytes: Uint8Array, forms: Record<number, Form<Frame>>): Frame {
  const reader = new Reader(bytes);
  const length = reader.array();
  if (length === 0) throw new WireError('an empty frame');
  const form = forms[reader.uint()];
  if (form?.length !== length) throw new WireError('not a frame of the protocol');
  const frame = form.read(reader);
  reader.end();
  return frame;
}

/** An array whose elements are arrays of `width`. The claimed length allocates nothing. */
function listed<Element>(reader: Reader, width: number, read: () => Element): Element[] {
  const elements: Element[] = [];
  for (let left = reader.array(); left > 0; left--) {
    reader.arrayOf(width);
    elements.push(read());
  }
  return elements;
}

const card = (reader: Reader): Bytes => reader.bytes(1, CARD_MOST);

function coded<Name>(reader: Reader, names: readonly Name[], first: number): Name {
  const name = names[reader.uint() - first];
  if (name === undefined) throw new WireError('an unknown code');
  return name;
}

// The daemon's side of it, for tests: what the page is sent, and how the daemon reads what it says.

/** Reads one frame that fills `bytes`, or throws {@link WireError}. */
export function decodeClientFrame(bytes: Uint8Array): ClientFrame {
  const hasCode = bytes[0] === 0x87;
  return framed<ClientFrame>(bytes, {
    1: {
      length: hasCode ? 7 : 6,
      read: reader => ({
        kind: 'create',
        room: reader.bytesOf(5),
        gate: reader.bytesOf(32),
        card: card(reader),
        tag: reader.bytesOf(16),
        rule: reader.uintTo(1) as Rule,
        ...(hasCode && { code: reader.bytes(1, CODE_MOST) }),
      }),
    },
    2: {
      length: 5,
      read: reader => ({
        kind: 'enter',
        room: reader.bytesOf(5),
        proof: reader.bytesOf(64),
        card: card(reader),
        tag: reader.bytesOf(16),
      }),
    },
    3: {
      length: 3,
      read: reader => ({ kind: 'resume', room: reader.bytesOf(5), seat: reader.bytesOf(16) }),
    },
    4: { length: 2, read: reader => ({ kind: 'say', payload: reader.bytes() }) },
    5: {
      length: 2,
      read: reader => {
        const passes = listed(reader, 2, () => ({ to: reader.uint(), passed: reader.bytes() }));
        if (passes.length < 1 || passes.length > PASSES_MOST) throw new WireError('too few or many passes');
        return { kind: 'pass', passes };
      },
    },
    6: { length: 2, read: reader => ({ kind: 'kick', id: reader.uint() }) },
    7: { length: 1, read: () => ({ kind: 'stop' }) },
    8: { length: 1, read: () => ({ kind: 'exit' }) },
    9: { length: 2, read: reader => ({ kind: 'lock', locked: reader.bool() }) },
  });
}

export function encodeDaemonFrame(frame: DaemonFrame): Bytes {
  return writeItem(daemonItem(frame));
}

function daemonItem(frame: DaemonFrame): Item[] {
  switch (frame.kind) {
    case 'hello':
      return [0, frame.nonce, frame.largestFrame];
    case 'welcome': {
      const { you, seat, rule, keeper, locked, said, members } = frame;
      return [
        1,
        you,
        seat,
        rule,
        keeper,
        locked,
        said,
        members.map(({ id, card, away }) => [id, card, away]),
      ];
    }
    case 'refused':
      return [2, REFUSALS.indexOf(frame.why) + 1];
    case 'joined':
      return [3, frame.id, frame.card];
    case 'left':
      return [4, frame.id, DEPARTURES.indexOf(frame.how), frame.by];
    case 'said':
      return [5, frame.number, frame.from, frame.payload];
    case 'passed':
      return [6, frame.from, frame.passed];
    case 'away':
      return [7, frame.id];
    case 'back':
      return [8, frame.id];
    case 'keeper':
      return [9, frame.id];
    case 'locked':
      return [10, frame.locked];
    case 'denied':
      return [11, frame.frame, DENIALS.indexOf(frame.why) + 1, frame.retryMs];
    case 'over':
      return [12, ENDS.indexOf(frame.end) + 1, frame.by];
    case 'closing':
      return [13, frame.seconds];
  }
}
