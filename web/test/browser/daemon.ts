// The real daemon, started for a test and gone with it.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { HOST_AT_IPV6, INSECURE_HOST } from './browsers.ts';

export type Daemon = {
  /** The port at 127.0.0.1. */
  port: number;
  /** The port at ::1. */
  port6: number;
  /** The port of https at 127.0.0.1, with BY_HTTPS. */
  portTls: number;
  stop(): Promise<void>;
  /** Tells it that it is to be restarted. */
  makeWay(): void;
};

/** Everybody in a test comes from one address, so what is rationed by address is not to run out. */
const SETTINGS = `
listen = ["127.0.0.1:0", "[::1]:0"]
user = "nobody"
hosts = ["${INSECURE_HOST}", "${HOST_AT_IPV6}"]
tries_by_address = 10000
rooms_by_address = 10000
connections_by_address = 1000
frames_by_address = 10000
frame_rate = 1000
frame_burst = 5000
`;

/** Settings by which it is reached by https as well, with a certificate that nobody vouches for. */
export const BY_HTTPS = `
self_signed = true
redirect_to_https = false
listen_tls = ["127.0.0.1:0"]
`;

/** Starts the binary of SANCTUARY_BIN, or the one built last, with more settings if given; ready when it says so. */
export async function startDaemon(settings = '', program = binary()): Promise<Daemon> {
  const folder = mkdtempSync(join(tmpdir(), 'sanctuary-'));
  const file = join(folder, 'sanctuary.toml');
  writeFileSync(file, SETTINGS + settings);
  const child = spawn(program, ['serve', '--config', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    const ports = await ready(child, settings.includes(BY_HTTPS));
    const stop = async () => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
      rmSync(folder, { recursive: true });
    };
    return { ...ports, stop, makeWay: () => child.kill('SIGUSR2') };
  } catch (error) {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
    throw error;
  }
}

export function binary(): string {
  if (process.env.SANCTUARY_BIN) return process.env.SANCTUARY_BIN;
  const built = ['release', 'debug']
    .map(profile => `../target/${profile}/sanctuary`)
    .map(path => ({ path, at: statSync(path, { throwIfNoEntry: false })?.mtimeMs }))
    .filter(found => found.at !== undefined)
    .sort((one, other) => Number(other.at) - Number(one.at))[0];
  if (!built)
    throw new Error('there is no daemon to test: `cargo build` makes it, SANCTUARY_BIN names another');
  return built.path;
}

const [HTTP, HTTP6, HTTPS] = ['http://127.0.0.1', 'http://[::1]', 'https://127.0.0.1'] as const;

/** Reads the addresses that the daemon prints when it listens. */
async function ready(
  child: ChildProcess,
  byHttps: boolean,
): Promise<Pick<Daemon, 'port' | 'port6' | 'portTls'>> {
  const said: string[] = [];
  const ports = new Map<string, number>();
  const wanted = [HTTP, HTTP6, ...(byHttps ? [HTTPS] : [])];
  const listening = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface(stream).on('line', line => {
        said.push(line);
        const found = /(https?:\/\/(?:127\.0\.0\.1|\[::1\])):(\d+)/.exec(line);
        if (found?.[1]) ports.set(found[1], Number(found[2]));
        if (wanted.every(origin => ports.has(origin))) resolve();
      });
    }
    child.on('error', reject);
    child.on('exit', status => reject(new Error(`the daemon ended with ${status}:\n${said.join('\n')}`)));
  });
  await listening;
  const [port = 0, port6 = 0, portTls = 0] = wanted.map(origin => ports.get(origin));
  return { port, port6, portTls };
}
