// The real nginx in front of the daemon, with settings that are right or wrong.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { answers, freePort } from './ports.ts';

export type Proxy = { port: number; stop(): Promise<void> };

/** Starts it with this inside of its only server. It logs nothing. */
export async function startNginx(server: string): Promise<Proxy> {
  const folder = mkdtempSync(join(tmpdir(), 'sanctuary-nginx-'));
  const port = await freePort();
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${folder}/pid; error_log /dev/null; events {}
    http { access_log off; ${kinds.map(kind => `${kind}_temp_path ${folder}/${kind};`).join(' ')}
    server { listen 127.0.0.1:${port}; absolute_redirect off; ${server} } }`,
  );
  const child = spawn('nginx', ['-c', file, '-e', join(folder, 'error.log')], { stdio: 'inherit' });
  const exited = once(child, 'exit');
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}`);
    await pause(20);
  }
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
    rmSync(folder, { recursive: true });
  };
  return { port, stop };
}
