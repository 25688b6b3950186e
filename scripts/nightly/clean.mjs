// `bench clean`: a job that was cancelled, or broke, may have left rented machines. Those of runs that go on stay.
import { spawnSync } from 'node:child_process';

const { status } = spawnSync(process.execPath, ['dist/bench.mjs', 'clean'], { stdio: 'inherit' });
process.exitCode = status ?? 1;
