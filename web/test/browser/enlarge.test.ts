// A picture of the conversation is enlarged, by whatever one presses with, for as long as its line is there.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { launch, launchFirefox } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { give, picture } from './files.ts';
import {
  choose,
  complaints,
  dismiss,
  enterRoom,
  farewell,
  fits,
  log,
  newPage,
  openRoom,
  press,
  say,
} from './people.ts';

let daemon: Daemon;
const browsers: Record<string, Browser> = {};
let origin: string;
before(async () => {
  [daemon, browsers.Chromium, browsers.Firefox] = await Promise.all([
    startDaemon(),
    launch(),
    launchFirefox(),
  ]);
  origin = `http://localhost:${daemon.port}`;
});
after(async () => {
  await Promise.all(Object.values(browsers).map(each => each.close()));
  await daemon?.stop();
  assert.deepEqual(complaints.splice(0), []);
});

const shown = (page: Page, name: string): Locator => log(page).getByRole('button', { name, exact: true });
const enlarged = (page: Page, name: string): Locator => page.getByRole('dialog', { name, exact: true });

async function send(page: Page, description: string): Promise<void> {
  await give(
    page,
    'paste',
    await picture(page, { width: 600, height: 400, kind: 'photo', type: 'image/jpeg' }),
  );
  await page
    .getByRole('group', { name: /^Picture/ })
    .locator('img')
    .waitFor();
  await page.getByLabel('Description').fill(description);
  await press(page, 'Send picture');
}

type Options = Parameters<typeof newPage>[1];

/** Alice, who sends a picture to bob, who looks. */
async function pair(name: string, options: Options = {}): Promise<[alice: Page, bob: Page]> {
  const browser = browsers[name] as Browser;
  const [alice, bob] = await Promise.all([newPage(browsers.Chromium as Browser), newPage(browser, options)]);
  await enterRoom(bob, await openRoom(alice, origin, 'alice'), 'bob');
  await send(alice, 'a field');
  await shown(bob, 'a field').waitFor();
  return [alice, bob];
}

for (const name of ['Chromium', 'Firefox'])
  test(`${name}: a press or a key opens a picture, and closes it, and nothing is fetched`, async () => {
    const [alice, bob] = await pair(name);
    const fetched: string[] = [];
    bob.on('request', request => {
      if (!request.url().startsWith('data:')) fetched.push(request.url());
    });
    const image = shown(bob, 'a field');
    const dialog = enlarged(bob, 'a field');
    const isOnPicture = () => image.evaluate(node => node === document.activeElement);
    for (const key of ['Enter', 'Space', undefined]) {
      await image.focus();
      if (key) await bob.keyboard.press(key);
      else await image.click();
      await dialog.waitFor();
      // Space, let go on the button that has the focus now, does not press that.
      assert.equal(await dialog.isVisible(), true);
      const size = (of: Locator) => of.evaluate(node => node.getBoundingClientRect().height);
      assert.ok((await size(dialog.locator('img'))) > 1.5 * (await size(image)));
      await fits(bob);
      await bob.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      assert.equal(await isOnPicture(), true);
    }
    for (const part of ['img', 'button']) {
      await image.click();
      await dialog.locator(part).click();
      await dialog.waitFor({ state: 'detached' });
    }
    assert.deepEqual(fetched, []);
    dismiss(alice, bob);
  });

test('by a finger, on a phone, the picture and what it shows are seen whole', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const screen = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, colorScheme };
    const [alice, bob] = await pair('Chromium', screen);
    await shown(bob, 'a field').tap();
    const dialog = enlarged(bob, 'a field');
    await dialog.waitFor();
    await fits(bob);
    for (const part of ['p', 'img', 'button']) {
      const box = await dialog.locator(part).boundingBox();
      assert.ok(
        box && box.x >= 0 && box.y >= 0 && box.x + box.width <= 360 && box.y + box.height <= 640,
        part,
      );
    }
    await dialog.locator('img').tap();
    await dialog.waitFor({ state: 'detached' });
    dismiss(alice, bob);
  }
});

test('it closes when its line goes, and with the room', async () => {
  const [alice, bob] = await pair('Chromium');
  await shown(bob, 'a field').click();
  await enlarged(bob, 'a field').waitFor();
  await say(alice, 'something else');
  await log(bob).getByText('something else').waitFor();
  assert.equal(await enlarged(bob, 'a field').isVisible(), true);
  await log(alice).locator('.body img').hover();
  await alice.locator('.doings .opener').click();
  await alice.getByRole('menuitem', { name: 'Unsend', exact: true }).click();
  await enlarged(bob, 'a field').waitFor({ state: 'detached' });
  assert.equal(await bob.evaluate(() => document.activeElement?.localName), 'textarea');

  await send(alice, 'a hill');
  await shown(bob, 'a hill').click();
  await enlarged(bob, 'a hill').waitFor();
  await choose(alice, 'Stop room');
  await alice.getByRole('dialog').getByRole('button', { name: 'Stop room' }).click();
  await farewell(bob, 'alice');
  dismiss(alice, bob);
});

test('Escape that closes it does not count as leaving at once', async () => {
  const [alice, bob] = await pair('Chromium');
  await shown(bob, 'a field').click();
  await enlarged(bob, 'a field').waitFor();
  await bob.keyboard.press('Escape');
  await bob.keyboard.press('Escape');
  await enlarged(bob, 'a field').waitFor({ state: 'detached' });
  assert.equal(await log(bob).isVisible(), true);
  dismiss(alice, bob);
});

test('a picture within a link leads where the link does', async () => {
  const [alice, bob] = await pair('Chromium');
  const dot = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==';
  await say(alice, `<a href="https://example.org/">see <img src="${dot}" alt="dot"></a>`);
  await log(bob).locator('a img').waitFor();
  assert.equal(await log(bob).locator('a img[role]').count(), 0);
  dismiss(alice, bob);
});

test('the focus on a picture goes on in the conversation when its line is taken back', async () => {
  const [alice, bob] = await pair('Chromium');
  await shown(bob, 'a field').focus();
  await log(alice).locator('.body img').hover();
  await alice.locator('.doings .opener').click();
  await alice.getByRole('menuitem', { name: 'Unsend', exact: true }).click();
  await shown(bob, 'a field').waitFor({ state: 'detached' });
  assert.equal(await log(bob).evaluate(node => node === document.activeElement), true);
  dismiss(alice, bob);
});

test('a picture whose description shows nothing is named all the same', async () => {
  const [alice, bob] = await pair('Chromium');
  const dot = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==';
  for (const alt of ['', ' ', '\u200b', '\u2060\u00ad', '\u3164', '\u2800'])
    await say(alice, `<img src="${dot}" alt="${alt}"> after`);
  await log(bob).getByText('after').nth(5).waitFor();
  assert.equal(await shown(bob, 'Picture').count(), 6);
  dismiss(alice, bob);
});
