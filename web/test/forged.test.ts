// Who seals what it may not: a member with another's chain, a daemon that makes up counters, a
// sender of another form.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToNumberLE, numberToBytesLE } from '@noble/curves/utils.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { type Bytes, type Item, writeItem } from '../src/cbor.ts';
import { seal } from '../src/seal/aead.ts';
import { writeBody } from '../src/seal/body.ts';
import { bigEndian, concat } from '../src/seal/bytes.ts';
import {
  type Chain,
  forgetChain,
  MAX_SKIP,
  nextGeneration,
  openSaid,
  type ReadChain,
  renewChain,
  stepChain,
} from '../src/seal/chain.ts';
import { portableSuite } from '../src/seal/portable.ts';
import { sign } from '../src/seal/signature.ts';
import { chainAt, message, messageKeyOf, readAt, sight, stateOf, talkBy } from './chain-keys.ts';
import { draw, elsewhere, failsWith, filled, room, roomSalt, stayOf, suites } from './stays.ts';

for (const [name, suite] of suites) {
  const { say, open } = talkBy(suite);

  /** Seals whatever stands in the place of a message, under whatever chain. */
  async function sealAnything(voice: Bytes, chain: Chain, item: Item, where = room): Promise<Bytes> {
    const { generation, counter, key } = chain;
    const aad = writeItem(['say', where, voice, generation, counter]);
    const sealed = await seal(suite, messageKeyOf(roomSalt, key), item, aad, draw(16), 256);
    return concat(bigEndian(generation, 4), bigEndian(counter, 4), sealed);
  }

  test(`${name}: a member who has another’s chain can’t speak as that member`, async () => {
    const [ada, eve] = [stayOf('Ada'), stayOf('Eve')];
    const reading = readAt(0, 0);
    const before = stateOf(reading);
    const forgery = { ...eve, voice: { seed: eve.voice.seed, public: ada.voice.public } };
    await assert.rejects(open(ada, reading, await say(forgery, chainAt(0, 0))), failsWith('unsigned'));
    // Nor as another place's words, nor with another part of it.
    const body = writeBody(message('I resign'));
    const { n, lock, count, view } = sight;
    const place = [room, ada.voice.public, 0, 0];
    const signed = (label: string, ...items: Item[]) => sign(ada.voice.seed, writeItem([label, ...items]));
    const label = 'sanctuary/1 say';
    const other = [
      signed('sanctuary/1 card', ...place, n, lock, count, view, body),
      signed(label, elsewhere, ada.voice.public, 0, 0, n, lock, count, view, body),
      signed(label, room, eve.voice.public, 0, 0, n, lock, count, view, body),
      signed(label, room, ada.voice.public, 1, 0, n, lock, count, view, body),
      signed(label, room, ada.voice.public, 0, 1, n, lock, count, view, body),
      signed(label, ...place, n + 1, lock, count, view, body),
      signed(label, ...place, n, lock + 1, count, view, body),
      signed(label, ...place, n, lock, count + 1, view, body),
      signed(label, ...place, n, lock, count, filled(16, 0), body),
      signed(label, ...place, n, lock, count, view, writeBody(message('I stay'))),
      new Uint8Array(64),
    ];
    for (const [index, signature] of other.entries()) {
      const payload = await sealAnything(ada.voice.public, chainAt(0, 0), [
        n,
        lock,
        count,
        view,
        body,
        signature,
      ]);
      await assert.rejects(open(ada, reading, payload), failsWith('unsigned'), `${index}`);
    }
    assert.equal(stateOf(reading), before, 'the chain is where it was');
    const right = [n, lock, count, view, body, signed(label, ...place, n, lock, count, view, body)];
    await open(ada, reading, await sealAnything(ada.voice.public, chainAt(0, 0), right));
  });

  test(`${name}: a signature that some engines take, for its R has torsion, counts for nobody`, async () => {
    const ada = stayOf('Ada');
    const body = writeBody(message('seen by some'));
    const { n, lock, count, view } = sight;
    const place = [room, ada.voice.public, 0, 0];
    const signed = writeItem(['sanctuary/1 say', ...place, n, lock, count, view, body]);
    const { scalar } = ed25519.utils.getExtendedPublicKey(ada.voice.seed);
    const { Point } = ed25519;
    const torsion = Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
    for (const twist of [Point.ZERO, torsion]) {
      const r = Point.BASE.multiply(12_345n).add(twist).toBytes();
      const k = bytesToNumberLE(sha512(concat(r, ada.voice.public, signed)));
      const s = Point.Fn.create(12_345n + k * scalar);
      const signature = concat(r, numberToBytesLE(s, 32));
      assert.ok(ed25519.verify(signature, signed, ada.voice.public), 'by the cofactored equation it holds');
      const payload = await sealAnything(ada.voice.public, chainAt(0, 0), [
        n,
        lock,
        count,
        view,
        body,
        signature,
      ]);
      const opening = open(ada, readAt(0, 0), payload);
      if (twist === torsion) await assert.rejects(opening, failsWith('unsigned'));
      else await opening;
    }
  });

  test(`${name}: what its sender sealed wrongly is malformed, and comes once`, async () => {
    const ada = stayOf('Ada');
    const reading = readAt(0, 0);
    const { n, lock, count, view } = sight;
    const body = writeItem([1, 1]);
    const place = [room, ada.voice.public, 0, 0];
    const label = 'sanctuary/1 say';
    const signature = sign(ada.voice.seed, writeItem([label, ...place, n, lock, count, view, body]));
    for (const item of [
      [n, lock, count, view, body],
      [2 ** 32, lock, count, view, body, signature],
      [n, 2 ** 32, count, view, body, signature],
      [n, lock, count, view.subarray(1), body, signature],
      [n, lock, count, view, body, signature, 0],
    ]) {
      const payload = await sealAnything(ada.voice.public, chainAt(0, 0), item);
      await assert.rejects(open(ada, reading, payload), failsWith('malformed'), JSON.stringify(item));
    }
    assert.equal(reading.counter, 0);
    const payload = await sealAnything(ada.voice.public, chainAt(0, 0), [
      n,
      lock,
      count,
      view,
      body,
      signature,
    ]);
    // A body that is none is the member's all the same, with what it says of its sender's sight.
    assert.deepEqual((await open(ada, reading, payload)).body, 'malformed');
    await assert.rejects(open(ada, reading, payload), failsWith('replayed'));
  });

  test(`${name}: forged counters cost no more than the steps of one chain, and the next one is read`, async t => {
    const ada = stayOf('Ada');
    const reading = readAt(0, 0);
    const forged = (counter: number) => concat(bigEndian(0, 4), bigEndian(counter, 4), filled(320, 0));
    for (const counter of [MAX_SKIP / 2, MAX_SKIP / 2])
      await assert.rejects(open(ada, reading, forged(counter)), failsWith('forged'));
    // From here on nothing is derived or opened for it.
    const counted = t.mock.fn(suite.hmacSha512);
    const counting = { ...suite, hmacSha512: counted };
    for (const counter of [1, MAX_SKIP, 2 ** 32 - 1]) {
      const opening = openSaid(counting, roomSalt, ada.card.voice, reading, forged(counter));
      await assert.rejects(opening, failsWith('too-far'), `${counter}`);
    }
    assert.equal(counted.mock.callCount(), 0);
    // A message that needs no step is read on, and so is a chain that its sender hands over anew.
    const chain = chainAt(0, 0);
    await open(ada, reading, await say(ada, chain));
    stepChain(roomSalt, chain);
    stepChain(roomSalt, chain);
    await assert.rejects(open(ada, reading, await say(ada, chain)), failsWith('too-far'));
    const anew = renewChain(reading, { ...chain, key: Uint8Array.from(chain.key) });
    stepChain(roomSalt, chain);
    assert.equal((await open(ada, anew, await say(ada, chain))).missed, 2);
  });
}

test('whatever the daemon brings again, and in which order, no message is opened twice or after a later one', async () => {
  const ada = stayOf('Ada');
  const recorded: { chain: Chain; payload: Bytes }[] = [];
  let chain = chainAt(0, 0);
  for (let count = 0; count < 9; count++) {
    const payload = await talkBy(portableSuite).say(ada, chain);
    recorded.push({ chain: { ...chain, key: Uint8Array.from(chain.key) }, payload });
    stepChain(roomSalt, chain);
    if (count % 3 === 2) chain = nextGeneration(chain, draw(32));
  }
  const step = fc.tuple(
    fc.constantFrom('chain', 'payload', 'payload', 'forget'),
    fc.nat(recorded.length - 1),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async steps => {
      let reading: ReadChain | undefined;
      const opened: number[] = [];
      for (const [what, index] of steps) {
        const { chain, payload } = recorded[index] ?? assert.fail();
        if (what === 'chain') reading = renewChain(reading, { ...chain, key: Uint8Array.from(chain.key) });
        else if (what === 'forget' && reading) forgetChain(reading);
        else if (what === 'payload') {
          const opening = openSaid(portableSuite, roomSalt, ada.card.voice, reading, payload);
          if (await opening.catch(() => null)) opened.push(index);
        }
      }
      assert.deepEqual(opened, [...new Set(opened)].sort());
    }),
    { numRuns: 200 },
  );
});
