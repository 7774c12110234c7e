// Invitations: how they are written, and what is read of them when messengers and people are done with them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import vectors from '../../testdata/invitations.json' with { type: 'json' };
import { isInviting, readWritten, writeInvitation } from '../src/seal/invitation.ts';
import { passwordBytes } from '../src/seal/password.ts';
import { readRoomKey, type RoomKey } from '../src/seal/room-key.ts';
import { INVITATION_MOST, LINKS_MOST, readInvitation, readKey } from '../src/seal/lenient.ts';

const ROOM = readRoomKey('K7QM-4XZD') as RoomKey;
const bytes = (password: string | undefined) =>
  password && Buffer.from(passwordBytes(password) ?? []).toString();
const invited = (text: string) => {
  const read = readInvitation(text);
  if (read) assert.deepEqual(read.room, ROOM, text);
  return bytes(read?.password);
};
const encoded = (text: string, times: number): string =>
  times ? encoded(encodeURIComponent(text), times - 1) : text;
const passwords = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 40 }),
    fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
    fc.string({ minLength: 1, maxLength: 40, unit: fc.constantFrom(...'ab0-._~!*\'()"%&#?:;<>[]{}«» é') }),
    fc.string({ minLength: 16, maxLength: 16, unit: fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ') }),
  )
  .filter(password => passwordBytes(password) !== null);

test('invitations are written as the vectors are', () => {
  for (const [password = '', written] of vectors.written) {
    const fragment = `#K7QM-4XZD:${written}`;
    assert.equal(writeInvitation(ROOM, password), fragment);
    assert.equal(bytes(readWritten(fragment)?.password), bytes(password));
    assert.equal(invited(fragment), bytes(password), fragment);
  }
});

test('what got attached to an invitation is left out', () => {
  for (const [text = '', password] of vectors.read) assert.equal(invited(text), bytes(password), text);
});

test('what is read at once is what is read of it with care', () => {
  const link = 'http://192.168.1.5:8080/#K7QM-4XZD:sesame';
  const texts = [
    link,
    link.toUpperCase(),
    `K7QM-4XZD:a${link}`,
    `${link} ${link}2`,
    `x${link}`,
    `/%23${link}`,
  ];
  for (const text of [...texts, ...vectors.read.map(([text = '']) => text)]) {
    const written = readWritten(text);
    if (written) assert.equal(bytes(written.password), invited(text), text);
  }
  assert.ok(readWritten(link) && readWritten(link.toUpperCase()));
});

test('what holds no invitation is none', () => {
  for (const text of vectors.none) {
    assert.equal(readInvitation(text), null, text);
    assert.equal(readWritten(text), null, text);
  }
});

test('a room key is read in whatever stands around it', () => {
  for (const text of vectors.keys) assert.deepEqual(readKey(text), ROOM, text);
  for (const text of vectors.no_keys) assert.equal(readKey(text), null, text);
});

test('any password comes through any messenger', () => {
  fc.assert(
    fc.property(passwords, password => {
      const written = writeInvitation(ROOM, password);
      assert.match(written, /^#[0-9A-Z-]{9}:[A-Za-z0-9%-]*[A-Za-z0-9]$/);
      assert.equal(bytes(readWritten(written)?.password), bytes(password));
      for (const address of ['http://192.168.1.5:8080/', 'https://chat.example.org/a/b/', '']) {
        for (const [before, times, after] of vectors.around as [string, number, string][]) {
          const text = before + encoded(address + written, times) + after;
          assert.equal(invited(text), bytes(password), text);
        }
      }
    }),
  );
});

test('a password typed by hand after the room key is read as it is', () => {
  const isLikeWritten = (password: string) => /%[0-9A-F]{2}/.test(password);
  fc.assert(
    fc.property(passwords, password => {
      if (!isLikeWritten(password)) assert.equal(invited(`K7QM-4XZD:${password}`), bytes(password));
      if (!/^\s|^:/.test(password)) assert.equal(invited(`k7qm4xzd ${password}`), bytes(password));
    }),
  );
});

test('only what can be an invitation is looked through', () => {
  const link = 'https://example.org/#K7QM-4XZD:sesame';
  assert.equal(invited(link.padStart(INVITATION_MOST)), 'sesame');
  assert.equal(invited(link.padStart(INVITATION_MOST + 1)), undefined);
});

test('of many room keys only the first are looked at', () => {
  const broken = '#K7QM-4XZD:% ';
  assert.equal(invited(broken.repeat(LINKS_MOST - 1) + '#K7QM-4XZD:sesame'), 'sesame');
  assert.equal(invited(broken.repeat(LINKS_MOST) + '#K7QM-4XZD:sesame'), undefined);
});

test('anything is read or refused', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), text => void readInvitation(text)));
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'K7QM4XZD-:#%25 3A\n."('), maxLength: 80 }), text => {
      void readInvitation(text);
    }),
  );
});

test('whatever is pasted, it is seen in no time whether it is meant for an invitation', () => {
  for (const [text, is] of [
    ['see https://a.org/#K7QM-4XZD:x', true],
    ['https%3A//a.org/ https://a.org/%23K7QM', true],
    [' k7qm-4xzd :sesame', true],
    ['# https://a.org/', false],
    ['sesame', false],
    ['://'.repeat(100_000), false],
  ] as const) {
    const start = performance.now();
    assert.equal(isInviting(text), is, text.slice(0, 40));
    assert.ok(performance.now() - start < 200);
  }
});
