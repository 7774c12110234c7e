// What was meant for one reaches one: commands, drafts, and the keys of input methods, in real browsers.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch, launchFirefox } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import {
  complaints,
  enterRoom,
  field,
  hears,
  log,
  member,
  newPage,
  openRoom,
  say,
  choose,
  doWith,
} from './people.ts';

let daemon: Daemon;
let chromium: Browser;
let firefox: Browser;
let ada: Page;
let zoe: Page;
let bob: Page;
let carol: Page;
before(async () => {
  daemon = await startDaemon();
  [chromium, firefox] = await Promise.all([launch(), launchFirefox()]);
  const pages = await Promise.all([
    newPage(chromium),
    newPage(firefox),
    newPage(chromium),
    newPage(chromium),
  ]);
  [ada, zoe, bob, carol] = pages;
  const link = await openRoom(ada, `http://localhost:${daemon.port}`, 'ada');
  await Promise.all([
    enterRoom(zoe, link, 'zoe'),
    enterRoom(bob, link, 'bob'),
    enterRoom(carol, link, 'carol'),
  ]);
  for (const page of [ada, zoe]) for (const alias of ['bob', 'carol']) await member(page, alias).waitFor();
});
after(async () => {
  await Promise.all([chromium?.close(), firefox?.close()]);
  await daemon?.stop();
  assert.deepEqual(complaints.splice(0), []);
});

const box = (page: Page) => field(page, 'Message');
const written = (page: Page): Promise<string> => box(page).inputValue();
const holds = (page: Page, text: string) =>
  page.waitForFunction(text => document.querySelector('textarea')?.value === text, text);
const whisperTo = (page: Page, alias: string) => doWith(page, alias, 'Whisper');
const whispering = (page: Page, alias: string) =>
  page.getByRole('status').filter({ hasText: `Whispering to ${alias}` });

/** Carol gets frames in the order in which they are sent: what she was to hear before this, she has heard. */
let asked = 0;
async function carolHeardNothingOf(secret: string, from: Page): Promise<void> {
  asked += 1;
  await say(from, `all of it, ${asked}`);
  await hears(carol, `all of it, ${asked}`);
  assert.equal(await log(carol).getByText(secret).count(), 0);
}

for (const [name, speaker] of [
  ['Chromium', () => ada],
  ['Firefox', () => zoe],
] as const) {
  describe(`in ${name}`, () => {
    let alice: Page;
    before(() => {
      alice = speaker();
    });

    test('keys of an input method neither send nor end the whisper', async () => {
      await whisperTo(alice, 'bob');
      await box(alice).fill('half a sentence');
      await box(alice).evaluate(node => {
        for (const key of ['Enter', 'Escape', 'Process', 'Unidentified']) {
          for (const how of [{ isComposing: true }, { keyCode: 229 }, { isComposing: true, keyCode: 229 }]) {
            const pressed = { key, bubbles: true, cancelable: true, ...how };
            // Safari ends the composition first and sends the key after it.
            node.dispatchEvent(new CompositionEvent('compositionend', { data: 'x', bubbles: true }));
            node.dispatchEvent(new KeyboardEvent('keydown', pressed));
          }
        }
      });
      assert.equal(await written(alice), 'half a sentence');
      await whispering(alice, 'bob').waitFor();
      await box(alice).fill('');
      await alice.keyboard.press('Escape');
      await carolHeardNothingOf('half a sentence', alice);
      assert.equal(await log(bob).getByText('half a sentence').count(), 0);
    });

    test('each target has a draft of its own, and undoing brings none to another', async () => {
      await box(alice).pressSequentially('for all');
      await whisperTo(alice, 'bob');
      assert.equal(await written(alice), '');
      await alice.keyboard.type('for bob');
      await alice.keyboard.press('Escape');
      await whispering(alice, 'bob').waitFor({ state: 'hidden' });
      assert.equal(await written(alice), 'for all');
      for (const undone of ['Control+z', 'Control+z', 'Control+Shift+z', 'Control+y', 'Control+z']) {
        await alice.keyboard.press(undone);
        assert.doesNotMatch(await written(alice), /bob/);
      }
      await box(alice).fill('for all');
      await whisperTo(alice, 'carol');
      assert.equal(await written(alice), '');
      await alice.keyboard.type('for carol');
      await whisperTo(alice, 'bob');
      assert.equal(await written(alice), 'for bob');
      await alice.getByRole('button', { name: 'Back to everyone' }).click();
      assert.equal(await written(alice), 'for all');
      await alice.keyboard.press('Enter');
      await hears(carol, 'for all');
      await whisperTo(alice, 'carol');
      assert.equal(await written(alice), 'for carol');
      await box(alice).fill('');
      await whisperTo(alice, 'bob');
      await alice.keyboard.press('Enter');
      await hears(bob, 'for bob');
      await alice.keyboard.press('Escape');
      await carolHeardNothingOf('for bob', alice);
    });

    test('a whisper that is not taken comes back to its own draft, wherever one is by then', async () => {
      const wrong = '/nonsense for bob';
      await whisperTo(alice, 'bob');
      await box(alice).fill(wrong);
      await alice.evaluate(() => {
        for (const key of ['Enter', 'Escape'])
          document.querySelector('textarea')?.dispatchEvent(new KeyboardEvent('keydown', { key }));
      });
      await log(alice).getByText('There is no command /nonsense.').waitFor();
      assert.equal(await written(alice), '');
      await whisperTo(alice, 'bob');
      await holds(alice, wrong);
      await box(alice).fill('');
      await alice.keyboard.press('Escape');
      await carolHeardNothingOf('nonsense', alice);
    });

    test('what is not taken never becomes a later line of what goes to all', async () => {
      const wrong = ['/purr bobb secret one', '/nonsense secret', '/purr nobody secret two'];
      await box(alice).evaluate((node: HTMLTextAreaElement, texts) => {
        for (const text of texts) {
          node.value = text;
          node.form?.requestSubmit();
        }
        node.value = 'newer';
      }, wrong);
      await log(alice).getByText('Nobody called nobody').waitFor();
      await holds(alice, 'newer');
      await alice.keyboard.press('Enter');
      await hears(carol, 'newer');
      for (const next of wrong) {
        await holds(alice, next);
        await box(alice).fill('x');
        await alice.keyboard.press('Enter');
      }
      await holds(alice, '');
      await carolHeardNothingOf('secret', alice);
    });

    test('a command is obeyed or kept, whatever is wrong with it', async () => {
      await say(alice, `\u2800\n\u200b\uff0fPURR\u00a0ＢＯＢ\u3000psst from ${name}\n`);
      await hears(bob, `psst from ${name}`);
      for (const wrong of [
        '/pur bob psst',
        '/purr bob: psst',
        '\u2800\u2044purr bob psst',
        '?purr bob psst',
      ]) {
        const before = await log(alice).locator('.local.error').count();
        await say(alice, wrong);
        await alice.waitForFunction(
          count => document.querySelectorAll('.local.error').length > count,
          before,
        );
        await holds(alice, wrong);
      }
      await box(alice).fill('');
      await carolHeardNothingOf('psst', alice);
    });

    test('a farewell that is typed to one goes to nobody', async () => {
      await whisperTo(alice, 'bob');
      await box(alice).fill('/exit bye, bob');
      await alice.keyboard.press('Enter');
      await alice.getByText('A farewell is read by everybody').waitFor();
      assert.equal(await written(alice), '/exit bye, bob');
      await box(alice).fill('');
      await alice.keyboard.press('Escape');
      await carolHeardNothingOf('bye, bob', alice);
    });

    test('Enter that is held down sends once', async () => {
      await box(alice).fill('/purr nobody at all');
      const press = (repeat: boolean) =>
        box(alice).evaluate((node, repeat) => {
          node.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', repeat, cancelable: true }));
        }, repeat);
      await press(false);
      for (let held = 0; held < 3; held += 1) {
        await holds(alice, '/purr nobody at all');
        await press(true);
      }
      await box(alice).fill('/help');
      await alice.keyboard.press('Enter');
      await log(alice).getByText('leave the room').waitFor();
      assert.equal(await log(alice).getByText('Nobody called nobody is here.').count(), 2);
      await box(alice).fill('');
    });
  });
}

test('a composition is finished by Enter and dropped by Escape, and stays in the box', async () => {
  const devtools = await ada.context().newCDPSession(ada);
  await whisperTo(ada, 'bob');
  const text = 'にほん';
  await devtools.send('Input.imeSetComposition', { text, selectionStart: 3, selectionEnd: 3 });
  for (const key of ['Enter', 'Escape']) {
    // An input method keeps the key's letter to itself.
    await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, code: key });
    await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code: key });
    await whispering(ada, 'bob').waitFor();
    assert.equal(await written(ada), text);
  }
  await devtools.send('Input.insertText', { text: '日本' });
  assert.equal(await written(ada), '日本');
  assert.equal(await log(bob).getByText('にほん').count(), 0);
  await ada.keyboard.press('Enter');
  await hears(bob, '日本');
  await ada.keyboard.press('Escape');
});

test('a whisper to who has left is kept', async () => {
  for (const alice of [ada, zoe]) await whisperTo(alice, 'bob');
  await choose(bob, 'Leave');
  for (const alice of [ada, zoe]) {
    await hears(alice, 'bob left');
    await box(alice).fill('too late');
    await alice.keyboard.press('Enter');
    await alice.locator('.objection').getByText('That member is not here any more.').waitFor();
    await holds(alice, 'too late');
    await whispering(alice, 'bob').waitFor();
    await alice.keyboard.press('Escape');
    assert.equal(await written(alice), '');
    await carolHeardNothingOf('too late', alice);
  }
});
