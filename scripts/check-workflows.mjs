/**
 * Runs every `run:` step of the workflows here, one after the other, in a scratch clone of HEAD, with faked event files
 * and a faked `gh`: `node scripts/check-workflows.mjs`. Actions (`uses:`) are named and left out. Takes some minutes,
 * most of them measuring; `npm test`, which the project's own CI runs anyway, is left out unless `--all` is given.
 * Exits with 1 if a step ends otherwise than its night should.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { evaluate, interpolate } from './check-workflows/expressions.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'check-workflows-'));
const clone = join(scratch, 'clone');
const fakes = join(scratch, 'bin');
const ghLog = join(scratch, 'gh.log');
const runAll = process.argv.includes('--all');
/** Enough rounds for a gate, few enough seconds for a person. */
const short =
  '--regions cdg,ord --topologies single-region,read-replicas --rounds 8 --duration 60s --seed 1';
const problems = [];

try {
  execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${root}`, clone]);
  fakeGh();
  runWorkflow('ci.yml', 'a push', { skip: (step) => step.run === 'npm test' && !runAll });
  // Each night starts from a fresh checkout on GitHub; here the packages are those of the first workflow.
  const skip = (step) => step.run === 'npm ci';
  const asAnyOther = { verdicts: ['pass'], skip };
  runWorkflow('bench.yml', 'a night as any other', asAnyOther);
  const settings = join(clone, 'fly.bench.toml');
  const kept = readFileSync(settings, 'utf8');
  appendFileSync(settings, '\n[bench.budgets]\np50 = 0.1\n');
  const failing = { fails: 'node scripts/nightly/judge.mjs', verdicts: ['fail'], skip };
  runWorkflow('bench.yml', 'a night with a budget that nothing meets', {
    ...failing,
    gh: 'issue create',
  });
  runWorkflow('bench.yml', 'another one', { ...failing, gh: 'issue comment 7' });
  writeFileSync(settings, kept);
  runWorkflow('bench.yml', 'a night on which it passes again', {
    ...asAnyOther,
    gh: 'issue close 7',
  });
} finally {
  if (process.env.KEEP === undefined) rmSync(scratch, { recursive: true, force: true });
}
for (const problem of problems) console.error(`PROBLEM ${problem}`);
console.log(problems.length === 0 ? 'All steps did what they should.' : '');
process.exitCode = problems.length === 0 ? 0 : 1;

/** Runs the steps of a workflow's jobs as GitHub would, on this machine's Node, once for all of a matrix. */
function runWorkflow(file, night, expected) {
  console.log(`\n=== ${file}: ${night}`);
  const workflow = parse(readFileSync(join(clone, '.github', 'workflows', file), 'utf8'));
  for (const made of ['nightly', 'nightly-confirmation'])
    rmSync(join(clone, 'reports', made), { recursive: true, force: true });
  writeFileSync(ghLog, '');
  for (const job of Object.values(workflow.jobs))
    runJob({ ...workflow.env, ...job.env }, job, expected);
  const asked = readFileSync(ghLog, 'utf8');
  if (asked !== '') console.log(`--- gh was asked:\n${asked}`);
  if (expected.gh !== undefined && !asked.includes(expected.gh))
    problems.push(`${night}: gh was not asked to "${expected.gh}"`);
}

function runJob(env, job, expected) {
  const context = {
    env,
    steps: {},
    secrets: {},
    inputs: { args: '' },
    github: { token: 'fake', run_id: '1' },
  };
  let failed = false;
  for (const step of job.steps) {
    const name = step.name ?? step.run ?? step.uses;
    const wanted = evaluate(step.if, context, failed);
    if (!wanted || step.run === undefined || expected.skip?.(step) === true) {
      console.log(`--- ${name}: ${wanted ? 'not run here' : 'skipped by its condition'}`);
      continue;
    }
    const { code, outputs } = runStep(name, step, env, context);
    if (step.id !== undefined)
      context.steps[step.id] = { outputs, outcome: code === 0 ? 'success' : 'failure' };
    failed ||= code !== 0;
    const { verdict } = outputs;
    if (verdict !== undefined && !expected.verdicts.includes(verdict))
      problems.push(`${name}: the verdict is ${verdict}, not ${expected.verdicts.join(' or ')}`);
    if (code !== 0 && expected.fails !== step.run) problems.push(`${name} ended with ${code}`);
  }
}

function runStep(name, step, env, context) {
  console.log(`--- ${name}`);
  const files = Object.fromEntries(
    ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_EVENT_PATH'].map((key) => [
      key,
      join(scratch, key),
    ]),
  );
  for (const file of Object.values(files)) writeFileSync(file, '');
  writeFileSync(files.GITHUB_EVENT_PATH, JSON.stringify({ inputs: context.inputs }));
  const own = Object.entries({ ...env, ...step.env }).map(([key, value]) => [
    key,
    interpolate(String(value), context),
  ]);
  // `bash -e` is what GitHub runs a step with that names no shell.
  const { status } = spawnSync('bash', ['-e', '-c', interpolate(step.run, context)], {
    cwd: clone,
    stdio: 'inherit',
    env: { ...process.env, ...jobEnv(), ...files, ...Object.fromEntries(own), BENCH_ARGS: short },
  });
  const summary = readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8');
  if (summary !== '') console.log(`--- its summary:\n${summary}`);
  const outputs = Object.fromEntries(
    readFileSync(files.GITHUB_OUTPUT, 'utf8')
      .split('\n')
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  if (Object.keys(outputs).length > 0) console.log(`--- its outputs: ${JSON.stringify(outputs)}`);
  return { code: status ?? 1, outputs };
}

function jobEnv() {
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'somebody/global-latency-bench',
    GITHUB_RUN_ID: '1',
    PATH: `${fakes}:${process.env.PATH}`,
  };
}

/** A `gh` that notes what it is asked, and knows of an issue 7 once one was created. */
function fakeGh() {
  mkdirSync(fakes);
  const state = join(scratch, 'issue');
  const gh = join(fakes, 'gh');
  writeFileSync(
    gh,
    `#!/bin/bash
echo "gh $*" >> '${ghLog}'
case "$1 $2" in
  'issue list') if [ -e '${state}' ]; then echo '[{"number": 7}]'; else echo '[]'; fi ;;
  'issue create') cat >> '${ghLog}'; touch '${state}' ;;
  'issue comment') cat >> '${ghLog}' ;;
  'issue close') rm '${state}' ;;
esac
`,
  );
  chmodSync(gh, 0o755);
}
