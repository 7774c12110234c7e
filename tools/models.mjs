// Asks Verifpal the questions of docs/models/*.vp, and compares its answers with what the models
// say themselves: `node tools/models.mjs [MODEL]`. docs/models/README.md tells how they are written.
//
// A line `CODE // in NAME: OTHER` reads OTHER in every run that has NAME in its name, as `a+b` has
// `a` and `b`; where both change a line, as in `b`. Above each query stands in which runs it holds and in which it falls, and in others it
// is not asked; so what is known to fail must be seen to fail.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const MODELS = new URL('../docs/models/', import.meta.url).pathname;
const RUNS = new URL('../target/models/', import.meta.url).pathname;
const TOOL = new URL('cargo-tool', import.meta.url).pathname;

const QUERY = /^\s*(?:confidentiality|authentication|freshness|unlinkability|equivalence)\?/;

/** The queries of a model, each with what is expected of it by run: whether it falls. */
function queriesOf(model) {
  const queries = [];
  let falls = new Map();
  for (const line of model.split('\n')) {
    const [, verdict, runs] = /^\s*\/\/ (holds|falls): (.*)$/.exec(line) ?? [];
    for (const run of runs?.split(', ') ?? []) {
      if (falls.has(run)) throw new Error(`${run} is named twice above one query`);
      falls.set(run, verdict === 'falls');
    }
    if (!QUERY.test(line)) continue;
    queries.push({ query: line.trim(), falls });
    falls = new Map();
  }
  return queries;
}

/** A model as it reads in a run, with the queries that are asked there. */
function variant(model, run, asked) {
  const names = run.split('+').filter(name => name !== 'base');
  const unused = new Set(names);
  const lines = model.split('\n').map(line => {
    const [code, ...others] = line.split(/\s*\/\/ in (?=[a-z-]+:)/);
    const readings = new Map(others.map(text => text.split(/: ?(.*)/s)));
    const name = names.findLast(name => readings.has(name));
    unused.delete(name);
    return readings.get(name) ?? code;
  });
  if (unused.size) throw new Error(`no line changes in ${[...unused]}`);
  return lines.filter(line => !QUERY.test(line) || asked.some(({ query }) => query === line.trim())).join('\n');
}

/** Verifpal's verdict on each query of a file, in order: whether it falls. */
function verdicts(file, sessions) {
  const { status, stdout, stderr } = spawnSync(
    TOOL,
    ['verifpal', 'verify', '--quiet', '--result-code', '--sessions', sessions, file],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`Verifpal fails on ${file}\n${stdout}${stderr}`);
  const code = stdout.trim().split('\n').at(-1);
  return [...code.matchAll(/[a-z]([01])/g)].map(([, digit]) => digit === '1');
}

mkdirSync(RUNS, { recursive: true });
let failures = 0;
let answers = 0;
const names = readdirSync(MODELS)
  .filter(file => file.endsWith('.vp'))
  .map(file => file.slice(0, -'.vp'.length))
  .filter(name => !process.argv[2] || name === process.argv[2]);
for (const name of names) {
  const model = readFileSync(`${MODELS}${name}.vp`, 'utf8');
  const queries = queriesOf(model);
  const [, sessions] = /^\/\/ Sessions: ([1-9])\./m.exec(model) ?? [];
  if (!sessions) throw new Error(`${name}.vp does not say how many sessions`);
  for (const run of new Set(queries.flatMap(({ falls }) => [...falls.keys()]))) {
    const asked = queries.filter(({ falls }) => falls.has(run));
    const file = `${RUNS}${name}-${run}.vp`;
    writeFileSync(file, variant(model, run, asked));
    const began = Date.now();
    const found = verdicts(file, sessions);
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    if (found.length !== asked.length) throw new Error(`${file}: ${found.length} answers`);
    for (const [at, { query, falls }] of asked.entries()) {
      const wrong = found[at] !== falls.get(run);
      if (wrong) console.log(`${name} ${run}: ${query} ${found[at] ? 'falls' : 'holds'}, unlike expected`);
      failures += wrong;
      answers += 1;
    }
    console.log(`${name} ${run}: ${found.map(fell => (fell ? 'falls' : 'holds')).join(' ')} (${seconds} s)`);
  }
}
console.log(`${answers} answers of ${names.length} models, ${failures} unlike expected`);
process.exitCode = failures || !answers ? 1 : 0;
