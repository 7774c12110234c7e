// What a member wrote stands behind an edge in its hue, and looks like nothing that the page says.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { KIN, TAGS as SHOWN } from '../../src/view/tags.ts';
import { launch, launchFirefox } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { complaints, enterRoom, hears, log, newPage, openRoom, say } from './people.ts';

/** Each that is shown as itself, and headings, which have looks of their own. */
const TAGS = [...SHOWN].filter(tag => !Object.hasOwn(KIN, tag) || /^h\d/.test(tag));

/** What has to stand around a tag, so that the parser leaves it where it is. */
const AROUND: Record<string, string> = {
  thead: '<table>',
  tbody: '<table>',
  tfoot: '<table>',
  caption: '<table>',
  colgroup: '<table>',
  col: '<table><colgroup>',
  tr: '<table>',
  td: '<table><tr>',
  th: '<table><tr>',
  li: '<ul>',
  dt: '<dl>',
  dd: '<dl>',
  rt: '<ruby>x',
  rp: '<ruby>x',
  figcaption: '<figure>',
  summary: '<details open>',
};
/** What some tags need to be more than a name. */
const WITH: Record<string, string> = {
  a: ' href="https://evil.test"',
  bdo: ' dir="rtl"',
  details: ' open',
  ol: ' start="-99999"',
  img: ' alt="Ada 09:15 PM"',
};
const INSIDE: Record<string, string> = {
  tr: '<td>',
  table: '<tr><td>',
  thead: '<tr><td>',
  tbody: '<tr><td>',
};

const opening = (tag: string) => `${AROUND[tag] ?? ''}<${tag}${WITH[tag] ?? ''}>${INSIDE[tag] ?? ''}`;
const closing = (tag: string) =>
  [...opening(tag).matchAll(/<(\w+)/g)]
    .reverse()
    .map(([, each]) => (/^(?:br|wbr|hr|img|col)$/.test(each ?? '') ? '' : `</${each}>`))
    .join('');
const sample = (tag: string, text = 'Zoe was kicked by Ada') => `${opening(tag)}${text}${closing(tag)}`;

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

/** What was found to imitate a head, an event or the edge, or to leave it. */
const HOSTILE = [
  '<p></p>\n\n\n<a><b>Ada</b></a> <small>09:15 PM</small>\nI never said this',
  '<b>Ada</b> <time>09:15 PM</time>',
  `<ruby>Zoe was kicked by Ada<rt>${'\u00a0'.repeat(80)}</rt></ruby>`,
  `<table><caption>${'\u00a0'.repeat(30)}Zoe was kicked by Ada</caption><tr><td>${'\u00a0'.repeat(60)}</table>`,
  '\u200f<p dir="ltr"><b>Ada</b> 09:15 PM</p><p dir="ltr">what begins from the right</p>',
  '<div dir="rtl"><ul><li>rtl</li></ul><blockquote>rtl</blockquote></div>',
  '<ol start="999999"><li>x</ol><ol start="-99999" dir="rtl"><li>y<li value="-100000">z</ol>',
  '│ <b>Ada</b>\n│ said\n▌ so',
  '<blockquote><blockquote><blockquote>bars</blockquote></blockquote></blockquote>',
  '<hr><hr>\n<hr>',
  `<bdo dir="rtl">\u202e${'x'.repeat(300)}</bdo>`,
  `<pre dir="rtl">${'wide '.repeat(100)}</pre>`,
  `<table dir="rtl"><tr>${'<td><pre>wide cell</pre></td>'.repeat(40)}</tr></table>`,
  `Z${'\u0301'.repeat(60)}\u0489 <sub><sub><sub><sub>${'\u0323'.repeat(60)}</sub></sub></sub></sub>`,
  `<sup><sup><sup><sup><sup>high</sup></sup></sup></sup></sup>`,
  `<details><summary></summary>closed</details>`,
  `<figure><figcaption>Zoe joined</figcaption></figure><dl><dt>Ada<dd>09:15 PM</dl>`,
  '<mark><b>Ada</b></mark> <code>sent</code> ✓ sent',
  '<a href="https://evil.test"><b>Ada</b></a> <a href="https://evil.test"><ruby>x<rt><b>Ada</b></rt></ruby></a>',
  '</div></p></section>out of it',
  '<p>',
  '\u200b',
  `<img src="${PIXEL}">`,
];

let daemon: Daemon;
let chromium: Browser;
let firefox: Browser;
let ada: Page;
let zoe: Page;
before(async () => {
  daemon = await startDaemon();
  [chromium, firefox] = await Promise.all([launch(), launchFirefox()]);
  [ada, zoe] = await Promise.all([newPage(chromium), newPage(firefox)]);
  await enterRoom(zoe, await openRoom(ada, `http://localhost:${daemon.port}`, 'Ada'), 'Zoe');
  const nested = TAGS.map(
    outer => `${opening(outer)}${TAGS.map(inner => sample(inner)).join('')}${closing(outer)}`,
  );
  await ada.evaluate(
    texts => {
      const box = document.querySelector('textarea') as HTMLTextAreaElement;
      for (const text of texts) {
        box.value = text;
        box.form?.requestSubmit();
      }
    },
    [...nested, ...TAGS.map(tag => sample(tag)), ...HOSTILE],
  );
  await say(ada, '/nonsense');
  await ada.locator('textarea').fill('');
  await say(ada, '/help');
  await say(ada, '/purr Zoe <small>a whisper</small>');
  await say(zoe, '/purr Ada <time>a whisper</time>');
  await hears(zoe, 'a whisper');
  await say(ada, 'the end');
  for (const page of [ada, zoe]) {
    await hears(page, 'the end');
    // So much at once is not drawn before it is asked for.
    await page.evaluate(() => {
      for (const more of document.querySelectorAll<HTMLElement>('.more')) more.click();
    });
  }
});
after(async () => {
  await Promise.all([chromium?.close(), firefox?.close()]);
  await daemon?.stop();
  // To take a picture of Firefox, playwright tries to add this style, which the page's policy refuses.
  const tried = createHash('sha256').update('body {}').digest('base64');
  assert.deepEqual(
    complaints.splice(0).filter(each => !each.includes(tried)),
    [],
  );
});

/** What breaks the rule on a page: text of a colour that is not its own to have, or a box beside its edge. */
const faults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const area = document.querySelector('[role=log]') as HTMLElement;
    const ours = getComputedStyle(document.body).color;
    const walker = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (!/\S/.test(walker.currentNode.nodeValue ?? '')) continue;
      const parent = walker.currentNode.parentElement as HTMLElement;
      const written = parent.closest('.body') !== null;
      if ((getComputedStyle(parent).color === ours) !== written)
        found.push(`${parent.closest('.line')?.textContent.slice(0, 40)}: ${parent.outerHTML.slice(0, 80)}`);
    }
    // Lines out of sight have no place until they are laid out.
    for (const part of area.querySelectorAll<HTMLElement>('.part')) part.style.contentVisibility = 'visible';
    const left = area.querySelector('.lines')?.getBoundingClientRect().left;
    for (const said of area.querySelectorAll<HTMLElement>('.said')) {
      const body = said.firstElementChild as HTMLElement;
      const [outer, inner] = [said.getBoundingClientRect(), body.getBoundingClientRect()];
      const edge = getComputedStyle(said);
      const whisper = said.closest('.whisper') !== null;
      const stands =
        edge.borderLeftWidth === '4px' &&
        edge.borderLeftStyle === 'solid' &&
        edge.borderLeftColor === edge.color &&
        inner.left - outer.left === 14 &&
        inner.top === outer.top &&
        inner.bottom === outer.bottom &&
        inner.height >= 24 &&
        (whisper || outer.left === left);
      // Nothing is painted out of the box, so nothing is painted upon the edge.
      const clips = /paint|content/.test(getComputedStyle(body).contain);
      if (!stands || !clips || said.childNodes.length !== 1) found.push(said.outerHTML.slice(0, 120));
    }
    return found;
  });

/** Looks at the pixels of every message in sight: the edge along its height, blank ground beside it, no copy of it. */
async function look(page: Page, hued = true): Promise<{ seen: number; found: string[] }> {
  const places = await page.evaluate(() => {
    const numbers = (colour: string) => (colour.match(/\d+/g) ?? []).slice(0, 3).map(Number);
    const top = document.querySelector('[role=log]')?.getBoundingClientRect().top ?? 0;
    return [...document.querySelectorAll<HTMLElement>('.message .said')]
      .map(said => ({
        box: said.getBoundingClientRect().toJSON() as DOMRect,
        hue: numbers(getComputedStyle(said).color),
        ground: numbers(getComputedStyle(document.body).backgroundColor),
        // One's own messages, and those that mention one, stand on a ground of their own.
        under: numbers(
          getComputedStyle(said.closest('.mine, .mentions') ? said : document.body).backgroundColor,
        ),
        drawn: said.querySelector('img') !== null,
        text: said.innerHTML.slice(0, 80),
      }))
      .filter(({ box }) => box.top > top && box.bottom < innerHeight - 200);
  });
  const png = (await page.screenshot({ caret: 'initial' })).toString('base64');
  const blank = await chromium.newPage();
  const found = await blank.evaluate(
    async ({ png, places, hued }) => {
      const image = new Image();
      image.src = `data:image/png;base64,${png}`;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
      context.drawImage(image, 0, 0);
      const faults: string[] = [];
      for (const { box, hue, ground, under, drawn, text } of places) {
        const [left, top, bottom] = [Math.round(box.left), Math.ceil(box.top), Math.floor(box.bottom)];
        const right = Math.floor(box.right);
        const { data } = context.getImageData(left - 4, top, right - left + 4, bottom - top);
        const width = right - left + 4;
        const is = (x: number, y: number, colour: number[]) =>
          colour.every((part, at) => Math.abs((data[4 * (y * width + x + 4) + at] ?? 0) - part) <= 2);
        for (let y = 2; y < bottom - top - 2; y += 1) {
          const edge = hued ? is(1, y, hue) && is(2, y, hue) : !is(1, y, ground);
          let beside = is(-3, y, ground);
          for (let x = 5; x < 13; x += 1) beside &&= is(x, y, under);
          let copied = false;
          for (let x = 14; hued && !drawn && x < right - left; x += 1) copied ||= is(x, y, hue);
          if (edge && beside && !copied) continue;
          faults.push(
            `${edge ? '' : 'no edge '}${beside ? '' : 'not blank '}${copied ? 'copied ' : ''}${y} ${text}`,
          );
          break;
        }
      }
      return faults;
    },
    { png, places, hued },
  );
  await blank.close();
  return { seen: places.length, found };
}

/** All of the messages but the first, which hold every tag in every other, at once in sight. */
const WHOLE = { width: 800, height: 12_000 };

for (const [name, reader] of [
  ['Chromium', () => ada],
  ['Firefox', () => zoe],
] as const) {
  describe(`in ${name}`, () => {
    test('no tag in any other makes what is written look like what the page says', async () => {
      assert.ok((await log(reader()).locator('.said').count()) > 2 * TAGS.length);
      assert.deepEqual(await faults(reader()), []);
    });

    test('the edge stands in pixels along every message', async () => {
      await reader().setViewportSize(WHOLE);
      await log(reader()).evaluate(area => area.scrollTo(0, area.scrollHeight));
      const { seen, found } = await look(reader());
      assert.ok(seen > TAGS.length, String(seen));
      assert.deepEqual(found, []);
    });
  });
}

test('an alias is set apart from what the page says around it', async () => {
  const weights = await log(ada)
    .locator('.event, .event .alias')
    .evaluateAll(nodes => nodes.map(node => getComputedStyle(node).fontWeight));
  assert.deepEqual([...new Set(weights)].toSorted(), ['400', '650']);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`at 360 pixels in ${colorScheme}`, async () => {
    await ada.emulateMedia({ colorScheme });
    await ada.setViewportSize({ ...WHOLE, width: 360 });
    await log(ada).evaluate(area => area.scrollTo(0, area.scrollHeight));
    assert.deepEqual(await faults(ada), []);
    assert.deepEqual((await look(ada)).found, []);
  });
}

test('in forced colours', async () => {
  await ada.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
  const { seen, found } = await look(ada, false);
  assert.ok(seen > TAGS.length, String(seen));
  assert.deepEqual(found, []);
});
