// axe (https://github.com/dequelabs/axe-core) finds nothing to complain of, in whatever state the page is, on a telephone and
// on a desk, in light and dark.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { INSECURE_HOST, launch } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { layLine, type Line } from './line.ts';
import {
  choose,
  complaints,
  dismiss,
  doWith,
  enterRoom,
  farewell,
  field,
  hears,
  inside,
  log,
  member,
  newPage,
  openRoom,
  press,
  say,
  seen,
} from './people.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** All that it knows but what is for experts alone; the size of what is touched it looks at only when asked to. */
const RULES: RunOptions = { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } };

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };
const SIZES = [PHONE, DESK];

/** Of all that HTML can say: headings out of order, tables, code that scrolls, what is blank and what is read in no order. */
const WRITTEN = [
  '<h4>Fourth</h4><h1>First</h1><h2></h2><p>Text <a href="https://example.org/">here</a> and <a href="https://example.org/2">here</a></p>',
  `<pre>${'a long line of code '.repeat(30)}</pre><code>${'x'.repeat(300)}</code>`,
  `<table><caption>T</caption><tr><th>a<th><td>${'b'.repeat(400)}<td></table><dl><dt>t<dd>d</dl><li>alone<ul><p>no item</p></ul>`,
  '<img alt="a dot" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"><img src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7">',
  '<meter value=".5"></meter><progress></progress><details><summary>more</summary>less</details><blockquote>q</blockquote>',
  '<main>m</main><nav>n</nav><header>h</header><footer>f</footer><aside>a</aside><article>a</article><section>s</section>',
  '<p dir="rtl" lang="zz">שלום</p><mark>m</mark><del>d</del><sub>s</sub><font color="#eee">pale</font><ruby>r<rt>t</rt></ruby>',
  `${'much text, in many lines<br>'.repeat(80)}`,
];

/** A worker that has made half of the keys, and stays there for as long as somebody looks. */
const HALF_WAY = `onmessage = () => {
  postMessage({ begun: true });
  setInterval(() => postMessage({ progress: 0.5 }), 100);
};`;

let daemon: Daemon;
let browser: Browser;
let line: Line;
before(async () => {
  daemon = await startDaemon();
  browser = await launch();
  line = await layLine(daemon.port);
});
after(async () => {
  await browser?.close();
  line?.close();
  await daemon?.stop();
  assert.deepEqual(complaints.splice(0), []);
});

async function find(page: Page, state: string): Promise<string[]> {
  await page.evaluate(`globalThis.axe ?? (() => {${AXE}})()`);
  const { violations } = (await page.evaluate(
    rules => (globalThis as unknown as { axe: { run(rules: unknown): unknown } }).axe.run(rules),
    RULES,
  )) as AxeResults;
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${state}: ${id} at ${target}: ${failureSummary}`),
  );
}

/** Looks at a state in all sizes and colours, or in these alone. */
async function clean(page: Page, state: string, sizes = SIZES): Promise<void> {
  const found: string[] = [];
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await find(page, `${state}, ${size.width} px, ${colorScheme}`)));
    }
  }
  assert.deepEqual(found, []);
}

describe('axe finds nothing', () => {
  let alice: Page;
  let bob: Page;
  let link: string;
  before(async () => {
    [alice, bob] = await Promise.all([newPage(browser), newPage(browser)]);
  });
  after(() => dismiss(alice, bob));

  test('in a fault of the test’s own making, it does', async () => {
    const page = await newPage(browser);
    await page.goto(`http://localhost:${daemon.port}/`);
    await field(page, 'Alias').waitFor();
    await page.evaluate(() => document.querySelector('label[for]')?.remove());
    assert.notDeepEqual(await find(page, 'without a label'), []);
    dismiss(page);
  });

  test('at the entrance', async () => {
    await alice.goto(`http://localhost:${daemon.port}/`);
    await field(alice, 'Alias').waitFor();
    await clean(alice, 'entrance');
    await alice.getByText('Options').click();
    await field(alice, 'Your own password').fill('correct horse');
    await clean(alice, 'options');
    await field(alice, 'I have an invitation').fill('K7QM');
    await field(alice, 'Alias').fill('alice');
    await press(alice, 'Enter the room');
    await seen(alice, 'A room key has');
    await clean(alice, 'refused');
    await alice.goto(`http://${INSECURE_HOST}:${daemon.port}/`);
    await alice.getByText('This page came over plain http').click();
    await clean(alice, 'plain http');
  });

  test('while keys are derived', async () => {
    const page = await newPage(browser);
    await page.route('**/derive.js', route =>
      route.fulfill({ contentType: 'text/javascript', body: HALF_WAY }),
    );
    await page.goto(`http://${INSECURE_HOST}:${daemon.port}/`);
    await field(page, 'Alias').fill('dora');
    await press(page, 'Open a room');
    await page.getByRole('progressbar').waitFor();
    await clean(page, 'deriving');
    dismiss(page);
  });

  test('in a room that is empty', async () => {
    link = await openRoom(alice, `http://localhost:${line.port}`, 'alice');
    await clean(alice, 'empty room');
  });

  test('in a room with talk and what HTML can say', async () => {
    await enterRoom(bob, link, 'bob');
    for (const text of ['Good morning', ...WRITTEN, 'the end']) await say(bob, text);
    await hears(alice, 'the end');
    await say(alice, 'mine, too');
    await hears(bob, 'mine, too');
    await say(alice, '/me waves');
    await say(alice, '/help');
    await clean(alice, 'talk');
    await log(alice).evaluate(node => node.scrollTo(0, 0));
    await clean(alice, 'talk further up');
  });

  test('in whispers', async () => {
    await say(bob, '/purr alice psst');
    await hears(alice, 'psst');
    await doWith(alice, 'bob', 'Whisper');
    await clean(alice, 'whispering');
    await alice.keyboard.press('Escape');
  });

  test('in menus', async () => {
    await press(alice, 'More');
    await clean(alice, 'menu of the room');
    await alice.keyboard.press('Escape');
    await member(alice, 'bob').getByRole('button').click();
    await clean(alice, 'menu of a member', [DESK]);
    await alice.keyboard.press('Escape');
    await log(alice)
      .getByRole('button', { name: /What to do with/ })
      .last()
      .click();
    await clean(alice, 'menu of a line');
    await alice.getByRole('menuitem', { name: 'React' }).click();
    await clean(alice, 'emoji');
    await alice.getByRole('menuitem').first().click();
    await alice.locator('.reactions button').first().waitFor();
    await clean(alice, 'reactions');
  });

  test('in the members’ sheet', async () => {
    await alice.setViewportSize(PHONE);
    await press(alice, '2 here');
    await member(alice, 'bob').waitFor();
    await clean(alice, 'members', [PHONE]);
    await alice.keyboard.press('Escape');
  });

  test('in dialogs', async () => {
    await alice.setViewportSize(DESK);
    await press(alice, 'Invite');
    await clean(alice, 'invitation');
    await press(alice, 'Close');
    for (const [doing, away] of [
      ['Verify', 'Close'],
      ['Kick', 'Cancel'],
    ] as const) {
      await alice.setViewportSize(DESK);
      await doWith(alice, 'bob', doing);
      await clean(alice, doing);
      await alice.getByRole('dialog').getByRole('button', { name: away }).click();
    }
    await choose(alice, 'Stop room');
    await clean(alice, 'Stop room');
    await alice.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  });

  test('while the connection is broken', async () => {
    line.cut();
    await seen(alice, 'Try now');
    await clean(alice, 'broken');
    line.mend();
    await alice.getByText('Try now').waitFor({ state: 'hidden' });
    await inside(alice);
  });

  test('at the end', async () => {
    await choose(alice, 'Stop room');
    await alice.getByRole('dialog').getByRole('button', { name: 'Stop room' }).click();
    await farewell(alice, 'The room was stopped.');
    await clean(alice, 'ended');
  });
});
