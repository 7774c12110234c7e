// `node tools/lighthouse.mjs PROGRAM`: what Lighthouse says of the entrance, served at localhost by this build of the
// daemon. It is to say 100 of each of these.

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const LIGHTHOUSE = 'lighthouse@13.5.0';
const CATEGORIES = ['performance', 'accessibility', 'best-practices'];

const [program] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'sanctuary-lighthouse-'));
const daemon = spawn(program, ['serve', '--listen', '127.0.0.1:0', '--user', 'nobody']);
process.on('exit', () => {
  daemon.kill();
  rmSync(folder, { recursive: true, force: true });
});
const port = await new Promise((resolve, reject) => {
  daemon.on('error', reject).on('exit', status => reject(new Error(`the daemon ended with ${status}`)));
  for (const stream of [daemon.stdout, daemon.stderr])
    createInterface(stream).on('line', line => {
      const found = /http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (found) resolve(found);
    });
});

const report = join(folder, 'report.json');
const run = spawnSync(
  'npx',
  [
    '--yes',
    LIGHTHOUSE,
    `http://localhost:${port}/`,
    `--only-categories=${CATEGORIES}`,
    '--chrome-flags=--headless=new --no-sandbox',
    '--output=json',
    `--output-path=${report}`,
    '--quiet',
  ],
  { stdio: 'inherit', env: { CHROME_PATH: '/usr/bin/chromium', ...process.env } },
);
if (run.status !== 0) process.exit(1);
const { categories, audits } = JSON.parse(readFileSync(report, 'utf8'));
for (const name of CATEGORIES) {
  const { score, auditRefs } = categories[name];
  console.log(`${name.padEnd(16)}${Math.round(score * 100)}`);
  if (score === 1) continue;
  process.exitCode = 1;
  for (const { id, weight } of auditRefs)
    if (weight > 0 && audits[id].score !== null && audits[id].score < 1)
      console.log(`  ${audits[id].title}: ${audits[id].displayValue ?? audits[id].score}`);
}
// The daemon's end is no fault any more.
process.exit();
