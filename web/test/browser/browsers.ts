// Real browsers, each with profiles of their own, gone when it is closed.

import { type Browser, type BrowserContext, chromium, firefox } from 'playwright-core';

/** A host that is not this machine's to the browser, so that pages from it are no secure context. */
export const INSECURE_HOST = 'sanctuary.test';

/** A host that is reached over IPv6. */
export const HOST_AT_IPV6 = 'six.test';

/** The host of another site, which makes its name lead to the daemon. */
export const REBOUND_HOST = 'rebound.test';

/** Every other name leads to nothing, so that a test can't reach out. */
const NAMES = `MAP ${INSECURE_HOST} 127.0.0.1, MAP localhost 127.0.0.1, MAP ${HOST_AT_IPV6} [::1], MAP ${REBOUND_HOST} 127.0.0.1, MAP probe.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE ::1`;

export const OPTIONS = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    // The tests run in a machine of their own, as root where there is no other user.
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    `--host-resolver-rules=${NAMES}`,
  ],
};

export const launch = (): Promise<Browser> => chromium.launch(OPTIONS);

/** A browser that keeps what it wants to keep in this folder, as a person's does. */
export const launchAt = (folder: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(folder, OPTIONS);

export const FIREFOX_OPTIONS = {
  channel: 'moz-firefox',
  executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
  firefoxUserPrefs: { 'network.dns.localDomains': INSECURE_HOST },
};

/** Firefox as the system has it, driven by WebDriver BiDi. */
export const launchFirefox = (): Promise<Browser> => firefox.launch(FIREFOX_OPTIONS);
