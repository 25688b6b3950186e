// `bench gate` once, as its second stage measures again: annotations to the log, verdict table to the summary and to
// VERDICTS (for the issue), `verdict` to the next steps. Exits as the gate does, so that the job is as red as the gate.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { addToSummary, setOutput } from './github.mjs';

const {
  RUN: run = 'reports/nightly',
  BASELINE: baseline = '',
  CONTROL: control = '',
  MAX_COST: maxCost = '1',
} = process.env;
/** Beside the run: whatever a run folder holds was measured. */
const verdicts = `${run}-verdicts.md`;
/** By exit code (README). Anything else: the gate itself failed, and there is no verdict. */
const names = { 0: 'pass', 3: 'untrustworthy', 4: 'fail', 5: 'inconclusive', 6: 'partial' };

rmSync(verdicts, { force: true });
const args = ['dist/bench.mjs', 'gate', run, '--format', 'github'];
// Not enough rounds to tell is no alarm at night: the next night measures again.
args.push('--inconclusive', 'pass');
// What looks slower is measured again; nobody is there to be asked whether it may cost more.
args.push('--max-cost', maxCost);
// The first night has no baseline to name yet.
if (existsSync(join(baseline, 'baseline.json'))) args.push('--baseline', baseline);
if (control !== '') args.push('--control', control);
const { status } = spawnSync(process.execPath, args, {
  stdio: 'inherit',
  env: { ...process.env, GITHUB_STEP_SUMMARY: verdicts },
});
const verdict = names[status ?? 1];
if (verdict !== undefined) setOutput('verdict', verdict);
addToSummary(read(verdicts) ?? `The gate gave no verdict (exit code ${status}).`);
process.exitCode = status ?? 1;

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
