/**
 * Whether a real difference is found where it is, and only there: a topology twice, one copy with a longer link between
 * cdg and ord. `npx tsx scripts/bench-shift.ts 8` adds 8 ms, with the standard profile; further arguments go to
 * `bench run`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeWorld } from '../bench/world/world.ts';
import { benchRun, verdictsOf, warningsOf, watchStolen } from './bench-live/measure.ts';

const [added = '8', ...given] = process.argv.slice(2);
const longer = makeWorld(['cdg', 'ord']).rtt('cdg', 'ord') + Number(added);
const folder = await mkdtemp(join(tmpdir(), 'bench-shift-'));
const dir = join(folder, 'run');
const stolen = watchStolen();
const started = Date.now();
try {
  const code = await benchRun([
    ...['--topologies', 'single-region,slow=single-region', '--rtt', `slow:cdg-ord=${longer}`],
    ...['--profile', 'standard', '--seed', '1', '--out', dir, ...given],
  ]);
  const { cells } = await verdictsOf(dir);
  for (const { vantage, quantile, verdict, reason, effect } of cells) {
    const size =
      effect === undefined
        ? ''
        : `${effect.ms.toFixed(2)} ms (${effect.lowMs?.toFixed(2) ?? '?'} to ${effect.highMs?.toFixed(2) ?? '?'})`;
    console.log(
      `${(vantage ?? 'mean').padEnd(5)} ${quantile} ${verdict.padEnd(14)} ${size} ${reason ?? ''}`,
    );
  }
  const slower = cells.filter(({ verdict }) => verdict === 'slower' || verdict === 'faster');
  const places = slower.map((c) => `${c.vantage ?? 'mean'} ${c.quantile} ${c.verdict}`);
  console.log(`called: ${places.join(', ')} (target: slower at ord only)`);
  console.log(`exit ${String(code)}; ${await warningsOf(dir)}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.log(
  `${((Date.now() - started) / 1000).toFixed(0)} s; stolen by the hypervisor: ${(100 * stolen()).toFixed(1)} % of the processors`,
);
