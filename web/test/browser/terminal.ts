// The terminal's client on a real terminal, as somebody before one sees it: a pseudo-terminal by script(1), and its screen
// by an emulator.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import xterm from '@xterm/headless';
import { binary } from './daemon.ts';
import { PATIENCE } from './driver.ts';

const USUAL = { columns: 100, rows: 30 };

/** The client's program: it is built beside the daemon's. */
const PROGRAM = process.env.SANCTUARY_JOIN_BIN ?? join(dirname(binary()), 'sanctuary-join');

export class Terminal {
  readonly #screen: xterm.Terminal;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  /** Enters by an invitation, which no list of processes shows. */
  constructor(link: string, alias: string, { columns, rows } = USUAL, more: Record<string, string> = {}) {
    this.#screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
    const command = `stty cols ${columns} rows ${rows}; exec "$PROGRAM" --alias "$ALIAS" --link-fd 9 9<<END\n$LINK\nEND`;
    const environment = {
      ...process.env,
      PROGRAM,
      LINK: link,
      ALIAS: alias,
      TERM: 'xterm-256color',
      SHELL: '/bin/sh',
      ...more,
    };
    this.#child = spawn('script', ['--quiet', '--flush', '--return', '--command', command, '/dev/null'], {
      env: environment,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#ended = once(this.#child, 'exit');
    this.#child.stdout?.on('data', (bytes: Uint8Array) => this.#screen.write(bytes));
    // A terminal answers what it is asked.
    this.#screen.onData(answer => this.#child.stdin?.write(answer));
  }

  /** The cells of the screen. */
  get buffer(): xterm.IBuffer {
    return this.#screen.buffer.active;
  }

  /** The lines of the screen. */
  text(): string {
    const active = this.buffer;
    const lines = Array.from({ length: this.#screen.rows }, (_, row) => active.getLine(active.baseY + row));
    return lines.map(line => line?.translateToString(true) ?? '').join('\n');
  }

  /** Waits until the screen shows this. */
  async shows(what: string | RegExp): Promise<void> {
    const until = Date.now() + PATIENCE;
    const isThere = () => (typeof what === 'string' ? this.text().includes(what) : what.test(this.text()));
    while (!isThere()) {
      if (Date.now() > until) throw new Error(`no ${what} on the screen:\n${this.text()}`);
      await new Promise(soon => setTimeout(soon, 20));
    }
  }

  /** Presses keys. */
  press(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  /** Types a line and sends it. */
  say(line: string): void {
    this.press(`${line}\r`);
  }

  /** Its exit status, once it has ended. */
  async ends(): Promise<number | null> {
    await this.#ended;
    return this.#child.exitCode;
  }

  close(): void {
    this.#child.kill('SIGKILL');
    this.#screen.dispose();
  }
}
