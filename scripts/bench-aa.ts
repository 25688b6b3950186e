/**
 * False alarms on this machine: `npx tsx scripts/bench-aa.ts 20` measures a target against itself in 20 runs of the
 * local world and counts verdicts that say faster or slower. Further arguments go to `bench run`.
 */
import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchRun, verdictsOf, warningsOf, watchStolen } from './bench-live/measure.ts';

const [runs = '20', ...given] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'bench-aa-'));
const counts = new Map<string, number>();
let quietRuns = 0;
let untrustworthy = 0;
const stolen = watchStolen();
try {
  for (let i = 1; i <= Number(runs); i++) {
    const dir = join(folder, `run-${i}`);
    const here = watchStolen();
    const code = await benchRun(['--aa', '--seed', String(i), '--out', dir, ...given]);
    const { cells } = await verdictsOf(dir);
    for (const { verdict } of cells) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    const alarms = cells.filter(({ verdict }) => verdict === 'faster' || verdict === 'slower');
    if (alarms.length === 0) quietRuns++;
    if (code === 3) untrustworthy++;
    const which = alarms.map(
      (c) =>
        `${c.vantage ?? 'mean'} ${c.quantile} ${c.verdict} ${c.effect?.percent.toFixed(1) ?? ''} %`,
    );
    console.log(
      `run ${String(i).padStart(2)}: ${cells.length} verdicts, ${alarms.length} false${which.length > 0 ? ` (${which.join(', ')})` : ''}; exit ${String(code)}, ${percent(here())} stolen; ${await warningsOf(dir)}`,
    );
    await rm(dir, { recursive: true });
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
const all = [...counts.values()].reduce((sum, n) => sum + n, 0);
const quiet = (counts.get('no-difference') ?? 0) + (counts.get('inconclusive') ?? 0);
console.log([...counts].map(([verdict, n]) => `${verdict} ${n}`).join(', '));
console.log(`verdicts without false alarm ${quiet} of ${all}: ${rate(quiet, all)} (target: 95 %)`);
console.log(`runs without false alarm ${quietRuns} of ${runs}: ${rate(quietRuns, Number(runs))}`);
console.log(`runs that say they are not trustworthy: ${untrustworthy}`);
console.log(`stolen by the hypervisor: ${percent(stolen())} of the processors`);

/** With the 95 % interval of Clopper & Pearson (Biometrika 26, 1934). */
function rate(k: number, n: number): string {
  const low = k === 0 ? 0 : betaQuantile(0.025, k, n - k + 1);
  const high = k === n ? 1 : betaQuantile(0.975, k + 1, n - k);
  return `${percent(k / n)} (${percent(low)}–${percent(high)})`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
