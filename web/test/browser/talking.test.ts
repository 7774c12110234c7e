// What is said about a line, in real browsers: answers, reactions, what is taken back or not sent; who types, and whom one
// ignores.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { TYPING_AFTER } from '../../src/session/typing.ts';
import { INSECURE_HOST, launch, launchFirefox } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { type Line, layLine } from './line.ts';
import {
  choose,
  complaints,
  dismiss,
  doWith,
  enterRoom,
  field,
  fits,
  hears,
  inside,
  log,
  member,
  newPage,
  openRoom,
  say,
  seen,
  state,
  touchable,
} from './people.ts';

let daemon: Daemon;
let chromium: Browser;
let firefox: Browser;
const cables: Line[] = [];
before(async () => {
  daemon = await startDaemon();
  [chromium, firefox] = await Promise.all([launch(), launchFirefox()]);
});
after(async () => {
  await Promise.all([chromium?.close(), firefox?.close()]);
  for (const cable of cables) cable.close();
  await daemon?.stop();
  assert.deepEqual(complaints.splice(0), []);
});

const line = (page: Page, text: string): Locator =>
  log(page)
    .locator('.line')
    .filter({ has: page.locator('.body').getByText(text, { exact: true }) });
const opener = (page: Page): Locator => page.locator('.doings .opener');

/** Points at a line and chooses what to do with it. */
async function doWithLine(page: Page, text: string, name: string): Promise<void> {
  await line(page, text).locator('.body').hover();
  await opener(page).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

/** Others are told of it from a while on. */
const AS_PEOPLE_TYPE = { delay: TYPING_AFTER / 3 };

const typing = (page: Page): Locator => page.locator('.typing');
const replying = (page: Page): Locator => page.getByRole('status').filter({ hasText: 'Replying to' });

for (const [name, browserOf] of [
  ['Chromium', () => chromium],
  ['Firefox', () => firefox],
] as const) {
  describe(`in ${name}`, () => {
    let ada: Page;
    let bob: Page;
    before(async () => {
      [ada, bob] = await Promise.all([newPage(browserOf()), newPage(chromium)]);
      const link = await openRoom(ada, `http://localhost:${daemon.port}`, 'ada');
      await enterRoom(bob, link, 'bob');
      await member(ada, 'bob').waitFor();
    });
    after(() => dismiss(ada, bob));

    test('a line is answered, quoted in one line, and found from there', async () => {
      await say(bob, 'the <b>first</b> word<br>and more');
      await hears(ada, 'first');
      for (let each = 0; each < 40; each += 1) await say(bob, `between ${each}`);
      await hears(ada, 'between 39');
      await log(ada).getByText('first').scrollIntoViewIfNeeded();
      await log(ada).getByText('first').hover();
      await opener(ada).click();
      await ada.getByRole('menuitem', { name: 'Reply' }).click();
      await replying(ada).waitFor();
      await ada.keyboard.type('an answer');
      await ada.keyboard.press('Enter');
      await replying(ada).waitFor({ state: 'hidden' });
      await hears(bob, 'an answer');
      const quote = line(bob, 'an answer').getByRole('button', { name: /^bob the first word/ });
      await quote.click();
      await bob.waitForFunction(() => {
        const { top, bottom } = document.activeElement?.getBoundingClientRect() ?? { top: -1, bottom: -1 };
        return top > 0 && bottom < innerHeight && document.activeElement?.textContent?.includes('first word');
      });
      await say(ada, 'not an answer');
      await hears(bob, 'not an answer');
      assert.equal(await line(bob, 'not an answer').locator('.quote').count(), 0);
    });

    test('a reply that was thought better of is a message to all, and Escape ends it', async () => {
      await doWithLine(ada, 'not an answer', 'Reply');
      await replying(ada).waitFor();
      await ada.keyboard.press('Escape');
      await replying(ada).waitFor({ state: 'hidden' });
      await say(ada, 'plain');
      await hears(bob, 'plain');
      assert.equal(await line(bob, 'plain').locator('.quote').count(), 0);
    });

    test('a reaction is counted below its line and taken back by a press', async () => {
      await doWithLine(ada, 'plain', 'React…');
      await ada.getByRole('menuitem', { name: 'heart' }).click();
      const chip = (page: Page) => line(page, 'plain').getByRole('button', { name: /, heart: / });
      await chip(bob).waitFor();
      assert.equal(await chip(bob).textContent(), '❤️ 1');
      assert.equal(await chip(bob).getAttribute('aria-pressed'), 'false');
      await chip(bob).click();
      await chip(ada).getByText('❤️ 2').waitFor();
      await chip(bob).and(bob.locator('[aria-pressed=true]')).waitFor();
      assert.equal(await chip(bob).getAttribute('aria-label'), '❤️ 2, heart: ada and bob');
      await chip(ada).click();
      await chip(bob).getByText('❤️ 1').waitFor();
      await chip(bob).click();
      await chip(ada).waitFor({ state: 'detached' });
    });

    test('what is taken back goes with all, and from where it was quoted', async () => {
      await say(bob, 'too much said');
      await hears(ada, 'too much said');
      await doWithLine(ada, 'too much said', 'Reply');
      await ada.keyboard.type('indeed');
      await ada.keyboard.press('Enter');
      await line(bob, 'indeed').getByText('too much said').waitFor();
      await line(ada, 'too much said').first().locator('.body').hover();
      await opener(ada).click();
      assert.equal(await ada.getByRole('menuitem', { name: 'Unsend' }).count(), 0, 'not one’s own');
      await ada.keyboard.press('Escape');
      await doWithLine(bob, 'too much said', 'Unsend');
      for (const page of [ada, bob]) {
        await log(page).getByText('bob took a message back').waitFor();
        await line(page, 'indeed').getByText('Answers a message that is not here').waitFor();
        assert.equal(await log(page).getByText('too much said').count(), 0);
      }
    });

    test('what somebody does, and what somebody is called from now on, stands in a line', async () => {
      await say(ada, '/me waves to <i>all</i>');
      await hears(bob, 'waves to all');
      await say(bob, '/alias robert');
      await log(ada).getByText('bob is called robert now').waitFor();
      await log(bob).getByText('bob is called robert now').waitFor();
      await member(ada, 'robert').waitFor();
      await say(bob, '/alias ada');
      await seen(bob, 'Somebody in the room has this alias');
      assert.equal(await field(bob, 'Message').inputValue(), '/alias ada');
      await say(bob, '/alias bob');
      await member(ada, 'bob').waitFor();
    });

    test('who types is shown above the box, nothing moves by it, and a switch ends it', async () => {
      const before = await field(ada, 'Message').boundingBox();
      await field(bob, 'Message').pressSequentially('hello', AS_PEOPLE_TYPE);
      await typing(ada).getByText('bob').waitFor();
      assert.equal(await typing(ada).textContent(), 'bob is typing…');
      assert.deepEqual(await field(ada, 'Message').boundingBox(), before);
      await bob.keyboard.press('Enter');
      await hears(ada, 'hello');
      await typing(ada).getByText('bob').waitFor({ state: 'detached' });
      const turn = async (page: Page) => {
        await page.getByRole('button', { name: 'More', exact: true }).click();
        const choice = page.getByRole('menuitemcheckbox', { name: 'Tell who is typing' });
        const was = await choice.getAttribute('aria-checked');
        await choice.click();
        return was;
      };
      assert.equal(await turn(bob), 'true');
      await field(bob, 'Message').pressSequentially('quiet', AS_PEOPLE_TYPE);
      await bob.keyboard.press('Enter');
      await hears(ada, 'quiet');
      assert.equal(await typing(ada).textContent(), '');
      assert.equal(await turn(bob), 'false');
    });

    test('of who is ignored nothing is seen, and all again in its place afterwards', async () => {
      await say(bob, 'from bob');
      await hears(ada, 'from bob');
      await doWith(ada, 'bob', 'Ignore');
      await line(ada, 'from bob').waitFor({ state: 'detached' });
      await member(ada, 'bob').getByText('ignored').waitFor();
      await say(bob, 'unheard');
      await bob.locator('.line[data-state=sent]', { hasText: 'unheard' }).waitFor();
      // The daemon tells of these after that.
      for (const [command, told] of [
        ['/lock', 'ada locked the room: nobody else can enter'],
        ['/unlock', 'ada unlocked the room'],
      ] as const) {
        await say(ada, command);
        await hears(ada, told);
      }
      await say(ada, 'to myself');
      await hears(bob, 'to myself');
      assert.equal(await line(ada, 'unheard').count(), 0);
      await doWith(ada, 'bob', 'Ignore no more');
      await line(ada, 'unheard').waitFor();
      const order = await log(ada).locator('.line .body').allTextContents();
      assert.deepEqual(order.slice(-3), ['from bob', 'unheard', 'to myself']);
    });

    test('one button serves all lines, by arrow keys too, and is seen where it is wanted', async () => {
      assert.equal(await log(ada).locator('.opener').count(), 1);
      if (name === 'Chromium') {
        await field(ada, 'Message').hover();
        await field(ada, 'Message').focus();
        assert.equal(await opener(ada).evaluate(node => getComputedStyle(node).opacity), '0');
      }
      await opener(ada).focus();
      assert.equal(await opener(ada).evaluate(node => getComputedStyle(node).opacity), '1');
      const names: (string | null)[] = [];
      for (let step = 0; step < 3; step += 1) {
        names.push(await opener(ada).getAttribute('aria-label'));
        await ada.keyboard.press('ArrowUp');
      }
      assert.deepEqual(names, [
        'What to do with the message of ada: to myself',
        'What to do with the message of bob: unheard',
        'What to do with the message of bob: from bob',
      ]);
      await ada.keyboard.press('ArrowDown');
      await ada.keyboard.press('Enter');
      await ada.keyboard.press('Enter');
      await replying(ada).getByText('from bob').waitFor();
      await ada.keyboard.press('Escape');
    });
  });
}

test('a whisper is answered, reacted to and taken back between the two alone', async () => {
  const [ada, bob, eve] = await Promise.all([newPage(chromium), newPage(chromium), newPage(chromium)]);
  const link = await openRoom(ada, `http://localhost:${daemon.port}`, 'ada');
  await enterRoom(bob, link, 'bob');
  await enterRoom(eve, link, 'eve');
  await member(ada, 'eve').waitFor();
  await member(ada, 'bob').waitFor();
  await say(ada, '/purr bob psst');
  await hears(bob, 'psst');
  await doWithLine(bob, 'psst', 'Reply');
  await seen(bob, 'Whispering to');
  await replying(bob).waitFor();
  await bob.keyboard.type('what is it');
  await bob.keyboard.press('Enter');
  await line(ada, 'what is it').getByText('psst').waitFor();
  await doWithLine(bob, 'psst', 'React…');
  await bob.getByRole('menuitem', { name: 'thumbs up' }).click();
  await line(ada, 'psst')
    .getByRole('button', { name: /, thumbs up: bob/ })
    .waitFor();
  await doWithLine(ada, 'psst', 'Unsend');
  await log(bob).getByText('ada took a message back').waitFor();
  await log(ada).getByText('ada took a message back').waitFor();
  // Eve gets frames in the order in which they are sent.
  await say(ada, 'to all');
  await hears(eve, 'to all');
  assert.equal(await log(eve).locator('.line .body').count(), 1);
  // Nobody answers who can't be reached any more.
  await say(bob, '/exit');
  await member(ada, 'bob').waitFor({ state: 'detached' });
  await line(ada, 'what is it').locator('.body').hover();
  await opener(ada).click();
  assert.deepEqual(await ada.getByRole('menuitem').allTextContents(), ['React…', 'Copy']);
  dismiss(ada, bob, eve);
});

test('a whisper that did not get through is tried again', async () => {
  const [ada, bob] = await Promise.all([newPage(chromium), newPage(chromium)]);
  const [hers, his] = await Promise.all([layLine(daemon.port), layLine(daemon.port)]);
  cables.push(hers, his);
  const link = await openRoom(ada, `http://localhost:${hers.port}`, 'ada');
  await enterRoom(bob, link.replace(`:${hers.port}`, `:${his.port}`), 'bob');
  await member(ada, 'bob').waitFor();
  hers.cut();
  await state(ada, 'Reconnecting');
  await say(ada, '/purr bob psst');
  his.cut();
  await state(bob, 'Reconnecting');
  hers.mend();
  await line(ada, 'psst').getByText('not sent').waitFor();
  his.mend();
  await state(bob, 'Connected');
  await member(ada, 'bob').getByText('away').waitFor({ state: 'detached' });
  await line(ada, 'psst').getByRole('button', { name: 'Try again' }).click();
  await hears(bob, 'psst');
  await line(ada, 'psst').getByText('delivered').waitFor();
  assert.equal(await line(ada, 'psst').count(), 1);
  dismiss(ada, bob);
});

test('a message is copied, over plain http too', async () => {
  for (const host of ['localhost', INSECURE_HOST]) {
    const page = await newPage(chromium);
    if (host === 'localhost') await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await openRoom(page, `http://${host}:${daemon.port}`, 'ada');
    await say(page, `<p>two</p><p>parts of ${host}</p>`);
    await hears(page, 'two');
    await log(page).getByText('two').hover();
    await opener(page).click();
    await page.getByRole('menuitem', { name: 'Copy' }).click();
    await page.locator('.doings').getByText('Copied').waitFor();
    await field(page, 'Message').focus();
    await page.keyboard.press('Control+V');
    assert.match(await field(page, 'Message').inputValue(), new RegExp(`^two\\s+parts of ${host}$`));
    dismiss(page);
  }
});

test('on a small screen of touch the button is there, and nothing sticks out', async () => {
  const page = await newPage(chromium, {
    viewport: { width: 320, height: 640 },
    hasTouch: true,
    isMobile: true,
  });
  await openRoom(page, `http://localhost:${daemon.port}`, 'ada');
  await inside(page);
  await say(page, 'one');
  await say(page, 'two '.repeat(60));
  await log(page).locator('.body').nth(1).waitFor();
  assert.equal(await opener(page).evaluate(node => getComputedStyle(node).opacity), '1');
  await line(page, 'one').locator('.body').tap();
  await opener(page).tap();
  await page.getByRole('menuitem', { name: 'React…' }).tap();
  await page.getByRole('menuitem', { name: 'thumbs up' }).tap();
  await line(page, 'one')
    .getByRole('button', { name: /, thumbs up/ })
    .waitFor();
  await fits(page);
  await touchable(page);
  dismiss(page);
});

test('the office is handed on from the list, after a question', async () => {
  const [ada, bob] = await Promise.all([newPage(chromium), newPage(chromium)]);
  const link = await openRoom(ada, `http://localhost:${daemon.port}`, 'ada');
  await enterRoom(bob, link, 'bob');
  await member(ada, 'bob').waitFor();
  await doWith(ada, 'bob', 'Make keeper');
  await ada.getByRole('dialog').getByRole('button', { name: 'Make keeper' }).click();
  await member(bob, 'bob').getByText('keeper').waitFor();
  await log(bob).getByText('bob keeps the room now').waitFor();
  await say(bob, '/keeper ada');
  await member(ada, 'ada').getByText('keeper').waitFor();
  await choose(ada, 'Lock');
  await seen(bob, 'ada locked the room');
  dismiss(ada, bob);
});
