// The frames of the Sanctuary protocol, version 1, section 3. Mirrors crates/wire; knows
// neither rooms nor sockets.

import type { Bytes } from './cbor.ts';
import {
  bool,
  byte,
  bytes,
  bytesOf,
  bytesWithin,
  coded,
  decode,
  encode,
  listOf,
  numbersOf,
  only,
  type OneOf,
  record,
  uint,
  uint32,
  uintOrNull,
  uintWithin,
  type ValueOf,
} from './forms.ts';

export { WireError } from './cbor.ts';

/** The WebSocket subprotocol that both sides name on the upgrade. */
export const SUBPROTOCOL = 'sanctuary.1';

/** Bytes of the largest card. */
export const CARD_MOST = 448;

/** Bytes of the largest heart. */
export const HEART_MOST = 576;

/** Bytes of a box, which has another door for one member. */
export const BOX = 224;

/** Bytes of the longest code to open rooms with. */
export const CODE_MOST = 64;

/** The most passes in one `pass` frame. */
export const PASSES_MOST = 64;

/** Seats of a room that a daemon is believed: as many as it can be set to. */
export const SEATS_MOST = 10_000;

/** Bytes of the largest frame that a daemon takes, at the least and at the most. */
export const FRAME_LEAST = 2048;
export const FRAME_MOST = 1024 * 1024;

/** Bytes a frame may be beyond what it carries: array heads, numbers and an id. */
export const OVERHEAD = 32;

const room = bytesOf(5);
const nonce = bytesOf(32);
const gate = bytesOf(32);
const heart = bytesWithin(HEART_MOST);
/** The Ed25519 public key of a seat. */
const seat = bytesOf(32);
const entry = bytesOf(16);
const tag = bytesOf(16);
const card = bytesWithin(CARD_MOST);
const box = bytesOf(BOX);
const signature = bytesOf(64);
/** A SHA-256 that members compare. */
const hash = bytesOf(32);

/** Who moderates: the keeper alone, or everyone. */
export type Rule = ValueOf<typeof rule>;
export const rule = coded(['keeper', 'everyone'] as const, 0);

const pass = record({ to: uint, passed: bytes });
export type Pass = ValueOf<typeof pass>;

const toEachOnce = (passes: Pass[]) => new Set(passes.map(({ to }) => to)).size === passes.length;

/** What a client says. */
const CLIENT_FORMS = {
  create: [1, { room, gate, heart, seat, card, tag, rule, signature }, { code: bytesWithin(CODE_MOST) }],
  enter: [2, { room, seat, card, tag, signature }],
  resume: [3, { room, id: uint, signature }],
  say: [4, { payload: bytes }],
  pass: [5, { passes: only(toEachOnce, listOf(pass, 1, PASSES_MOST)) }],
  order: [6, { command: bytes, signature }],
  exit: [7, {}],
} as const;

const staying = record({ id: uint, tag, box });
/** A member that stays when the room is relocked: the tag and the door that it has from then on. */
export type Staying = ValueOf<typeof staying>;

/** What an order says. `turn` rises with each order of a connection. */
const COMMAND_FORMS = {
  kick: [8, { turn: uint, id: uint, payload: bytes }],
  stop: [9, { turn: uint, payload: bytes }],
  lock: [10, { turn: uint, locked: bool }],
  relock: [11, { turn: uint, lock: uint32, gate, heart, staying: listOf(staying) }],
  renew: [12, { turn: uint, card, tag }],
  hand: [13, { turn: uint, id: uint, payload: bytes }],
} as const;

const refusal = coded(
  [
    'no-entry',
    'taken',
    'alias-in-use',
    'full',
    'locked',
    'busy',
    'malformed',
    'needs-code',
    'not-from-here',
    'grace-over',
    'kicked',
    'room-gone',
    'draining',
    'stopped',
  ] as const,
  1,
);
export type Refusal = ValueOf<typeof refusal>;

const departure = coded(['exit', 'gone'] as const, 0);
export type Departure = ValueOf<typeof departure>;

const denial = coded(['not-yours', 'no-such-member', 'too-fast', 'alias-in-use', 'another-lock'] as const, 1);
export type Denial = ValueOf<typeof denial>;

const end = coded(
  ['kicked', 'stopped', 'too-slow', 'flooding', 'resumed-elsewhere', 'shutting-down', 'malformed'] as const,
  1,
);
export type End = ValueOf<typeof end>;

const seated = record({ id: uint, entry, card, away: bool });
export type Seated = ValueOf<typeof seated>;

/** What the daemon says. */
const DAEMON_FORMS = {
  hello: [0, { nonce, largestFrame: uintWithin(FRAME_LEAST, FRAME_MOST), silenceMs: uint }],
  welcome: [
    1,
    {
      you: uint,
      keeper: uint,
      locked: bool,
      lock: uint32,
      heart,
      said: uint,
      count: uint,
      order: hash,
      /** The daemon's protections, by its own word: a bit each. */
      protections: uint,
      members: listOf(seated, 0, SEATS_MOST),
    },
    { boxed: record({ by: uint, staying: hash, box }) },
  ],
  refused: [2, { why: refusal, retryMs: uint }],
  joined: [3, { id: uint, entry, card }],
  left: [4, { id: uint, how: departure }],
  said: [5, { from: uint, payload: bytes }],
  passed: [6, { from: uint, passed: bytes }],
  away: [7, { id: uint }],
  back: [8, { id: uint }],
  keeper: [9, { id: uint }],
  locked: [10, { locked: bool, by: uint }],
  denied: [11, { frame: byte, why: denial, retryMs: uint }],
  over: [12, { end, by: uintOrNull }, { payload: bytes }],
  closing: [13, { seconds: uint }],
  kicked: [14, { id: uint, by: uint, payload: bytes }],
  handed: [15, { id: uint, by: uint, payload: bytes }],
  renewed: [16, { id: uint, card }],
  relocked: [17, { by: uint, lock: uint32, heart, staying: listOf(uint, 0, SEATS_MOST) }],
  boxed: [18, { by: uint, box }],
  alive: [19, {}],
} as const;

export type ClientFrame = OneOf<typeof CLIENT_FORMS>;
export type Command = OneOf<typeof COMMAND_FORMS>;
export type DaemonFrame = OneOf<typeof DAEMON_FORMS>;

/** The numbers of a client's frames and commands, which `denied` repeats. */
export const FRAME = { ...numbersOf(CLIENT_FORMS), ...numbersOf(COMMAND_FORMS) };

const IN_ORDER: ReadonlySet<DaemonFrame['kind']> = new Set([
  ...(['joined', 'left', 'said', 'away', 'back', 'keeper', 'locked'] as const),
  ...(['kicked', 'handed', 'renewed', 'relocked'] as const),
]);

/**
 * Whether a frame concerns the whole room, so that it is counted and hashed (section 2, "One order
 * for all").
 */
export const isInOrder = ({ kind }: DaemonFrame): boolean => IN_ORDER.has(kind);

export const encodeClientFrame = (frame: ClientFrame): Bytes => encode(CLIENT_FORMS, frame);
export const encodeCommand = (command: Command): Bytes => encode(COMMAND_FORMS, command);

/** Reads one frame that fills `bytes`, or throws {@link WireError}. */
export const decodeDaemonFrame = (bytes: Uint8Array): DaemonFrame => decode(DAEMON_FORMS, bytes);

// The daemon's side of it, for tests: what the page is sent, and how the daemon reads what it says.

export const encodeDaemonFrame = (frame: DaemonFrame): Bytes => encode(DAEMON_FORMS, frame);

/** Reads one frame that fills `bytes`, or throws {@link WireError}. */
export const decodeClientFrame = (bytes: Uint8Array): ClientFrame => decode(CLIENT_FORMS, bytes);

/** Reads what an order says, or throws {@link WireError}. */
export const decodeCommand = (bytes: Uint8Array): Command => decode(COMMAND_FORMS, bytes);
