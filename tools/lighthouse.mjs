// `node tools/lighthouse.mjs PROGRAM`: what Lighthouse says of the entrance, served at localhost by this build of the
// daemon, to a phone and to a desk. It is to say 100 of each of these.

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const LIGHTHOUSE = 'lighthouse@13.5.0';
const CATEGORIES = ['performance', 'accessibility', 'best-practices'];
/** Lighthouse's own phone, a slow one on a slow line, and its desk. */
const FORM_FACTORS = { phone: [], desktop: ['--preset=desktop'] };
/** Runs of each, of which the middle one counts: the speed of this machine is never twice the same. */
const RUNS = 3;

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

function judge(flags) {
  const report = join(folder, 'report.json');
  rmSync(report, { force: true });
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
      ...flags,
    ],
    { stdio: 'inherit', env: { CHROME_PATH: '/usr/bin/chromium', ...process.env } },
  );
  if (run.status !== 0) process.exit(1);
  return JSON.parse(readFileSync(report, 'utf8'));
}

for (const [formFactor, flags] of Object.entries(FORM_FACTORS)) {
  const reports = Array.from({ length: RUNS }, () => judge(flags));
  for (const name of CATEGORIES) {
    const scoreOf = ({ categories }) => categories[name].score;
    reports.sort((one, other) => scoreOf(one) - scoreOf(other));
    const middle = reports[Math.floor(RUNS / 2)];
    const scores = reports.map(report => Math.round(scoreOf(report) * 100));
    console.log(`${formFactor.padEnd(10)}${name.padEnd(16)}${scores.join(' ')}`);
    if (scoreOf(middle) === 1) continue;
    process.exitCode = 1;
    for (const { id, weight } of middle.categories[name].auditRefs) {
      const { score, title, displayValue } = middle.audits[id];
      if (weight > 0 && score !== null && score < 1) console.log(`  ${title}: ${displayValue ?? score}`);
    }
  }
}
// The daemon's end is no fault any more.
process.exit();
