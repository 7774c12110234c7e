// Where a link leads is said by the page, in real browsers, and nothing written around it says otherwise.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import type * as Links from '../../src/view/links.ts';
import type * as Sanitise from '../../src/view/sanitise.ts';
import { launch, launchFirefox } from './browsers.ts';

type Harness = typeof globalThis & { view: typeof Sanitise & typeof Links };

let script = '';
let style = '';
before(async () => {
  const bundle = (contents: string, loader: 'js' | 'css') =>
    build({
      stdin: { contents, loader, resolveDir: 'src' },
      bundle: true,
      format: 'iife',
      globalName: 'view',
      write: false,
    }).then(({ outputFiles }) => outputFiles[0]?.text ?? '');
  script = await bundle(`export * from './view/sanitise.ts'; export * from './view/links.ts'`, 'js');
  style = await bundle(`@import './style.css'`, 'css');
});

for (const [name, launched] of [
  ['Chromium', launch],
  ['Firefox', launchFirefox],
] as const) {
  describe(`in ${name}`, () => {
    let browser: Browser;
    let page: Page;
    before(async () => {
      browser = await launched();
      page = await browser.newPage();
      await page.setContent('<!doctype html><div class="line"><div class="body" dir="auto"></div></div>');
      await page.addStyleTag({ content: style });
      await page.addScriptTag({ content: script });
    });
    after(() => browser?.close());

    const show = async (typed: string): Promise<{ text: string; title: string | null; titles: number }> => {
      return page.evaluate(typed => {
        const box = document.createElement('div');
        box.append((globalThis as Harness).view.sanitise(typed));
        const link = box.querySelector('a');
        return {
          text: box.textContent,
          title: link?.getAttribute('title') ?? null,
          titles: box.querySelectorAll('a [title]').length,
        };
      }, typed);
    };

    test('beside its text, unless that says it', async () => {
      for (const [typed, text, title] of [
        ['<a href="https://аррӏе.com">text</a>', 'text [xn--80ak6aa92e.com]', 'https://xn--80ak6aa92e.com/'],
        ['<a href="https://аррӏе.com">https://аррӏе.com</a>', 'https://аррӏе.com [xn--80ak6aa92e.com]'],
        [
          '<a href="https://apple.com@evil.test">https://apple.com</a>',
          'https://apple.com [evil.test]',
          'https://evil.test/',
        ],
        [
          '<a href="https://example.org/x">https://example.org/x</a>',
          'https://example.org/x',
          'https://example.org/x',
        ],
        ['<a href="https://example.org/x"> example.org </a>', ' example.org '],
        ['<a href="http://0x7f.1:81">here</a>', 'here [127.0.0.1:81]', 'http://127.0.0.1:81/'],
        [
          '<a href="mailto:me@example.org?bcc=x@evil.test">mail</a>',
          'mail [me@example.org]',
          'mailto:me@example.org',
        ],
        [
          '<a href="https://evil.test" title="https://apple.com">apple.com</a>',
          'apple.com [evil.test]',
          'https://evil.test/',
        ],
        ['<a href="https://evil.test"></a>', ' [evil.test]'],
        // First, where what comes before it could be long, blank or drawn.
        [
          '<a href="https://evil.test"><b title="https://apple.com">apple.com</b></a>',
          '[evil.test] apple.com',
        ],
        ['<a href="https://evil.test"><abbr title="https://apple.com">a</abbr></a>', '[evil.test] a'],
        ['<a href="https://evil.test"><bdo dir="rtl">tset.live</bdo></a>', '[evil.test] tset.live'],
        ['<a href="https://evil.test">evil<b>.test</b></a>', '[evil.test] evil.test'],
        ['<a href="https://evil.test">apple.com\n\n\n.</a>', '[evil.test] apple.com\n\n\n.'],
        [
          `<a href="https://evil.test">${'apple.com '.repeat(20)}</a>`,
          `[evil.test] ${'apple.com '.repeat(20)}`,
        ],
        ['<a href="https://evil.test"><h1>x</h1><br></a>', '[evil.test] x'],
        // Nowhere, where it can't be told.
        ['<a href="https://apple.com:x" title="https://apple.com">apple.com</a>', 'apple.com', null],
        ['<a href="https:evil.test" title="https://apple.com">apple.com</a>', 'apple.com', null],
        ['<a title="https://apple.com">apple.com</a>', 'apple.com', null],
      ] as const) {
        const found = await show(typed);
        assert.equal(found.text, text);
        if (title !== undefined) assert.equal(found.title, title);
        assert.equal(found.titles, 0, typed);
      }
    });

    test('in full when a pointer rests on it, as far as it can be read', async () => {
      const most = await page.evaluate(() => (globalThis as Harness).view.ADDRESS_SHOWN);
      const start = 'https://example.org/';
      const title = async (length: number) =>
        (await show(`<a href="${start.padEnd(length, 'x')}">x</a>`)).title;
      assert.equal(await title(most - 1), start.padEnd(most - 1, 'x'));
      assert.equal(await title(most), start.padEnd(most, 'x'));
      assert.equal(await title(most + 1), `${start.padEnd(most, 'x')}…`);
    });

    test('beside a text of the longest that it is sought after', async () => {
      const most = await page.evaluate(() => (globalThis as Harness).view.TEXT_MOST);
      const last = async (length: number) =>
        (await show(`<a href="https://evil.test">${'x'.repeat(length)}</a>`)).text.endsWith(']');
      assert.deepEqual([await last(most - 1), await last(most), await last(most + 1)], [true, true, false]);
    });

    test('in letters of one size, not struck through, wherever it stands', async () => {
      const link = '<a href="https://evil.test">x</a>';
      const sizes = await page.evaluate(
        typed =>
          typed.map(text => {
            const body = document.querySelector('.body') as HTMLElement;
            body.replaceChildren((globalThis as Harness).view.sanitise(text));
            const host = body.querySelector('.host') as HTMLElement;
            const { fontSize, fontWeight, fontStyle, fontFamily, display, direction } =
              getComputedStyle(host);
            const seen = host.getBoundingClientRect().width > 50;
            return [fontSize, fontWeight, fontStyle, fontFamily, display, direction, seen].join();
          }),
        [
          link,
          `<h1>${link}</h1>`,
          `<sub><small><sub><small>${link}</small></sub></small></sub>`,
          `<ruby>x<rt>${link}</rt></ruby>`,
          `<s><i><b><code>${link}</code></b></i></s>`,
          `<bdo dir="rtl">${link}</bdo>`,
          `<pre>${link}</pre>`,
          `<table><tr><th>${link}</table>`,
        ],
      );
      assert.deepEqual([...new Set(sizes)], [sizes[0]]);
    });

    test('in the order in which it was written, whatever turns text about before it', async () => {
      const orders = await page.evaluate(
        typed =>
          typed.map(text => {
            const body = document.querySelector('.body') as HTMLElement;
            body.replaceChildren((globalThis as Harness).view.sanitise(text));
            const written = body.querySelector('a')?.firstChild as Text;
            const range = new Range();
            return [...written.data].every((_, at) => {
              const left = (place: number) => {
                range.setStart(written, place);
                range.setEnd(written, place + 1);
                return range.getBoundingClientRect().left;
              };
              return at === 0 || left(at) > left(at - 1);
            });
          }),
        [
          '<a href="https://live.test">live.test/moc.elppa</a>',
          '\u202e<a href="https://live.test">live.test/moc.elppa</a>',
          '\u202b\u202e<a href="https://live.test">live.test/moc.elppa</a>',
          '\u2067\u202e<a href="https://live.test">live.test/moc.elppa</a>',
          '<bdo dir="rtl"><a href="https://live.test">live.test/moc.elppa</a></bdo>',
          '<bdo dir="rtl"><b><i><a href="https://live.test">live.test/moc.elppa</a></i></b></bdo>',
          '\u05d0<p dir="rtl"><a href="https://live.test">live.test/moc.elppa</a></p>',
        ],
      );
      assert.deepEqual(
        orders,
        orders.map(() => true),
      );
    });
  });
}
