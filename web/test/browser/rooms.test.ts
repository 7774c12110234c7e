// What people do in a room, through a page with WebCrypto and one without.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { BY_HTTPS, type Daemon, startDaemon } from './daemon.ts';
import type { Browser, Locator, Page } from './driver.ts';
import { engine } from './engines.ts';
import {
  address,
  complaints,
  enterRoom,
  farewell,
  field,
  hears,
  inside,
  invitation,
  log,
  member,
  newPage,
  openRoom,
  press,
  say,
  seen,
  dismiss,
  choose,
  doWith,
} from './people.ts';

let daemon: Daemon;
let browser: Browser;
before(async () => {
  daemon = await startDaemon(BY_HTTPS);
  browser = await engine.launch();
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
  assert.deepEqual(complaints.splice(0), []);
});

for (const { scheme, isSecure, at } of [
  { scheme: 'plain http', isSecure: false, at: () => `http://${engine.insecureHost}:${daemon.port}` },
  { scheme: 'https', isSecure: true, at: () => `https://localhost:${daemon.portTls}` },
]) {
  describe(`a room by ${scheme}`, () => {
    const opened = () => newPage(browser, { ignoreHTTPSErrors: true });
    let origin: string;
    let link: string;
    let alice: Page;
    let bob: Page;
    let carol: Page;
    before(async () => {
      origin = at();
      [alice, bob, carol] = await Promise.all([opened(), opened(), opened()]);
      link = await openRoom(alice, origin, 'alice');
    });
    after(() => dismiss(alice, bob, carol));

    test('the browser has or has no WebCrypto here', async () => {
      assert.equal(await alice.evaluate(() => crypto.subtle !== undefined), isSecure);
    });

    test('two enter by the invitation, which leaves the address at once', async () => {
      assert.equal(link.split('#')[0], `${origin}/`);
      assert.match(link, /#[0-9A-Z]{4}-[0-9A-Z]{4}:[0-9A-Z-]+$/);
      await bob.goto(link);
      assert.equal(await address(bob), `${origin}/`);
      assert.equal(await field(bob, 'Password').isVisible(), false);
      await seen(bob, link.split('#')[1]?.split(':')[0] ?? '');
      await Promise.all([enterRoom(bob, link, 'bob'), enterRoom(carol, link, 'carol')]);
      for (const page of [alice, bob, carol]) {
        for (const alias of ['alice', 'bob', 'carol']) await member(page, alias).waitFor();
        await member(page, 'alice').getByText('keeper').waitFor();
      }
    });

    test('they talk both ways, and what is sent says so', async () => {
      await say(alice, 'Hello both');
      await hears(bob, 'Hello both');
      await say(bob, 'Hello alice, 1 < 2 <3');
      await hears(alice, 'Hello alice, 1 < 2 <3');
      await hears(carol, 'Hello alice, 1 < 2 <3');
      for (const page of [alice, bob]) await log(page).locator('.mine[data-state=sent]').first().waitFor();
      assert.equal(await log(bob).locator('.mine[data-state=sent]').count(), 1);
    });

    test('formatting is shown and scripts never run', async () => {
      await say(alice, '<h2>Plan</h2><b>bold</b> <script>document.title = "ran"</script>');
      await say(alice, '<img src=x onerror="document.title = 1"><a href="javascript:alert(1)">go</a> end');
      await log(bob).locator('.h2').filter({ hasText: 'Plan' }).waitFor();
      assert.equal(await log(bob).getByRole('heading').count(), 0, 'no heading of the page’s');
      await log(bob).getByText('[image not shown]').waitFor();
      assert.equal(await log(bob).locator('b').filter({ hasText: 'bold' }).count(), 1);
      assert.equal(await log(bob).locator('script, img, [onerror], [href]').count(), 0);
      assert.equal(await bob.title(), 'Sanctuary');
    });

    test('a whisper is seen by one alone', async () => {
      await doWith(alice, 'bob', 'Whisper');
      await say(alice, 'between us');
      await alice.keyboard.press('Escape');
      await say(alice, 'to all again');
      // Carol gets frames in the same order as bob: what she was to see before this, she has seen.
      await hears(carol, 'to all again');
      await hears(bob, 'between us');
      await hears(bob, 'whispers to you');
      assert.equal(await log(carol).getByText('between us').count(), 0);
      await say(bob, '/purr alice and back');
      await hears(alice, 'and back');
    });

    test('a member kicks nobody', async () => {
      const choices = async (opener: Locator) => {
        await opener.click();
        const found = await bob.getByRole('menuitem').allTextContents();
        await bob.keyboard.press('Escape');
        return found;
      };
      assert.deepEqual(await choices(member(bob, 'carol').getByRole('button')), [
        'Whisper',
        'Mention',
        'Verify',
        'Ignore',
      ]);
      assert.deepEqual(await choices(bob.getByRole('button', { name: 'More' })), [
        'Who can see what',
        'Settings',
        'Commands',
        'Leave',
      ]);
      await say(bob, '/kick carol');
      await log(bob).locator('.local.error').waitFor();
      await say(carol, 'still here');
      await hears(bob, 'still here');
      await hears(alice, 'still here');
    });

    test('what is no command stays in the box', async () => {
      await field(bob, 'Message').fill('/nonsense now');
      await bob.keyboard.press('Enter');
      await log(bob).locator('.local.error').last().waitFor();
      await bob.waitForFunction(() => document.querySelector('textarea')?.value === '/nonsense now');
      await field(bob, 'Message').fill('//literal');
      await bob.keyboard.press('Enter');
      await hears(alice, '/literal');
    });

    test('the keeper locks the room and nobody enters', async () => {
      await choose(alice, 'Lock');
      await alice.locator('.mark.locked').waitFor();
      const dave = await opened();
      await dave.goto(link);
      await field(dave, 'Alias').fill('dave');
      await press(dave, 'Enter the room');
      await seen(dave, 'The room is locked.');
      await choose(alice, 'Unlock');
      await alice.locator('.mark.locked').waitFor({ state: 'hidden' });
      await press(dave, 'Enter the room');
      await inside(dave);
      await choose(dave, 'Leave');
      await hears(alice, 'dave left');
      dismiss(dave);
    });

    test('the keeper kicks a member, after a question, and it may enter again', async () => {
      await doWith(alice, 'carol', 'Kick');
      await press(alice, 'Cancel');
      assert.equal(await member(alice, 'carol').count(), 1);
      await doWith(alice, 'carol', 'Kick');
      const question = alice.getByRole('dialog', { name: 'Kick carol out of the room?' });
      // It is to stay, unless something else is said.
      await question.getByRole('checkbox').uncheck();
      await question.getByRole('list').waitFor({ state: 'hidden' });
      await question.getByRole('button', { name: 'Kick' }).click();
      await farewell(carol, '\u2068alice\u2069 put you out of the room.');
      await hears(bob, 'carol was kicked by alice');
      await member(bob, 'carol').waitFor({ state: 'detached' });
      await enterRoom(carol, link, 'carol');
      await member(alice, 'carol').waitFor();
      assert.equal(await invitation(alice), link);
      assert.equal(await log(bob).getByText('gave the room a new password').count(), 0);
    });

    test('a member leaves with a farewell', async () => {
      await say(bob, '/exit so long');
      await farewell(bob, 'You have left the room.');
      await hears(alice, 'so long');
      await hears(alice, 'bob left');
    });

    test('the keeper stops the room for everybody', async () => {
      await enterRoom(bob, link, 'bob');
      await choose(alice, 'Stop room');
      await alice.getByRole('dialog').getByRole('button', { name: 'Stop room' }).click();
      await farewell(bob, '\u2068alice\u2069 stopped the room.');
      await farewell(alice, 'The room was stopped.');
      await bob.getByRole('link', { name: 'Back to the entrance' }).click();
      await bob.waitForURL(`${origin}/`);
      assert.equal(await field(bob, 'Alias').inputValue(), '');
    });
  });
}

describe('refusals', () => {
  let page: Page;
  let keeper: Page;
  let key: string;
  let password: string;
  before(async () => {
    [page, keeper] = await Promise.all([newPage(browser), newPage(browser)]);
    const link = await openRoom(keeper, `http://localhost:${daemon.port}`, 'alice');
    [key = '', password = ''] = (link.split('#')[1] ?? '').split(':');
    await page.goto(`http://localhost:${daemon.port}/`);
    // In Firefox, the window that was opened last alone has the focus.
    await page.bringToFront();
  });
  after(() => dismiss(page, keeper));

  type Attempt = { alias: string; room: string; password: string };
  async function enter({ alias, room, password }: Attempt) {
    await field(page, 'Alias').fill(alias);
    await field(page, 'I have an invitation').fill(room);
    await field(page, 'Password').fill(password);
    await press(page, 'Enter the room');
  }
  async function open({ alias, room, password }: Attempt) {
    await field(page, 'I have an invitation').fill('');
    await field(page, 'Alias').fill(alias);
    await page.locator('details.options').evaluate(options => options.setAttribute('open', ''));
    await field(page, 'Your own room key').fill(room);
    await field(page, 'Your own password').fill(password);
    await press(page, 'Open a room');
  }

  test('each has its own sentence', async () => {
    const right = { alias: 'bob', room: key, password };
    await enter({ ...right, alias: 'two words' });
    await seen(page, 'An alias has no spaces (U+0020).');
    await enter({ ...right, room: 'short' });
    await seen(page, 'A room key has 8 letters and digits');
    await enter({ ...right, alias: 'ALICE' });
    await seen(page, 'Somebody in the room already has this alias.');
    await open({ ...right, password: 'short' });
    await seen(page, 'To open a room takes a password of at least 8 characters');
    await open({ ...right, room: 'short' });
    await seen(page, 'A room key has 8 letters and digits');
    await open(right);
    await seen(page, 'A room with this key is already open.');
  });

  test('a wrong password is no entry: the Enter key tries again, and opening anew is asked for', async () => {
    await enter({ alias: 'bob', room: key, password: 'not the one' });
    await seen(page, 'No entry');
    const mending = page.locator('input:focus');
    assert.equal(await mending.inputValue(), 'not the one');
    await page.keyboard.press('Enter');
    await seen(page, 'No entry');
    await mending.fill('nor this one');
    await page.keyboard.press('Enter');
    await seen(page, 'No entry');
    assert.equal(await log(page).count(), 0, 'nobody is alone in a new room by pressing Enter');
    await press(page, 'Open a new room with this key');
    await page.getByRole('dialog').getByText('You will be alone there').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Open a room' }).click();
    await seen(page, 'A room with this key is already open.');
  });

  test('a whole invitation that lets nobody in is mended in its parts', async () => {
    await page.goto('about:blank');
    await page.goto(`http://localhost:${daemon.port}/#${key}:9F3K-TQ2M-XA7B-0C1D`);
    await field(page, 'Alias').fill('bob');
    await field(page, 'Alias').press('Enter');
    await seen(page, 'No entry');
    assert.equal(await field(page, 'I have an invitation').inputValue(), key);
    assert.equal(await page.locator('input:focus').inputValue(), '9F3K-TQ2M-XA7B-0C1D');
    await page.keyboard.insertText(password);
    await page.keyboard.press('Enter');
    await inside(page);
    await choose(page, 'Leave');
    await farewell(page, 'You have left the room.');
    await page.goto(`http://localhost:${daemon.port}/`);
  });

  test('a room that is gone is opened anew', async () => {
    await enter({ alias: 'bob', room: 'AAAA-AAAA', password });
    await seen(page, 'No entry');
    await press(page, 'Open a new room with this key');
    await page.getByRole('dialog').getByRole('button', { name: 'Open a room' }).click();
    await inside(page);
    await member(page, 'bob').getByText('keeper').waitFor();
  });
});

test('members at IPv4 and IPv6 meet in one room', async () => {
  const [four, six] = await Promise.all([newPage(browser), newPage(browser)]);
  const link = await openRoom(four, `http://127.0.0.1:${daemon.port}`, 'four');
  await enterRoom(six, link.replace(`127.0.0.1:${daemon.port}`, `[::1]:${daemon.port6}`), 'six');
  await say(six, 'over six');
  await hears(four, 'over six');
  dismiss(four, six);
});

test('where everybody may moderate, a member kicks', async () => {
  const [opener, other] = await Promise.all([newPage(browser), newPage(browser)]);
  await opener.goto(`http://localhost:${daemon.port}/`);
  await opener.getByText('Options').click();
  await opener.getByLabel('Every member').check();
  await field(opener, 'Alias').fill('opener');
  await press(opener, 'Open a room');
  await inside(opener);
  await press(opener, 'Invite');
  const link = await opener.getByRole('textbox', { name: 'Invitation link' }).inputValue();
  await enterRoom(other, link, 'other');
  await doWith(other, 'opener', 'Kick');
  await other.getByRole('dialog').getByRole('button', { name: 'Kick' }).click();
  await farewell(opener, '\u2068other\u2069 put you out of the room.');
  await member(other, 'other').getByText('keeper').waitFor();
  dismiss(opener, other);
});
