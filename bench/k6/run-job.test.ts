import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JobOutcome } from './job.ts';
import { runK6Job } from './run-job.ts';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'run-job-'))));
afterEach(() => rm(folder, { recursive: true }));

/** What becomes of a k6 that is a shell script; the load of its job lasts for so long. */
async function outcomeOf(script: string, loadMs = 0): Promise<JobOutcome> {
  const k6 = join(folder, 'k6');
  await writeFile(k6, `#!/bin/sh\n${script}\n`);
  await chmod(k6, 0o755);
  const job = {
    ...{ vantage: 'cdg', bundle: 'none.js', rowsFile: join(folder, 'rows.csv.gz') },
    ...{ options: {}, env: {}, startAt: Date.now(), durationMs: loadMs, loadMs },
  };
  const start = (command: string, args: readonly string[], env: NodeJS.ProcessEnv) =>
    spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const quiet = () => undefined;
  return runK6Job(k6, job, join(folder, 'job'), start, quiet, new AbortController().signal, 500);
}

const writes = 'echo metric_name >"$K6_CSV_FILENAME"';

test('a k6 that hangs is killed some time after its planned end, even one that was stopped', async () => {
  const late = { state: 'failed', reason: 'k6 did not end in time, and was killed' };
  expect(await outcomeOf(`${writes}; trap '' INT; while :; do sleep 0.1; done`)).toMatchObject(
    late,
  );
  expect(await outcomeOf(`${writes}; kill -STOP $$; sleep 60`)).toMatchObject(late);
});

test('one that ends well but early, or leaves no rows, has failed', async () => {
  expect(await outcomeOf(writes)).toMatchObject({ state: 'completed' });
  const early = await outcomeOf(writes, 20_000);
  expect(early.state === 'failed' && early.reason).toMatch(
    /^k6 ended with exit code 0, 1\d s before its load was over$/,
  );
  expect(await outcomeOf('rm -f "$K6_CSV_FILENAME"')).toMatchObject({
    ...{ state: 'failed', reason: 'k6 ended with exit code 0, and left no rows' },
  });
});

test('how it ended is told with the last line of its log, made visible', async () => {
  const dies = `printf 'level=error msg="so\\033[31m be it"\\n' >&2; kill -ABRT $$`;
  expect(await outcomeOf(dies)).toMatchObject({
    reason: 'k6 was killed by SIGABRT: so\\x1b[31m be it',
  });
  expect(await outcomeOf('exit 137')).toMatchObject({
    reason: 'k6 ended with exit code 137 (by a user, or by the system for want of memory)',
  });
});
