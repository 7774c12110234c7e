// The conversation alone in a real browser, in the page's style, without a daemon.

import type { Browser, Page } from 'playwright-core';
import { build } from 'esbuild';
import type * as Conversation from '../../src/view/conversation.ts';
import type * as Shown from '../../src/view/line.ts';
import type * as Sanitise from '../../src/view/sanitise.ts';
import type { Line } from '../../src/state.ts';

/** What the page's tests and benchmarks have in reach there. */
export type Harness = typeof globalThis & {
  view: typeof Conversation & typeof Shown & typeof Sanitise;
  conversation: Conversation.Conversation;
  lines: Line[];
};

async function bundle(contents: string, loader: 'ts' | 'css'): Promise<string> {
  const stdin = { contents, loader, resolveDir: 'src' };
  const built = await build({ stdin, bundle: true, write: false, format: 'iife', globalName: 'view' });
  return built.outputFiles[0]?.text ?? '';
}

export async function openConversation(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const style = await bundle("@import './style.css';", 'css');
  await page.setContent(
    `<!doctype html><meta charset=utf-8><style>${style}</style><body class=inside><main></main>`,
  );
  await page.addScriptTag({
    content: await bundle(
      "export * from './view/conversation.ts'; export * from './view/line.ts'; export * from './view/sanitise.ts';",
      'ts',
    ),
  });
  await page.evaluate(() => {
    const harness = globalThis as Harness;
    harness.conversation = harness.view.createConversation({
      reply() {},
      react() {},
      sayAgain() {},
      unsend() {},
      mention() {},
      answer() {},
      isAnswerable: () => true,
    });
    harness.lines = [];
    const room = document.createElement('section');
    room.className = 'room';
    room.append(harness.conversation.node);
    document.querySelector('main')?.append(room);
  });
  return page;
}

/** Messages of one member, all at once. Returns milliseconds until they are laid out, and until they are drawn. */
export function hear(page: Page, texts: string[], id = 1): Promise<{ laidOut: number; drawn: number }> {
  return page.evaluate(
    async ([texts, id]) => {
      const harness = globalThis as Harness;
      const frame = () => new Promise(drawn => requestAnimationFrame(drawn));
      await frame();
      const start = performance.now();
      for (const html of texts) {
        const key = (harness.lines.at(-1)?.key ?? 0) + 1;
        const from = { id, number: '', alias: `Eve${id}`, hue: id % 16, you: false };
        harness.lines = [...harness.lines, { kind: 'message', key, from, at: 0, html, state: 'sent' }];
      }
      harness.conversation.update(harness.lines, 'Ada');
      document.body.getBoundingClientRect();
      const laidOut = performance.now() - start;
      // Lines that are out of sight until they are measured are laid out with the frame.
      await frame();
      await new Promise(after => setTimeout(after));
      await frame();
      return { laidOut, drawn: performance.now() - start };
    },
    [texts, id] as const,
  );
}
