import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { packageRoot } from '../../base/package-root.ts';

/** How a `bench` command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running `bench` command, in a folder for temporary files of its own. */
export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  /** Where it was started; also its folder for temporary files. */
  readonly folder: string;
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** Resolves when its output (either stream) has matched. */
  says(pattern: RegExp): Promise<void>;
  /** What lies in its folder for temporary files. */
  leftFiles(): Promise<string[]>;
  /** Ends it, should it still run, and removes its folder. */
  tidyUp(): Promise<void>;
}

/** Starts the built command as a user would; killed when the test ends, should it still run. Not for hooks. */
export async function startBench(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Running> {
  const running = await launchBench(args, env);
  onTestFinished(() => running.tidyUp());
  return running;
}

/** Runs a command to its end; for hooks too. */
export async function bench(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const running = await launchBench(args, env);
  running.child.stdin.end();
  const ended = await running.ended;
  await running.tidyUp();
  return ended;
}

/** The same without tidying up by itself; for hooks. */
export async function launchBench(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Running> {
  const temp = await mkdtemp(join(tmpdir(), 'bench-test-'));
  const child = spawn(process.execPath, [join(packageRoot(), 'dist', 'bench.mjs'), ...args], {
    cwd: temp,
    env: { ...process.env, NO_COLOR: '1', TMPDIR: temp, ...env },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => {
      resolve({ code, ...output });
    });
  });
  return {
    child,
    folder: temp,
    pid: child.pid as number,
    ended,
    says: (pattern) => saying(child, pattern, output, ended),
    leftFiles: () => readdir(temp),
    tidyUp: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(temp, { recursive: true, force: true });
    },
  };
}

async function saying(
  child: ChildProcessWithoutNullStreams,
  pattern: RegExp,
  output: { stdout: string; stderr: string },
  ended: Promise<Ended>,
): Promise<void> {
  const matches = () => pattern.test(output.stdout) || pattern.test(output.stderr);
  await new Promise<void>((resolve, reject) => {
    const look = () => {
      if (matches()) resolve();
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    void ended.then(({ code, stderr }) => {
      reject(
        new Error(`bench ended with ${String(code)} before it said ${String(pattern)}: ${stderr}`),
      );
    });
    look();
  });
}
