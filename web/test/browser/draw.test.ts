// What is drawn of what others say, in real browsers: never more than can be drawn at once, and nothing is lost.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { ELEMENT_WEIGHT, MARKS_MOST, PIECE_MOST } from '../../src/view/weight.ts';
import { DEPTH_MOST, IMAGES_MOST, PLACES_MOST, TITLE_MOST } from '../../src/view/bounds.ts';
import { HOSTILE, PLAIN } from '../hostile.ts';
import { launch, launchFirefox } from './browsers.ts';
import { type Harness, hear, openConversation } from './conversation.ts';

const bodies = (page: Page) => page.locator('.line .body');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

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
    const fresh = async () => {
      await page?.close();
      page = await openConversation(browser);
    };

    test('of no message more is drawn at once than its bounds', async () => {
      await fresh();
      for (const [kind, html] of Object.entries(HOSTILE)) {
        const counts = await page.evaluate(html => {
          const from = { id: 1, number: '', alias: 'Eve', hue: 1, you: false };
          const line = { kind: 'message', key: 1, from, at: 0, html, state: 'sent' } as const;
          const { node, weight } = (globalThis as Harness).view.showLine(
            line,
            { at: 0, brief: false },
            { reply() {}, react() {}, sayAgain() {}, quoted: () => undefined },
          );
          const body = node.querySelector('.body') as HTMLElement;
          const all = [...body.querySelectorAll('*')];
          const depth = (element: Element): number =>
            element === body || !element.parentElement ? 0 : 1 + depth(element.parentElement);
          let places = 0;
          for (const element of all) {
            if (element instanceof HTMLTableCellElement) places += element.colSpan * element.rowSpan;
            if (element instanceof HTMLTableColElement) places += element.span;
          }
          const images = [...body.querySelectorAll('img')];
          const attributes = all.flatMap(element => [...element.attributes]);
          const texts = [body.textContent, ...attributes.map(({ value }) => value)];
          const runs = texts.flatMap(text => text.match(/\p{M}+/gu) ?? []);
          return {
            weight,
            places,
            elements: all.length,
            depth: Math.max(0, ...all.map(depth)),
            images: images.length,
            // Of an image that turns out to be none, its words are drawn.
            letters: body.textContent.length + images.reduce((sum, { alt }) => sum + alt.length, 0),
            lines: body.textContent.split('\n').length,
            marks: Math.max(0, ...runs.map(run => [...run].length)),
          };
        }, html);
        const within = (what: keyof typeof counts, most: number) =>
          assert.ok(counts[what] <= most, `${kind}: ${counts[what]} ${what}`);
        within('elements', PIECE_MOST / ELEMENT_WEIGHT + DEPTH_MOST);
        // A table stands in a place of its own, where it scrolls.
        within('depth', DEPTH_MOST + 1);
        // A cell that spans none has its own place.
        within('places', PLACES_MOST + counts.elements);
        within('images', IMAGES_MOST);
        within('letters', PIECE_MOST + TITLE_MOST);
        within('lines', PIECE_MOST / 8 + 1);
        within('marks', MARKS_MOST);
        within('weight', 2 * PIECE_MOST);
      }
    });

    test('a long message is shown all on demand, by the keyboard, and nothing of it is lost', async () => {
      await fresh();
      await hear(page, [PLAIN]);
      const body = bodies(page).first();
      assert.ok(((await body.textContent()) ?? '').length <= PIECE_MOST);
      await button(page, 'Show all').focus();
      await page.keyboard.press('Enter');
      await page.waitForFunction(
        length => document.querySelector('.body')?.textContent.length === length,
        PLAIN.length,
      );
      assert.equal(await body.textContent(), PLAIN);
      assert.equal(await button(page, 'Show all').count(), 0);
      assert.equal(await body.evaluate(node => node === document.activeElement), true);
    });

    test('a list that is taken apart goes on with its numbers', async () => {
      await fresh();
      await hear(page, [`<ol start=5>${`<li>${'x '.repeat(300)}`.repeat(40)}</ol>`]);
      await button(page, 'Show all').click();
      await page.waitForFunction(() => document.querySelector('.body li[value="44"]'));
      const items = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLLIElement>('.body li')].map(item =>
          item.classList.contains('continued') ? -item.value : item.value,
        ),
      );
      assert.deepEqual(
        items.filter(value => value > 0),
        Array.from({ length: 40 }, (_, at) => at + 5),
      );
      for (const [at, value] of items.entries()) if (value < 0) assert.equal(items[at - 1], -value);
      assert.ok(items.some(value => value < 0));
    });

    test('of a flood some is drawn, the rest shown on demand, and who else speaks is drawn', async () => {
      await fresh();
      const table = HOSTILE['a square table'] ?? '';
      await hear(page, new Array(25).fill(table));
      const drawn = await page.locator('.line:has(.body table)').count();
      // Four at once, and more by the second that it takes to draw them.
      assert.ok(drawn >= 4 && drawn < 12, `${drawn} are drawn`);
      assert.equal(await button(page, 'Show').count(), 25 - drawn);
      assert.equal(await bodies(page).last().textContent(), `${table.slice(0, 200)}…`);
      await hear(page, ['hello <b>all</b>'], 2);
      assert.equal(await bodies(page).last().innerHTML(), 'hello <b>all</b>');
      await button(page, 'Show').last().focus();
      await page.keyboard.press('Enter');
      assert.equal(await page.locator('.line:has(.body table)').count(), drawn + 1);
      assert.equal(await button(page, 'Show').count(), 24 - drawn);
    });

    test('the newest line stays in sight while the oldest go', async () => {
      await fresh();
      const lost = await page.evaluate(async () => {
        const harness = globalThis as Harness;
        const log = document.querySelector('[role=log]') as HTMLElement;
        let lost = 0;
        let longest = 0;
        for (let frame = 0, key = 1; frame < 200; frame++) {
          for (let each = 0; each < 3; each++, key++) {
            const from = { id: 1 + (key % 6), number: '', alias: `Eve${key % 6}`, hue: 1, you: false };
            const html = 'I can’t tell. '.repeat(1 + ((key * 7) % 40));
            harness.lines.push({ kind: 'message', key, from, at: 0, html, state: 'sent' });
          }
          harness.lines = harness.lines.slice(-100);
          harness.conversation.update(harness.lines, 'Ada');
          await new Promise(requestAnimationFrame);
          // All of that frame's own work is done when the next begins.
          await new Promise(requestAnimationFrame);
          lost = log.scrollHeight - log.scrollTop - log.clientHeight > 2 ? lost + 1 : 0;
          longest = Math.max(longest, lost);
        }
        return longest;
      });
      // Firefox learns only by drawing a line that it is higher, and needs a frame for that.
      assert.ok(lost <= 1, `out of sight for ${lost} frames`);
    });

    test('who comes to the bottom again, by whatever, follows the newest line again', async () => {
      const log = () => page.getByRole('log');
      const below = () => log().evaluate(log => log.scrollHeight - log.scrollTop - log.clientHeight);
      const follows = async (after: string) => {
        await hear(page, ['x<br>y<br>z'], 9);
        await page.waitForFunction(() => {
          const log = document.querySelector('[role=log]') as HTMLElement;
          return log.scrollHeight - log.scrollTop - log.clientHeight <= 1;
        });
        assert.equal(await page.locator('.jump').isVisible(), false, after);
      };
      const scrollUp = async () => {
        await log().evaluate(log => (log.scrollTop -= 60));
        await page.waitForFunction(() => !document.querySelector('[role=log].stuck'));
      };
      await fresh();
      await page.setViewportSize({ width: 600, height: 500 });
      await hear(page, Array<string>(20).fill('a<br>b'));
      await page.setViewportSize({ width: 600, height: 480 });
      await follows('a window of another size');
      await scrollUp();
      await page.setViewportSize({ width: 600, height: 700 });
      await page.waitForFunction(() => document.querySelector('[role=log].stuck'));
      await follows('a larger window, in which all further down is seen');
      await scrollUp();
      await page.evaluate(() => {
        const harness = globalThis as Harness;
        harness.lines = harness.lines.slice(-3);
        harness.conversation.update(harness.lines, 'Ada');
      });
      await page.waitForFunction(() => document.querySelector('[role=log].stuck'));
      await hear(page, Array<string>(20).fill('c<br>d'), 2);
      await follows('lines that have gone');
      await log().evaluate(log => {
        for (const init of [
          { deltaY: -100, ctrlKey: true },
          { deltaX: 60, deltaY: -1 },
        ])
          log.dispatchEvent(new WheelEvent('wheel', init));
      });
      await follows('a wheel that did not scroll');
      await log().focus();
      await page.keyboard.press('ArrowDown');
      await follows('a key that did not scroll');
      assert.ok((await below()) <= 1);
    });

    test('the newest line stays in sight, however high lines turn out, and who reads further up stays there', async () => {
      await fresh();
      const distance = () =>
        page.getByRole('log').evaluate(log => log.scrollHeight - log.scrollTop - log.clientHeight);
      for (let sender = 1; sender <= 60; sender++) {
        await hear(page, ['a', 'b\n'.repeat(sender), '<h1>c</h1><details open>d</details>'], sender);
      }
      assert.ok((await distance()) <= 1);
      const jump = page.locator('.jump');
      assert.equal(await jump.isVisible(), false);
      await page.getByRole('log').evaluate(log => {
        log.scrollTop -= 2000;
      });
      await page.waitForFunction(() => {
        const log = document.querySelector('[role=log]') as HTMLElement;
        return log.scrollHeight - log.scrollTop - log.clientHeight > 1000;
      });
      await hear(page, ['e'], 61);
      assert.ok((await distance()) > 500);
      assert.equal(await jump.isVisible(), true);
      await jump.click();
      await hear(page, ['f'], 62);
      assert.ok((await distance()) <= 1);
    });
  });
}
