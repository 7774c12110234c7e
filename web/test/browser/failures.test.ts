// What keeps the page from working says its name, and how to go on.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright-core';
import { INSECURE_HOST, launch, launchFirefox, OPTIONS } from './browsers.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { type Proxy, startNginx } from './nginx.ts';
import {
  dismiss,
  enterRoom,
  farewell,
  field,
  fits,
  hears,
  inside,
  invitation,
  newPage,
  openRoom,
  press,
  say,
  seen,
  touchable,
  choose,
} from './people.ts';

const NARROW = { viewport: { width: 360, height: 640 } };
const KEY = 'K7QM-4XZD';
const PASSWORD = '9F3K-TQ2M-XA7B-0C1D';

let daemon: Daemon;
let origin: string;
let shared: Browser;
const firefoxes: Browser[] = [];
const proxies: Proxy[] = [];
before(async () => {
  [daemon, shared] = await Promise.all([startDaemon(), launch()]);
  origin = `http://localhost:${daemon.port}`;
});
after(async () => {
  for (const browser of [shared, ...firefoxes]) await browser?.close();
  for (const proxy of proxies) await proxy.stop();
  await daemon?.stop();
});

/** Firefox gives the focus to one window alone: of tests that run at once, each has one of its own. */
async function browserOf(name: string): Promise<Browser> {
  if (name === 'Chromium') return shared;
  const firefox = await launchFirefox();
  firefoxes.push(firefox);
  return firefox;
}

async function nginx(server: string): Promise<string> {
  const proxy = await startNginx(server.replaceAll('DAEMON', `http://127.0.0.1:${daemon.port}`));
  proxies.push(proxy);
  return `http://localhost:${proxy.port}`;
}

/** Fills in what opening a room takes, and asks for it. */
async function tryToOpen(page: Page, at: string): Promise<void> {
  await page.goto(`${at}/`);
  await field(page, 'Alias').fill('ada');
  await press(page, 'Open a room');
}

/** What is said in place of a room: in sight, read out, no wider than the page, and with a way on under the cursor. */
async function says(page: Page, text: string | RegExp): Promise<void> {
  await page.getByRole('alert').filter({ hasText: text }).waitFor();
  await fits(page);
  await touchable(page);
}

async function canTryAgain(page: Page): Promise<void> {
  await page.locator('button:focus', { hasText: 'Try again' }).waitFor();
  await press(page, 'Try again');
}

/** At once, for much of their time they wait: for keys, for what is shown late, for another process. */
describe('what keeps the page from working', { concurrency: 4 }, () => {
  const WORKERS: [string, (page: Page) => Promise<unknown>][] = [
    ['is blocked', page => page.route('**/derive.js', route => route.abort())],
    ['is replaced', page => page.route('**/derive.js', route => route.fulfill({ status: 403, body: '' }))],
    [
      'breaks',
      page =>
        page.route('**/derive.js', route => route.fulfill({ contentType: 'text/javascript', body: '{' })),
    ],
    [
      'may not be made',
      page =>
        page.addInitScript(() => {
          globalThis.Worker = class {
            constructor() {
              if (location.href) throw new DOMException('not here', 'SecurityError');
            }
          } as never;
        }),
    ],
  ];
  for (const [name, what, hinder] of [
    ...WORKERS.map(worker => ['Chromium', ...worker] as const),
    ['Firefox', ...(WORKERS[0] as (typeof WORKERS)[0])] as const,
  ]) {
    test(`${name}: a worker that ${what} is named`, async () => {
      const page = await newPage(await browserOf(name), NARROW);
      await hinder(page);
      await tryToOpen(page, origin);
      await says(page, 'The worker that makes keys, derive.js, did not start.');
      await page.unrouteAll();
      await canTryAgain(page);
      if (what === 'may not be made') await says(page, 'derive.js');
      else await inside(page);
      dismiss(page);
    });
  }

  const PASSES = `proxy_pass DAEMON/; proxy_http_version 1.1; proxy_set_header Host $http_host;
  proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";`;
  /** What each proxy does, its settings for the WebSocket where they are others, those for the page, and the word. */
  const PROXIES: [string, string, string, RegExp][] = [
    [
      'forbids workers',
      '',
      `${PASSES} add_header Content-Security-Policy "worker-src 'none'" always;`,
      /derive\.js, did not start/,
    ],
    [
      'drops Upgrade',
      '',
      'proxy_pass DAEMON/; proxy_set_header Host $http_host;',
      /proxy_set_header Upgrade \$http_upgrade/,
    ],
    [
      'changes the host',
      '',
      PASSES.replace('$http_host', '127.0.0.1:1'),
      /proxy_set_header Host \$http_host.* hosts = \["localhost"\]; .*origins = \["http:\/\/localhost:\d+"\]/,
    ],
    [
      'goes by another name',
      PASSES.replace('$http_host', 'other.test').replace('DAEMON/', 'DAEMON/ws/'),
      PASSES,
      /a name that it does not go by.*hosts = \["localhost"\]/,
    ],
    ['drops and changes', '', 'proxy_pass DAEMON/;', /origins = \["http:\/\/localhost:\d+"\]/],
    ['has lost the daemon', 'proxy_pass http://127.0.0.1:1;', PASSES, /answers 502: the server itself/],
    [
      'does not pass it on',
      'return 404;',
      PASSES,
      /answers 404 in its place where .* asks for \/\d+\/ws\/000/,
    ],
    ['answers itself', 'return 200 ok;', PASSES, /answers 200 in its place/],
    ['refuses it', 'return 400;', PASSES, /answers 400 in its place/],
    ['forbids it', 'return 403;', PASSES, /answers 403 in its place/],
    ['asks to sign in', 'return 302 http://127.0.0.1:1/login;', PASSES, /sign in/],
    ['is away', 'return 503;', PASSES, /answers 503/],
    ['is full', 'return 503 "too many connections";', PASSES, /as many connections as it takes/],
  ];
  /** Those that are gone through from the form on. */
  const WHOLE = ['forbids workers', 'drops Upgrade', 'goes by another name', 'is full'];
  const SERVER = PROXIES.map(
    ([, socket, page], at) => `${socket && `location /${at}/ws/ { ${socket} }`} location /${at}/ { ${page} }`,
  ).join('\n');

  test('what a proxy does wrong is told, with what to set', async () => {
    const at = await nginx(SERVER);
    const page = await newPage(shared, NARROW);
    for (const [number, [what, , , word]] of PROXIES.entries()) {
      if (WHOLE.includes(what)) {
        await tryToOpen(page, `${at}/${number}`);
        await says(page, word);
      } else {
        // The page's own question by itself: keys need not be made for each.
        await page.goto(`${at}/${number}/`);
        await field(page, 'Alias').waitFor();
        const late = `${at}/${number}/late.js`;
        const told = await page.evaluate(
          async late => (await import(late)).diagnoseConnection() as string,
          late,
        );
        assert.match(told, word, what);
      }
    }
    await canTryAgain(page);
    await says(page, /as many connections as it takes/);
    dismiss(page);
    const fox = await newPage(await browserOf('Firefox'), NARROW);
    await tryToOpen(fox, `${at}/2`);
    await says(fox, PROXIES[2]?.[3] as RegExp);
    dismiss(fox);
  });

  test('without WebSockets, and without a network, the page says so', async () => {
    const page = await newPage(shared, NARROW);
    await page.addInitScript(() => {
      globalThis.WebSocket = class {
        constructor() {
          throw new DOMException('not here', 'SecurityError');
        }
      } as never;
    });
    await tryToOpen(page, origin);
    await says(page, 'the WebSocket that carries the conversation does not get through');
    await page.context().setOffline(true);
    await press(page, 'Open a room');
    await says(page, 'This device is offline.');
    dismiss(page);
  });

  for (const name of ['Chromium', 'Firefox']) {
    test(`${name}: below a path, all of it works`, async () => {
      const at = await nginx(
        `location = /chat { return 308 /chat/; }
      location /chat/ { ${PASSES} proxy_hide_header Clear-Site-Data; }
      location / { return 418; }`,
      );
      const browser = await browserOf(name);
      const ada = await newPage(browser);
      const refused: string[] = [];
      ada.on('response', response => response.status() >= 400 && refused.push(response.url()));
      const link = await openRoom(ada, `${at}/chat`, 'ada');
      assert.ok(link.startsWith(`${at}/chat/#`), link);
      const bob = await newPage(browser);
      await enterRoom(bob, link, 'bob');
      assert.equal(bob.url(), `${at}/chat/`);
      await say(bob, 'from below');
      await hears(ada, 'from below');
      assert.equal(await invitation(bob), link);
      await choose(bob, 'Leave');
      await farewell(bob, 'You have left the room.');
      assert.equal(bob.url(), `${at}/chat/farewell`);
      await bob.getByRole('link', { name: 'Back to the entrance' }).click();
      await field(bob, 'Alias').waitFor();
      assert.equal(bob.url(), `${at}/chat/`);
      await ada.goto(`${at}/chat#${link.split('#')[1]}`);
      await seen(ada, 'You are invited to room');
      assert.equal(ada.url(), `${at}/chat/`);
      await ada.goto(`${at}/chat/%23${link.split('#')[1]}`);
      await seen(ada, 'Do not use this password any more');
      assert.equal(ada.url(), `${at}/chat/`);
      assert.deepEqual(refused, []);
      dismiss(ada, bob);
    });
  }

  const SCRIPTS: [string, (page: Page) => Promise<unknown>, RegExp][] = [
    ['is blocked', page => page.route('**/app.js', route => route.abort()), /The script app.js did not load/],
    [
      'is not there',
      page => page.route('**/app.js', route => route.fulfill({ status: 404 })),
      /did not load/,
    ],
    [
      'is a page',
      page =>
        page.route('**/app.js', route =>
          route.fulfill({
            contentType: 'text/html',
            body: '<p>',
            headers: { 'x-content-type-options': 'nosniff' },
          }),
        ),
      /did not load/,
    ],
    [
      'is too new',
      page =>
        page.route('**/app.js', route =>
          route.fulfill({ contentType: 'text/javascript', body: 'let a := 1;' }),
        ),
      /This browser is too old\. Sanctuary needs Chrome or Edge 109/,
    ],
    [
      'breaks',
      page =>
        page.route('**/app.js', route =>
          route.fulfill({ contentType: 'text/javascript', body: 'missing()' }),
        ),
      /stopped as it started/,
    ],
  ];
  for (const [name, scripts] of [
    ['Chromium', SCRIPTS],
    ['Firefox', [SCRIPTS[0], SCRIPTS[3]] as typeof SCRIPTS],
  ] as const) {
    test(`${name}: a script that does not start is told by why it does not`, async () => {
      const page = await newPage(await browserOf(name), NARROW);
      for (const [what, hinder, word] of scripts) {
        await hinder(page);
        await page.goto(`${origin}/?${encodeURIComponent(what)}#${KEY}:${PASSWORD}`);
        await says(page, word);
        await page.unrouteAll();
      }
      // The invitation is still in the address.
      await page.getByText('Try again').click();
      await seen(page, 'You are invited to room');
      dismiss(page);
    });
  }

  test('a browser without what the page is built on is told so', async () => {
    const features = ['BigInt', 'TextEncoder', 'WebSocket', 'Worker', 'crypto'];
    await Promise.all(
      features.map(async feature => {
        const page = await newPage(shared, NARROW);
        await page.addInitScript(name => {
          Object.defineProperty(globalThis, name, { value: undefined });
        }, feature);
        await page.goto(origin);
        await says(page, `This browser lacks what the page is built on: ${feature}`);
        assert.equal(await page.getByLabel('Alias').count(), 0);
        dismiss(page);
      }),
    );
  });

  test('no scripts at all, or all of them blocked, is told without one', async () => {
    const page = await newPage(shared, { ...NARROW, javaScriptEnabled: false });
    await page.goto(origin);
    // Locators by text do not find text within `noscript`.
    await page.locator('noscript p').waitFor();
    const other = await newPage(shared, NARROW);
    await other.route('**/*.js', route => route.abort());
    await other.goto(origin);
    await seen(other, 'The scripts of this page did not start yet.');
    await fits(other);
    await other.unrouteAll();
    await other.getByText('Try again').click();
    await field(other, 'Alias').waitFor();
    dismiss(page, other);
  });

  test('where scripts run without a compiler, it is told why keys take so long', async () => {
    const slow = await chromium.launch({ ...OPTIONS, args: [...OPTIONS.args, '--js-flags=--jitless'] });
    const page = await newPage(slow, NARROW);
    await tryToOpen(page, `http://${INSECURE_HOST}:${daemon.port}`);
    const reason = page.getByRole('status').filter({ hasText: 'this browser runs scripts slowly' });
    await reason.waitFor();
    assert.match(await reason.innerText(), /Lockdown Mode.*By https/);
    assert.match(await page.getByText(/^Making keys… \d/).innerText(), /^Making keys… \d+ %, \d+ s to go$/);
    await fits(page);
    await press(page, 'Cancel');
    await field(page, 'Alias').waitFor();
    await slow.close();
  });

  const LINK = () => `${origin}/#${KEY}:${PASSWORD}`;
  test('an invitation is read as a messenger has left it, in the address and in the field', async () => {
    const page = await newPage(shared, NARROW);
    for (const mangled of [
      `${LINK()}.`,
      `${LINK()}”`,
      `${LINK()}\u200b&utm_source=x`,
      `${origin}/?fbclid=x#${KEY}%3A${PASSWORD})`,
      `${origin}/#K7QM\u20114XZD:9F3K–TQ2M–XA7B–0C1D`,
    ]) {
      await page.goto('about:blank');
      await page.goto(mangled);
      await seen(page, 'You are invited to room');
      assert.equal(page.url(), `${origin}/`);
    }
    for (const pasted of [
      `Join: ${LINK()} – see you`,
      `https://l.messenger/?u=${encodeURIComponent(LINK())}&h=x`,
      `“${KEY}:${PASSWORD}”`,
      `${KEY} sesame open!`,
      `<a href="${LINK()}">room</a>`,
    ]) {
      await page.goto('about:blank');
      await page.goto(origin);
      await field(page, 'I have an invitation').fill(pasted);
      await seen(page, 'You are invited to room');
    }
    await press(page, 'Use another room');
    const filledIn = (key: string) =>
      page.waitForFunction(
        key =>
          [...document.querySelectorAll('input')].some(
            input => input.checkVisibility() && input.value === key,
          ),
        key,
      );
    await field(page, 'I have an invitation').fill('“k7qm–4xzd”.');
    await filledIn(KEY);
    // Another room's key in this very tab takes the place of an invitation.
    await page.goto(LINK());
    await seen(page, 'You are invited to room');
    await page.goto(`${origin}/#Y1HE-DCG7`);
    await filledIn('Y1HE-DCG7');
    dismiss(page);
  });

  /** At once, as a paste does, a drop, or the keyboard of a phone that offers what was copied. */
  async function paste(page: Page, label: string, text: string): Promise<void> {
    await field(page, label).focus();
    await page.keyboard.insertText(text);
  }

  test('an invitation pasted into another field is an invitation, and a password stays one', async () => {
    const page = await newPage(shared, NARROW);
    for (const label of ['Alias', 'Your own password', 'Your own room key']) {
      for (const pasted of [LINK(), `See ${LINK()}.`, `${KEY}:sesame open!`]) {
        await page.goto('about:blank');
        await page.goto(origin);
        await page.getByText('Options').click();
        await field(page, 'Alias').fill('ada');
        await paste(page, label, pasted);
        await seen(page, 'You are invited to room');
        assert.equal(await field(page, 'Alias').inputValue(), 'ada');
        await press(page, 'Use another room');
        assert.equal(await field(page, 'Your own password').inputValue(), '');
      }
    }
    for (const password of ['abcdefgh 12345', 'https://example.org/#%', '100%25']) {
      await field(page, 'Your own password').fill('');
      await paste(page, 'Your own password', password);
      assert.equal(await field(page, 'Your own password').inputValue(), password);
    }
    dismiss(page);
  });

  test('an invitation to another address is told as such', async () => {
    const page = await newPage(shared, NARROW);
    const there = `https://other.example:8443/chat/#${KEY}:${PASSWORD}`;
    for (const pasted of [there, `https://l.messenger/?u=${encodeURIComponent(there)}&h=x`]) {
      await page.goto('about:blank');
      await page.goto(origin);
      await field(page, 'I have an invitation').fill(pasted);
      await says(page, `to a room at other.example:8443, and this page is at localhost:${daemon.port}`);
      await seen(page, 'You are invited to room');
    }
    await press(page, 'Use another room');
    await page.getByRole('alert').waitFor({ state: 'hidden' });
    await field(page, 'I have an invitation').fill(`${LINK()}.`);
    await seen(page, 'You are invited to room');
    assert.equal(await page.getByRole('alert').count(), 0);
    dismiss(page);
  });

  for (const name of ['Chromium', 'Firefox']) {
    test(`${name}: what did not load at first is fetched anew, below a path too`, async () => {
      const at = await nginx(`location /chat/ { ${PASSES} }`);
      const page = await newPage(await browserOf(name), NARROW);
      await page.route('**/chat/{late,inside,aliases,confusables}.js', route => route.abort());
      await page.goto(`${at}/chat/`);
      await field(page, 'Alias').fill('ada');
      await press(page, 'Open a room');
      await says(page, 'A part of this page did not load');
      await page.unrouteAll();
      await canTryAgain(page);
      await inside(page);
      dismiss(page);
    });
  }

  test('a line break in a pasted invitation is a line break, and a text too long is told', async () => {
    const page = await newPage(shared, NARROW);
    await page.goto(origin);
    await field(page, 'I have an invitation').fill('x'.repeat(1_000_000));
    await says(page, 'too long for an invitation');
    assert.equal((await field(page, 'I have an invitation').inputValue()).length, 256);
    await paste(page, 'I have an invitation', `${origin}/#${KEY}:sesame\nBye`);
    await seen(page, 'You are invited to room');
    await field(page, 'Alias').fill('ada');
    dismiss(page);
  });

  test('an invitation typed by hand is read when it is whole, to the letter', async () => {
    const page = await newPage(shared, NARROW);
    await page.goto(origin);
    await field(page, 'Alias').fill('ada');
    await field(page, 'I have an invitation').pressSequentially(`${KEY}:sesame open!`);
    await press(page, 'Enter the room');
    await says(page, 'No entry');
    await press(page, 'Open a new room with this key');
    await page.getByRole('dialog').getByRole('button', { name: 'Open a room' }).click();
    await inside(page);
    assert.match(await invitation(page), /:sesame%20open%21$/);
    dismiss(page);
  });

  test('an invitation that reached the server is told as such, and is nowhere any more', async () => {
    const page = await newPage(shared, NARROW);
    for (const path of [
      `%23${KEY}:${PASSWORD}`,
      `%2523${KEY}%253A${PASSWORD}`,
      `?${KEY}:${PASSWORD}`,
      `${KEY}:a/b/c`,
    ]) {
      await page.goto(`${origin}/${path}`);
      await says(page, 'Do not use this password any more');
      assert.equal(page.url(), `${origin}/`);
      const devtools = await page.context().newCDPSession(page);
      const { entries } = await devtools.send('Page.getNavigationHistory');
      assert.ok(entries.every(({ url }) => !url.includes(KEY)));
    }
    await page.goto('about:blank');
    await page.goto(`${origin}/#K7QM-4XZ:secret`);
    await says(page, 'This link holds no whole invitation');
    dismiss(page);
  });
});

test('who could open no room and is invited after all enters by "Try again", and opens nothing', async () => {
  const page = await newPage(shared);
  await page.goto(origin);
  await field(page, 'Alias').fill('alice');
  let cut = true;
  await page.routeWebSocket('**/*', socket => void (cut ? socket.close() : socket.connectToServer()));
  await press(page, 'Open a room');
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  cut = false;
  await field(page, 'I have an invitation').pressSequentially(KEY);
  await field(page, 'Password').fill(PASSWORD);
  await press(page, 'Try again');
  await seen(page, 'No entry');
  dismiss(page);
});
