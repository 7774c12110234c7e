// What people write, and codes, stay in the page: no service that checks, completes or translates is to be sent them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import {
  complaints,
  enterRoom,
  farewell,
  field,
  hears,
  inside,
  log,
  newPage,
  press,
  say,
  seen,
  doWith,
} from './people.ts';

let daemon: Daemon;
let browser: Browser;
before(async () => {
  daemon = await startDaemon();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
  assert.deepEqual(complaints, []);
});

/** Stands in all that is written in this test, for finding it again. */
const MARK = 'Qx7';

/**
 * Which fields let what is typed be sent away or changed, and which words and codes may be sent to be translated.
 * Counts the words, so that a test knows that it has looked at some.
 */
const look = (page: Page, codes: string[]): Promise<{ faults: string[]; words: number }> =>
  page.evaluate(
    ({ codes }) => {
      const faults: string[] = [];
      let words = 0;
      const kept = (node: Element) => node.closest('[translate]')?.getAttribute('translate') === 'no';
      for (const box of document.querySelectorAll<HTMLInputElement>(
        'input:not([type=radio], [type=checkbox], [type=file]), textarea',
      )) {
        const is = (name: string, value: RegExp) => value.test(box.getAttribute(name) ?? '');
        const safe =
          is('spellcheck', /^false$/) &&
          is('writingsuggestions', /^false$/) &&
          is('autocorrect', /^off$/) &&
          is('autocomplete', /^(?:off|new-password)$/) &&
          (box.localName === 'textarea' || box.readOnly || is('autocapitalize', /^(?:none|characters)$/)) &&
          (box.autocomplete !== 'new-password' || is('autocapitalize', /^none$/)) &&
          box.spellcheck === false &&
          !box.isContentEditable;
        if (!safe || !kept(box)) faults.push(box.outerHTML);
      }
      for (const node of document.querySelectorAll('*')) {
        const texts = [...node.childNodes]
          .filter(child => child.nodeType === Node.TEXT_NODE)
          .map(each => each.nodeValue);
        texts.push(
          ...[...node.attributes]
            .filter(({ name }) => name !== 'class' && name !== 'href')
            .map(each => each.value),
        );
        if (node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement) texts.push(node.value);
        if (!texts.some(text => codes.some(code => text?.includes(code)))) continue;
        words += 1;
        if (!kept(node)) faults.push(node.outerHTML.slice(0, 200));
      }
      if (codes.some(code => document.title.includes(code))) faults.push(document.title);
      return { faults, words };
    },
    { codes },
  );

test('in every state of the page', async () => {
  const [alice, bob] = await Promise.all([newPage(browser), newPage(browser)]);
  const codes = [MARK];
  const check = async (page: Page, least: number, state: string) => {
    const { faults, words } = await look(page, codes);
    assert.deepEqual(faults, [], state);
    assert.ok(words >= least, `${state}: ${words}`);
  };
  await alice.goto(`http://localhost:${daemon.port}/`);
  await check(alice, 0, 'the entrance');
  await field(alice, 'Alias').fill(`alice${MARK}`);
  await alice.getByText('Options').click();
  await field(alice, 'Your own password').fill(`hidden${MARK}`);
  await check(alice, 2, 'a hidden password');
  await press(alice, 'Show the characters');
  await field(alice, 'Your own room key').fill(MARK);
  await press(alice, 'Open a room');
  await seen(alice, 'A room key has');
  await check(alice, 2, 'a refusal');
  codes.push('K7QN-4XZE');
  await field(alice, 'Your own room key').fill('K7QN-4XZE');
  await check(alice, 3, 'codes of one’s own');
  // At once, while keys are made.
  await alice.getByRole('button', { name: 'Open a room' }).evaluate((button: HTMLElement) => button.click());
  await check(alice, 3, 'making keys');
  await inside(alice);
  await check(alice, 2, 'an empty room');
  await press(alice, 'Invite');
  await check(alice, 3, 'an invitation');
  const link = await alice.getByRole('textbox', { name: 'Invitation link' }).inputValue();
  await press(alice, 'Close');
  await bob.goto(link);
  await bob.getByRole('button', { name: 'Enter the room' }).waitFor();
  await check(bob, 1, 'somebody invited');
  await enterRoom(bob, link, `bob${MARK}`);
  await say(
    alice,
    `hello ${MARK} <b title="${MARK}">and</b> <img alt="${MARK}"> <a href="https://example.org">${MARK}</a>`,
  );
  await say(bob, `/purr alice${MARK} whispered ${MARK}`);
  await hears(alice, `whispered ${MARK}`);
  await check(alice, 10, 'a conversation');
  await doWith(alice, `bob${MARK}`, 'Whisper');
  await field(alice, 'Message').fill(`draft ${MARK}`);
  await check(alice, 11, 'a whisper being written');
  await alice.keyboard.press('Escape');
  await say(alice, `/purr nobody${MARK} x`);
  await say(alice, `/${MARK} x`);
  await log(alice).locator('.local').nth(1).waitFor();
  await check(alice, 12, 'mistakes');
  await say(alice, `/purr bob${MARK} whispered back`);
  await hears(bob, 'whispered back');
  await check(bob, 5, 'a whisper that was heard');
  await doWith(alice, `bob${MARK}`, 'Kick');
  await check(alice, 12, 'a question');
  await press(alice, 'Cancel');
  await say(bob, `/exit so long ${MARK}`);
  await farewell(bob, 'You have left the room.');
  await check(bob, 0, 'the farewell');
  await hears(alice, `so long ${MARK}`);
  await hears(alice, `bob${MARK} left`);
  await check(alice, 12, 'somebody left');
});
