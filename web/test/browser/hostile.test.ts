// What a member with a page of its own making does to the others: it puts nobody out, and neither stalls their pages
// nor drives anything out of them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { EVENTS_MOST, MESSAGES_MOST } from '../../src/session/lines.ts';
import { launch } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { enterHostile, type Hostile } from './hostile-page.ts';
import { complaints, enterRoom, hears, log, member, newPage, openRoom, say } from './people.ts';

let daemon: Daemon;
let browser: Browser;
let link: string;
let alice: Page;
let bob: Page;
let mallory: Page;
before(async () => {
  daemon = await startDaemon();
  browser = await launch();
  [alice, bob, mallory] = await Promise.all([newPage(browser), newPage(browser), newPage(browser)]);
  link = await openRoom(alice, `http://localhost:${daemon.port}`, 'alice');
  await enterRoom(bob, link, 'bob');
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
  assert.deepEqual(complaints.splice(0), []);
});

/** Codes by which the daemon closes the connection (protocol, section 3, rule 6). */
const FLOODING = 4004;
const MALFORMED = 4007;

test('a seat’s own order to kick is denied, and one that it did not sign puts its sender out', async () => {
  await enterHostile(mallory, link, 'mallory');
  await mallory.evaluate(() => (globalThis as Hostile).mallory.kick('bob', 'own seat'));
  await mallory.waitForFunction(() => (globalThis as Hostile).mallory.denied() === 1);
  const ends = [
    // Signed by a key that anybody can draw.
    () => (globalThis as Hostile).mallory.kick('bob', 'another key'),
    // Bare, with a turn and without.
    () => (globalThis as Hostile).mallory.raw(Uint8Array.of(0x84, 8, 0x19, 3, 0xe9, 2, 0x40)),
    () => (globalThis as Hostile).mallory.raw(Uint8Array.of(0x82, 8, 2)),
  ];
  for (const [at, attack] of ends.entries()) {
    if (at > 0) await enterHostile(mallory, link, `mallory${at}`);
    await mallory.evaluate(attack);
    assert.equal(await mallory.evaluate(() => (globalThis as Hostile).mallory.closed()), MALFORMED);
  }
  await say(bob, 'still here');
  await hears(alice, 'still here');
  await member(alice, 'mallory').waitFor({ state: 'detached' });
  assert.equal(await log(alice).locator('.event.kicked').count(), 0);
});

test('who comes and goes, and what can’t be read, drives out no message', async () => {
  await say(bob, 'the oldest line');
  await hears(alice, 'the oldest line');
  await enterHostile(mallory, link, 'noise');
  await mallory.evaluate(
    async ([link, times]) => {
      const { members, mallory } = globalThis as Hostile;
      for (let each = 0; each < times; each += 1) {
        mallory.mumble(10);
        const other = await members.HostileMember.enter(link, `noise${each}`);
        other.leave();
        await other.closed();
      }
    },
    // Each comes and goes.
    [link, EVENTS_MOST / 2 + 10] as const,
  );
  await log(alice)
    .getByText(`noise${EVENTS_MOST / 2 + 9} left`)
    .waitFor();
  await say(bob, 'the newest line');
  await hears(alice, 'the newest line');
  await hears(alice, 'the oldest line');
  assert.equal(await log(alice).locator('.event').count(), EVENTS_MOST);
});

const psst = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, at) => `psst ${from + at}`);

test('a thousand whispers at once put their sender out', async () => {
  await enterHostile(mallory, link, 'mallory');
  await mallory.evaluate(texts => (globalThis as Hostile).mallory.whisper('bob', texts), psst(0, 1000));
  assert.equal(await mallory.evaluate(() => (globalThis as Hostile).mallory.closed()), FLOODING);
  await say(bob, 'not stalled');
  await hears(alice, 'not stalled');
  await hears(bob, 'psst 0');
  assert.equal(await log(bob).getByText('psst 999').count(), 0);
});

test('a thousand whispers in time leave a page of so many lines, which goes on', async () => {
  await enterHostile(mallory, link, 'mallory');
  for (let from = 0; from < 1000; from += 100) {
    await mallory.evaluate(
      texts => (globalThis as Hostile).mallory.whisper('alice', texts),
      psst(from, from + 100),
    );
    // Too many at once are drawn briefly: as text alone, with a button for more.
    await log(alice)
      .getByText(new RegExp(`^psst ${from + 99}…?$`))
      .waitFor();
  }
  assert.equal(await log(alice).locator('.line:not(.event)').count(), MESSAGES_MOST);
  assert.equal(
    await log(alice)
      .getByText(/^psst 199/)
      .count(),
    0,
  );
  assert.ok((await log(alice).getByRole('button', { name: 'Show', exact: true }).count()) > 0);
  await say(alice, 'still there');
  await hears(bob, 'still there');
  assert.equal(await log(bob).getByText('psst 500').count(), 0);
});
