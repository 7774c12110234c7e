// What is shown of what people format, in real browsers: every element of HTML, links, code, tables, directions, emoji,
// and mentions.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { ADDRESS_MOST, ADDRESSES_MOST } from '../../src/view/addresses.ts';
import { MENTIONS_MOST } from '../../src/view/mention.ts';
import { launch, launchFirefox } from './browsers.ts';
import { type Harness, hear, openConversation } from './conversation.ts';

/** Elements of the HTML standard (section 4, and 16.2 of what it has given up), and what is shown of each. */
const ITSELF = `p hr pre blockquote ol ul menu li dl dt dd figure figcaption div a em strong small s cite q dfn abbr ruby rt
  rp data time code var samp kbd sub sup i b u mark bdi bdo span br wbr ins del img table caption colgroup col tbody thead
  tfoot tr td th progress meter details summary`;
const KIN = `article:div section:div nav:div aside:div h1:div.h1 h2:div.h2 h3:div.h3 h4:div.h4 h5:div.h5 h6:div.h6
  hgroup:div header:div footer:div address:div.address main:div search:div center:div.center font:span big:span.big tt:code
  strike:s acronym:abbr nobr:span dir:ul`;
const AS_TYPED = `html head title base link meta style body picture source iframe embed object video audio track map area
  form label input button select datalist optgroup option textarea output fieldset legend dialog script noscript template
  slot canvas svg math applet basefont bgsound blink frame frameset image isindex keygen listing marquee menuitem multicol
  nextid noembed noframes param plaintext rb rtc spacer xmp`;

/** Where an element may stand. */
const AROUND: [elements: RegExp, around: (html: string) => string][] = [
  [/^li$/, html => `<ul>${html}</ul>`],
  [/^d[td]$/, html => `<dl>${html}</dl>`],
  [/^figcaption$/, html => `<figure>${html}</figure>`],
  [/^r[tp]$/, html => `<ruby>${html}</ruby>`],
  [/^(?:caption|colgroup|tbody|thead|tfoot)$/, html => `<table>${html}</table>`],
  [/^col$/, html => `<table><colgroup>${html}</table>`],
  [/^tr$/, html => `<table><tbody>${html}</table>`],
  [/^t[dh]$/, html => `<table><tbody><tr>${html}</table>`],
  [/^summary$/, html => `<details>${html}</details>`],
];
const ATTRIBUTES: Record<string, string> = {
  img: ' src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="',
  meter: ' value="1"',
  progress: ' value="1"',
};
const listed = (names: string): string[] => names.split(/\s+/);
const typedAs = (name: string): string => {
  const html = `<${name}${ATTRIBUTES[name] ?? ''}>x</${name}>`;
  return AROUND.find(([elements]) => elements.test(name))?.[1](html) ?? html;
};

for (const [name, launchOne] of [
  ['Chromium', launch],
  ['Firefox', launchFirefox],
] as const) {
  describe(`in ${name}`, () => {
    let browser: Browser;
    let page: Page;
    before(async () => {
      browser = await launchOne();
    });
    after(() => browser.close());
    const fresh = async (width = 1280) => {
      await page?.close();
      page = await openConversation(browser);
      await page.setViewportSize({ width, height: 800 });
    };
    const body = () => page.locator('.body').last();

    test('of each element of HTML what the table says', async () => {
      await fresh();
      const shown = (names: string[], selectors: string[]) =>
        page.evaluate(
          ([texts, selectors]) =>
            texts.map((text, at) => {
              const box = document.createElement('div');
              box.append((globalThis as Harness).view.sanitise(text));
              return { is: box.querySelector(selectors[at] ?? '') !== null, text: box.textContent };
            }),
          [names.map(typedAs), selectors] as const,
        );
      const itself = listed(ITSELF);
      for (const [at, { is }] of (await shown(itself, itself)).entries()) assert.ok(is, itself[at]);
      const pairs = listed(KIN).map(pair => pair.split(':') as [string, string]);
      const names = pairs.map(([name]) => name);
      for (const [at, { is, text }] of (
        await shown(
          names,
          pairs.map(([, kin]) => kin),
        )
      ).entries()) {
        assert.ok(is, names[at]);
        assert.equal(text, 'x');
      }
      for (const [at, { is }] of (await shown(names, names)).entries()) assert.ok(!is, names[at]);
      const typed = listed(AS_TYPED);
      for (const [at, { is, text }] of (
        await shown(
          typed,
          typed.map(() => '*'),
        )
      ).entries()) {
        assert.ok(!is, typed[at]);
        assert.equal(text, typedAs(typed[at] ?? ''));
      }
      const all = [...itself, ...names, ...typed];
      assert.equal(new Set(all).size, all.length);
    });

    test('nothing of a message stands in the outline of the page', async () => {
      await fresh();
      await hear(page, ['<h1>a</h1><h6>b</h6><nav>c</nav><main>d</main><header>e</header><aside>f</aside>']);
      for (const role of ['heading', 'navigation', 'banner', 'complementary', 'contentinfo'] as const)
        assert.equal(await page.getByRole('log').getByRole(role).count(), 0, role);
      const sizes = await body()
        .locator('.h1, .h6')
        .evaluateAll(all => all.map(each => parseFloat(getComputedStyle(each).fontSize)));
      assert.ok((sizes[0] ?? 0) > (sizes[1] ?? 0));
    });

    test('what is too large scrolls where it is, and the keyboard gets there, but to nothing else', async () => {
      await fresh(320);
      await hear(page, [
        `<pre>short</pre><table><tr><td>a<td>b</table>`,
        `<pre>${'code '.repeat(100)}</pre>`,
        `<table><tr>${'<td>unbreakable'.repeat(20)}</table>`,
        'line\n'.repeat(200),
      ]);
      const log = page.getByRole('log');
      const scrolling = log.locator('.body, .body *').and(page.locator('[tabindex="0"]'));
      await page.waitForFunction(
        () => document.querySelectorAll('.body[tabindex], .body [tabindex]').length === 3,
      );
      assert.deepEqual(await scrolling.evaluateAll(all => all.map(each => each.getAttribute('aria-label'))), [
        'Code',
        'Table',
        'Long message',
      ]);
      for (const label of ['Code', 'Table', 'Long message'])
        assert.equal(await log.getByRole('group', { name: label }).count(), 1);
      // Words are whole, and the conversation itself does not scroll sideways.
      const heights = await log
        .locator('.wide td')
        .evaluateAll(all => all.map(each => Math.round(each.getBoundingClientRect().height)));
      assert.ok(heights.every(height => height === heights[0]));
      assert.ok(await log.evaluate(node => node.scrollWidth <= node.clientWidth));
      await log.getByRole('group', { name: 'Code' }).focus();
      await page.keyboard.press('ArrowRight');
      await page.waitForFunction(() => (document.activeElement?.scrollLeft ?? 0) > 0);
      await page.setViewportSize({ width: 1280, height: 20_000 });
      await page.waitForFunction(() => !document.querySelector('.body[tabindex]'));
    });

    test('a message and its head have one direction, and the edge stays', async () => {
      await fresh();
      const directions = async (html: string, id: number) => {
        await hear(page, [html], id);
        return page
          .locator('.line')
          .last()
          .evaluate(line => {
            const [head, said, text] = ['.head', '.said', '.body'].map(
              each => line.querySelector(each) as Element,
            );
            const of = (each: Element | undefined) => each && getComputedStyle(each).direction;
            const alias = line.querySelector('.alias')?.getBoundingClientRect();
            const box = line.getBoundingClientRect();
            return {
              head: of(head),
              body: of(text),
              isRight: alias && alias.left > (box.left + box.right) / 2,
              edge: said && parseFloat(getComputedStyle(said).borderLeftWidth) > 0,
            };
          });
      };
      const rtl = { head: 'rtl', body: 'rtl', isRight: true, edge: true };
      const ltr = { head: 'ltr', body: 'ltr', isRight: false, edge: true };
      assert.deepEqual(await directions('שלום world', 1), rtl);
      assert.deepEqual(await directions('1. <b>مرحبا</b>', 2), rtl);
      assert.deepEqual(await directions('hello שלום', 3), ltr);
      assert.deepEqual(await directions('<bdi>שלום</bdi> hello', 4), ltr);
      assert.deepEqual(await directions('12', 5), ltr);
    });

    test('a few emoji alone are large', async () => {
      await fresh();
      const size = async (html: string) => {
        await hear(page, [html]);
        return body().evaluate(node => parseFloat(getComputedStyle(node).fontSize));
      };
      for (const html of ['😀', ' 👩🏽‍❤️‍💋‍👨🏿 🇩🇪\n1️⃣ ', '❤️']) assert.ok((await size(html)) > 30, html);
      for (const html of ['😀😀😀😀', 'a 😀', '<b>😀</b>', '1', '#', '🇩'])
        assert.equal(await size(html), 16, html);
    });

    test('addresses become links, so many and so long', async () => {
      await fresh();
      const links = async (html: string) => {
        await hear(page, [html]);
        return body().locator('a[href]').count();
      };
      for (const count of [ADDRESSES_MOST - 1, ADDRESSES_MOST])
        assert.equal(await links('https://a.b '.repeat(count)), count);
      assert.equal(await links('https://a.b '.repeat(ADDRESSES_MOST + 1)), ADDRESSES_MOST);
      const long = (length: number) => 'https://a.b/'.padEnd(length, 'c');
      for (const length of [ADDRESS_MOST - 1, ADDRESS_MOST]) assert.equal(await links(long(length)), 1);
      assert.equal(await links(long(ADDRESS_MOST + 1)), 0);
      await hear(page, ['see https://good.test@evil.test/, www.a.b']);
      const told = await body()
        .locator('a')
        .evaluateAll(all =>
          (all as HTMLAnchorElement[]).map(({ href, target, rel, textContent }) => [
            href,
            target,
            rel,
            textContent,
          ]),
        );
      assert.deepEqual(told, [
        ['https://evil.test/', '_blank', 'noopener noreferrer', 'https://good.test@evil.test/ [evil.test]'],
        ['https://www.a.b/', '_blank', 'noopener noreferrer', 'www.a.b'],
      ]);
    });

    test('a mention stands out, in its message and beside its alias, so many times', async () => {
      await fresh();
      await hear(page, ['hello <b>ADA</b>, and @ada: <code>Ada</code> Adam']);
      const line = page.locator('.line').last();
      assert.deepEqual(await line.locator('.mention').allTextContents(), ['ADA', '@ada']);
      assert.match((await line.locator('.head').textContent()) ?? '', /mentions you/);
      const key = await page.evaluate(() => (globalThis as Harness).lines.at(-1)?.key ?? 0);
      const isMention = (key: number) =>
        page.evaluate(key => (globalThis as Harness).conversation.isMention(key), key);
      assert.equal(await isMention(key), true);
      await hear(page, ['hello Adam'], 2);
      assert.equal(await isMention(key + 1), false);
      assert.doesNotMatch((await page.locator('.line .head').last().textContent()) ?? '', /mentions/);
      for (const count of [MENTIONS_MOST - 1, MENTIONS_MOST, MENTIONS_MOST + 1]) {
        await hear(page, ['Ada '.repeat(count)], 3);
        assert.equal(await body().locator('.mention').count(), Math.min(count, MENTIONS_MOST));
        assert.equal(await body().textContent(), 'Ada '.repeat(count));
      }
    });
  });
}
