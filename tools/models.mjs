// Asks Verifpal the queries of docs/models/*.vp, and compares its answers with those that the models
// expect: `node tools/models.mjs [MODEL]`. docs/models/README.md tells how a model is written.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const MODELS = new URL('../docs/models/', import.meta.url).pathname;
/** Each run is kept here as Verifpal was given it. */
const RUNS = new URL('../target/models/', import.meta.url).pathname;
const TOOL = new URL('cargo-tool', import.meta.url).pathname;

const QUERY = /^\s*(?:confidentiality|authentication|freshness|unlinkability|equivalence)\?/;
const EXPECTED = /^\s*\/\/ (holds|falls): (.*)$/;
const SESSIONS = /^\/\/ Sessions: ([1-9])\.$/m;

/** The queries of a model in order, each with what is expected of it by run: `holds` or `falls`. */
function queriesOf(model) {
  const queries = [];
  let expected = new Map();
  for (const line of model.split('\n')) {
    const [, verdict, runs] = EXPECTED.exec(line) ?? [];
    for (const run of runs?.split(', ') ?? []) {
      if (expected.has(run)) throw new Error(`${run} is named twice above a query`);
      expected.set(run, verdict);
    }
    if (!QUERY.test(line)) continue;
    if (!expected.size) throw new Error(`nothing is expected of ${line.trim()}`);
    queries.push({ query: line.trim(), expected });
    expected = new Map();
  }
  return queries;
}

/** A model as it reads in a run, with those of its queries that are asked there. */
function inRun(model, run, asked) {
  const names = run.split('+').filter(name => name !== 'base');
  const unused = new Set(names);
  const lines = model.split('\n').map(line => {
    const [code, ...others] = line.split(/\s*\/\/ in (?=[a-z]+: )/);
    const readings = new Map(others.map(other => other.split(/: (.*)/)));
    const name = names.findLast(name => readings.has(name));
    unused.delete(name);
    return readings.get(name) ?? code;
  });
  if (unused.size) throw new Error(`no line reads otherwise in ${[...unused].join(' and ')}`);
  return lines.filter(line => !QUERY.test(line) || asked.includes(line.trim())).join('\n');
}

/** What Verifpal finds of each query of a file, in order: `holds` or `falls`. */
function ask(file, sessions) {
  const options = ['verify', '--quiet', '--result-code', '--sessions', sessions];
  const { status, stdout, stderr } = spawnSync(TOOL, ['verifpal', ...options, file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`Verifpal does not take ${file}\n${stdout}${stderr}`);
  // A letter for each kind of query, and 1 where there is an attack.
  return [...stdout.trim().matchAll(/[a-z]([01])/g)].map(([, attack]) =>
    attack === '1' ? 'falls' : 'holds',
  );
}

/** Asks all queries of a model. Returns of each answer whether it is the expected one. */
function judge(name) {
  const model = readFileSync(`${MODELS}${name}.vp`, 'utf8');
  const sessions = SESSIONS.exec(model)?.[1];
  if (!sessions) throw new Error(`${name}.vp does not say how many sessions it takes`);
  const queries = queriesOf(model);
  const answers = [];
  for (const run of new Set(queries.flatMap(({ expected }) => [...expected.keys()]))) {
    const asked = queries.filter(({ expected }) => expected.has(run));
    const file = `${RUNS}${name}-${run}.vp`;
    const lines = inRun(
      model,
      run,
      asked.map(({ query }) => query),
    );
    writeFileSync(file, lines);
    const found = ask(file, sessions);
    if (found.length !== asked.length) throw new Error(`${file} has ${found.length} answers`);
    for (const [at, { query, expected }] of asked.entries()) {
      const right = found[at] === expected.get(run);
      console.log(`${name}, ${run}: ${query} ${found[at]}${right ? '' : ', AND SHOULD NOT'}`);
      answers.push(right);
    }
  }
  return answers;
}

mkdirSync(RUNS, { recursive: true });
const names = process.argv[2]
  ? [process.argv[2]]
  : readdirSync(MODELS).flatMap(file => /^(.*)\.vp$/.exec(file)?.[1] ?? []);
const answers = names.flatMap(judge);
const wrong = answers.filter(right => !right).length;
console.log(`${answers.length} answers of ${names.length} models, ${wrong} unlike what is expected`);
process.exitCode = answers.length && !wrong ? 0 : 1;
