// Where a link leads is said by the page, in real browsers, and nothing written around it says otherwise.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import type * as Pieces from '../../src/view/pieces.ts';
import type * as Links from '../../src/view/links.ts';
import type * as Sanitise from '../../src/view/sanitise.ts';
import { launch, launchFirefox } from './browsers.ts';

type Harness = typeof globalThis & { view: typeof Sanitise & typeof Links & typeof Pieces };

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

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
  script = await bundle(
    `export * from './view/sanitise.ts'; export * from './view/links.ts'; export * from './view/pieces.ts'`,
    'js',
  );
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
        ['<pre><a href="https://evil.test">apple.com</a></pre>', '[evil.test] apple.com'],
        ['<table><td><a href="https://evil.test">apple.com</a></table>', '[evil.test] apple.com'],
        ['<table><td><a href="https://evil.test">evil.test</a></table>', 'evil.test'],
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

    test('of what is large or long the host alone leads there', async () => {
      const most = await page.evaluate(() => (globalThis as Harness).view.LINK_MOST);
      for (const [inside, isPart] of [
        ['<b>x</b>'.padEnd(most + '<b></b>'.length, 'x'), true],
        ['<b>x</b>'.padEnd(most + 1 + '<b></b>'.length, 'x'), false],
        ['x\n\n\napple.com', false],
        ['x\u2028apple.com', false],
        [`x${'\t'.repeat(200)}apple.com`, false],
        ['<br>apple.com', false],
        ['<p>apple.com</p>', false],
        ['<h1>apple.com</h1>', false],
        ['<table><td>apple.com</table>', false],
        ['<details><summary>apple.com</summary></details>', false],
        ['<hr>apple.com', false],
        [`<img src="${PIXEL}" alt="">`, false],
      ] as const) {
        const [hrefs, clickable] = await page.evaluate(typed => {
          const box = document.createElement('div');
          box.append((globalThis as Harness).view.sanitise(typed));
          const links = [...box.querySelectorAll<HTMLAnchorElement>('a[href]')];
          return [links.map(({ href }) => href), links.map(({ textContent }) => textContent).join('|')];
        }, `<a href="https://evil.test">${inside}</a>`);
        assert.deepEqual(hrefs, ['https://evil.test/'], inside);
        assert.equal(clickable === '[evil.test] ', !isPart, inside);
      }
    });

    test('within sight wherever its text is, on a narrow screen too', async () => {
      await page.setViewportSize({ width: 360, height: 700 });
      const link = (text: string, host = 'evil.test') => `<a href="https://${host}">${text}</a>`;
      const long = `apple.com.${'x'.repeat(60)}.${'y'.repeat(60)}.${'z-'.repeat(25)}.evil.test`;
      const texts = ['apple.com', `https://apple.com/${'x'.repeat(80)}`, 'apple.com '.repeat(9)];
      const wide = 'wide '.repeat(60);
      for (const typed of [
        ...texts.flatMap(text => [
          link(text),
          `<pre>${link(text)}</pre>`,
          `<pre>${wide}\n${link(text)}</pre>`,
          `<table><td>${link(text)}</table>`,
          `<table><td><pre>${wide}</pre>${link(text)}</table>`,
          `<ruby>${link(text)}<rt>x</rt></ruby>`,
          `<ul><li><ul><li><blockquote>${link(text)}</blockquote></ul></ul>`,
          `<dl><dt>x<dd>${link(text)}</dl>`,
        ]),
        link('x', long),
        `<ul><li><blockquote>${link('x', long)}</blockquote></ul>`,
        `<b>${link('<b>x</b>', long)}</b>`,
      ]) {
        const beyond = await page.evaluate(typed => {
          const body = document.querySelector('.body') as HTMLElement;
          body.replaceChildren((globalThis as Harness).view.sanitise(typed));
          body.scrollLeft = 0;
          const { right } = (body.querySelector('.host') as HTMLElement).getBoundingClientRect();
          return right - body.getBoundingClientRect().right;
        }, typed);
        assert.ok(beyond <= 0, `${beyond} pixels of the host stick out: ${typed}`);
      }
      await page.setViewportSize({ width: 1280, height: 720 });
    });

    test('in both parts of one that is taken apart', async () => {
      const taken = (typed: string) =>
        page.evaluate(typed => {
          const { sanitise, takePiece } = (globalThis as Harness).view;
          const message = sanitise(typed);
          const parts: string[] = [];
          while (message.hasChildNodes()) {
            const links = [...takePiece(message).piece.querySelectorAll<HTMLAnchorElement>('a[href]')];
            for (const { textContent, href } of links) parts.push(`${textContent} ${new URL(href).host}`);
          }
          return parts;
        }, typed);
      let cut = 0;
      for (const inside of [
        'https://apple.com',
        'evil.test.xyz',
        '<b>apple</b>.com',
        '<sup></sup><s>x</s>',
      ]) {
        const host = inside.startsWith('evil') ? 'evil.test.xyz' : 'evil.test';
        for (let before = 7900; before <= 8010; before += 3) {
          const parts = await taken(
            `${'x'.repeat(before)}<i><a href="https://${host}">${inside}</a></i> end`,
          );
          assert.ok(parts.length === 1 || parts.length === 2, `${parts.length} parts`);
          cut += parts.length - 1;
          for (const part of parts) {
            const says = part.includes(`[${host}]`) || part === `${host} ${host}`;
            assert.ok(says, `${before}: ${part}`);
          }
        }
      }
      assert.ok(cut > 40, `${cut} are cut`);
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
