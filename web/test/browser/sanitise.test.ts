// The sanitiser in a real browser, without the page's content security policy, so that nothing but it stands
// between what is typed and the page.

import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import corpus from '../../../testdata/html.json' with { type: 'json' };
import type * as Sanitise from '../../src/view/sanitise.ts';
import * as Bounds from '../../src/view/bounds.ts';
import { launch } from './browsers.ts';

type Harness = typeof globalThis & {
  sanitiser: typeof Sanitise;
  ran: () => void;
  runs: number;
};

/** The page's policy on scripts, for the test that the sanitiser works under it. */
const POLICY =
  "default-src 'none'; script-src 'self'; img-src 'self' data:; require-trusted-types-for 'script'; " +
  'trusted-types sanctuary dompurify';

/** Milliseconds in which even a busy machine shows every message, and none whose cost grows faster than it. */
const FROZEN = 60_000;

let server: Server;
let origin: string;
let browser: Browser;
/** What was asked of the server, from whatever host the browser took it for. */
const asked: string[] = [];

before(async () => {
  const bundle = await build({
    entryPoints: ['src/view/sanitise.ts'],
    bundle: true,
    format: 'iife',
    globalName: 'sanitiser',
    write: false,
  });
  const script = bundle.outputFiles[0]?.text ?? '';
  server = createServer((request, response) => {
    asked.push(`${request.headers.host} ${request.url}`);
    const [type, text] =
      request.url === '/sanitise.js'
        ? ['text/javascript', script]
        : [
            'text/html',
            // Without an icon of its own the browser asks for one whenever it likes.
            '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">' +
              '<script src="/sanitise.js"></script><div></div>',
          ];
    response.setHeader('content-type', type);
    if (request.url === '/strict') response.setHeader('content-security-policy', POLICY);
    response.end(text);
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  browser = await launch();
});

after(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
});

async function open(path = '/'): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(origin + path);
  await page.evaluate(() => {
    const harness = globalThis as Harness;
    harness.runs = 0;
    harness.ran = () => {
      harness.runs += 1;
    };
  });
  return page;
}

/** What is shown of messages, as HTML. */
function allShown(page: Page, typed: string[]): Promise<string[]> {
  return page.evaluate(
    texts =>
      texts.map(text => {
        const box = document.createElement('div');
        box.append((globalThis as Harness).sanitiser.sanitise(text));
        return box.innerHTML;
      }),
    typed,
  );
}

/** What is shown of one message, as HTML. */
async function shown(page: Page, typed: string): Promise<string> {
  return (await allShown(page, [typed]))[0] ?? '';
}

describe('what is shown', () => {
  for (const path of ['/', '/strict']) {
    test(`every formatting of the corpus, at ${path}`, async () => {
      const page = await open(path);
      const all = await allShown(
        page,
        corpus.shown.map(({ typed }) => typed),
      );
      for (const [at, { name, html }] of corpus.shown.entries()) assert.equal(all[at], html, name);
      await page.close();
    });
  }

  test('what is shown is shown alike when typed again', async () => {
    const page = await open();
    // Typed text that holds a `&`, and attributes that we set, are others when typed again.
    const again = corpus.shown
      .map(({ html }) => html.replaceAll(' decoding="async"', ''))
      .filter(html => !/&|target=|class=|aria-label=/.test(html));
    assert.deepEqual(
      (await allShown(page, again)).map(html => html.replaceAll(' decoding="async"', '')),
      again,
    );
    await page.close();
  });
});

test('hostile messages run nothing and load nothing', async () => {
  const page = await open();
  const dialogs: string[] = [];
  page.on('dialog', dialog => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const wanted: string[] = [];
  page.on('request', request => {
    if (!request.url().startsWith('data:')) wanted.push(request.url());
  });
  asked.length = 0;
  const known = corpus.shown.map(({ typed }) => typed);
  const found = await page.evaluate(
    async ([messages, canary]) => {
      const harness = globalThis as Harness;
      const faults: string[] = [];
      for (const message of messages) {
        const box = document.createElement('div');
        box.append(harness.sanitiser.sanitise(message));
        document.body.append(box);
        for (const node of box.querySelectorAll('*')) {
          for (const { name, value } of node.attributes) {
            const ours =
              /^(?:target|rel|decoding)$/.test(name) ||
              (name === 'class' && node.matches('a[href] > bdi.host')) ||
              (name === 'class' && /^(?:h[1-6]|center|big|address)$/.test(value)) ||
              (name === 'aria-label' && node.matches('meter, progress'));
            const harmless =
              /^(?:alt|title|lang|datetime|value|dir|scope|type|start|colspan|rowspan|span|open|reversed|min|max|low|high|optimum)$/;
            const leads = name === 'href' && /^(?:https?:\/\/|mailto:)/.test(value);
            const draws = name === 'src' && /^data:image\/(?:png|jpeg|gif|webp);base64,/.test(value);
            if (!ours && !harmless.test(name) && !leads && !draws)
              faults.push(`${message}: ${name}=${value}`);
          }
          const loads =
            'script,style,link,meta,base,iframe,object,embed,audio,video,svg,math,form,input,template';
          if (node.matches(loads) || node.shadowRoot) faults.push(`${message}: ${node.localName}`);
          for (const kind of ['mouseover', 'pointerdown', 'focus', 'toggle', 'error', 'load']) {
            node.dispatchEvent(new Event(kind));
          }
          // A click is tried too, but nothing is to lead away from here.
          const click = new MouseEvent('click', { bubbles: true, cancelable: true });
          node.addEventListener('click', event => event.preventDefault(), { once: true });
          node.dispatchEvent(click);
        }
      }
      // The server is bound to be asked for this image, and for all that those wanted to load before it.
      const last = new Image();
      await new Promise(answered => {
        last.onload = last.onerror = answered;
        last.src = canary;
        document.body.append(last);
      });
      await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      return { faults, runs: harness.runs };
    },
    [[...corpus.hostile, ...known], `${origin}/canary`] as const,
  );
  assert.deepEqual(found, { faults: [], runs: 0 });
  assert.deepEqual(dialogs, []);
  assert.deepEqual(wanted, [`${origin}/canary`]);
  assert.deepEqual(asked, [`${new URL(origin).host} /canary`]);
  await page.close();
});

test('the harness itself sees what runs and loads', async () => {
  const page = await open();
  const runs = await page.evaluate(async () => {
    const harness = globalThis as Harness;
    document.body.innerHTML = '<img src="http://probe.test:1/x.png" onerror="ran()">';
    await new Promise(failed => document.querySelector('img')?.addEventListener('error', failed));
    return harness.runs;
  });
  assert.equal(runs, 1);
  await page.close();
});

describe('bounds', () => {
  const plain = (html: string) => html.startsWith('&lt;');

  test('tags: at the bound formatted, above it plain', async () => {
    const page = await open();
    const most = Bounds.TAGS_MOST;
    assert.equal(await shown(page, '<br>'.repeat(most - 1)), '<br>'.repeat(most - 1));
    assert.equal(plain(await shown(page, '<b></b>'.repeat(most / 2))), false);
    assert.equal(plain(await shown(page, `${'<b></b>'.repeat(most / 2)}<br>`)), true);
    await page.close();
  });

  test('attributes: each counts as a tag, typed or made by the parser', async () => {
    const page = await open();
    const tags = '<b title="x" dir="ltr">x</b>'.repeat(Bounds.TAGS_MOST / 4);
    assert.equal(plain(await shown(page, tags)), false);
    assert.equal(plain(await shown(page, `${tags}<br>`)), true);
    // Each paragraph opens the unclosed one anew, with all its attributes; all of them stand in one element more.
    const paragraphs = (count: number) => `<p><b title=x dir=ltr lang=en>x${'<p>x'.repeat(count - 1)}`;
    const most = Bounds.ELEMENTS_MOST / 5;
    assert.equal(plain(await shown(page, paragraphs(most - 1))), false);
    assert.equal(plain(await shown(page, paragraphs(most))), true);
    await page.close();
  });

  test('depth: at the bound formatted, above it plain', async () => {
    const page = await open();
    const most = Bounds.DEPTH_MOST;
    const nested = (depth: number) => `${'<div>'.repeat(depth)}x${'</div>'.repeat(depth)}`;
    assert.equal(await shown(page, nested(most - 1)), nested(most - 1));
    assert.equal(await shown(page, nested(most)), nested(most));
    assert.equal(plain(await shown(page, nested(most + 1))), true);
    assert.equal(await shown(page, '<b>x</b>'), '<b>x</b>', 'the next message is formatted again');
    await page.close();
  });

  test('spans: at the bound kept, above it none', async () => {
    const page = await open();
    const cells = (count: number) =>
      `<table><tbody><tr>${'<td colspan="50">x</td>'.repeat(count)}</tr></tbody></table>`;
    const most = Bounds.PLACES_MOST / Bounds.SPAN_MOST;
    for (const count of [most - 1, most]) assert.equal(await shown(page, cells(count)), cells(count));
    assert.equal(await shown(page, cells(most + 1)), cells(most).replace('</tr>', '<td>x</td></tr>'));
    await page.close();
  });

  test('the grid of tables: at the bound formatted, above it plain', async () => {
    const page = await open();
    const columns = 50;
    const grid = (rows: number) => `<table>${'<tr><td colspan="50">'}${'<tr><td>'.repeat(rows - 1)}`;
    const most = Bounds.GRID_MOST / columns;
    for (const rows of [most - 1, most]) assert.equal(plain(await shown(page, grid(rows))), false);
    assert.equal(plain(await shown(page, grid(most + 1))), true);
    assert.equal(plain(await shown(page, grid(most) + grid(1))), true, 'of all tables together');
    await page.close();
  });

  test('images: at the bound shown, above it words', async () => {
    const page = await open();
    const image =
      '<img src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==">';
    const most = Bounds.IMAGES_MOST;
    for (const [count, left] of [
      [most - 1, 0],
      [most, 0],
      [most + 1, 1],
    ] as const) {
      const html = await shown(page, image.repeat(count));
      assert.equal(html.match(/<img /g)?.length, count - left);
      assert.equal(html.match(/image not shown/g)?.length ?? 0, left);
    }
    await page.close();
  });

  test('what is escaped: at the bound formatted, above it plain', async () => {
    const page = await open();
    const strays = (count: number) => `<b>x</b>${'<'.repeat(count)}`;
    const most = Bounds.ESCAPED_MOST / 3;
    for (const count of [most - 1, most])
      assert.equal(await shown(page, strays(count)), `<b>x</b>${'&lt;'.repeat(count)}`);
    assert.equal(plain(await shown(page, strays(most + 1))), true);
    await page.close();
  });

  test('titles: at the bound whole, above it cut, with marks as few as in text', async () => {
    const page = await open();
    const most = Bounds.TITLE_MOST;
    const title = (text: string) => `<b title="${text}">x</b>`;
    for (const length of [most - 1, most])
      assert.equal(await shown(page, title('y'.repeat(length))), title('y'.repeat(length)));
    assert.equal(await shown(page, title('y'.repeat(most + 1))), title('y'.repeat(most)));
    assert.equal(await shown(page, title(`a${'\u0301'.repeat(9)}`)), title(`a${'\u0301'.repeat(8)}`));
    await page.close();
  });

  test('elements that the parser makes of few tags', async () => {
    const page = await open();
    const most = Bounds.TAGS_MOST;
    // Each paragraph opens all unclosed formatting anew: a quarter of a million elements of a thousand tags.
    const open_ = Array.from({ length: most / 2 }, (_, at) => `<b title="${at}">`).join('');
    assert.equal(plain(await shown(page, open_ + '<p>x'.repeat(most / 2))), true);
    await page.close();
  });

  test('a message of the largest frame freezes nothing, whatever it holds', { timeout: FROZEN }, async () => {
    const page = await open();
    const size = 65_536;
    const fill = (unit: string) => unit.repeat(Math.floor(size / unit.length));
    const messages = [
      fill('<'),
      fill('<b '),
      fill('<b a'),
      fill('<b a="'),
      fill('<b title=x'),
      `<b ${fill(' ')}`,
      `<b ${fill('a ')}`,
      `<b ${fill('a=b ')}`,
      `<b ${fill('a = "b" ')}`,
      `<b ${fill("a='")}`,
      `<b title="${fill('<b>')}`,
      fill('<b>'),
      fill('</b>'),
      fill('<table><td>'),
      fill('&lt;'),
      fill('\n'),
      `<img src="data:image/png;base64,${fill('A')}">`,
    ];
    for (const message of messages) {
      await page.evaluate(text => {
        document.body.append((globalThis as Harness).sanitiser.sanitise(text));
        document.body.getBoundingClientRect();
        document.body.replaceChildren();
      }, message);
    }
    await page.close();
  });
});
