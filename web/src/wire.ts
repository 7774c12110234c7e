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

/** How a field is read from a frame, and which item it is written as. */
type Field<Value> = { read(reader: Reader): Value; write(value: Value): Item };

/** By name, in the order in which they stand in the frame. */
type Fields = { readonly [name: string]: Field<unknown> };

/** A frame's number, its fields, and those that may be left out, all of them or none. */
type Form = readonly [number: number, fields: Fields, optional?: Fields];

type Forms = { readonly [kind: string]: Form };

type ValuesOf<F> = { -readonly [Name in keyof F]: F[Name] extends Field<infer Value> ? Value : never };

type OptionalOf<F> = F extends readonly [number, Fields, infer Optional]
  ? Partial<ValuesOf<Optional>>
  : unknown;

/** A union of the frames of a table, by kind. */
type FrameOf<Table extends Forms> = {
  [Kind in keyof Table]: { kind: Kind } & ValuesOf<Table[Kind][1]> & OptionalOf<Table[Kind]>;
}[keyof Table];

const uint = asIs(reader => reader.uint());
const uintOrNull = asIs(reader => reader.uintOrNull());
const byte = asIs(reader => reader.uintTo(255));
const bool = asIs(reader => reader.bool());
const bytes = asIs(reader => reader.bytes());
const room = bytesOf(5);
const seat = bytesOf(16);
const tag = bytesOf(16);
const card = bytesWithin(CARD_MOST);

/** Who moderates: the keeper alone, or everyone. */
const RULES = ['keeper', 'everyone'] as const;
export type Rule = (typeof RULES)[number];
const rule = coded(RULES, 0);

const PASS = { to: uint, passed: bytes };
export type Pass = ValuesOf<typeof PASS>;

const CLIENT_FORMS = {
  create: [1, { room, gate: bytesOf(32), card, tag, rule }, { code: bytesWithin(CODE_MOST) }],
  enter: [2, { room, proof: bytesOf(64), card, tag }],
  resume: [3, { room, seat }],
  say: [4, { payload: bytes }],
  pass: [5, { passes: listOf(PASS, 1, PASSES_MOST) }],
  kick: [6, { id: uint }],
  stop: [7, {}],
  exit: [8, {}],
  lock: [9, { locked: bool }],
} as const;

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
export type Refusal = (typeof REFUSALS)[number];

const DEPARTURES = ['exit', 'gone', 'kicked'] as const;
export type Departure = (typeof DEPARTURES)[number];

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
export type End = (typeof ENDS)[number];

const SEATED = { id: uint, card, away: bool };

const DAEMON_FORMS = {
  hello: [0, { nonce: bytesOf(32), largestFrame: uint }],
  welcome: [1, { you: uint, seat, rule, keeper: uint, locked: bool, said: uint, members: listOf(SEATED) }],
  refused: [2, { why: coded(REFUSALS, 1) }],
  joined: [3, { id: uint, card }],
  left: [4, { id: uint, how: coded(DEPARTURES, 0), by: uintOrNull }],
  said: [5, { number: uint, from: uint, payload: bytes }],
  passed: [6, { from: uint, passed: bytes }],
  away: [7, { id: uint }],
  back: [8, { id: uint }],
  keeper: [9, { id: uint }],
  locked: [10, { locked: bool }],
  denied: [11, { frame: byte, why: coded(DENIALS, 1), retryMs: uint }],
  over: [12, { end: coded(ENDS, 1), by: uintOrNull }],
  closing: [13, { seconds: uint }],
} as const;

export type ClientFrame = FrameOf<typeof CLIENT_FORMS>;
export type DaemonFrame = FrameOf<typeof DAEMON_FORMS>;

/** The numbers that stand first in a client's frames, which `denied` repeats. */
export const FRAME = Object.fromEntries(
  Object.entries(CLIENT_FORMS).map(([kind, [number]]) => [kind, number]),
) as Record<ClientFrame['kind'], number>;

export const encodeClientFrame = (frame: ClientFrame): Bytes => encode(CLIENT_FORMS[frame.kind], frame);

/** Reads one frame that fills `bytes`, or throws {@link WireError}. */
export const decodeDaemonFrame = (bytes: Uint8Array): DaemonFrame => decode(DAEMON_FORMS, bytes);

// The daemon's side of it, for tests: what the page is sent, and how the daemon reads what it says.

export const encodeDaemonFrame = (frame: DaemonFrame): Bytes => encode(DAEMON_FORMS[frame.kind], frame);

/** Reads one frame that fills `bytes`, or throws {@link WireError}. */
export const decodeClientFrame = (bytes: Uint8Array): ClientFrame => decode(CLIENT_FORMS, bytes);

function encode([number, fields, optional = {}]: Form, frame: Values): Bytes {
  const complete = Object.keys(optional).every(name => frame[name] !== undefined);
  return writeItem([number, ...written(complete ? { ...fields, ...optional } : fields, frame)]);
}

function decode<Table extends Forms>(forms: Table, bytes: Uint8Array): FrameOf<Table> {
  const reader = new Reader(bytes);
  const length = reader.array();
  if (length === 0) throw new WireError('an empty frame');
  const number = reader.uint();
  const [kind, form] = Object.entries(forms).find(([, form]) => form[0] === number) ?? [];
  if (!form) throw new WireError('no frame of the protocol');
  const [, fields, optional = {}] = form;
  const present = sizeOf(fields) === length - 1 ? fields : { ...fields, ...optional };
  if (sizeOf(present) !== length - 1) throw new WireError('a frame of another length');
  const frame = { kind, ...read(present, reader) };
  reader.end();
  return frame as FrameOf<Table>;
}

type Values = { readonly [name: string]: unknown };

const sizeOf = (fields: Fields): number => Object.keys(fields).length;

const read = <F extends Fields>(fields: F, reader: Reader): ValuesOf<F> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, field.read(reader)]),
  ) as ValuesOf<F>;

const written = (fields: Fields, values: Values): Item[] =>
  Object.entries(fields).map(([name, field]) => field.write(values[name]));

/** A field that is written as it is read. */
function asIs<Value extends Item>(read: (reader: Reader) => Value): Field<Value> {
  return { read, write: value => value };
}

function bytesOf(length: number): Field<Bytes> {
  return asIs(reader => reader.bytesOf(length));
}

/** 1 to `most` bytes. */
function bytesWithin(most: number): Field<Bytes> {
  return asIs(reader => reader.bytes(1, most));
}

/** One of `names`, whose codes are counted from `first`. */
function coded<Name>(names: readonly Name[], first: number): Field<Name> {
  return {
    read(reader) {
      const name = names[reader.uint() - first];
      if (name === undefined) throw new WireError('an unknown code');
      return name;
    },
    write: name => names.indexOf(name) + first,
  };
}

/** `least` to `most` arrays of these fields. The claimed length allocates nothing. */
function listOf<F extends Fields>(
  fields: F,
  least = 0,
  most = Number.POSITIVE_INFINITY,
): Field<ValuesOf<F>[]> {
  return {
    read(reader) {
      const length = reader.array();
      if (length < least || length > most) throw new WireError('a list of another length');
      const elements: ValuesOf<F>[] = [];
      while (elements.length < length) {
        reader.arrayOf(sizeOf(fields));
        elements.push(read(fields, reader));
      }
      return elements;
    },
    write: elements => elements.map(element => written(fields, element)),
  };
}
