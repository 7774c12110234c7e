// What the page says of the way that it came: no more than its address tells.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wayTo } from '../src/view/seeing.ts';
import * as words from '../src/words/en.ts';

for (const [address, isSecure, said] of [
  ['https://chat.example', true, words.OVER_HTTPS],
  ['http://chat.example', false, words.OVER_HTTP],
  ['http://localhost:8080', true, words.OVER_LOOPBACK],
  ['http://127.0.0.1:8080', true, words.OVER_LOOPBACK],
  ['http://[::1]:8080', true, words.OVER_LOOPBACK],
  [`http://${'a'.repeat(56)}.onion`, true, words.OVER_ONION],
  // A browser without Tor looks the name up, and shows whatever answers.
  [`http://${'a'.repeat(56)}.onion`, false, words.OVER_HTTP],
  // Browsers can be told to trust any address.
  ['http://chat.example', true, words.OVER_HTTP],
] as const)
  test(`${address}, ${isSecure ? 'trusted' : 'not trusted'} by the browser`, () =>
    assert.equal(wayTo(new URL(address) as unknown as Location, isSecure), said));

test('of a tunnel behind this machine nothing is promised', () => {
  assert.doesNotMatch(words.OVER_LOOPBACK, /no network/);
});
