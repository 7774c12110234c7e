// WebKit, Safari's engine, as Debian has it (webkit2gtk-driver): driven by W3C WebDriver, each profile in a process of its
// own, on a screen of its own that nobody sees, where it has the focus.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Context, Options } from './driver.ts';
import { freePort, answers } from './ports.ts';
import { WebKitPage } from './webkit-page.ts';

const MINI_BROWSER = process.env.WEBKIT ?? '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

/** What ends with this process, however that ends. */
const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach(end));

export async function launchWebKit(): Promise<Browser> {
  const contexts = new Set<Context>();
  return {
    async newContext(options = {}) {
      const context = await openContext(options);
      contexts.add(context);
      return context;
    },
    async close() {
      await Promise.all([...contexts].map(context => context.close()));
    },
  };
}

/** One command of WebDriver: the rest of its path, and what it is told; what it answers. */
export type Ask = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<unknown>;

/** What WebDriver calls the error, such as `stale element reference`. */
export class WebDriverError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

async function openContext(options: Options): Promise<Context> {
  const home = mkdtempSync(join(tmpdir(), 'sanctuary-webkit-'));
  mkdirSync(join(home, 'gtk-3.0'));
  const isStill = options.reducedMotion === 'reduce';
  writeFileSync(
    join(home, 'gtk-3.0', 'settings.ini'),
    `[Settings]\ngtk-enable-animations=${isStill ? 0 : 1}\ngtk-application-prefer-dark-theme=${options.colorScheme === 'dark' ? 1 : 0}\n`,
  );
  const screen = start('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], {});
  const [display] = (await once(screen.stdio[3] as NodeJS.ReadableStream, 'data')) as [Buffer];
  const port = await freePort();
  const driver = start('WebKitWebDriver', [`--port=${port}`], {
    DISPLAY: `:${String(display).trim()}`,
    HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_CACHE_HOME: home,
    XDG_DATA_HOME: home,
    NO_AT_BRIDGE: '1',
    GTK_THEME: options.colorScheme === 'dark' ? 'Adwaita:dark' : 'Adwaita',
    WEBKIT_DISABLE_COMPOSITING_MODE: '1',
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
  });
  while (!(await answers(port))) {
    if (driver.exitCode !== null) throw new Error(`WebKitWebDriver ended with ${driver.exitCode}`);
    await pause(20);
  }
  const command: Ask = async (method, path, body) => {
    const init = { method, ...(body && { body: JSON.stringify(body) }) };
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, init);
    const { value } = (await answer.json()) as { value: { error: string; message: string } | null };
    if (!answer.ok) throw new WebDriverError(value?.error ?? '', value?.message ?? '');
    return value;
  };
  const alwaysMatch = {
    // No browserName: this one goes by several.
    'webkitgtk:browserOptions': {
      binary: MINI_BROWSER,
      args: ['--automation', '--enable-write-console-messages-to-stdout=true'],
    },
    acceptInsecureCerts: options.ignoreHTTPSErrors === true,
    unhandledPromptBehavior: 'accept',
  };
  const { sessionId } = (await command('POST', '/session', { capabilities: { alwaysMatch } })) as {
    sessionId: string;
  };
  let closed = false;
  const context: Context = {
    setDefaultTimeout() {},
    async newPage() {
      const page = new WebKitPage(
        (method, path, body) => command(method, `/session/${sessionId}${path}`, body),
        context,
      );
      if (driver.stdout) createInterface(driver.stdout).on('line', line => page.printed(line));
      await page.setViewportSize(options.viewport ?? { width: 1280, height: 800 });
      return page;
    },
    async close() {
      if (closed) return;
      closed = true;
      await command('DELETE', `/session/${sessionId}`).catch(() => {});
      end(driver);
      end(screen);
      endBus(home);
      rmSync(home, { recursive: true, force: true });
    },
  };
  return context;
}

/** Ends the bus that the browser has started by itself, and that outlives it: dbus-launch(1) says where it is told. */
function endBus(home: string): void {
  const folder = join(home, '.dbus', 'session-bus');
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const [, pid] = /^DBUS_SESSION_BUS_PID=(\d+)$/m.exec(readFileSync(join(folder, name), 'utf8')) ?? [];
    if (pid) process.kill(Number(pid));
  }
}

/** In a group of its own, which is ended as one. */
function start(program: string, args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  });
  running.add(child);
  child.on('exit', () => running.delete(child));
  return child;
}

function end(child: ChildProcess): void {
  running.delete(child);
  try {
    if (child.pid) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
