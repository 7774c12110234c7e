// After a conversation nothing in the page's memory leads to it any more, however it ended.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { RETURN_WITHIN } from '../../src/session/reconnection.ts';
import { launch } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { type Line, layLine } from './line.ts';
import {
  choose,
  complaints,
  dismiss,
  doWith,
  enterRoom,
  farewell,
  field,
  hears,
  newPage,
  openRoom,
  press,
  say,
  seen,
  state,
} from './people.ts';

let browser: Browser;
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser?.close();
  assert.deepEqual(complaints, []);
});

type Scene = { daemon: Daemon; line: Line; ada: Page; zebulon: Page };

async function kicks(ada: Page, button: string): Promise<void> {
  await doWith(ada, 'zebulon', 'Kick');
  await press(ada, button);
}

async function stops(ada: Page): Promise<void> {
  await choose(ada, 'Stop room');
  await press(ada, 'Stop room');
  await farewell(ada, 'The room was stopped.');
}

async function losesTheLine({ line, zebulon }: Scene): Promise<void> {
  line.cut();
  await state(zebulon, 'Reconnecting');
}

async function shutsDown({ daemon, zebulon }: Scene): Promise<void> {
  await daemon.stop();
  await seen(zebulon, 'The server is shutting down.');
}

/** How a conversation ends for Zebulon. */
const ENDINGS: Record<string, (scene: Scene) => Promise<void>> = {
  async 'one leaves'({ zebulon }) {
    await choose(zebulon, 'Leave');
    await farewell(zebulon, 'You have left the room.');
  },
  async 'one leaves while the line is broken'(scene) {
    await losesTheLine(scene);
    await choose(scene.zebulon, 'Leave');
    // The browser's own word, in a document of its own.
    await seen(scene.zebulon, 'ERR_CONNECTION');
  },
  async 'one is kicked'({ ada, zebulon }) {
    await kicks(ada, 'Kick');
    await farewell(zebulon, 'wilhelmina');
  },
  async 'the room is stopped'({ ada, zebulon }) {
    await stops(ada);
    await farewell(zebulon, 'wilhelmina');
  },
  'the server shuts down': shutsDown,
  async 'the line was broken for too long'(scene) {
    await losesTheLine(scene);
    await scene.zebulon.evaluate(most => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + most;
    }, RETURN_WITHIN);
    await field(scene.zebulon, 'Alias').waitFor();
  },
  async 'one was kicked meanwhile'(scene) {
    await losesTheLine(scene);
    await kicks(scene.ada, 'Kick');
    scene.line.mend();
    await field(scene.zebulon, 'Alias').waitFor();
  },
  async 'the room was stopped meanwhile'(scene) {
    await losesTheLine(scene);
    await stops(scene.ada);
    scene.line.mend();
    await farewell(scene.zebulon, 'While your connection was lost the room was stopped');
  },
  async 'one presses Escape twice'({ zebulon }) {
    await zebulon.keyboard.press('Escape');
    await zebulon.keyboard.press('Escape');
    await zebulon.waitForURL('about:blank');
  },
};

for (const [ending, ends] of Object.entries(ENDINGS))
  test(`${ending}: nothing of the room is in reach`, async test => {
    const daemon = await startDaemon();
    const line = await layLine(daemon.port);
    test.after(() => line.close());
    if (ends !== shutsDown) test.after(() => daemon.stop());
    const [ada, zebulon] = await Promise.all([newPage(browser), newPage(browser)]);
    const link = await openRoom(ada, `http://localhost:${daemon.port}`, 'wilhelmina');
    await enterRoom(zebulon, link.replace(`:${daemon.port}`, `:${line.port}`), 'zebulon');
    await say(ada, 'a word to **everybody**');
    await say(ada, '/purr zebulon a secret word');
    await hears(zebulon, 'a secret word');
    await say(zebulon, 'an answer');
    await hears(ada, 'an answer');
    const password = link.split(':').at(-1) ?? '';
    const texts = [password, 'wilhelmina', 'a secret word', 'an answer'];
    const elements = ['<section class="room"', '<div class="tools"', '<div role="log"'];
    const all = [...texts, ...elements];
    assert.deepEqual(await inReach(zebulon, all), all);
    await ends({ daemon, line, ada, zebulon });
    // A farewell may say by whom.
    const said = await zebulon.evaluate(() => document.body.innerText);
    assert.deepEqual(await inReach(zebulon, all), said.includes('wilhelmina') ? ['wilhelmina'] : []);
    dismiss(ada, zebulon);
  });

/** Which of these texts are in something that the page's memory still leads to, elements as they begin. */
async function inReach(page: Page, texts: string[]): Promise<string[]> {
  const devtools = await page.context().newCDPSession(page);
  let snapshot = '';
  devtools.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => (snapshot += chunk));
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('HeapProfiler.takeHeapSnapshot', {});
  await devtools.detach();
  const { strings } = JSON.parse(snapshot) as { strings: string[] };
  return texts.filter(text => strings.some(each => each.includes(text)));
}
