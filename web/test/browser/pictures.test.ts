// Pictures: given in every way, made small, shown before they go, to those whom they were meant for; in real browsers.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Browser, chromium, firefox, type Locator, type Page } from 'playwright-core';
import { FIREFOX_OPTIONS, INSECURE_HOST, launch, launchFirefox, OPTIONS } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { fromCamera, give, type Given, hollow, type How, MOVING, picture, TELLTALES } from './files.ts';
import { layLine } from './line.ts';
import {
  complaints,
  dismiss,
  doWith,
  enterRoom,
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

/** Bytes of the largest frame, as the daemon has it by default. */
const LARGEST_FRAME = 64 * 1024;

let daemon: Daemon;
const browsers: Browser[] = [];
before(async () => {
  daemon = await startDaemon();
});
after(async () => {
  await Promise.all(browsers.map(browser => browser.close()));
  await daemon?.stop();
  assert.deepEqual(complaints, []);
});

async function opened(browser: Promise<Browser>): Promise<Browser> {
  browsers.push(await browser);
  return browser;
}

/** What is about to be sent. */
const attached = (page: Page): Locator => page.getByRole('group', { name: /^Picture/ });
/** Waits until it is ready. */
const ready = (page: Page): Promise<void> => attached(page).locator('img').waitFor();
const gone = (page: Page): Promise<void> => attached(page).waitFor({ state: 'hidden' });
const pictures = (page: Page): Locator => log(page).locator('.body img');
const refused = (page: Page, text: string): Promise<void> =>
  page.locator('.refusals').getByText(text).waitFor();

/** The bytes of a picture that is shown. */
async function bytesOf(shown: Locator): Promise<{ type: string; bytes: Buffer }> {
  const [, type = '', packed = ''] =
    /^data:(image\/\w+);base64,(.*)$/.exec((await shown.getAttribute('src')) ?? '') ?? [];
  return { type, bytes: Buffer.from(packed, 'base64') };
}

/** The size of a picture that is shown, and colours of it: at the top, at the bottom, and in its corner. */
const look = (shown: Locator) =>
  shown.evaluate(async node => {
    const image = node as HTMLImageElement;
    await image.decode();
    const canvas = document.createElement('canvas');
    const [width, height] = [image.naturalWidth, image.naturalHeight];
    [canvas.width, canvas.height] = [width, height];
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    const at = (x: number, y: number) => {
      const [red = 0, , blue = 0, alpha] = data.subarray(4 * (y * width + x));
      return alpha === 0 ? 'open' : red > 240 && blue > 240 ? 'white' : red > blue ? 'red' : 'blue';
    };
    const middle = Math.floor(width / 2);
    return { width, height, top: at(middle, 2), bottom: at(middle, height - 3), corner: at(2, 2) };
  });

for (const [name, start] of [
  ['Chromium', launch],
  ['Firefox', launchFirefox],
] as const) {
  describe(name, () => {
    let alice: Page;
    let bob: Page;
    let carol: Page;
    before(async () => {
      const browser = await opened(start());
      [alice, bob, carol] = (await Promise.all([1, 2, 3].map(() => newPage(browser)))) as [Page, Page, Page];
      const link = await openRoom(alice, `http://${INSECURE_HOST}:${daemon.port}`, 'alice');
      await enterRoom(bob, link, 'bob');
      await enterRoom(carol, link, 'carol');
      await member(alice, 'carol').waitFor();
    });
    after(() => dismiss(alice, bob, carol));

    /** Gives a picture and sends it to all; the picture as bob has it. */
    async function sends(given: Given, description = '', how: How = 'choose'): Promise<Locator> {
      const count = await pictures(bob).count();
      await give(alice, how, given);
      await ready(alice);
      await alice.getByLabel('Description').fill(description);
      await press(alice, 'Send picture');
      await gone(alice);
      const shown = pictures(bob).nth(count);
      await shown.waitFor();
      return shown;
    }

    test('a photograph arrives upright, small enough, and without what its camera wrote', async () => {
      const photo = fromCamera(
        await picture(alice, { width: 2400, height: 1600, kind: 'photo', type: 'image/jpeg' }),
      );
      for (const telltale of TELLTALES) assert.ok((photo.bytes as Buffer).includes(telltale, 0, 'latin1'));
      assert.ok((photo.bytes as Buffer).length > LARGEST_FRAME);
      const shown = await sends(photo, 'Red above "blue" & <b>more</b>');
      const { bytes } = await bytesOf(shown);
      assert.ok(!(await shown.evaluate(({ outerHTML }) => outerHTML)).includes('photo'), 'not its name');
      for (const telltale of TELLTALES) assert.ok(!bytes.includes(telltale, 0, 'latin1'), telltale);
      assert.ok(bytes.length < LARGEST_FRAME * 0.75 && bytes.length > LARGEST_FRAME * 0.5, `${bytes.length}`);
      const { width, height, top, bottom } = await look(shown);
      assert.ok(height > width && height > 500, `${width} by ${height}`);
      assert.deepEqual([top, bottom], ['red', 'blue']);
      assert.equal(await shown.getAttribute('alt'), 'Red above "blue" & <b>more</b>');
      await log(alice).locator('.mine[data-state=sent] img').last().waitFor();
    });

    test('a picture comes by the button, from the clipboard and by being dropped', async () => {
      const small = await picture(alice, { width: 40, height: 30, kind: 'drawing', type: 'image/png' });
      for (const how of ['choose', 'paste', 'drop'] as const) {
        const shown = await sends(small, how, how);
        assert.equal(await shown.getAttribute('alt'), how);
      }
      assert.equal(await alice.locator('.drop').isVisible(), false);
    });

    test('a drawing stays sharp, and its ground open', async () => {
      const drawing = await picture(alice, {
        width: 1200,
        height: 900,
        kind: 'drawing',
        type: 'image/png',
        isOpen: true,
      });
      const shown = await sends(drawing);
      assert.equal((await bytesOf(shown)).type, 'image/png');
      const { width, height, corner } = await look(shown);
      assert.deepEqual([width, height, corner], [1200, 900, 'open']);
      assert.equal(await shown.getAttribute('alt'), 'Picture', 'where nobody has said what it shows');
    });

    test('a picture that was given for one member goes to that one, whoever is written to meanwhile', async () => {
      const small = await picture(alice, { width: 40, height: 30, kind: 'drawing', type: 'image/png' });
      const before = await pictures(carol).count();
      await doWith(alice, 'bob', 'Whisper');
      await give(alice, 'paste', small);
      await ready(alice);
      assert.match(await attached(alice).innerText(), /^Picture, to be whispered to bob/);
      await press(alice, 'Back to everyone');
      await gone(alice);
      // Neither the box nor its button sends what was given for one.
      await say(alice, 'to all');
      await hears(carol, 'to all');
      assert.equal(await pictures(alice).count(), await pictures(carol).count());

      await give(alice, 'paste', small);
      await ready(alice);
      assert.match(await attached(alice).innerText(), /^Picture, for everyone/);
      await doWith(alice, 'bob', 'Whisper');
      assert.match(await attached(alice).innerText(), /^Picture, to be whispered to bob/);
      await alice.getByLabel('Description').fill('for bob alone');
      await alice.getByLabel('Description').press('Enter');
      await log(bob).locator('.whisper img[alt="for bob alone"]').waitFor();
      await press(alice, 'Back to everyone');
      assert.match(await attached(alice).innerText(), /^Picture, for everyone/);
      await field(alice, 'Message').press('Enter');
      await gone(alice);
      await pictures(carol).nth(before).waitFor();
      assert.equal(await log(carol).locator('img[alt="for bob alone"]').count(), 0);
      assert.equal(await pictures(carol).count(), before + 1);
    });

    test('what can’t be sent is refused, and it is said why', async () => {
      const text = { name: 'notes.txt', type: 'text/plain', bytes: Buffer.from('hello') };
      const drawn = { name: 'logo.svg', type: 'image/svg+xml', bytes: Buffer.from('<svg><script/></svg>') };
      const tiff = { name: 'scan.tiff', type: 'image/tiff', bytes: Buffer.from('II*\0') };
      const boxes = Buffer.from(
        '\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x14ispe\0\0\0\0\0\0\0\x40\0\0\0\x40',
      );
      const heic = { name: 'phone.heic', type: 'image/heic', bytes: boxes };
      const { bytes: whole } = await picture(alice, {
        width: 90,
        height: 90,
        kind: 'photo',
        type: 'image/jpeg',
      });
      const torn = { name: 'torn.jpg', type: 'image/jpeg', bytes: (whole as Buffer).subarray(0, 300) };
      for (const [given, why] of [
        [text, 'notes.txt is no picture, and nothing else can be sent.'],
        [drawn, 'logo.svg is an SVG drawing, which may hold more than a picture: save it as PNG.'],
        [tiff, 'scan.tiff is a picture of a kind that this browser can’t read: save it as JPEG or PNG.'],
        [heic, 'phone.heic is a picture of a kind that this browser can’t read: save it as JPEG or PNG.'],
        [hollow(9000, 9000), '9000x9000.png has more than 64 million pixels: make it smaller first.'],
        [
          hollow(90, 90),
          '90x90.png can’t be read: it is broken, or of a kind that this browser doesn’t know.',
        ],
        [torn, 'torn.jpg can’t be read: it is broken, or of a kind that this browser doesn’t know.'],
        [
          { name: 'film.png', type: 'image/png', bytes: 32 * 2 ** 20 + 1 },
          'film.png is larger than 32 MB: make it smaller first.',
        ],
      ] as const) {
        await give(alice, 'drop', given);
        await refused(alice, why);
        await gone(alice);
        assert.equal(await alice.locator('.refusals p').count(), 1, why);
      }
      await field(alice, 'Message').press('Escape');
      assert.equal(await alice.locator('.refusals').innerText(), '');
    });

    test('several come one after the other, and no more than may wait', async () => {
      const small = await picture(alice, { width: 40, height: 30, kind: 'drawing', type: 'image/png' });
      const text = { name: 'notes.txt', type: 'text/plain', bytes: Buffer.from('hello') };
      await give(alice, 'choose', MOVING, text, ...new Array<Given>(8).fill(small));
      await refused(alice, '8 pictures may wait at once: 2 were left out.');
      await seen(alice, '1 × 1, 1 KB. Of the animation, its first picture alone is sent. 7 more to come.');
      const before = await pictures(bob).count();
      await press(alice, 'Send picture');
      await refused(alice, 'notes.txt is no picture');
      await seen(alice, '40 × 30, 1 KB. 5 more to come.');
      await press(alice, 'Remove');
      await seen(alice, '40 × 30, 1 KB. 4 more to come.');
      for (let left = 5; left > 1; left -= 1) await press(alice, 'Remove');
      await seen(alice, '40 × 30, 1 KB.');
      await field(alice, 'Message').press('Escape');
      await gone(alice);
      await say(alice, 'that was all');
      await hears(bob, 'that was all');
      assert.equal(await pictures(bob).count(), before + 1);
    });

    test('what is made small can be given up, and what comes next is what is shown', async () => {
      const large = await picture(alice, { width: 1500, height: 1000, kind: 'photo', type: 'image/jpeg' });
      const small = await picture(alice, { width: 40, height: 30, kind: 'drawing', type: 'image/png' });
      // It takes until the test lets it.
      await alice.evaluate(() => {
        const decode = globalThis.createImageBitmap;
        const held = globalThis as unknown as { release: () => void };
        const released = new Promise<void>(release => (held.release = release));
        globalThis.createImageBitmap = (async (picture: Blob) => {
          globalThis.createImageBitmap = decode;
          await released;
          return decode(picture);
        }) as typeof decode;
      });
      await give(alice, 'paste', large);
      await attached(alice).getByRole('progressbar').waitFor();
      await seen(alice, 'Making the picture small enough…');
      // A press does nothing yet.
      await attached(alice)
        .getByRole('button', { name: 'Send picture' })
        .evaluate(node => (node as HTMLElement).click());
      await field(alice, 'Message').press('Escape');
      await gone(alice);
      await give(alice, 'paste', small);
      await ready(alice);
      await alice.evaluate(() => (globalThis as unknown as { release: () => void }).release());
      await alice.evaluate(() => new Promise(settled => setTimeout(settled)));
      await seen(alice, '40 × 30, 1 KB.');
      await press(alice, 'Remove');
      await gone(alice);
    });

    test('a quoted or briefly shown picture goes by what it shows', async () => {
      const small = await picture(alice, { width: 40, height: 30, kind: 'drawing', type: 'image/png' });
      await sends(small, 'a red and a blue field');
      await alice.getByRole('button', { name: /message of alice: a red and a blue field/ }).click();
      await alice.getByRole('menuitem', { name: 'Reply' }).click();
      await alice.getByText('Replying to').getByText('a red and a blue field').waitFor();
      await sends(small, 'an answer');
      await log(bob).getByRole('button', { name: 'alice a red and a blue field' }).waitFor();
      await alice.getByText('Replying to').waitFor({ state: 'hidden' });
    });

    test('text that was copied with its looks stays text', async () => {
      const isTaken = await alice.evaluate(() => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', 'a cell');
        clipboardData.setData('text/html', '<td>a cell</td>');
        clipboardData.items.add(new File(['x'], 'cell.png', { type: 'image/png' }));
        const paste = new Event('paste', { bubbles: true, cancelable: true });
        Object.defineProperty(paste, 'clipboardData', { value: clipboardData });
        document.querySelector('textarea')?.dispatchEvent(paste);
        return paste.defaultPrevented;
      });
      assert.equal(isTaken, false);
      assert.equal(await attached(alice).isVisible(), false);
    });

    test('what is dropped beside the room opens nothing in its place', async () => {
      const isPrevented = await alice.evaluate(() => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(['x'], 'x.png', { type: 'image/png' }));
        return ['dragover', 'drop'].map(kind => {
          const event = new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true });
          document.querySelector('header')?.dispatchEvent(event);
          return event.defaultPrevented;
        });
      });
      assert.deepEqual(isPrevented, [true, true]);
    });
  });
}

test('a place to drop is shown while a file is held above the room, and says for whom', async () => {
  const browser = await opened(launch());
  const page = await newPage(browser);
  await openRoom(page, `http://localhost:${daemon.port}`, 'alice');
  const drag = (kind: string, on: string) =>
    page.evaluate(
      ([kind, on]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(['x'], 'x.png', { type: 'image/png' }));
        document.querySelector(on)?.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true }));
      },
      [kind, on] as const,
    );
  await drag('dragenter', '[role=log]');
  await page.getByText('Drop pictures here, for everyone').waitFor();
  await drag('dragleave', '.drop');
  await page.getByText('Drop pictures here, for everyone').waitFor({ state: 'hidden' });
  // A text that is dragged is none of it.
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData('text/plain', 'x');
    document
      .querySelector('textarea')
      ?.dispatchEvent(new DragEvent('dragenter', { dataTransfer, bubbles: true }));
  });
  assert.equal(await page.locator('.drop').isVisible(), false);
  dismiss(page);
});

test('the button opens the browser’s own chooser, and what is there fits the smallest screen', async () => {
  const browser = await opened(launch());
  const page = await newPage(browser, { viewport: { width: 320, height: 568 } });
  await openRoom(page, `http://localhost:${daemon.port}`, 'alice');
  const large = await picture(page, { width: 1200, height: 1600, kind: 'photo', type: 'image/jpeg' });
  const choosing = page.waitForEvent('filechooser');
  await press(page, 'Attach a picture');
  const chooser = await choosing;
  assert.equal(chooser.isMultiple(), true);
  await chooser.setFiles({ name: large.name, mimeType: large.type, buffer: large.bytes as Buffer });
  await ready(page);
  await fits(page);
  await touchable(page);
  const isFocused = await attached(page).evaluate(node => node === document.activeElement);
  assert.equal(isFocused, true);
  // By Tab to the description, and from there it is sent.
  await page.keyboard.press('Tab');
  await page.keyboard.type('two fields');
  await page.keyboard.press('Enter');
  await log(page).locator('img[alt="two fields"]').waitFor();
  await gone(page);
  const isInBox = await field(page, 'Message').evaluate(node => node === document.activeElement);
  assert.equal(isInBox, true);
  await fits(page);
  dismiss(page);
});

test('a picture that is sent while the line is broken goes when it is whole again', async () => {
  const line = await layLine(daemon.port);
  const browser = await opened(launch());
  const [alice, bob] = await Promise.all([newPage(browser), newPage(browser)]);
  const link = await openRoom(bob, `http://localhost:${daemon.port}`, 'bob');
  await enterRoom(alice, link.replace(`:${daemon.port}`, `:${line.port}`), 'alice');
  const large = await picture(alice, { width: 1500, height: 1000, kind: 'photo', type: 'image/jpeg' });
  await alice.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => name.includes('pictures')),
  );
  line.cut();
  await state(alice, 'Reconnecting');
  await give(alice, 'paste', large);
  await ready(alice);
  await press(alice, 'Send picture');
  await log(alice).locator('.mine[data-state=sending] img').waitFor();
  line.mend();
  await pictures(bob).waitFor();
  await log(alice).locator('.mine[data-state=sent] img').waitFor();
  line.close();
  dismiss(alice, bob);
});

test('leaving asks while a picture waits to be sent', async () => {
  const browser = await opened(launch());
  const [alice, bob] = await Promise.all([newPage(browser), newPage(browser)]);
  const link = await openRoom(alice, `http://localhost:${daemon.port}`, 'alice');
  await enterRoom(bob, link, 'bob');
  const small = await picture(bob, { width: 40, height: 30, kind: 'drawing', type: 'image/png' });
  await give(bob, 'paste', small);
  await ready(bob);
  await press(bob, 'More');
  await bob.getByRole('menuitem', { name: 'Leave' }).click();
  await bob.getByRole('dialog').getByText('What you have written is not sent yet.').waitFor();
  dismiss(alice, bob);
});

test('where a browser encodes no WebP, pictures go as JPEG, on white', async () => {
  const browser = await opened(launch());
  const page = await newPage(browser);
  await openRoom(page, `http://localhost:${daemon.port}`, 'alice');
  const photo = await picture(page, {
    width: 1500,
    height: 1000,
    kind: 'photo',
    type: 'image/png',
    isOpen: true,
  });
  await page.evaluate(() => {
    const { toBlob } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.toBlob = function (made, type, quality) {
      toBlob.call(this, made, type === 'image/webp' ? 'image/png' : type, quality);
    };
  });
  await give(page, 'paste', photo);
  await ready(page);
  await press(page, 'Send picture');
  await pictures(page).waitFor();
  assert.equal((await bytesOf(pictures(page))).type, 'image/jpeg');
  assert.equal((await look(pictures(page))).corner, 'white');
  dismiss(page);
});

for (const [name, start] of [
  [
    'Firefox',
    () =>
      firefox.launch({
        ...FIREFOX_OPTIONS,
        firefoxUserPrefs: { ...FIREFOX_OPTIONS.firefoxUserPrefs, 'privacy.resistFingerprinting': true },
      }),
  ],
  [
    'Chromium',
    () => chromium.launch({ ...OPTIONS, args: [...OPTIONS.args, '--disable-reading-from-canvas'] }),
  ],
] as const) {
  test(`${name}, where it keeps pages from reading what they draw: noise is not sent, and it is said why`, async () => {
    const browser = await opened(start());
    const page = await newPage(browser);
    await openRoom(page, `http://localhost:${daemon.port}`, 'alice');
    await give(page, 'paste', MOVING);
    await refused(page, 'moving.gif can’t be made smaller: this browser guards against fingerprinting');
    await gone(page);
    dismiss(page);
  });
}
