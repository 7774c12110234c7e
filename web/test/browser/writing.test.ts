// Writing, in real browsers: to whom it goes, what the box proposes, recalls, marks and measures, and that nothing that was
// meant for one, or can't be sent, goes anywhere.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { launch, launchFirefox } from './browsers.ts';
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
/** Gives seats up soon. */
let hasty: Daemon;
let chromium: Browser;
let firefox: Browser;
const cables: Line[] = [];
before(async () => {
  [daemon, hasty] = await Promise.all([startDaemon(), startDaemon('grace = "1 s"\nping = "1 s"\n')]);
  [chromium, firefox] = await Promise.all([launch(), launchFirefox()]);
});
after(async () => {
  await Promise.all([chromium?.close(), firefox?.close()]);
  for (const cable of cables) cable.close();
  await Promise.all([daemon?.stop(), hasty?.stop()]);
  assert.deepEqual(complaints.splice(0), []);
});

const box = (page: Page): Locator => field(page, 'Message');
const written = (page: Page): Promise<string> => box(page).inputValue();
const holds = (page: Page, text: string) =>
  page.waitForFunction(text => document.querySelector('textarea')?.value === text, text);
const list = (page: Page): Locator => page.getByRole('listbox', { name: 'Proposals' });
const options = (page: Page): Promise<string[]> => list(page).getByRole('option').allInnerTexts();
const whispering = (page: Page, alias: string): Locator =>
  page.getByRole('status').filter({ hasText: `Whispering to ${alias}` });
const refused = (page: Page, why: string): Promise<void> =>
  page.locator('.objection').filter({ hasText: why }).waitFor();
const origin = (of: Daemon | Line): string => `http://localhost:${of.port}`;

/** Empties the box, and turns back to the room. */
async function clear(page: Page): Promise<void> {
  await box(page).fill('');
  await page.keyboard.press('Escape');
}

for (const [name, browserOf] of [
  ['Chromium', () => chromium],
  ['Firefox', () => firefox],
] as const) {
  describe(`in ${name}`, () => {
    let ada: Page;
    let ben: Page;
    let carol: Page;
    before(async () => {
      [ada, ben, carol] = await Promise.all([newPage(browserOf()), newPage(chromium), newPage(chromium)]);
      const link = await openRoom(ada, origin(daemon), 'ada');
      await enterRoom(ben, link, 'ben');
      await enterRoom(carol, link, 'carol');
      for (const alias of ['ben', 'carol']) await member(ada, alias).waitFor();
    });
    after(() => dismiss(ada, ben, carol));

    /** Carol gets frames in the order in which they are sent: what she was to hear before this, she has heard. */
    let asked = 0;
    async function carolHeardNothingOf(secret: string): Promise<void> {
      asked += 1;
      await say(ada, `all of it, ${asked}`);
      await hears(carol, `all of it, ${asked}`);
      assert.equal(await log(carol).getByText(secret).count(), 0);
    }

    test('nobody has whispered yet, so nobody is answered', async () => {
      await box(ada).pressSequentially('/r secret');
      await ada.keyboard.press('Enter');
      await log(ada).getByText('Nobody has whispered to you.').waitFor();
      await holds(ada, '/r secret');
      await box(ada).fill('a draft');
      await ada.keyboard.press('Alt+r');
      await refused(ada, 'Nobody has whispered to you.');
      assert.equal(await written(ada), 'a draft');
      await clear(ada);
      await carolHeardNothingOf('secret');
    });

    test('the box says to whom it goes, and grows with what is in it up to a bound', async () => {
      const placeholder = () => box(ada).getAttribute('placeholder');
      assert.equal(await placeholder(), 'Message to everyone');
      await doWith(ada, 'ben', 'Whisper');
      assert.equal(await placeholder(), 'Whisper to ben');
      await ada.keyboard.press('Escape');
      assert.equal(await placeholder(), 'Message to everyone');
      const height = () => box(ada).evaluate(node => node.getBoundingClientRect().height);
      const least = await height();
      await box(ada).pressSequentially('one');
      for (let line = 0; line < 3; line += 1) await ada.keyboard.press('Shift+Enter');
      const grown = await height();
      assert.ok(grown > least + 3 * 20, `${grown}`);
      await box(ada).fill('line\n'.repeat(200));
      assert.ok((await height()) <= 0.3 * 800 + 1);
      await box(ada).fill('short again');
      await ada.keyboard.press('Enter');
      await hears(ben, 'short again');
      assert.equal(await height(), least);
    });

    test('/r is for the last whisperer from the first letter on, whoever whispers meanwhile, and for one message', async () => {
      await say(ben, '/purr ada psst from ben');
      await hears(ada, 'psst from ben');
      await box(ada).pressSequentially('/r ');
      await whispering(ada, 'ben').waitFor();
      assert.equal(await written(ada), '');
      await say(carol, '/purr ada psst from carol');
      await hears(ada, 'psst from carol');
      await ada.keyboard.type('for ben alone');
      await ada.keyboard.press('Enter');
      await hears(ben, 'for ben alone');
      await whispering(ada, 'ben').waitFor({ state: 'hidden' });
      assert.equal(await ada.evaluate(() => document.activeElement?.localName), 'textarea');
      await carolHeardNothingOf('for ben alone');
      // As it is pasted.
      await box(ada).fill('/r for carol alone');
      await whispering(ada, 'carol').waitFor();
      await ada.keyboard.press('Enter');
      await hears(carol, 'for carol alone');
      await whispering(ada, 'carol').waitFor({ state: 'hidden' });
    });

    test('a key turns to the last whisperer and leaves the draft where it is', async () => {
      await box(ada).fill('for all');
      await log(ada).focus();
      await ada.keyboard.press('Alt+r');
      await whispering(ada, 'carol').waitFor();
      assert.equal(await written(ada), '');
      await ada.keyboard.type('for carol too');
      await ada.keyboard.press('Enter');
      await hears(carol, 'for carol too');
      await whispering(ada, 'carol').waitFor();
      await ada.keyboard.press('Escape');
      assert.equal(await written(ada), 'for all');
      await clear(ada);
    });

    test('an alias is named by a press on it, in what is being written', async () => {
      await say(ben, 'who is it?');
      await hears(ada, 'who is it?');
      const alias = log(ada).locator('.line').filter({ hasText: 'who is it?' }).locator('.head .alias');
      await box(ada).fill('it is');
      await alias.click();
      assert.equal(await written(ada), 'it is @ben ');
      await box(ada).fill('');
      await alias.click();
      await ada.keyboard.type('hello');
      assert.equal(await written(ada), '@ben hello');
      await clear(ada);
      await doWith(ada, 'carol', 'Mention');
      assert.equal(await written(ada), '@carol ');
      await member(ada, 'ben').locator('.alias').click();
      assert.equal(await written(ada), '@carol @ben ');
      await clear(ada);
      // A whisperer is answered by a whisper.
      await log(ada).locator('.whisper').filter({ hasText: 'psst from carol' }).locator('.alias').click();
      await whispering(ada, 'carol').waitFor();
      await clear(ada);
    });

    test('a slash lists the commands with what they do; arrow keys choose, Tab completes', async () => {
      await box(ada).pressSequentially('/');
      const shown = await options(ada);
      assert.match(shown[0] ?? '', /^\/purr ALIAS TEXT\s+whisper to one member$/);
      assert.ok(shown.some(text => /^\/help\s+list the commands$/.test(text)));
      await ada
        .getByRole('status')
        .filter({ hasText: `${shown.length} proposals` })
        .waitFor();
      await ada.keyboard.type('k');
      assert.deepEqual(
        (await options(ada)).map(text => text.split(/\s/)[0]),
        ['/kick', '/keeper'],
      );
      for (const [key, chosen] of [
        ['ArrowDown', 0],
        ['ArrowDown', 1],
        ['ArrowDown', 0],
        ['ArrowUp', 1],
      ] as const) {
        await ada.keyboard.press(key);
        const active = await box(ada).getAttribute('aria-activedescendant');
        const option = list(ada).getByRole('option').nth(chosen);
        assert.equal(active, await option.getAttribute('id'));
        assert.equal(await option.getAttribute('aria-selected'), 'true');
      }
      await ada.keyboard.press('Enter');
      assert.equal(await written(ada), '/keeper ');
      // The aliases that may follow come by themselves.
      assert.deepEqual(await options(ada), ['ben', 'carol']);
      await ada.keyboard.type('C');
      await ada.keyboard.press('Tab');
      assert.equal(await written(ada), '/keeper carol ');
      await list(ada).waitFor({ state: 'hidden' });
      // A completion is undone as anything that is typed.
      await ada.keyboard.press('Control+z');
      assert.notEqual(await written(ada), '/keeper carol ');
      await clear(ada);
    });

    test('an alias is completed after @, a press chooses, and the Tab key leads on afterwards', async () => {
      await box(ada).pressSequentially('well, @b');
      assert.deepEqual(await options(ada), ['ben']);
      await list(ada).getByRole('option').click();
      assert.equal(await written(ada), 'well, @ben ');
      assert.equal(await ada.evaluate(() => document.activeElement?.localName), 'textarea');
      await ada.keyboard.press('Tab');
      assert.notEqual(await ada.evaluate(() => document.activeElement?.localName), 'textarea');
      await clear(ada);
    });

    test('Enter sends what is typed where nothing was chosen, and Escape closes the list alone', async () => {
      await doWith(ada, 'ben', 'Whisper');
      await ada.keyboard.type('ask @ca');
      await list(ada).waitFor();
      await ada.keyboard.press('Escape');
      await list(ada).waitFor({ state: 'hidden' });
      await whispering(ada, 'ben').waitFor();
      assert.equal(await written(ada), 'ask @ca');
      // Nor does it come back before another word.
      await ada.keyboard.type('r');
      assert.equal(await list(ada).isVisible(), false);
      await ada.keyboard.type(' @ca');
      await list(ada).waitFor();
      await ada.keyboard.press('Enter');
      await hears(ben, 'ask @car @ca');
      await ada.keyboard.press('Escape');
      await whispering(ada, 'ben').waitFor({ state: 'hidden' });
      await carolHeardNothingOf('ask @car');
    });

    test('keys of an input method neither choose nor recall', async () => {
      await box(ada).pressSequentially('@');
      await list(ada).waitFor();
      await box(ada).evaluate(node => {
        for (const key of ['ArrowDown', 'Tab', 'Enter', 'Escape'])
          for (const how of [{ isComposing: true }, { keyCode: 229 }])
            node.dispatchEvent(
              new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...how }),
            );
      });
      assert.equal(await written(ada), '@');
      assert.equal(await list(ada).isVisible(), true);
      assert.equal(await box(ada).getAttribute('aria-activedescendant'), null);
      await ada.keyboard.press('Escape');
      await clear(ada);
      await box(ada).evaluate(node =>
        node.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'ArrowUp', isComposing: true, bubbles: true }),
        ),
      );
      assert.equal(await written(ada), '');
    });

    test('what was sent comes back by arrow keys, from each box its own, and in the place of no draft', async () => {
      for (const text of ['first', 'second\nin two lines']) {
        await box(ada).fill(text);
        await ada.keyboard.press('Enter');
        await holds(ada, '');
      }
      await ada.keyboard.press('ArrowUp');
      assert.equal(await written(ada), 'second\nin two lines');
      // From its last line the first is above, and only from there what was sent before.
      await ada.keyboard.press('ArrowUp');
      assert.equal(await written(ada), 'second\nin two lines');
      await ada.keyboard.press('ArrowUp');
      assert.equal(await written(ada), 'first');
      await ada.keyboard.press('ArrowDown');
      await ada.keyboard.press('ArrowDown');
      assert.equal(await written(ada), '');
      await ada.keyboard.press('ArrowUp');
      await ada.keyboard.type(', amended');
      await ada.keyboard.press('Control+Home');
      await ada.keyboard.press('ArrowUp');
      assert.equal(await written(ada), 'second\nin two lines, amended');
      await clear(ada);
      await doWith(ada, 'carol', 'Whisper');
      await ada.keyboard.type('between us');
      await ada.keyboard.press('Enter');
      await hears(carol, 'between us');
      await ada.keyboard.press('Escape');
      for (let back = 0; back < 30; back += 1) {
        await ada.keyboard.press('ArrowUp');
        assert.doesNotMatch(await written(ada), /between us/);
      }
      await clear(ada);
    });

    test('what is too long says by how much and stays, and goes once it is short enough', async () => {
      const told = ada.locator('.count > [aria-hidden]');
      await box(ada).fill('x'.repeat(70_000));
      const over = Number(/^Too long by (\d+) bytes\.$/.exec((await told.textContent()) ?? '')?.[1]);
      await ada.getByRole('status').filter({ hasText: 'Too long to send.' }).waitFor();
      await ada.keyboard.press('Enter');
      await refused(ada, `Too long by ${over} bytes. What you have written stays here.`);
      assert.equal((await written(ada)).length, 70_000);
      await box(ada).fill('x'.repeat(70_000 - over + 1));
      assert.equal(await told.textContent(), 'Too long by 1 byte.');
      await ada.keyboard.press('Backspace');
      assert.equal(await told.textContent(), '0 bytes left');
      await ada.keyboard.press('Backspace');
      assert.equal(await told.textContent(), '1 byte left');
      await box(ada).fill('é'.repeat((70_000 - over) / 2 - 600));
      assert.equal(await told.textContent(), '', 'far from the limit');
      await box(ada).fill('x'.repeat(70_000 - over));
      await ada.keyboard.press('Enter');
      await holds(ada, '');
      await log(ada).locator('.mine[data-state=sent]').last().waitFor();
      assert.equal(await log(ada).getByText('That is too long').count(), 0);
    });

    test('the bar puts marks around what is selected, and undoing takes them away', async () => {
      await box(ada).pressSequentially('one two');
      const select = (from: number, to: number) =>
        box(ada).evaluate((node: HTMLTextAreaElement, at) => node.setSelectionRange(at[0], at[1]), [
          from,
          to,
        ] as const);
      await select(4, 7);
      await press(ada, 'Bold');
      assert.equal(await written(ada), 'one **two**');
      await press(ada, 'Italic');
      assert.equal(await written(ada), 'one ***two***');
      await ada.keyboard.press('Control+z');
      await ada.keyboard.press('Control+z');
      assert.equal(await written(ada), 'one two');
      await select(0, 3);
      await ada.keyboard.press('Control+b');
      assert.equal(await written(ada), '**one** two');
      await ada.keyboard.press('Control+b');
      assert.equal(await written(ada), 'one two');
      // One stop of the Tab key, and arrow keys within.
      await ada.getByRole('button', { name: 'Bold' }).focus();
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter']) await ada.keyboard.press(key);
      assert.equal(await written(ada), '- one two');
      await clear(ada);
    });

    test('the preview shows what is written as it will look, and no order', async () => {
      const preview = ada.getByRole('region', { name: 'Preview' });
      await press(ada, 'Preview');
      await preview.getByText('Here stands how your message will look.').waitFor();
      await box(ada).fill('a <b>bold</b> <script>word</script>');
      await preview.locator('b').getByText('bold').waitFor();
      assert.equal(await preview.locator('script').count(), 0);
      await box(ada).fill('/lock');
      await preview.getByText('Here stands how your message will look.').waitFor();
      await box(ada).fill('/me waves to <i>all</i>');
      await preview.locator('i').waitFor();
      await press(ada, 'Preview');
      await preview.waitFor({ state: 'hidden' });
      await clear(ada);
    });

    test('the bar leads to the commands', async () => {
      await press(ada, 'Commands');
      assert.equal(await written(ada), '/');
      await list(ada).waitFor();
      await ada.keyboard.press('Escape');
      await box(ada).fill('a draft');
      await press(ada, 'Commands');
      await log(ada).getByText('whisper to one member').waitFor();
      assert.equal(await written(ada), 'a draft');
      await clear(ada);
    });

    test('who whispered last and has left is not answered, and nobody else instead', async () => {
      await say(carol, '/purr ada once more');
      await hears(ada, 'once more');
      await say(ben, '/purr ada and then I go');
      await hears(ada, 'and then I go');
      await choose(ben, 'Leave');
      await hears(ada, 'ben left');
      await box(ada).fill('/r secret');
      await ada.keyboard.press('Enter');
      await log(ada).getByText('Whoever last whispered to you is not here any more.').waitFor();
      await holds(ada, '/r secret');
      await clear(ada);
      await ada.keyboard.press('Alt+r');
      await refused(ada, 'Whoever last whispered to you is not here any more.');
      await carolHeardNothingOf('secret');
    });
  });
}

test('to who is away nothing is whispered; what was written stays, and goes once that one is back', async () => {
  const [ada, ben] = await Promise.all([newPage(chromium), newPage(chromium)]);
  const cable = await layLine(daemon.port);
  cables.push(cable);
  const link = await openRoom(ada, origin(daemon), 'ada');
  await enterRoom(ben, link.replace(`:${daemon.port}`, `:${cable.port}`), 'ben');
  await member(ada, 'ben').waitFor();
  await doWith(ada, 'ben', 'Whisper');
  await ada.keyboard.type('for ben');
  cable.cut();
  await whispering(ada, 'ben').getByText('ben is away at the moment.').waitFor();
  await press(ada, 'Send');
  await refused(ada, 'ben is away at the moment.');
  await refused(ada, 'What you have written stays here.');
  assert.equal(await written(ada), 'for ben');
  // A command is one here, too.
  await ada.keyboard.press('Escape');
  await doWith(ada, 'ben', 'Whisper');
  assert.equal(await written(ada), 'for ben');
  assert.equal(await log(ada).locator('.mine').count(), 0);
  cable.mend();
  await state(ben, 'Connected');
  await whispering(ada, 'ben').getByText('away').waitFor({ state: 'detached' });
  await press(ada, 'Send');
  await hears(ben, 'for ben');
  dismiss(ada, ben);
});

test('drafts outlive a break, and entering anew', async () => {
  const [ada, ben] = await Promise.all([newPage(chromium), newPage(chromium)]);
  const cable = await layLine(hasty.port);
  cables.push(cable);
  const link = await openRoom(ben, origin(hasty), 'ben');
  await enterRoom(ada, link.replace(`:${hasty.port}`, `:${cable.port}`), 'ada');
  await member(ada, 'ben').waitFor();
  await doWith(ada, 'ben', 'Whisper');
  await ada.keyboard.type('for ben');
  await ada.keyboard.press('Escape');
  await box(ada).pressSequentially('for all');
  cable.cut();
  await member(ben, 'ada').waitFor({ state: 'detached' });
  await ada.keyboard.type(', written meanwhile');
  cable.mend();
  await seen(ada, 'you entered anew');
  assert.equal(await written(ada), 'for all, written meanwhile');
  await ada.keyboard.press('Enter');
  await hears(ben, 'for all, written meanwhile');
  await doWith(ada, 'ben', 'Whisper');
  assert.equal(await written(ada), 'for ben');
  await ada.keyboard.press('Enter');
  await hears(ben, 'for ben');
  dismiss(ada, ben);
});

for (const width of [320, 360]) {
  test(`where fingers type Enter begins a line and a button sends; at ${width} pixels the bar unfolds`, async () => {
    const phone = { viewport: { width, height: 640 }, hasTouch: true, isMobile: true };
    const page = await newPage(chromium, phone);
    await openRoom(page, origin(daemon), 'ada');
    assert.equal(await box(page).getAttribute('enterkeyhint'), 'enter');
    await box(page).pressSequentially('one');
    await page.keyboard.press('Enter');
    await page.keyboard.type('two');
    assert.equal(await written(page), 'one\ntwo');
    await page.getByRole('button', { name: 'Send', exact: true }).tap();
    await log(page).getByText('one\ntwo').waitFor();
    const bar = page.getByRole('toolbar', { name: 'Format' });
    assert.equal(await bar.isVisible(), false);
    const opener = page.getByRole('button', { name: 'Format', exact: true });
    await opener.tap();
    assert.equal(await opener.getAttribute('aria-expanded'), 'true');
    await bar.waitFor();
    await fits(page);
    await touchable(page);
    await page.getByRole('button', { name: 'Commands' }).tap();
    await list(page).waitFor();
    await fits(page);
    const { height = 0 } = (await list(page).getByRole('option').first().boundingBox()) ?? {};
    assert.ok(height >= 44);
    await list(page).getByRole('option').filter({ hasText: '/number' }).tap();
    assert.equal(await written(page), '/number');
    await page.getByRole('button', { name: 'Send', exact: true }).tap();
    await seen(page, 'Your number:');
    await opener.tap();
    await bar.waitFor({ state: 'hidden' });
    dismiss(page);
  });
}

test('where there are keys Enter sends, and the keyboard of a phone is told so', async () => {
  const page = await newPage(chromium);
  await openRoom(page, origin(daemon), 'ada');
  assert.equal(await box(page).getAttribute('enterkeyhint'), 'send');
  assert.equal(await page.getByRole('button', { name: 'Format', exact: true }).isVisible(), false);
  assert.equal(await page.getByRole('toolbar', { name: 'Format' }).isVisible(), true);
  dismiss(page);
});
