// The browsers in which the page is tried, and what tests can't see in one of them, with the reason. Tests that open
// `engine` run in each of them, one after the other; ENGINE=WebKit is one alone.

import type { Page as PlaywrightPage } from 'playwright-core';
import { INSECURE_HOST, launch, launchAt, launchFirefox } from './browsers.ts';
import type { Browser, Context, Options, Page } from './driver.ts';
import { launchWebKit } from './webkit.ts';

/** What a test may want beside pages; an engine that lacks it says why. */
type Features = {
  /** Addresses and titles that the browser's history has of a tab. */
  history(page: Page): Promise<(string | undefined)[]>;
  /** A browser that keeps what it wants to keep in a folder, as a person's does, and the file of its history there. */
  profile: { open(folder: string): Promise<Context>; history: string };
  /** A reader who wants dark colours. */
  dark: true;
  /** A reader who wants nothing to move. */
  stillness: true;
  /** A tab that is closed as a person does it. */
  closing: true;
  /** A screen as a telephone has, as narrow at the least. */
  phone: Options;
};

export type Engine = {
  name: string;
  launch(): Promise<Browser>;
  /** A host that is this machine, and no secure context to the browser where it is reached by plain http. */
  insecureHost: string;
  has: Partial<Features>;
  lacks: { [Feature in keyof Features]?: string };
};

const ENGINES: Engine[] = [
  {
    name: 'Chromium',
    launch,
    insecureHost: INSECURE_HOST,
    has: {
      async history(page) {
        const devtools = await (page as PlaywrightPage).context().newCDPSession(page as PlaywrightPage);
        const { entries } = await devtools.send('Page.getNavigationHistory');
        return entries.flatMap(entry => [entry.url, entry.userTypedURL, entry.title]);
      },
      profile: { open: launchAt, history: 'History' },
      phone: { hasTouch: true, isMobile: true },
      closing: true,
      dark: true,
      stillness: true,
    },
    lacks: {},
  },
  {
    name: 'Firefox',
    launch: launchFirefox,
    insecureHost: INSECURE_HOST,
    // It can be narrow, and not touched.
    has: { phone: {}, closing: true },
    lacks: {
      history: 'WebDriver BiDi tells nothing of a tab’s history',
      profile: 'Playwright gives it a profile that goes with it',
      dark: 'WebDriver BiDi has no command that makes it wish so',
      stillness: 'WebDriver BiDi has no command that makes it wish so',
    },
  },
  {
    name: 'WebKit',
    launch: launchWebKit,
    // The machine's IPv4 address as IPv6 writes it: nothing maps names for this one, and 127.0.0.1 counts as secure.
    insecureHost: '[::ffff:7f00:1]',
    has: { dark: true, stillness: true },
    lacks: {
      history: 'WebDriver tells nothing of a tab’s history',
      profile: 'under automation, MiniBrowser keeps nothing at all',
      phone: 'a window of MiniBrowser is 447 pixels wide at the least',
      closing: 'WebDriver closes a window without telling its page',
    },
  },
];

const name = process.env.ENGINE ?? 'Chromium';
const chosen = ENGINES.find(each => each.name === name);
if (!chosen) throw new Error(`there is no engine ${name}`);
export const engine = chosen;
