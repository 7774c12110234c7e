// Runs every part of `make test`: `node tools/test.mjs [FOLDER]`. The output of a part goes to
// FOLDER/PART.log, in target/test if none is named, and is printed whole when the part ends.
//
// Parts that measure time or drive browsers run one after the other, in the table's order. Patient
// ones, which a busy machine only makes slower, run beside them on whatever they leave of the
// processors. A part that fails stops none but those that need what it makes.

import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';

/** Each is a target of make, with its minutes on 2 cores, shared with those beside it, where nothing was built before. */
const PARTS = [
  { name: 'packed', minutes: 59, patient: true },
  { name: 'check', minutes: 3 },
  { name: 'test-rust', minutes: 17 },
  { name: 'test-web', minutes: 2 },
  { name: 'test-browser', minutes: 19 },
  { name: 'test-models', minutes: 24, patient: true },
  { name: 'test-packages', minutes: 11, needs: ['packed'] },
  { name: 'test-boot', minutes: 2, needs: ['packed'] },
  { name: 'test-machines', minutes: 18, needs: ['packed'], patient: true },
  { name: 'test-reproducible', minutes: 13, needs: ['packed'], patient: true },
];
/** Minutes that all of it takes, on the same machine. */
const ALL = 77;

const LOGS = process.argv[2] ?? new URL('../target/test', import.meta.url).pathname;
const began = Date.now();
const clock = milliseconds => {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

/** The least weight that Linux gives: to a session of its own, where sessions are weighed. */
const PATIENTLY = 'echo 19 2>/dev/null >/proc/self/autogroup; exec nice -n 19 "$@"';
/** How each part that runs is ended, as all are with this, whatever ends it. */
const stops = new Set();
process.on('exit', () => {
  for (const stop of stops) stop();
});
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

/** How a part ended: `ok`, `FAILED`, or why it did not run. */
async function run(part) {
  const log = `${LOGS}/${part.name}.log`;
  const output = openSync(log, 'w');
  const make = ['make', '--no-print-directory', part.name];
  const [command, ...words] = part.patient ? ['sh', '-c', PATIENTLY, 'sh', ...make] : make;
  const env = { ...process.env };
  // Another make's jobs are not these.
  delete env.MAKEFLAGS;
  delete env.MAKELEVEL;
  if (part.needs) env.PACKED = '1';
  // A group of its own is ended whole. At a terminal, where sudo asks, Ctrl-C reaches a part as well.
  const detached = Boolean(part.patient || !process.stdin.isTTY);
  const start = Date.now();
  console.log(`${clock(start - began)} ${part.name} begins`);
  const child = spawn(command, words, {
    stdio: ['ignore', output, output],
    env,
    detached,
  });
  const stop = () => (detached ? process.kill(-child.pid) : child.kill());
  stops.add(stop);
  const status = await new Promise(resolve => {
    child.on('error', error => resolve(error.message)).on('exit', (code, signal) => resolve(code ?? signal));
  });
  stops.delete(stop);
  closeSync(output);
  part.took = Date.now() - start;
  const how = status === 0 ? 'ok' : 'FAILED';
  process.stdout.write(
    `\n===== ${part.name}\n${readFileSync(log)}===== ${part.name} ${how} (${clock(part.took)})\n\n`,
  );
  return how;
}

mkdirSync(LOGS, { recursive: true });
for (const { name } of PARTS) rmSync(`${LOGS}/${name}.log`, { force: true });
console.log(
  `${PARTS.length} parts, about ${ALL} minutes on 2 cores: ${PARTS.map(part => part.name).join(', ')}.`,
);
console.log('Each is a target of make too. What one says is printed when it ends.');

const ends = new Map();
let turn = Promise.resolve();
for (const part of PARTS) {
  const needed = Promise.all((part.needs ?? []).map(async name => [name, await ends.get(name)]));
  const mayBegin = Promise.all([needed, part.patient || turn]);
  const end = mayBegin.then(([needed]) => {
    const lacking = needed.find(([, how]) => how !== 'ok');
    return lacking ? `not run, for ${lacking[0]} failed` : run(part);
  });
  if (!part.patient) turn = end;
  ends.set(part.name, end);
}

const how = await Promise.all(ends.values());
console.log(`\n${'part'.padEnd(20)}${'took'.padStart(6)}  about`);
for (const [at, { name, minutes, took }] of PARTS.entries()) {
  const time = took === undefined ? '' : clock(took);
  console.log(`${name.padEnd(20)}${time.padStart(6)}${clock(minutes * 60_000).padStart(7)}  ${how[at]}`);
}
console.log(
  `${'all'.padEnd(20)}${clock(Date.now() - began).padStart(6)}${clock(ALL * 60_000).padStart(7)}\n`,
);
const passed = how.filter(end => end === 'ok').length;
console.log(`${passed} passed, ${PARTS.length - passed} failed`);
process.exitCode = passed === PARTS.length ? 0 : 1;
