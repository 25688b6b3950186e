// Records the run in the baseline that later nights are judged against.
import { spawnSync } from 'node:child_process';

const { RUN: run = 'reports/nightly', BASELINE: baseline = 'reports/baseline' } = process.env;
const args = ['dist/bench.mjs', 'gate', run, '--accept', '--baseline', baseline];
process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
