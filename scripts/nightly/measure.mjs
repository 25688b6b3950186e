// `bench run` into the folder RUN. A run with a gap or that is not to be trusted (3, 6) goes on to the gate, which says so.
import { spawnSync } from 'node:child_process';

const {
  RUN: out = 'reports/nightly',
  PROVIDER: provider = 'local',
  MAX_COST: maxCost = '1',
  BENCH_ARGS: more = '',
} = process.env;
const fixed = ['--profile', 'standard', '--provider', provider, '--out', out];
// Without --yes, which would lift the limit: a night that costs more, or strains a target, ends before it begins.
if (provider === 'fly') fixed.push('--max-cost', maxCost);
const args = ['dist/bench.mjs', 'run', ...fixed, ...more.split(/\s+/).filter((arg) => arg !== '')];
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
process.exitCode = status === 3 || status === 6 ? 0 : (status ?? 1);
