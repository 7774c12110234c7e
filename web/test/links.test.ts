// Where a link leads, and whether its text says so.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ADDRESS_MOST, ADDRESSES_MOST, withoutEnd } from '../src/view/addresses.ts';
import { HOST_MOST, readDestination, saysWhere } from '../src/view/links.ts';

const host = (address: string): string | undefined => readDestination(address)?.host;

for (const [address, shown] of [
  ['https://аррӏе.com', 'xn--80ak6aa92e.com'],
  ['https://apple.com@evil.test/', 'evil.test'],
  ['https://apple.com:443@evil.test/', 'evil.test'],
  ['https://apple.com%40evil.test/', undefined],
  ['https://apple.com%2F@evil.test/', 'evil.test'],
  ['https://apple.com\\@evil.test', 'apple.com'],
  ['https://evil.test\\@apple.com', 'evil.test'],
  ['https:///evil.test', 'evil.test'],
  ['https:evil.test', 'evil.test'],
  ['https:/evil.test', 'evil.test'],
  ['https://ap\tp\nle.com', 'apple.com'],
  [' https://example.org ', 'example.org'],
  ['HTTPS://EXAMPLE.org/Path', 'example.org'],
  ['https://appIe.com', 'appie.com'],
  ['https://ｅｘａｍｐｌｅ．org', 'example.org'],
  ['https://example。org', 'example.org'],
  ['https://ex\u00adam\u200bple.org', 'example.org'],
  ['https://%65xample.org', 'example.org'],
  ['https://example.org.', 'example.org.'],
  ['https://example.org:443', 'example.org'],
  ['https://example.org:8443', 'example.org:8443'],
  ['http://0x7f.1', '127.0.0.1'],
  ['http://2130706433/', '127.0.0.1'],
  ['http://017700000001/', '127.0.0.1'],
  ['http://[::ffff:1.2.3.4]/', '[::ffff:102:304]'],
  ['http://[0:0::1]:80/', '[::1]'],
  ['https://faß.de', 'xn--fa-hia.de'],
  ['https://☃.example', 'xn--n3h.example'],
  ['mailto:me@example.org', 'me@example.org'],
  ['MAILTO:me@EXAMPLE.org', 'me@example.org'],
  ['mailto:ME@appIe.com', 'me@appie.com'],
  ['mailto:me@аррӏе.com', undefined],
  ['mailto:me@%D0%B0pple.com', undefined],
  ['mailto:me@xn--80ak6aa92e.com', 'me@xn--80ak6aa92e.com'],
  ['mailto:me@example.org?bcc=evil@evil.test&body=x', 'me@example.org'],
  ['mailto:me@example.org%3Fbcc=evil@evil.test', undefined],
  ['mailto:me@example.org,evil@evil.test', undefined],
  ['mailto:me@example.org%2Cevil@evil.test', undefined],
  ['mailto:?to=evil@evil.test', undefined],
  ['mailto:apple.com%20<evil@evil.test>', undefined],
  ['mailto:me@', undefined],
  ['mailto:me@[::1]', undefined],
  ['mailto:me@%', undefined],
  ['mailto:Ada', undefined],
  ['https://', undefined],
  ['https://a b', undefined],
  ['https://[::1', undefined],
  ['https://example.org:99999', undefined],
  ['https://1.2.3.4.5', undefined],
  ['https://xn--a', undefined],
  ['//example.org', undefined],
  ['javascript:ran()', undefined],
  ['data:text/html,x', undefined],
  ['', undefined],
] as const) {
  test(`${JSON.stringify(address)} leads to ${shown}`, () => assert.equal(host(address), shown));
}

test('an address is in ASCII and names its host first, whatever it was', () => {
  for (const [address, href] of [
    ['https://apple.com:x@аррӏе.com/ä?ö#ü', 'https://xn--80ak6aa92e.com/%C3%A4?%C3%B6#%C3%BC'],
    ['https://apple.com@evil.test', 'https://evil.test/'],
    ['mailto:me@example.org?subject=x#y', 'mailto:me@example.org'],
  ] as const)
    assert.equal(readDestination(address)?.href, href);
  fc.assert(
    fc.property(
      fc.webUrl({ withFragments: true, withQueryParameters: true, validSchemes: ['https'] }),
      url => {
        const to = readDestination(url);
        if (to) assert.ok(/^[!-~]+$/.test(to.href) && to.href.startsWith(`https://${to.host}/`), to.href);
      },
    ),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), typed => {
      const to = readDestination(`https://${typed}`);
      if (to) assert.ok(/^[!-~]+$/.test(to.href) && to.href.startsWith(`https://${to.host}/`), to.href);
    }),
  );
});

test('the longest host', () => {
  const long = (length: number) => `https://${'a.'.repeat(length)}`.slice(0, 8 + length - 1) + 'x';
  assert.equal(host(long(HOST_MOST - 1))?.length, HOST_MOST - 1);
  assert.equal(host(long(HOST_MOST))?.length, HOST_MOST);
  assert.equal(host(long(HOST_MOST + 1)), undefined);
});

for (const [text, address, says] of [
  ['https://example.org/', 'https://example.org/', true],
  ['https://example.org', 'https://example.org/', true],
  ['example.org', 'https://example.org/path', true],
  ['example.org/path?x#y', 'https://example.org/path?x#y', true],
  ['http://example.org:8080/', 'http://example.org:8080/', true],
  ['me@example.org', 'mailto:me@example.org', true],
  ['mailto:me@example.org', 'mailto:me@example.org?bcc=evil@evil.test', true],
  ['here', 'https://example.org/', false],
  ['', 'https://example.org/', false],
  ['https://apple.com', 'https://evil.test', false],
  ['https://аррӏе.com', 'https://аррӏе.com', false],
  ['https://apple.com@evil.test', 'https://apple.com@evil.test', false],
  ['https://apple.com\\@evil.test', 'https://apple.com\\@evil.test', false],
  ['https://appIe.com', 'https://appIe.com', false],
  ['https://example.org', 'http://example.org', false],
  ['example.org.evil.test', 'https://example.org', false],
  ['example.org', 'https://example.org.evil.test', false],
  ['example.orgy', 'https://example.org', false],
  ['example.org:8443', 'https://example.org', false],
  ['example.org', 'https://example.org:8443', false],
  ['example.org@evil.test', 'https://example.org', false],
  ['example.org\u200b', 'https://example.org', false],
  ['example.org/\u202emoc.elppa', 'https://example.org', false],
  ['example.org/א', 'https://example.org/א', false],
  ['example.org apple.com', 'https://example.org', false],
  ['2130706433', 'http://2130706433', false],
  ['https:///evil.test', 'https:///evil.test', false],
  ['you@example.org', 'mailto:me@example.org', false],
] as const) {
  test(`"${text}" says ${says ? 'where' : 'not where'} ${address} leads`, () => {
    const to = readDestination(address);
    assert.ok(to);
    assert.equal(saysWhere(text, to), says);
  });
}

test('an address ends before the signs of its sentence, and before brackets that are opened before it', () => {
  for (const [found, address] of [
    ['https://a.org/b).', 'https://a.org/b'],
    ['https://a.org/b_(c)', 'https://a.org/b_(c)'],
    ['https://a.org/b_(c)).', 'https://a.org/b_(c)'],
    ['https://a.org/b)],', 'https://a.org/b'],
    ['https://a.org/}).]', 'https://a.org/'],
    ['https://a.org/b…*', 'https://a.org/b'],
  ] as const)
    assert.equal(withoutEnd(found), address);
});

test('the ends of as many and as long addresses as there may be are found in no time', () => {
  const start = performance.now();
  for (let at = 0; at < ADDRESSES_MOST; at++)
    for (const end of [')', ').', '.', ')]}', '(.']) withoutEnd(`https://a/${end.repeat(ADDRESS_MOST)}x)`);
  for (let at = 0; at < ADDRESSES_MOST; at++) withoutEnd(`https://a/${')'.repeat(ADDRESS_MOST)}`);
  assert.ok(performance.now() - start < 200, `${performance.now() - start} ms`);
});
