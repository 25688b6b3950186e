import type { ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { childEnvironment } from '../base/child-environment.ts';
import { describeEnd } from '../base/exit-words.ts';
import { afterRunningFor } from '../base/running-time.ts';
import { formatSeconds, type Millis } from '../base/units.ts';
import { visible } from '../base/visible.ts';
import { exists } from '../samples/exists.ts';
import { plainRowsFile } from '../samples/plain-rows.ts';
import { watchCpu } from './cpu.ts';
import type { JobOutcome, JobProgress, K6Job } from './job.ts';
import { crossedIn, iterationsIn, messageIn, thresholdsCrossed } from './said.ts';

/** How a process is started: the provider keeps watch over it. */
export type Spawn = (
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
) => ChildProcess;

/** Time that k6 gets to flush its rows once told to stop. */
const flushMs = 1200;
/** After its last block k6 runs a script's teardown and summary; one that takes longer hangs. */
const overtimeMs: Millis = 60_000;
/** k6 may be so early: its clock ticks on its own, and what is left of an iteration may be nothing. */
const earlyMs: Millis = 1500;

/**
 * Runs one job with a k6 binary on this machine. `dir` gets options and log; the rows come plain (see
 * {@link plainRowsFile}). Never rejects for a failure of k6: that is an outcome.
 */
export async function runK6Job(
  k6: string,
  job: K6Job,
  dir: string,
  spawnChild: Spawn,
  progress: (progress: JobProgress) => void,
  signal: AbortSignal,
  lateMs: Millis = overtimeMs,
): Promise<JobOutcome> {
  const options = join(dir, 'options.json');
  const log = join(dir, 'k6.log');
  await mkdir(dir, { recursive: true });
  await writeFile(options, JSON.stringify(job.options));
  const dueMs = performance.now() + job.startAt - Date.now();
  const child = spawnChild(k6, k6Arguments(job, options), k6Environment(job));
  const watch = watchCpu(child.pid ?? 0);
  follow(child, log, job, progress);
  const forget = stopOnAbort(child, signal);
  const deadline = stopWhenLate(child, dueMs - performance.now() + job.durationMs + lateMs);
  const exit = await exitOf(child);
  forget();
  deadline.forget();
  const cpu = watch.stop();
  if (signal.aborted) return { state: 'interrupted', cpu };
  const failed = (reason: string): JobOutcome => ({ state: 'failed', reason, cpu });
  if (deadline.isOver()) return failed('k6 did not end in time, and was killed');
  if (exit.code !== 0 && exit.code !== thresholdsCrossed)
    return failed(exit.error ?? (await reasonOf(exit, log)));
  const lackMs = dueMs + (job.loadMs ?? 0) - earlyMs - performance.now();
  if (lackMs > 0)
    return failed(
      `${await reasonOf(exit, log)}, ${formatSeconds(lackMs / 1000)} before its load was over`,
    );
  if (!(await exists(plainRowsFile(job.rowsFile))))
    return failed(`${await reasonOf(exit, log)}, and left no rows`);
  if (exit.code === 0) return { state: 'completed', cpu };
  return { state: 'completed', cpu, crossed: crossedIn(await readLog(log)) };
}

/** The command line of a job, without the binary. */
export function k6Arguments(job: K6Job, options: string): string[] {
  return [
    'run',
    ...['--config', options],
    '--out=csv',
    ...(job.hasSummary === true ? [] : ['--summary-mode=disabled']),
    '--no-usage-report',
    // No control server, by which every user of this computer could stop the test.
    '--address=',
    '--no-color',
    job.bundle,
  ];
}

function k6Environment(job: K6Job): NodeJS.ProcessEnv {
  return childEnvironment('k6', {
    ...job.env,
    // As an argument of --out, a path with a comma or an equals sign is taken for settings.
    K6_CSV_FILENAME: plainRowsFile(job.rowsFile),
    K6_CSV_TIME_FORMAT: 'unix_micro',
    K6_CSV_SAVE_INTERVAL: '200ms',
    BENCH_START_AT: String(job.startAt),
    // Four of these share a machine with everything they measure.
    GOMAXPROCS: '2',
  });
}

interface Exit {
  readonly code: number | null;
  readonly by: NodeJS.Signals | null;
  readonly error?: string;
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      resolve({ code: null, by: null, error: error.message });
    });
    child.once('close', (code, by) => {
      resolve({ code, by });
    });
  });
}

/** k6's own last word, from its log. */
async function reasonOf({ code, by }: Exit, log: string): Promise<string> {
  const how = `k6 ${describeEnd(by === null ? { code } : { signal: by })}`;
  const lines = (await readLog(log)).trim().split('\n');
  const last = lines.findLast((line) => line.includes('level=error')) ?? lines.at(-1) ?? '';
  const said = visible(messageIn(last));
  return said === '' ? how : `${how}: ${said}`;
}

const readLog = (log: string): Promise<string> => readFile(log, 'utf8').catch(() => '');

function follow(
  child: ChildProcess,
  log: string,
  job: K6Job,
  progress: (p: JobProgress) => void,
): void {
  // A log that can't be written (a full disk) costs its words, not the measurement; k6 must never wait for it.
  const file = createWriteStream(log).on('error', () => child.stderr?.unpipe(file).resume());
  child.stderr?.pipe(file);
  if (child.stdout === null) return;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const iterations = iterationsIn(line);
    if (iterations === undefined) return;
    progress({
      vantage: job.vantage,
      iterations,
      elapsedMs: Date.now() - job.startAt,
    });
  });
}

function stopOnAbort(child: ChildProcess, signal: AbortSignal): () => void {
  let deadline: NodeJS.Timeout | undefined;
  const stop = () => {
    askToEnd(child);
    deadline = setTimeout(() => child.kill('SIGKILL'), flushMs);
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  return () => {
    clearTimeout(deadline);
    signal.removeEventListener('abort', stop);
  };
}

/** A process that stands still hears of a signal only once it goes on. */
function askToEnd(child: ChildProcess): void {
  child.kill('SIGINT');
  child.kill('SIGCONT');
}

/** Ends a k6 that hangs, after so much time in which this process ran. */
function stopWhenLate(
  child: ChildProcess,
  ms: Millis,
): { readonly isOver: () => boolean; readonly forget: () => void } {
  let kill: NodeJS.Timeout | undefined;
  const callOff = afterRunningFor(ms, () => {
    askToEnd(child);
    kill = setTimeout(() => child.kill('SIGKILL'), flushMs);
  });
  return {
    isOver: () => kill !== undefined,
    forget: () => {
      callOff();
      clearTimeout(kill);
    },
  };
}
