// What tests ask of a browser: part of Playwright's own interface, so that its pages are of these types, and WebKit's,
// which it can't drive as Debian has it, are made to be (webkit.ts).

import type * as Playwright from 'playwright-core';
import type { Text } from './finder.ts';

/** Milliseconds that are waited for anything: deriving keys without WebCrypto takes seconds, more on a busy machine. */
export const PATIENCE = 30_000;

export type Options = Pick<
  Playwright.BrowserContextOptions,
  | 'colorScheme'
  | 'forcedColors'
  | 'hasTouch'
  | 'ignoreHTTPSErrors'
  | 'isMobile'
  | 'reducedMotion'
  | 'viewport'
>;

export interface Browser<P = Page> {
  /** A fresh profile. */
  newContext(options?: Options): Promise<Context<P>>;
  close(): Promise<void>;
}

export interface Context<P = Page> {
  setDefaultTimeout(milliseconds: number): void;
  newPage(): Promise<P>;
  close(): Promise<void>;
}

/** What is looked for is waited for, and an action wants exactly one of it. */
interface Finding<L> {
  getByRole(role: Role, options?: { name?: string | RegExp; exact?: boolean }): L;
  getByText(text: string | RegExp, options?: { exact?: boolean }): L;
  getByLabel(text: string | RegExp, options?: { exact?: boolean }): L;
  locator(selector: string): L;
}
export type Role = Parameters<Playwright.Page['getByRole']>[0];

export type ConsoleMessage = { type(): string; text(): string; location(): { url: string } };

export interface Page<L = Locator>
  extends
    Finding<L>,
    Pick<
      Playwright.Page,
      | 'bringToFront'
      | 'evaluate'
      | 'goBack'
      | 'goForward'
      | 'goto'
      | 'reload'
      | 'setViewportSize'
      | 'title'
      | 'waitForFunction'
    > {
  waitForURL(url: string): Promise<void>;
  screenshot(options: { path: string }): Promise<unknown>;
  keyboard: Pick<Playwright.Keyboard, 'insertText' | 'press' | 'type'>;
  on(event: 'pageerror', told: (error: Error) => void): unknown;
  on(event: 'console', told: (message: ConsoleMessage) => void): unknown;
  context(): { close(): Promise<void> };
  close(options?: { runBeforeUnload?: boolean }): Promise<void>;
}

export interface Locator
  extends
    Finding<Locator>,
    Pick<
      Playwright.Locator,
      | 'allTextContents'
      | 'check'
      | 'click'
      | 'count'
      | 'evaluate'
      | 'fill'
      | 'focus'
      | 'getAttribute'
      | 'innerText'
      | 'inputValue'
      | 'isVisible'
      | 'press'
      | 'uncheck'
      | 'waitFor'
    > {
  filter(options: { hasText: string | RegExp }): Locator;
  first(): Locator;
  last(): Locator;
  nth(at: number): Locator;
}

/** A name or text as it travels into a page. */
export const textOf = (text: string | RegExp, exact = false): Text =>
  typeof text === 'string' ? { text, exact } : { source: text.source, flags: text.flags };
