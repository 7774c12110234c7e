// What people do with the page, each in a browser profile of their own.

import assert from 'node:assert/strict';
import type { BrowserContextOptions } from 'playwright-core';
import { type Browser, type Locator, type Options, type Page, PATIENCE } from './driver.ts';

/** What went wrong in pages that nobody looked at; each test file asks for it at its end. */
export const complaints: string[] = [];

/** A fresh profile with one page. */
export async function newPage<P extends Page>(
  browser: Browser<P>,
  options: Options & BrowserContextOptions = {},
): Promise<P> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  page.on('pageerror', error => complaints.push(String(error.stack ?? error)));
  page.on('console', message => {
    // A connection that a test has cut is told on the console, and is what the test wanted.
    if (/WebSocket connection|ERR_CONNECTION|ERR_SOCKET/.test(message.text())) return;
    // Headers that serve where there is https; over plain http the browser says that it passes over them.
    if (/origin was untrustworthy|Not supported for insecure origins/.test(message.text())) return;
    // Chromium looks for the icon of a blank page where that came from.
    if (message.location().url.endsWith('/favicon.ico')) return;
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  return page;
}

/** Waits until all has come that the page loads once its entrance is there. */
export async function loaded(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const names = performance.getEntriesByType('resource').map(({ name }) => name);
    return ['inside', 'aliases', 'confusables'].every(part => names.some(name => name.includes(part)));
  });
}

/**
 * Closes the profiles of these pages. Nobody waits for it: Chromium sometimes never says that it has, and what
 * is left goes with the browser.
 */
export function dismiss(...pages: (Page | undefined)[]): void {
  for (const page of pages)
    page
      ?.context()
      .close()
      .catch(() => {});
}

export const address = (page: Page): Promise<string> => page.evaluate(() => location.href);
export const field = <L extends Locator>(page: Page<L>, label: string): L =>
  page.getByLabel(label, { exact: true });
export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();
/** Chooses from the room's menu. */
export async function choose(page: Page, name: string): Promise<void> {
  await press(page, 'More');
  await page.getByRole('menuitem', { name, exact: true }).click();
}
/** Chooses what to do with a member. */
export async function doWith(page: Page, alias: string, name: string): Promise<void> {
  await member(page, alias).getByRole('button').click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}
export const log = <L extends Locator>(page: Page<L>): L => page.getByRole('log', { name: 'Conversation' });
export const member = <L extends Locator>(page: Page<L>, alias: string): L =>
  page.getByRole('list', { name: 'Members' }).getByRole('listitem').filter({ hasText: alias }) as L;

/** Waits until something is in sight. */
export const seen = (page: Page, text: string): Promise<void> => page.getByText(text).first().waitFor();
/** Waits until the connection is in this state, as the page says. */
export const state = (page: Page, text: string): Promise<void> =>
  page.getByRole('status').filter({ hasText: text }).waitFor();

/** Opens a new room and returns the invitation to it. */
export async function openRoom(page: Page, origin: string, alias: string): Promise<string> {
  await page.goto(`${origin}/`);
  await field(page, 'Alias').fill(alias);
  await press(page, 'Open a room');
  await inside(page);
  return invitation(page);
}

export async function invitation(page: Page): Promise<string> {
  await press(page, 'Invite');
  const link = await page.getByRole('textbox', { name: 'Invitation link' }).inputValue();
  await press(page, 'Close');
  return link;
}

/** Follows an invitation. */
export async function enterRoom(page: Page, link: string, alias: string): Promise<void> {
  await page.goto(link);
  await field(page, 'Alias').fill(alias);
  await press(page, 'Enter the room');
  await inside(page);
}

export async function inside(page: Page): Promise<void> {
  await log(page).waitFor();
  await state(page, 'Connected');
}

export async function say(page: Page, text: string): Promise<void> {
  await field(page, 'Message').fill(text);
  await press(page, 'Send');
}

/** Waits until this line stands in the conversation. */
export const hears = (page: Page, text: string): Promise<void> =>
  log(page).getByText(text, { exact: true }).first().waitFor();

/** Waits until the conversation is over and the page says why. */
export async function farewell(page: Page, sentence: string): Promise<void> {
  await page.waitForURL('**/farewell');
  await seen(page, sentence);
}

/** Nothing is wider than the window. */
export async function fits(page: Page): Promise<void> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(beyond <= 0, `${beyond} pixels stick out`);
}

/** Everything that is pressed can be hit with a finger: 44 pixels (WCAG 2.5.5); links within text are excepted. */
export async function touchable(page: Page): Promise<void> {
  const small = await page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'button, select, input:not([type=radio], [type=checkbox]), textarea, summary, label:has([type=radio], [type=checkbox])',
      ),
    ]
      .filter(each => each.checkVisibility() && !each.closest('.body'))
      .map(each => ({ name: each.outerHTML.slice(0, 80), box: each.getBoundingClientRect() }))
      .filter(({ box }) => box.height < 44 || box.width < 44)
      .map(({ name, box }) => `${Math.round(box.width)}×${Math.round(box.height)} ${name}`),
  );
  assert.deepEqual(small, []);
}
