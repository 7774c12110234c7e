// What members keep from the daemon, against the vectors, by both suites; and what must not open.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeItem } from '../src/cbor.ts';
import { checkAlias } from '../src/seal/alias.ts';
import { FILL, open, seal } from '../src/seal/aead.ts';
import { bigEndian, concat, equal, utf8 } from '../src/seal/bytes.ts';
import { openCard, sealCard } from '../src/seal/card.ts';
import { type Chain, MAX_SKIP, openBody, payloadLength, renewChain, sealBody } from '../src/seal/chain.ts';
import { passwordBytes } from '../src/seal/password.ts';
import { readRoomKey, writeRoomKey } from '../src/seal/room-key.ts';
import { diffieHellman, keyPair } from '../src/seal/curves.ts';
import { aliasTag, deriveDoor, type Door, doorSalt, gate, prove, shard, wipeDoor } from '../src/seal/door.ts';
import { SealError, type SealFault } from '../src/seal/error.ts';
import { nativeSuite } from '../src/seal/native.ts';
import { agreePair, openPassed, type Passed, sealPassed } from '../src/seal/pair.ts';
import { portableSuite } from '../src/seal/portable.ts';
import { ROUNDS, stretchNatively, stretchPortably } from '../src/seal/stretch.ts';
import type { Suite } from '../src/seal/suite.ts';
import { messageKeyOf, stepped } from './chain-keys.ts';
import vectors, { hex, unhex } from './vectors.ts';

const native = nativeSuite(crypto.subtle);
assert.ok(native);
const suites: [string, Suite][] = [
  ['native', native],
  ['portable', portableSuite],
];

const room = (text: string) => {
  const read = readRoomKey(text);
  assert.ok(read);
  return read;
};

const failsWith = (fault: SealFault) => (error: unknown) =>
  error instanceof SealError && error.fault === fault;

/** A copy with one bit turned over. */
function spoiled(bytes: Uint8Array, at: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ 1 : byte));
}

const drain = (stretching: Generator<number, Uint8Array<ArrayBuffer>>) => {
  const reported: number[] = [];
  for (;;) {
    const step = stretching.next();
    if (step.done) return { reported, key: step.value };
    reported.push(step.value);
  }
};

for (const door of vectors.doors) {
  test(`stretching the password of ${door.room_key}, natively and portably`, async () => {
    const password = passwordBytes(door.password);
    assert.ok(password);
    assert.equal(hex(password), door.password_bytes);
    const salt = doorSalt(room(door.room_key));
    assert.equal(hex(await stretchNatively(crypto.subtle, password, salt, ROUNDS)), door.door);
    const { reported, key } = drain(stretchPortably(password, salt, ROUNDS));
    assert.equal(hex(key), door.door);
    assert.deepEqual(
      reported,
      [...reported].sort((one, other) => one - other),
    );
    assert.equal(reported.at(-1), 1);
    assert.ok((reported[0] ?? 1) < 1 / 500, 'of the time that it takes, something is known early');
  });
}

test('passwords longer than a block and few rounds stretch alike', async () => {
  for (const length of [8, 63, 64, 65, 256]) {
    for (const rounds of [1, 2, 10_000, 10_001]) {
      const password = new Uint8Array(length).fill(length & 255);
      const salt = utf8('salt');
      const natively = await stretchNatively(crypto.subtle, password, salt, rounds);
      assert.equal(
        hex(drain(stretchPortably(password, salt, rounds)).key),
        hex(natively),
        `${length}, ${rounds}`,
      );
    }
  }
});

for (const [name, suite] of suites) {
  const opened = (index = 0): Door => {
    const door = vectors.doors[index];
    assert.ok(door);
    return deriveDoor(room(door.room_key), unhex(door.door));
  };
  const ada = keyPair(unhex(vectors.card.secret));
  const other = keyPair(unhex(vectors.other.secret));

  for (const [index, vector] of vectors.doors.entries()) {
    test(`${name}: the door of ${vector.room_key}`, async () => {
      const door = opened(index);
      assert.equal(hex(door.room), vector.room);
      assert.equal(writeRoomKey(door.room), vector.room_key);
      assert.equal(hex(door.gateSeed), vector.gate_seed);
      assert.equal(hex(door.cardKey), vector.card_key);
      assert.equal(hex(door.aliasKey), vector.alias_key);
      assert.equal(hex(door.roomSalt), vector.room_salt);
      assert.equal(hex(gate(door)), vector.gate);
      assert.equal(hex(prove(door, unhex(vector.nonce))), vector.proof);
      assert.equal(shard(door.room), vector.shard);
      for (const { alias, tag } of vector.tags) assert.equal(hex(aliasTag(door, alias)), tag, alias);
    });
  }

  test(`${name}: deriving wipes the stretched password, wiping wipes the keys`, async () => {
    const stretched = unhex(vectors.doors[0]?.door ?? '');
    const door = deriveDoor(room('Y1HE-DCG7'), stretched);
    assert.ok(stretched.every(byte => byte === 0));
    wipeDoor(door);
    for (const key of [door.gateSeed, door.cardKey, door.aliasKey, door.roomSalt]) {
      assert.ok(key.every(byte => byte === 0));
    }
  });

  test(`${name}: the card is sealed to the byte and opened`, async () => {
    const door = opened();
    const card = { alias: vectors.card.alias, public: ada.public };
    assert.equal(hex(ada.public), vectors.card.public);
    assert.equal(hex(await sealCard(suite, door, card, unhex(vectors.card.iv))), vectors.card.sealed);
    const read = await openCard(suite, door, unhex(vectors.card.sealed), checkAlias);
    assert.deepEqual([read.alias, hex(read.public)], [card.alias, vectors.card.public]);
  });

  test(`${name}: a card changed anywhere, cut, or of another room does not open`, async () => {
    const sealed = unhex(vectors.card.sealed);
    const door = opened();
    for (const at of sealed.keys()) {
      await assert.rejects(
        openCard(suite, door, spoiled(sealed, at), checkAlias),
        failsWith('forged'),
        `byte ${at}`,
      );
    }
    await assert.rejects(openCard(suite, door, sealed.subarray(0, -1), checkAlias), failsWith('forged'));
    await assert.rejects(openCard(suite, door, sealed.subarray(0, 63), checkAlias), failsWith('forged'));
    await assert.rejects(openCard(suite, door, new Uint8Array(), checkAlias), failsWith('forged'));
    await assert.rejects(openCard(suite, opened(1), sealed, checkAlias), failsWith('forged'));
  });

  test(`${name}: an alias that breaks the rule is not shown`, async () => {
    const door = opened();
    for (const alias of ['', '/stop', 'a b', ' Ada', 'Ａda', 'a\u202eb', 'x'.repeat(33)]) {
      const sealed = await sealCard(suite, door, { alias, public: ada.public }, new Uint8Array(16));
      await assert.rejects(
        openCard(suite, door, sealed, checkAlias),
        failsWith('alias'),
        JSON.stringify(alias),
      );
    }
    const longest = '𝔘'.normalize('NFKC') + '🦀'.repeat(31);
    const sealed = await sealCard(suite, door, { alias: longest, public: ada.public }, new Uint8Array(16));
    assert.equal((await openCard(suite, door, sealed, checkAlias)).alias, longest);
    assert.ok(sealed.length <= 320);
  });

  test(`${name}: a card of another form does not open`, async () => {
    const door = opened();
    const aad = writeItem(['card', door.room]);
    for (const item of [
      ['Ada'],
      ['Ada', ada.public.subarray(1)],
      ['Ada', ada.public, 1],
      [1, ada.public],
      [ada.public, 'Ada'],
      'Ada',
      null,
    ]) {
      const sealed = await seal(suite, door.cardKey, item, aad, new Uint8Array(16));
      await assert.rejects(
        openCard(suite, door, sealed, checkAlias),
        failsWith('malformed'),
        JSON.stringify(item),
      );
    }
  });

  test(`${name}: nothing is decrypted before the tag is seen to fit`, async () => {
    let decrypted = 0;
    const counting: Suite = {
      ...suite,
      decryptCbc(...given) {
        decrypted += 1;
        return suite.decryptCbc(...given);
      },
    };
    const sealed = unhex(vectors.card.sealed);
    await assert.rejects(openCard(counting, opened(), spoiled(sealed, 20), checkAlias), failsWith('forged'));
    assert.equal(decrypted, 0);
    await openCard(counting, opened(), sealed, checkAlias);
    assert.equal(decrypted, 1);
  });

  test(`${name}: what fills a box up is zeros, to a multiple of 128`, async () => {
    const key = new Uint8Array(64).fill(7);
    const aad = utf8('aad');
    for (const [length, expected] of [
      [FILL - 3, 16 + FILL + 16 + 32],
      [FILL - 2, 16 + FILL + 16 + 32],
      [FILL - 1, 16 + 2 * FILL + 16 + 32],
    ] as const) {
      const sealed = await seal(suite, key, new Uint8Array(length), aad, new Uint8Array(16));
      assert.equal(sealed.length, expected, `${length} bytes`);
      assert.equal((await open(suite, key, sealed, aad, reader => reader.bytes())).length, length);
    }
    // The same box, but with a one in its filler.
    const read = (reader: { arrayOf(length: number): void; uint(): number }) => {
      reader.arrayOf(1);
      return reader.uint();
    };
    for (const at of [2, FILL / 2, FILL - 1]) {
      const filled = concat(writeItem([1]), new Uint8Array(FILL - 2));
      filled[at] = 1;
      const iv = new Uint8Array(16);
      const body = concat(iv, await suite.encryptCbc(key.subarray(32), iv, filled));
      const bits = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 8 * aad.length);
      const tag = await suite.hmacSha512(key.subarray(0, 32), concat(aad, body, bits));
      const sealed = concat(body, tag.subarray(0, 32));
      await assert.rejects(open(suite, key, sealed, aad, read), failsWith('malformed'), `byte ${at}`);
    }
  });

  for (const say of vectors.says) {
    test(`${name}: message ${say.counter} is sealed to the byte and opened`, async () => {
      const door = opened();
      const [kind, at, text] = say.body as [number, number, string];
      const spoken = { kind: kind === 1 ? 'farewell' : 'message', at, text } as const;
      const chain: Chain = { generation: say.generation, counter: say.counter, key: unhex(say.chain) };
      const payload = await sealBody(suite, door, ada.public, chain, spoken, unhex(say.iv));
      assert.equal(hex(payload), say.payload);
      assert.equal(payload.length, payloadLength(writeItem([kind, at, text]).length));
      assert.deepEqual([chain.counter, hex(chain.key)], [say.counter + 1, say.next_chain]);
      const reading: Chain = { generation: say.generation, counter: say.counter, key: unhex(say.chain) };
      assert.deepEqual(await openBody(suite, door, ada.public, reading, payload), spoken);
      assert.deepEqual([reading.counter, hex(reading.key)], [say.counter + 1, say.next_chain]);
    });
  }

  const chainOf = (index: number): Chain => {
    const say = vectors.says[index];
    assert.ok(say);
    return { generation: say.generation, counter: say.counter, key: unhex(say.chain) };
  };
  const payloadOf = (index: number) => unhex(vectors.says[index]?.payload ?? '');

  test(`${name}: a reader skips what it missed, and opens nothing twice or from before`, async () => {
    const door = opened();
    const chain = chainOf(0);
    await openBody(suite, door, ada.public, chain, payloadOf(3));
    assert.equal(chain.counter, vectors.says[4]?.counter);
    for (const index of [3, 2, 0]) {
      const replay = openBody(suite, door, ada.public, chain, payloadOf(index));
      await assert.rejects(replay, failsWith('replayed'), `message ${index}`);
    }
    await openBody(suite, door, ada.public, chain, payloadOf(4));
  });

  test(`${name}: a message changed anywhere, of another sender, room or generation does not open`, async () => {
    const door = opened();
    const payload = payloadOf(0);
    const chain = chainOf(0);
    const before = hex(chain.key);
    // A changed counter is a later or an earlier message, a changed generation another chain.
    for (const [at, fault] of [
      [3, 'replayed'],
      [2, 'no-chain'],
      [7, 'replayed'],
      [8, 'forged'],
      [24, 'forged'],
      [payload.length - 33, 'forged'],
      [payload.length - 1, 'forged'],
    ] as const) {
      const opening = openBody(suite, door, ada.public, chain, spoiled(payload, at));
      await assert.rejects(opening, failsWith(fault), `byte ${at}`);
    }
    const ahead = Uint8Array.from(payload);
    ahead[7] = 9;
    await assert.rejects(openBody(suite, door, ada.public, chain, ahead), failsWith('forged'));
    await assert.rejects(openBody(suite, door, other.public, chain, payload), failsWith('forged'));
    await assert.rejects(openBody(suite, opened(1), ada.public, chain, payload), failsWith('forged'));
    await assert.rejects(openBody(suite, door, ada.public, undefined, payload), failsWith('no-chain'));
    await assert.rejects(
      openBody(suite, door, ada.public, chain, payload.subarray(0, 7)),
      failsWith('malformed'),
    );
    assert.deepEqual([chain.counter, hex(chain.key)], [vectors.says[0]?.counter, before]);
    await openBody(suite, door, ada.public, chain, payload);
  });

  test(`${name}: 10 000 steps are taken, 10 001 are not`, { timeout: 60_000 }, async () => {
    const door = opened();
    const sending = chainOf(0);
    const reading = chainOf(0);
    const tooFar: Chain = { ...chainOf(0), counter: sending.counter - 1 };
    const spoken = { kind: 'message', at: 1, text: 'far' } as const;
    const far = stepped(door, sending, MAX_SKIP);
    const payload = await sealBody(suite, door, ada.public, far, spoken, new Uint8Array(16));
    await assert.rejects(openBody(suite, door, ada.public, tooFar, payload), failsWith('too-far'));
    assert.deepEqual(await openBody(suite, door, ada.public, reading, payload), spoken);
  });

  test(`${name}: forged counters spend a sender's steps, and no fresh chain brings them back`, async () => {
    const door = opened();
    let reading = chainOf(0);
    const forged = (generation: number, counter: number) =>
      concat(bigEndian(generation, 4), bigEndian(counter, 4), new Uint8Array(200));
    const far = () => forged(reading.generation, reading.counter + MAX_SKIP / 2);
    const open = (payload: Uint8Array) => openBody(suite, door, ada.public, reading, payload);
    await assert.rejects(open(far()), failsWith('forged'));
    await assert.rejects(open(far()), failsWith('forged'));
    await assert.rejects(open(payloadOf(1)), failsWith('too-far'));
    const generation = reading.generation + 1;
    reading = renewChain(reading, { generation, counter: 0, key: new Uint8Array(32) });
    await assert.rejects(open(forged(generation, 1)), failsWith('too-far'));
    // A message that needs no step is read on.
    const sending: Chain = { generation, counter: 0, key: new Uint8Array(32) };
    const spoken = { kind: 'message', at: 1, text: 'next' } as const;
    const payload = await sealBody(suite, door, ada.public, sending, spoken, new Uint8Array(16));
    assert.deepEqual(await open(payload), spoken);
  });

  test(`${name}: a body of another kind is passed over, and the chain moves on`, async () => {
    const door = opened();
    const chain = chainOf(0);
    const payload = payloadOf(0);
    const key = messageKeyOf(door, chain.key);
    const aad = writeItem(['say', door.room, ada.public, chain.generation, chain.counter]);
    const sealed = await seal(suite, key, [2, [null], 'x', 4], aad, new Uint8Array(16));
    const odd = concat(payload.subarray(0, 8), sealed);
    assert.equal(await openBody(suite, door, ada.public, chain, odd), null);
    assert.equal(chain.counter, 8);
  });

  for (const [index, pass] of vectors.passes.entries()) {
    test(`${name}: pass ${index} is sealed to the byte and opened`, async () => {
      const door = opened();
      const sender = agreePair(door, ada, other.public);
      const recipient = agreePair(door, other, ada.public);
      assert.equal(hex(sender.sending), pass.pair);
      assert.equal(hex(recipient.receiving), pass.pair);
      const [kind, first, second, last] = pass.body as [number, number, number, string];
      const body: Passed =
        kind === 0
          ? { kind: 'chain', generation: first, counter: second, key: unhex(last) }
          : { kind: 'whisper', counter: first, at: second, text: last };
      const passed = await sealPassed(suite, door, sender, body, unhex(pass.iv));
      assert.equal(hex(passed), pass.passed);
      assert.deepEqual(await openPassed(suite, door, recipient, passed), body);
    });
  }

  test(`${name}: a pass changed, sent back, or of another pair or room does not open`, async () => {
    const door = opened();
    const passed = unhex(vectors.passes[1]?.passed ?? '');
    const sender = agreePair(door, ada, other.public);
    const recipient = agreePair(door, other, ada.public);
    for (const at of [0, 16, passed.length - 1]) {
      await assert.rejects(openPassed(suite, door, recipient, spoiled(passed, at)), failsWith('forged'));
    }
    await assert.rejects(openPassed(suite, door, sender, passed), failsWith('forged'));
    const third = agreePair(door, keyPair(new Uint8Array(32).fill(9)), ada.public);
    await assert.rejects(openPassed(suite, door, third, passed), failsWith('forged'));
    const elsewhere = opened(1);
    const moved = agreePair(elsewhere, other, ada.public);
    await assert.rejects(openPassed(suite, elsewhere, moved, passed), failsWith('forged'));
  });

  test(`${name}: public keys of small order are refused`, async () => {
    const door = opened();
    for (const point of [new Uint8Array(32), Uint8Array.of(1, ...new Uint8Array(31))]) {
      assert.throws(() => agreePair(door, ada, point), failsWith('weak-key'));
      assert.throws(() => diffieHellman(ada.secret, point), failsWith('weak-key'));
    }
  });
}

test('a chain that leads no further than the one there is, is not taken', () => {
  const chain = (generation: number, counter: number): Chain => ({
    generation,
    counter,
    key: new Uint8Array(32).fill(1),
  });
  const present = chain(2, 5);
  for (const [generation, counter, taken] of [
    [1, 9, false],
    [2, 4, false],
    [2, 5, true],
    [2, 6, true],
    [3, 0, true],
  ] as const) {
    const handed = chain(generation, counter);
    const kept = chain(2, 5);
    assert.equal(renewChain(kept, handed) === handed, taken, `${generation}, ${counter}`);
    assert.ok((taken ? kept : handed).key.every(byte => byte === 0));
  }
  assert.equal(renewChain(undefined, present), present);
});

test('bytes are equal only if all are', () => {
  assert.ok(equal(utf8('abc'), utf8('abc')));
  for (const [one, two] of [
    ['abc', 'abd'],
    ['abc', 'ab'],
    ['ab', 'abc'],
    ['', 'a'],
  ] as const) {
    assert.ok(!equal(utf8(one), utf8(two)));
  }
});

test('a comparison looks at as many bytes wherever they differ', () => {
  const looked = (at: number) => {
    let count = 0;
    const bytes = new Proxy(new Uint8Array(32), {
      get(target, name) {
        if (typeof name === 'string' && /^\d+$/.test(name)) count += 1;
        return Reflect.get(target, name, target);
      },
    });
    assert.ok(!equal(bytes, spoiled(new Uint8Array(32), at)));
    return count;
  };
  assert.deepEqual([looked(0), looked(15), looked(31)], [32, 32, 32]);
});
