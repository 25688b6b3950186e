/**
 * The figures of a whole run beside their targets: times, memory of everything together, medians against distances.
 * `npx tsx scripts/bench-run.ts` runs the default; further arguments go to `bench run`:
 * `npx tsx scripts/bench-run.ts --regions all --rounds 2` takes every region of the world.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { packageRoot } from '../bench/base/package-root.ts';
import type { Manifest } from '../bench/samples/manifest.ts';
import { regions } from '../bench/world/regions.ts';
import { descendantsOf } from '../bench/test/support/processes.ts';

interface Figure {
  readonly what: string;
  readonly measured: number;
  readonly target: number;
  readonly unit: string;
}

const everywhere = [...regions.keys()].sort((a, b) => Number(b === 'cdg') - Number(a === 'cdg'));
const given = process.argv.slice(2).map((arg) => (arg === 'all' ? everywhere.join(',') : arg));
const folder = await mkdtemp(join(tmpdir(), 'bench-figures-'));
const out = join(folder, 'run');

const stolenBefore = stolen();
const started = Date.now();
const { steps, peakMb, code } = await runAndWatch(['run', '--out', out, ...given]);
const totalS = (Date.now() - started) / 1000;
const manifest = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')) as Manifest;
const figures = [...timesOf(steps, totalS), memory(peakMb), ...(await medians(manifest))];
print(figures);
console.log(
  `exit code ${String(code)}; ${manifest.warnings.length} warnings: ${JSON.stringify(manifest.warnings.slice(0, 5))}`,
);
console.log(
  `stolen by the hypervisor: ${((100 * (stolen() - stolenBefore)) / (totalS * 100 * cpus().length)).toFixed(1)} % of the processors`,
);
await rm(folder, { recursive: true });

/** Runs the command; its steps with their seconds, and the most memory that all its processes had together. */
async function runAndWatch(args: readonly string[]) {
  const child = spawn(process.execPath, [join(packageRoot(), 'dist', 'bench.mjs'), ...args], {
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const steps = new Map<string, number>();
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    process.stderr.write(text);
    for (const [, title = '', seconds] of text.matchAll(/^([^:(\n]+).*\(([\d.]+) s\)$/gm))
      steps.set(title.trim(), Number(seconds));
  });
  let peakMb = 0;
  const timer = setInterval(() => {
    const all = [child.pid ?? 0, ...descendantsOf(child.pid ?? 0).map(({ pid }) => pid)];
    peakMb = Math.max(
      peakMb,
      all.reduce((sum, pid) => sum + proportionalMb(pid), 0),
    );
  }, 3000);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(timer);
  return { steps, peakMb, code };
}

/** Proportional set size: shared pages count once over all processes (proc(5), smaps_rollup). */
function proportionalMb(pid: number): number {
  try {
    const kb = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return Number(kb ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Ticks (1/100 s) in which the machine's own processors were given to others (proc(5), stat). */
function stolen(): number {
  return Number(readFileSync('/proc/stat', 'utf8').split(/\s+/)[8]);
}

function timesOf(steps: ReadonlyMap<string, number>, totalS: number): Figure[] {
  const s = (title: string) => steps.get(title) ?? NaN;
  const up =
    s('Making and seeding the database') +
    s('Starting the databases') +
    s('Starting the app machines');
  return [
    { what: 'the whole command', measured: totalS, target: 150, unit: 's' },
    { what: 'world up', measured: up, target: 10, unit: 's' },
    { what: 'world torn down', measured: s('Taking the world down'), target: 2, unit: 's' },
    { what: 'report', measured: s('Rendering the report'), target: 2, unit: 's' },
  ];
}

function memory(measured: number): Figure {
  return { what: 'memory of all processes (PSS, peak)', measured, target: 2560, unit: 'MB' };
}

/** Each region's median beside what its topology may cost there. */
async function medians({ plan, rtt }: Manifest): Promise<Figure[]> {
  const rows: Record<string, string>[] = parse(await readFile(join(out, 'summary.csv')), {
    columns: true,
  });
  const queries = Number(plan.scenarios[0]?.env['QUERIES'] ?? 3);
  return rows
    .filter((row) => row['metric'] === 'ttfb_warm')
    .flatMap((row) => {
      const { target = '', vantage = '' } = row;
      const [a, b] = [vantage, plan.primary].sort();
      const ms = vantage === plan.primary ? 0 : (rtt[`${a ?? ''}-${b ?? ''}`]?.ms ?? NaN);
      const limit = {
        'read-replicas': 15,
        'single-region': ms + 15,
        'multi-region-single-db': (queries + 1) * ms + 20,
      }[target];
      const p50 = { what: `${target} ${vantage} p50`, measured: Number(row['p50_ms']), unit: 'ms' };
      const p95 = { what: `${target} ${vantage} p95`, measured: Number(row['p95_ms']), unit: 'ms' };
      if (limit === undefined) return [];
      return [
        { ...p50, target: limit },
        // Too few samples for a 95th percentile: the summary leaves it empty.
        ...(target === 'read-replicas' && row['p95_ms'] !== '' ? [{ ...p95, target: 100 }] : []),
      ];
    });
}

function print(figures: readonly Figure[]): void {
  console.log(
    `\n${'figure'.padEnd(40)}${'measured'.padStart(10)}${'target'.padStart(10)}${'ratio'.padStart(8)}`,
  );
  for (const { what, measured, target, unit } of figures)
    console.log(
      `${what.padEnd(40)}${measured.toFixed(1).padStart(10)}${target.toFixed(1).padStart(10)}` +
        `${(measured / target).toFixed(2).padStart(8)} ${unit}${measured <= target ? '' : '  MISSED'}`,
    );
}
