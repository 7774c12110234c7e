// Hearts and cards: what opens, for whom, and what is refused; who copies a card, or brings one
// back.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Item, writeItem } from '../src/cbor.ts';
import { open, seal } from '../src/seal/aead.ts';
import { checkAlias } from '../src/seal/alias.ts';
import { openCard, sealCard } from '../src/seal/card.ts';
import { checkAgreementKey, keyPair } from '../src/seal/curves.ts';
import { isSameRoom, openHeart, roomSaltOf, sealHeart, wipeHeart } from '../src/seal/heart.ts';
import { KEYS_KEPT, KnownKeys } from '../src/seal/known-keys.ts';
import { sign } from '../src/seal/signature.ts';
import type { Suite } from '../src/seal/suite.ts';
import { CARD_MOST, HEART_MOST } from '../src/wire.ts';
import {
  doorOf,
  draw,
  elsewhere,
  failsWith,
  filled,
  heart,
  room,
  spoiled,
  type Stay,
  stayOf,
  suites,
} from './stays.ts';
import { hex, unhex } from './vectors.ts';

const longest = '𝔘'.normalize('NFKC') + '🦀'.repeat(31);

/** All points of small order on the curve and its twist that have a canonical encoding. */
const SMALL_ORDER = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
];
/**
 * 2^255 - 19, which is 0 again, 9 with all bits above, and the base point with the bit that is
 * ignored.
 */
const NOT_CANONICAL = [
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'f6ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0900000000000000000000000000000000000000000000000000000000000080',
];

test('X25519 keys of small order and without the one encoding are none', () => {
  for (const key of [...SMALL_ORDER, ...NOT_CANONICAL])
    assert.throws(() => checkAgreementKey(unhex(key)), failsWith('weak-key'), key);
  checkAgreementKey(Uint8Array.of(9, ...new Uint8Array(31)));
  for (let times = 0; times < 20; times++) checkAgreementKey(keyPair(draw(32)).public);
});

for (const [name, suite] of suites) {
  const show = (stay: Stay, entry = stay.entry, door = doorOf()) =>
    sealCard(suite, door, entry, stay.card, stay.voice, draw(16));
  const read = (entry: Uint8Array<ArrayBuffer>, sealed: Uint8Array, door = doorOf()) =>
    openCard(suite, door, entry, sealed, checkAlias);

  test(`${name}: a card is read as it was shown, and the largest is no larger than it may be`, async () => {
    for (const alias of ['Ada', longest]) {
      const ada = stayOf(alias);
      const sealed = await show({ ...ada, card: { ...ada.card, n: 2 ** 32 - 1 } });
      const card = await read(ada.entry, sealed);
      assert.deepEqual([card.alias, card.n, hex(card.public)], [alias, 2 ** 32 - 1, hex(ada.keys.public)]);
      assert.equal(hex(card.voice.bytes), hex(ada.voice.public));
      assert.ok(sealed.length <= CARD_MOST, `${sealed.length} bytes`);
    }
  });

  test(`${name}: a card changed anywhere, cut, or of another room does not open`, async () => {
    const ada = stayOf('Ada');
    const sealed = await show(ada);
    for (const at of sealed.keys())
      await assert.rejects(read(ada.entry, spoiled(sealed, at)), failsWith('forged'), `byte ${at}`);
    for (const length of [sealed.length - 1, 63, 0])
      await assert.rejects(read(ada.entry, sealed.subarray(0, length)), failsWith('forged'));
    await assert.rejects(read(ada.entry, sealed, doorOf(elsewhere)), failsWith('forged'));
  });

  test(`${name}: a card that a member copied, or that is brought back, fails under the entry that is shown`, async () => {
    const ada = stayOf('Ada');
    const sealed = await show(ada);
    await assert.rejects(read(draw(16), sealed), failsWith('unsigned'));
    await assert.rejects(read(spoiled(ada.entry, 15), sealed), failsWith('unsigned'));
    await read(ada.entry, sealed);
  });

  test(`${name}: whose card is signed by another voice, in any part, is not shown`, async () => {
    const [ada, eve] = [stayOf('Ada'), stayOf('Eve')];
    const byEve = { seed: eve.voice.seed, public: ada.voice.public };
    await assert.rejects(read(ada.entry, await show({ ...ada, voice: byEve })), failsWith('unsigned'));
    const key = ada.keys.public;
    const signature = (label: string, ...items: Item[]) => sign(ada.voice.seed, writeItem([label, ...items]));
    const shown = (signature: Uint8Array) => ['Ada', ada.voice.public, key, 0, signature];
    const label = 'sanctuary/1 card';
    const cards: [string, Item[]][] = [
      ['unsigned', shown(signature('sanctuary/1 say', room, ada.entry, 'Ada', key, 0))],
      ['unsigned', shown(signature(label, elsewhere, ada.entry, 'Ada', key, 0))],
      ['unsigned', shown(signature(label, room, ada.entry, 'Eve', key, 0))],
      ['unsigned', shown(signature(label, room, ada.entry, 'Ada', eve.keys.public, 0))],
      ['unsigned', shown(signature(label, room, ada.entry, 'Ada', key, 1))],
      ['unsigned', shown(new Uint8Array(64))],
    ];
    const aad = writeItem(['card', room]);
    for (const [fault, item] of cards) {
      const sealed = await seal(suite, doorOf().cardKey, item, aad, draw(16));
      await assert.rejects(read(ada.entry, sealed), failsWith(fault as 'unsigned'));
    }
    const right = shown(signature(label, room, ada.entry, 'Ada', key, 0));
    await read(ada.entry, await seal(suite, doorOf().cardKey, right, aad, draw(16)));
  });

  test(`${name}: an alias that breaks the rule is not shown`, async () => {
    for (const alias of ['', '/stop', 'a b', ' Ada', 'Ａda', 'a\u202eb', 'x'.repeat(33)]) {
      const stay = stayOf(alias);
      await assert.rejects(read(stay.entry, await show(stay)), failsWith('alias'), JSON.stringify(alias));
    }
  });

  test(`${name}: a card whose keys are none is not shown`, async () => {
    const ada = stayOf('Ada');
    for (const key of [...SMALL_ORDER, ...NOT_CANONICAL]) {
      const card = { ...ada.card, public: unhex(key) };
      await assert.rejects(read(ada.entry, await show({ ...ada, card })), failsWith('weak-key'), key);
    }
    // The identity, a point of order 2, the identity with a sign, and no point at all.
    for (const voice of [
      '01' + '00'.repeat(31),
      'ec' + 'ff'.repeat(30) + '7f',
      '01' + '00'.repeat(30) + '80',
      '02' + '00'.repeat(31),
    ]) {
      const spoken = { seed: ada.voice.seed, public: unhex(voice) };
      await assert.rejects(
        read(ada.entry, await show({ ...ada, voice: spoken })),
        failsWith('weak-key'),
        voice,
      );
    }
  });

  test(`${name}: a card of another form does not open`, async () => {
    const { card, voice } = stayOf('Ada');
    const signature = new Uint8Array(64);
    const aad = writeItem(['card', room]);
    const forms: Item[] = [
      ['Ada', voice.public, card.public, 0],
      ['Ada', voice.public, card.public, 0, signature, 1],
      ['Ada', voice.public.subarray(1), card.public, 0, signature],
      ['Ada', voice.public, card.public.subarray(1), 0, signature],
      ['Ada', voice.public, card.public, 2 ** 32, signature],
      ['Ada', voice.public, card.public, 0, signature.subarray(1)],
      [1, voice.public, card.public, 0, signature],
      'Ada',
      null,
    ];
    for (const item of forms) {
      const sealed = await seal(suite, doorOf().cardKey, item, aad, draw(16));
      await assert.rejects(read(draw(16), sealed), failsWith('malformed'), JSON.stringify(item));
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
    const ada = stayOf('Ada');
    const sealed = await show(ada);
    const opened = (bytes: Uint8Array) => openCard(counting, doorOf(), ada.entry, bytes, checkAlias);
    await assert.rejects(opened(spoiled(sealed, 20)), failsWith('forged'));
    assert.equal(decrypted, 0);
    await opened(sealed);
    assert.equal(decrypted, 1);
  });

  test(`${name}: a heart is read as it was sealed, and the largest is no larger than it may be`, async () => {
    const largest = { ...heart, rule: 'everyone' as const, password: filled(256, 0x61), alias: longest };
    for (const given of [heart, { ...largest, at: Number.MAX_SAFE_INTEGER }]) {
      const sealed = await sealHeart(suite, doorOf(), given, draw(16));
      const read = await openHeart(suite, doorOf(), sealed, checkAlias);
      assert.deepEqual(
        { ...read, secret: hex(read.secret), password: hex(read.password) },
        {
          ...given,
          secret: hex(given.secret),
          password: hex(given.password),
        },
      );
      assert.ok(sealed.length <= HEART_MOST, `${sealed.length} bytes`);
      assert.ok(isSameRoom(read, { ...given, password: filled(8, 0x62) }));
    }
  });

  test(`${name}: a heart changed anywhere, of another room or of another form does not open`, async () => {
    const sealed = await sealHeart(suite, doorOf(), heart, draw(16));
    const read = (bytes: Uint8Array, door = doorOf()) => openHeart(suite, door, bytes, checkAlias);
    for (const at of sealed.keys())
      await assert.rejects(read(spoiled(sealed, at)), failsWith('forged'), `byte ${at}`);
    await assert.rejects(read(sealed, doorOf(elsewhere)), failsWith('forged'));
    const { secret, password, alias, at } = heart;
    const aad = writeItem(['heart', room]);
    const forms: [Item[], 'malformed' | 'alias'][] = [
      [[secret, 0, password, alias], 'malformed'],
      [[secret, 2, password, alias, at], 'malformed'],
      [[secret.subarray(1), 0, password, alias, at], 'malformed'],
      [[secret, 0, new Uint8Array(), alias, at], 'malformed'],
      [[secret, 0, filled(257, 0x61), alias, at], 'malformed'],
      [[secret, 0, Uint8Array.of(0xff), alias, at], 'malformed'],
      [[secret, 0, new TextEncoder().encode('9f3k-tq2m-xa7b-0c1d'), alias, at], 'malformed'],
      [[secret, 0, password, '/stop', at], 'alias'],
    ];
    for (const [item, fault] of forms) {
      const bytes = await seal(suite, doorOf().cardKey, item, aad, draw(16));
      await assert.rejects(read(bytes), failsWith(fault), JSON.stringify(item));
    }
    // It is no card either, although one key seals both.
    await assert.rejects(
      open(suite, doorOf().cardKey, sealed, writeItem(['card', room]), () => null),
      failsWith('forged'),
    );
  });
}

test('another secret, rule, opener or clock is another room', () => {
  assert.ok(!isSameRoom(heart, { ...heart, alias: 'Eve' }));
  assert.ok(!isSameRoom(heart, { ...heart, at: 1 }));
  assert.ok(!isSameRoom(heart, { ...heart, rule: 'everyone' }));
  assert.ok(!isSameRoom(heart, { ...heart, secret: spoiled(heart.secret, 31) }));
  assert.notEqual(
    hex(roomSaltOf(room, heart).salt),
    hex(roomSaltOf(room, { ...heart, secret: spoiled(heart.secret, 0) }).salt),
  );
});

test('of a heart that was wiped neither secret nor password is left', () => {
  const opened = { ...heart, secret: filled(32, 5), password: filled(8, 0x61) };
  wipeHeart(opened);
  assert.ok([...opened.secret, ...opened.password].every(byte => byte === 0));
});

test('a key that was accepted is taken under no other id, whoever shows it and as what', () => {
  const [ada, eve, own] = [stayOf('Ada').card, stayOf('Eve').card, stayOf('Own').card];
  const known = new KnownKeys();
  known.addOwn(own);
  known.accept(1, ada);
  known.accept(1, ada);
  const refused = (id: number, card: typeof ada, what: string) =>
    assert.throws(() => known.accept(id, card), failsWith('taken'), what);
  refused(2, ada, 'the card of who is there, or was');
  refused(2, { ...eve, public: ada.public }, 'the key alone');
  refused(2, { ...eve, voice: ada.voice }, 'the voice alone');
  refused(2, { ...eve, public: ada.voice.bytes }, 'the voice as a key');
  refused(2, own, 'one’s own card');
  refused(2, { ...eve, public: own.public }, 'one’s own key');
  refused(1, { ...eve, n: 1 }, 'another voice under the same id');
  refused(1, { ...ada, public: eve.public }, 'another key of the same number');
  // Of what was refused nothing is remembered.
  known.accept(3, eve);
  const next = { ...ada, public: keyPair(draw(32)).public, n: 1 };
  known.accept(1, next);
  refused(2, { ...stayOf('Zoe').card, public: ada.public }, 'a key from before a renewal');
  assert.throws(() => known.accept(1, ada), failsWith('replayed'), 'the card from before it');
  known.accept(1, next);
});

test('of one’s own keys so many are remembered and no more, and the voice in any case', () => {
  const { card } = stayOf('Ada');
  const own = (key: number) => ({ voice: card.voice, public: Uint8Array.of(2, key >> 8, key & 255) });
  const other = (key: number) => ({ ...stayOf('Eve').card, public: own(key).public });
  const known = new KnownKeys();
  for (let key = 0; key < KEYS_KEPT; key++) known.addOwn(own(key));
  // The voice is one of them.
  known.accept(1, other(0));
  assert.throws(() => known.accept(2, other(1)), failsWith('taken'));
  assert.throws(() => known.accept(3, { ...card, n: 7 }), failsWith('taken'));
});

test('so many keys are remembered and no more, those that were shown last', () => {
  const { card } = stayOf('Ada');
  const { point } = card.voice;
  // Each card brings a key of its own beside one voice.
  const shown = (voice: number, key: number) => ({
    ...card,
    voice: { bytes: Uint8Array.of(1, voice), point },
    public: Uint8Array.of(2, key >> 8, key & 255),
    n: key,
  });
  for (const [keys, isForgotten] of [
    [KEYS_KEPT - 3, false],
    [KEYS_KEPT - 2, true],
    [KEYS_KEPT + 9, true],
  ] as const) {
    const known = new KnownKeys();
    known.accept(1, shown(1, 0));
    // With the voice of these and the two of before, as many as are kept, one more, or many more.
    for (let key = 1; key <= keys; key++) known.accept(2, shown(2, key));
    const again = () => known.accept(3, shown(1, 2 * KEYS_KEPT));
    if (isForgotten) again();
    else assert.throws(again, failsWith('taken'));
    assert.throws(
      () => known.accept(4, shown(2, 3 * KEYS_KEPT)),
      failsWith('taken'),
      'shown again and again',
    );
    assert.throws(() => known.accept(5, shown(3, keys)), failsWith('taken'), 'the last key');
  }
});
