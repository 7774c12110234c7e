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

/** Starts the binary of SANCTUARY_BIN, or the one built last, with more settings if given; ready when it says so. */
export async function startDaemon(settings = ''): Promise<Daemon> {
  const folder = mkdtempSync(join(tmpdir(), 'sanctuary-'));
  const file = join(folder, 'sanctuary.toml');
  writeFileSync(file, SETTINGS + settings);
  const child = spawn(binary(), ['serve', '--config', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    const { port, port6 } = await ready(child);
    const stop = async () => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
      rmSync(folder, { recursive: true });
    };
    return { port, port6, stop, makeWay: () => child.kill('SIGUSR2') };
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

/** Reads the addresses that the daemon prints when it listens. */
async function ready(child: ChildProcess): Promise<{ port: number; port6: number }> {
  const said: string[] = [];
  const ports = new Map<string, number>();
  const listening = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface(stream).on('line', line => {
        said.push(line);
        const found = /http:\/\/(127\.0\.0\.1|\[::1\]|localhost):(\d+)/.exec(line);
        if (found?.[1]) ports.set(found[1], Number(found[2]));
        if (ports.has('127.0.0.1') && ports.has('[::1]')) resolve();
      });
    }
    child.on('error', reject);
    child.on('exit', status => reject(new Error(`the daemon ended with ${status}:\n${said.join('\n')}`)));
  });
  await listening;
  return { port: ports.get('127.0.0.1') ?? 0, port6: ports.get('[::1]') ?? 0 };
}
