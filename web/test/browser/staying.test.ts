// Breaks, freezes and crashes: who was in a room is in it again, by its seat or anew, and nothing is lost by mistake.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { type Line, layLine } from './line.ts';
import {
  choose,
  complaints,
  dismiss,
  enterRoom,
  farewell,
  field,
  fits,
  hears,
  log,
  member,
  newPage,
  openRoom,
  press,
  say,
  seen,
  state,
  touchable,
} from './people.ts';

let daemon: Daemon;
/** Gives seats up and looks for dead lines soon. */
let hasty: Daemon;
let browser: Browser;
const lines: Line[] = [];
before(async () => {
  [daemon, hasty] = await Promise.all([startDaemon(), startDaemon('grace = "1 s"\nping = "1 s"\n')]);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  for (const line of lines) line.close();
  await Promise.all([daemon?.stop(), hasty?.stop()]);
  assert.deepEqual(complaints, []);
});

async function twoOverALine(to: Daemon) {
  const line = await layLine(to.port);
  lines.push(line);
  const [alice, bob] = await Promise.all([newPage(browser), newPage(browser)]);
  const link = await openRoom(alice, `http://localhost:${to.port}`, 'alice');
  await enterRoom(bob, link.replace(`:${to.port}`, `:${line.port}`), 'bob');
  await say(bob, 'before the cut');
  await hears(alice, 'before the cut');
  // The page asks before it goes while a message has not come back.
  await sent(bob, 'before the cut');
  return { line, alice, bob, link };
}

const leaves = (page: Page, alias: string): Promise<void> => hears(page, `${alias} lost the connection`);
const sent = (page: Page, text: string): Promise<void> =>
  log(page).locator('.mine[data-state=sent]').filter({ hasText: text }).waitFor();

/** The questions that the browser asks before a page goes; each is answered by staying. */
function questions(page: Page): string[] {
  const asked: string[] = [];
  page.on('dialog', dialog => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  return asked;
}

test('a member whose network was cut comes back to its seat', async () => {
  const { line, alice, bob } = await twoOverALine(daemon);
  line.cut();
  await state(bob, 'Reconnecting');
  await member(alice, 'bob').getByText('away').waitFor();
  await say(alice, 'said meanwhile');
  await sent(alice, 'said meanwhile');
  line.mend();
  await state(bob, 'Connected');
  await seen(bob, 'At most one message passed while you were away');
  await hears(bob, 'before the cut');
  assert.equal(await log(bob).getByText('said meanwhile').count(), 0);
  await member(alice, 'bob').getByText('away').waitFor({ state: 'detached' });
  await say(alice, 'said after');
  await hears(bob, 'said after');
  await say(bob, 'answered after');
  await hears(alice, 'answered after');
  dismiss(alice, bob);
});

test('a member whose seat is gone enters anew, with its alias, its conversation and what it wrote meanwhile', async () => {
  const { line, alice, bob } = await twoOverALine(hasty);
  line.cut();
  await leaves(alice, 'bob');
  await say(alice, 'said meanwhile');
  await sent(alice, 'said meanwhile');
  await seen(bob, 'What you write waits until you are back.');
  await bob
    .getByRole('timer')
    .filter({ hasText: /Next try in \d+ s\./ })
    .waitFor();
  await bob.getByText(/^All of this is kept until .+, and wiped then\.$/).waitFor();
  await say(bob, 'written meanwhile');
  line.mend();
  await press(bob, 'Try now');
  await state(bob, 'Connected');
  await seen(
    bob,
    'Your place was given up while you were away, and you entered anew. At most one message passed',
  );
  await hears(bob, 'before the cut');
  await hears(alice, 'written meanwhile');
  await member(alice, 'bob').waitFor();
  assert.equal(await bob.getByRole('button', { name: 'Try now' }).count(), 0);
  assert.equal(await bob.evaluate(() => document.activeElement?.tagName), 'TEXTAREA');
  dismiss(alice, bob);
});

test('a room that is gone is opened again by a press, and the same invitation leads there', async () => {
  const { line, alice, bob, link } = await twoOverALine(hasty);
  line.cut();
  await leaves(alice, 'bob');
  await choose(alice, 'Leave');
  await press(alice, 'Leave');
  await farewell(alice, 'You have left the room.');
  line.mend();
  await seen(bob, 'The room is gone, or was given another password');
  await press(bob, 'Open it again');
  await state(bob, 'Connected');
  await seen(bob, 'You opened the room again.');
  await hears(bob, 'before the cut');
  await enterRoom(alice, link, 'alice');
  await say(alice, 'here again');
  await hears(bob, 'here again');
  dismiss(alice, bob);
});

test('who comes back to a room that was stopped reads so, and opens it no more', async () => {
  const { line, alice, bob } = await twoOverALine(daemon);
  line.cut();
  await state(bob, 'Reconnecting');
  await say(bob, 'for nobody');
  await choose(alice, 'Stop room');
  await press(alice, 'Stop room');
  await farewell(alice, 'The room was stopped.');
  line.mend();
  await farewell(bob, 'While your connection was lost the room was stopped');
  await seen(bob, 'What you wrote meanwhile was read by nobody.');
  dismiss(alice, bob);
});

test('who comes back to a room with another password reads that the invitation is no longer good', async () => {
  const { line, alice, bob } = await twoOverALine(hasty);
  line.cut();
  await leaves(alice, 'bob');
  await choose(alice, 'New password');
  await press(alice, 'New password');
  await seen(alice, 'gave the room a new password');
  await bob.setViewportSize({ width: 320, height: 568 });
  line.mend();
  await seen(bob, 'was given another password');
  await fits(bob);
  await touchable(bob);
  await press(bob, 'Open it again');
  await seen(bob, 'Your invitation is no longer good');
  assert.equal(await bob.getByRole('button', { name: 'Open it again' }).count(), 0);
  dismiss(alice, bob);
});

test('a line that swallows all is noticed by who only reads, and made again', async () => {
  const { line, alice, bob } = await twoOverALine(hasty);
  line.swallow();
  await state(bob, 'Reconnecting');
  line.mend();
  await state(bob, 'Connected');
  await say(alice, 'after the silence');
  await hears(bob, 'after the silence');
  dismiss(alice, bob);
});

test('a tab that is frozen and thawed hears what was said meanwhile, or enters anew where its line broke', async () => {
  const { line, alice, bob } = await twoOverALine(hasty);
  const chrome = await bob.context().newCDPSession(bob);
  const set = (life: 'frozen' | 'active') => chrome.send('Page.setWebLifecycleState', { state: life });
  await set('frozen');
  await say(alice, 'to a frozen page');
  await sent(alice, 'to a frozen page');
  await set('active');
  await hears(bob, 'to a frozen page');

  await set('frozen');
  line.cut();
  await leaves(alice, 'bob');
  await say(alice, 'to nobody');
  await sent(alice, 'to nobody');
  line.mend();
  await set('active');
  await seen(bob, 'you entered anew. At most one message passed while you were away');
  await hears(bob, 'to a frozen page');
  await say(bob, 'thawed');
  await hears(alice, 'thawed');
  dismiss(alice, bob);
});

test('after a crash one enters as a second of the same alias, until the old seat is given up', async () => {
  const { line, alice, bob, link } = await twoOverALine(daemon);
  // As when the whole machine fails: of a tab that crashes alone, the browser closes the connection.
  line.cut();
  dismiss(bob);
  await member(alice, 'bob').getByText('away').waitFor();
  const again = await newPage(browser);
  await enterRoom(again, link, 'bob');
  for (const page of [alice, again]) {
    await member(page, 'bob 1').waitFor();
    await member(page, 'bob 2').waitFor();
  }
  dismiss(alice, again);
});

test('reloading asks where a room would end or a draft be lost, and nowhere else', async () => {
  const { alice, bob } = await twoOverALine(daemon);
  const asked = questions(bob);
  await bob.reload();
  await field(bob, 'Alias').waitFor();
  assert.deepEqual(asked, [], 'nothing of a guest’s is lost for good');
  assert.equal(await field(bob, 'Alias').inputValue(), '');
  await hears(alice, 'bob left');

  // She keeps a room in which nobody else is.
  await say(alice, 'alone');
  const question = alice.waitForEvent('dialog');
  alice.evaluate(() => location.reload()).catch(() => {});
  const dialog = await question;
  assert.equal(dialog.type(), 'beforeunload');
  await dialog.dismiss();
  await hears(alice, 'before the cut');
  dismiss(alice, bob);
});

test('a draft is asked for before the page or the room is left, until it is sent', async () => {
  const { alice, bob } = await twoOverALine(daemon);
  await field(bob, 'Message').fill('half a thought');
  const question = bob.waitForEvent('dialog');
  bob.evaluate(() => location.reload()).catch(() => {});
  await (await question).dismiss();
  await choose(bob, 'Leave');
  await seen(bob, 'What you have written is not sent yet.');
  await press(bob, 'Cancel');
  assert.equal(await field(bob, 'Message').inputValue(), 'half a thought');
  await press(bob, 'Send');
  await hears(alice, 'half a thought');
  await sent(bob, 'half a thought');
  const asked = questions(bob);
  await choose(bob, 'Leave');
  await farewell(bob, 'You have left the room.');
  assert.deepEqual(asked, []);
  dismiss(alice, bob);
});

test('a lone keeper is asked before leaving, and nobody is by the browser too', async () => {
  const page = await newPage(browser);
  await openRoom(page, `http://localhost:${daemon.port}`, 'alice');
  const asked = questions(page);
  await choose(page, 'Leave');
  await seen(page, 'Nobody else is here: the room ends with you.');
  await page.getByRole('dialog').getByRole('button', { name: 'Leave', exact: true }).click();
  await farewell(page, 'You have left the room.');
  assert.deepEqual(asked, []);
  dismiss(page);
});

test('no swipe loads the page anew inside a room', async () => {
  const page = await newPage(browser);
  const overscroll = () =>
    page.evaluate(() =>
      [document.documentElement, document.body].map(each => getComputedStyle(each).overscrollBehaviorY),
    );
  await page.goto(`http://localhost:${daemon.port}/`);
  assert.deepEqual(await overscroll(), ['auto', 'auto']);
  await openRoom(page, `http://localhost:${daemon.port}`, 'alice');
  assert.deepEqual(await overscroll(), ['none', 'none']);
  dismiss(page);
});
