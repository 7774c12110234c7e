// Room keys, passwords and invitations: what is read, what is not, at and around each bound.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { drawPassword, isLongEnough, passwordBytes } from '../src/seal/password.ts';
import { drawRoomKey, readRoomKey, type RoomKey, writeRoomKey } from '../src/seal/room-key.ts';
import { hex } from './vectors.ts';

const read = (text: string) => {
  const room = readRoomKey(text);
  return room && hex(room);
};

test('a room key is read in any case, with or without hyphens and spaces, with O for 0 and I and L for 1', () => {
  for (const text of ['T118-SJN2', 't118sjn2', ' t1 18-sj-n2 ', 'TIL8-SJN2', 'til8sjn2']) {
    assert.equal(read(text), 'd0428ccaa2', text);
  }
  assert.equal(read('oooo-oooo'), '0000000000');
  assert.equal(read('ZZZZ-ZZZZ'), 'ffffffffff');
});

test('a room key has 8 symbols of the alphabet', () => {
  for (const text of ['', 'T118-SJN', 'T118-SJN22', 'T118-SJNU', 'T118-SJN!', 'T118-SJN２', 'T118_SJN2']) {
    assert.equal(read(text), null, text);
  }
});

test('any room key goes there and back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 5, maxLength: 5 }), bytes => {
      const written = writeRoomKey(Uint8Array.from(bytes) as RoomKey);
      assert.match(written, /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
      assert.equal(read(written), hex(bytes));
    }),
  );
});

test('what is drawn reads as itself and differs each time', () => {
  const rooms = new Set(Array.from({ length: 100 }, () => hex(drawRoomKey())));
  const passwords = new Set(Array.from({ length: 100 }, () => drawPassword()));
  assert.equal(rooms.size, 100);
  assert.equal(passwords.size, 100);
  for (const password of passwords) {
    assert.match(password, /^(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    assert.equal(passwordBytes(password.toLowerCase().replaceAll('-', ' '))?.length, 16);
  }
});

test('a password to enter with has 1 to 256 bytes', () => {
  for (const [password, bytes] of [
    ['', null],
    ['x', 1],
    ['x'.repeat(256), 256],
    ['x'.repeat(257), null],
    ['é'.repeat(128), 256],
    [`${'é'.repeat(128)}x`, null],
    // 257 bytes as typed, 256 in its normal form.
    [`${'x'.repeat(254)}e\u0301`, 256],
  ] as const) {
    assert.equal(passwordBytes(password)?.length ?? null, bytes, password);
  }
});

test('a password to open with has 8 characters', () => {
  for (const [password, enough] of [
    ['1234567', false],
    ['12345678', true],
    ['🦀🦀🦀🦀🦀🦀🦀', false],
    ['🦀🦀🦀🦀🦀🦀🦀🦀', true],
    ['1234567e\u0301', true],
    ['123456e\u0301', false],
  ] as const) {
    assert.equal(isLongEnough(password), enough, password);
  }
});

test('only what is ASCII and reads as 16 symbols is folded', () => {
  const bytes = (text: string) => Buffer.from(passwordBytes(text) ?? []).toString();
  assert.equal(bytes('oil0-oil0 OIL0-oil0'), '0110011001100110');
  assert.equal(bytes('oil0-oil0-oil0-oil'), 'oil0-oil0-oil0-oil');
  assert.equal(bytes('oil0-oil0-oil0-oil0\u00a0'), 'oil0-oil0-oil0-oil0\u00a0');
});
