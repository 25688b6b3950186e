import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../bench/base/package-root.ts';
import { loadRun } from '../../bench/cli/load-run.ts';
import { compareSides } from '../../bench/compare/compare-sides.ts';
import type { Comparison } from '../../bench/compare/comparison.ts';
import { sidesOf } from '../../bench/compare/sides-of.ts';

/** Runs the built command; its warnings and progress are shown only if it fails. Gives the exit code. */
export function benchRun(args: readonly string[]): Promise<number | null> {
  const child = spawn(
    process.execPath,
    [join(packageRoot(), 'dist', 'bench.mjs'), 'run', ...args],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve) => {
    child.once('close', (code) => {
      if (code !== 0 && code !== 3) console.error(said);
      resolve(code);
    });
  });
}

/** The second target of a run against the first. */
export async function verdictsOf(dir: string): Promise<Comparison> {
  const { run, series } = await loadRun(dir);
  const [first, second] = sidesOf(run.manifest, series);
  if (first === undefined || second === undefined) throw new Error(`${dir} has not two targets`);
  return compareSides(first, second, 'same-rounds');
}

/** Codes of the warnings of a run, each with how often it stands there. */
export async function warningsOf(dir: string): Promise<string> {
  const { warnings } = JSON.parse(await readFile(join(dir, 'manifest.json'), 'utf8')) as {
    warnings: { code: string }[];
  };
  const counts = new Map<string, number>();
  for (const { code } of warnings) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, n]) => `${n} ${code}`).join(', ');
}

/** Share of the processors that the hypervisor takes while something runs. */
export function watchStolen(): () => number {
  const from = Date.now();
  const before = stolenTicks();
  return () => (stolenTicks() - before) / (((Date.now() - from) / 10) * cpus().length);
}

/** proc(5): the eighth value of the first line of /proc/stat, in hundredths of a second over all processors. */
function stolenTicks(): number {
  try {
    return Number(readFileSync('/proc/stat', 'utf8').split('\n')[0]?.trim().split(/\s+/)[8]);
  } catch {
    return 0;
  }
}
