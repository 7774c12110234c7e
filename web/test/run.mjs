// Bundles the tests of one folder and runs them with node's own runner: `node test/run.mjs [--bench] FOLDER`.
// ONLY=session runs only the files whose names begin so, ENGINE=WebKit those that are for each engine (browser/engines.ts).

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Milliseconds after which a file's tests have hung: many times what they take on a busy machine. */
const HUNG = 600_000;

/** Files whose tests run at the same time: node's own number is one less than there are processors. */
const AT_ONCE = Math.max(2, availableParallelism() - 1);

const bench = process.argv.includes('--bench');
const folder = process.argv.at(-1);
const root = new URL('..', import.meta.url).pathname;
const isForEach = name => readFileSync(join(root, folder, name), 'utf8').includes("from './engines.ts'");
const entries = readdirSync(join(root, folder))
  .filter(name => name.endsWith(bench ? '.ts' : '.test.ts') && name.startsWith(process.env.ONLY ?? ''))
  .filter(name => !process.env.ENGINE || isForEach(name))
  .sort();

// Below node_modules, so that what is not bundled is found from there.
const out = mkdtempSync(join(root, 'node_modules', '.test-'));
try {
  await build({
    entryPoints: entries.map(name => join(root, folder, name)),
    outdir: out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const files = readdirSync(out).map(name => join(out, name));
  // Two files at once, for browsers wait much; benchmarks run one after the other, undisturbed.
  const runs = bench
    ? files.map(file => [file])
    : [
        [
          '--test',
          '--test-reporter=spec',
          `--test-timeout=${HUNG}`,
          `--test-concurrency=${AT_ONCE}`,
          ...files,
        ],
      ];
  for (const args of runs) {
    const run = spawnSync(process.execPath, ['--enable-source-maps', ...args], {
      stdio: 'inherit',
      cwd: root,
    });
    process.exitCode ||= run.status ?? 1;
  }
} finally {
  rmSync(out, { recursive: true, force: true });
}
