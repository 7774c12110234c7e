// Milliseconds that hostile messages take to draw in real browsers, beside a plain one as long: all that the page
// does before it can do the next thing, once for each kind, and for a flood of them. ONLY_KIND names some.

import { type Browser, type Page } from 'playwright-core';
import { build } from 'esbuild';
import type * as View from '../../src/view/conversation.ts';
import type { Line } from '../../src/state.ts';
import { launch, launchFirefox } from '../browser/browsers.ts';
import { HOSTILE, PLAIN } from '../hostile.ts';

const bundle = async (entry: string, options = {}) =>
  (await build({ entryPoints: [entry], bundle: true, write: false, format: 'iife', ...options }))
    .outputFiles[0]?.text ?? '';
const script = await bundle('src/view/conversation.ts', { globalName: 'view' });
const style = await bundle('src/style.css', { loader: { '.css': 'css' } });

type Harness = typeof globalThis & { view: typeof View; conversation: View.Conversation; lines: Line[] };

async function open(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.setContent(
    `<!doctype html><meta charset=utf-8><style>${style}</style><body class=inside><main></main>`,
  );
  await page.addScriptTag({ content: script });
  await page.evaluate(() => {
    const harness = globalThis as Harness;
    harness.conversation = harness.view.createConversation();
    harness.lines = [];
    const room = document.createElement('section');
    room.className = 'room';
    room.append(harness.conversation.node);
    document.querySelector('main')?.append(room);
  });
  return page;
}

/** Milliseconds until the lines are in the page and laid out, and until the page has drawn them. */
function draw(page: Page, texts: string[]): Promise<number[]> {
  return page.evaluate(async texts => {
    const harness = globalThis as Harness;
    const frame = () => new Promise(done => requestAnimationFrame(done));
    await frame();
    const start = performance.now();
    for (const html of texts) {
      const from = { id: 1, alias: 'Eve', you: false };
      harness.lines = [
        ...harness.lines,
        { kind: 'message', key: harness.lines.length + 1, from, at: 0, html, state: 'sent' },
      ];
    }
    harness.conversation.update(harness.lines);
    const made = performance.now();
    document.body.getBoundingClientRect();
    const laidOut = performance.now();
    await frame();
    await new Promise(done => setTimeout(done));
    await frame();
    return [made - start, laidOut - start, performance.now() - start];
  }, texts);
}

const only = process.env.ONLY_KIND;
const kinds = Object.entries(HOSTILE).filter(([name]) => !only || new RegExp(only).test(name));
const shown = (ms: number) => ms.toFixed(0).padStart(7);

for (const [name, launchOne] of [
  ['Chromium', launch],
  ['Firefox', launchFirefox],
] as const) {
  if (process.env.BROWSER && process.env.BROWSER !== name) continue;
  let browser = await launchOne();
  let page = await open(browser);
  for (let at = 0; at < 3; at++) await draw(page, [PLAIN]);
  await page.close();
  console.log(`${name}: ms to make, to lay out, to draw; times the plain one`);
  let plain = 1;
  for (const [kind, text] of [['plain', PLAIN], ...kinds] as [string, string][]) {
    page = await open(browser);
    await draw(page, ['x']);
    const [made = 0, laidOut = 0, drawn = 0] = await Promise.race([
      draw(page, [text]),
      new Promise<number[]>(done => setTimeout(done, 60_000, [NaN, NaN, NaN])),
    ]);
    if (kind === 'plain') plain = laidOut;
    console.log(
      `${kind.padEnd(36)}${shown(made)}${shown(laidOut)}${shown(drawn)}${(laidOut / plain).toFixed(1).padStart(8)}`,
    );
    if (Number.isNaN(drawn)) {
      void browser.close();
      browser = await launchOne();
    } else await page.close();
  }
  await browser.close();
}
