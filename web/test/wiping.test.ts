// Who does not get in, for whatever reason, leaves no key and no password in memory.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bytes } from '../src/cbor.ts';
import { deriveDoor, type Door } from '../src/seal/door.ts';
import { portableSuite } from '../src/seal/portable.ts';
import type { Suite } from '../src/seal/suite.ts';
import type { Effect } from '../src/session/effects.ts';
import { ask, enter } from '../src/session/entering.ts';
import { Membership } from '../src/session/membership.ts';
import { type Credentials, makeCredentials, wipeCredentials } from '../src/session/stay.ts';
import { Session } from '../src/session.ts';
import { type DaemonFrame, decodeDaemonFrame, encodeDaemonFrame } from '../src/wire.ts';
import { door as formed } from './keys.ts';
import { ALIASES, PASSWORD, stretched } from './relay.ts';
import { draw, filled } from './stays.ts';

/** Somebody who has asked to be let in, with all 32 bytes that were drawn: each is a secret. */
async function asking(mode: 'open' | 'enter') {
  const drawn: Bytes[] = [];
  const random = (length: number) => {
    const bytes = draw(length);
    if (length === 32) drawn.push(bytes);
    return bytes;
  };
  const session = new Session({ suite: portableSuite, random });
  const effects = session.enter({ alias: 'Ada', room: formed.room, password: PASSWORD, mode }, ALIASES);
  const [derive] = effects;
  assert.ok(derive?.do === 'derive');
  const door = stretched(derive.password, derive.salt);
  await session.derived(door, 0);
  await session.frame(told({ kind: 'hello', nonce: filled(32, 1), largestFrame: 65_536, silenceMs: 1 }), 0);
  return { session, secrets: [...drawn, door] };
}

const told = (frame: DaemonFrame): Bytes => Uint8Array.from(encodeDaemonFrame(frame));

/** A welcome to another room than the one that was asked for. */
const STRANGE = told({
  kind: 'welcome',
  you: 1,
  keeper: 1,
  locked: false,
  lock: 0,
  heart: filled(100, 1),
  said: 0,
  count: 0,
  order: filled(32, 1),
  protections: 0,
  members: [{ id: 1, entry: filled(16, 1), card: filled(100, 1), away: false }],
});

const FAILURES: Record<string, (session: Session) => Promise<Effect[]> | Effect[]> = {
  'is refused': session => session.frame(told({ kind: 'refused', why: 'no-entry', retryMs: 0 }), 0),
  'is welcomed to another room': session => session.frame(STRANGE, 0),
  'is sent what is no frame': session => session.frame(new Uint8Array([0xff]), 0),
  'is sent another frame': session => session.frame(told({ kind: 'away', id: 1 }), 0),
  'is greeted twice': session =>
    session.frame(told({ kind: 'hello', nonce: filled(32, 2), largestFrame: 65_536, silenceMs: 1 }), 0),
  'is sent away': session => session.frame(told({ kind: 'over', end: 'shutting-down', by: null }), 0),
  'loses the line': session => session.lost(0),
  'thinks better of it': session => session.leave(undefined, 0),
  'closes the page': session => session.destroy(),
};

for (const [failure, fails] of Object.entries(FAILURES))
  test(`who ${failure} leaves no secret`, async () => {
    for (const mode of ['open', 'enter'] as const) {
      const { session, secrets } = await asking(mode);
      assert.ok(secrets.length >= 4);
      await fails(session);
      assert.ok(secrets.every(isWiped), mode);
      assert.notEqual(session.view(0).phase, 'room');
    }
  });

const isWiped = (secret: Bytes): boolean => secret.every(byte => byte === 0);

/** A door, and what a member has to go through it. */
function atDoor(suite: Suite, drawn: Bytes[]): Credentials & { door: Door } {
  const random = (length: number) => {
    const bytes = draw(length);
    if (length === 32) drawn.push(bytes);
    return bytes;
  };
  return makeCredentials({ suite, random }, deriveDoor(formed.room, filled(32, 1)), 'Ada', ALIASES);
}

const CONNECTION = { nonce: filled(32, 1), largestFrame: 65_536 };

test('the secret of a room that could not be sealed is wiped', async () => {
  const drawn: Bytes[] = [];
  let sealed = 0;
  const suite: Suite = {
    ...portableSuite,
    // The second is the heart's.
    encryptCbc: (...what) =>
      ++sealed > 1 ? Promise.reject(new Error('no')) : portableSuite.encryptCbc(...what),
  };
  const credentials = atDoor(suite, drawn);
  await assert.rejects(ask(credentials, CONNECTION, { mode: 'open', password: PASSWORD }, 0), /^Error: no$/);
  wipeCredentials(credentials);
  assert.ok(drawn.length >= 4 && drawn.every(isWiped));
});

test('a stay that could not begin is wiped', async test => {
  const stays: Parameters<typeof Membership.enter>[0][] = [];
  test.mock.method(Membership, 'enter', (stay: (typeof stays)[0]) => {
    stays.push(stay);
    return Promise.reject(new Error('no'));
  });
  const credentials = atDoor(portableSuite, []);
  const filledIn = { mode: 'open', password: PASSWORD } as const;
  const { asked } = await ask(credentials, CONNECTION, filledIn, 0);
  const welcome: DaemonFrame & { kind: 'welcome' } = {
    ...(decodeDaemonFrame(STRANGE) as DaemonFrame & { kind: 'welcome' }),
    heart: asked.heart ?? assert.fail(),
    members: [{ id: 1, entry: asked.entry, card: asked.card, away: false }],
  };
  await assert.rejects(enter(asked, welcome, 0), /^Error: no$/);
  const [stay] = stays;
  assert.ok(stay);
  const { door, seat, voice, own, heart, roomSalt } = stay;
  const secrets = [
    door.cardKey,
    seat.seed,
    voice.seed,
    own.secret,
    heart.secret,
    heart.password,
    roomSalt.salt,
  ];
  assert.ok(secrets.every(isWiped));
});
