// Writes 200 random data sets with what bench/stats makes of them, and lets scripts/check-stats.py, which shares no code
// with it, recompute every figure. Python with SciPy: `python3 -m venv .venv && .venv/bin/pip install scipy`, then
// `npx tsx scripts/check-stats.ts .venv/bin/python`.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom, type Random } from '../bench/base/random.ts';
import { equivalenceP } from '../bench/stats/equivalence.ts';
import { hodgesLehmann } from '../bench/stats/hodges-lehmann.ts';
import { holmAdjusted } from '../bench/stats/holm.ts';
import { detectableEffect } from '../bench/stats/detectable.ts';
import { orderStatistics } from '../bench/stats/order-statistics.ts';
import { pairedDifference } from '../bench/stats/paired.ts';
import { predictionBand, predictionTest } from '../bench/stats/prediction.ts';
import { proportionInterval } from '../bench/stats/proportion.ts';
import { quantile, sorted } from '../bench/stats/quantile.ts';
import { summarise } from '../bench/stats/summary.ts';
import { welchDifference } from '../bench/stats/unpaired.ts';
import { gaussian } from '../bench/test/stats/support/gaussian.ts';

interface DataSet {
  /** Two sides, by round, in ms. */
  readonly a: readonly (readonly number[])[];
  readonly b: readonly (readonly number[])[];
  /** Of equivalence. */
  readonly bound: number;
  readonly ps: readonly number[];
  readonly n: number;
  readonly hits: number;
}

const scaled = (normal: () => number, to: (z: number) => number) => () => to(normal());

/** Latencies of different shapes, in ms. */
const shapes: readonly ((random: Random) => () => number)[] = [
  (random) => () => 1 + 100 * random.float(),
  (random) => scaled(gaussian(random), (z) => 40 * Math.exp(0.25 * z)),
  (random) => () => 20 * (1 - random.float()) ** (-1 / 2.2),
  (random) => scaled(gaussian(random), (z) => (random.float() < 0.12 ? 90 : 30) * Math.exp(z / 9)),
  // Whole milliseconds: many ties.
  (random) => () => Math.ceil(8 + 12 * random.float() ** 2),
];

const python = process.argv[2] ?? 'python3';
const folder = await mkdtemp(join(tmpdir(), 'check-stats-'));
try {
  const file = join(folder, 'sets.json');
  await writeFile(file, JSON.stringify(Array.from({ length: 200 }, (_, seed) => dataSet(seed))));
  const script = join(import.meta.dirname, 'check-stats.py');
  const { status, error } = spawnSync(python, [script, file], { stdio: 'inherit' });
  if (error !== undefined) console.error(`${python}: ${error.message}`);
  process.exitCode = status ?? 1;
} finally {
  await rm(folder, { recursive: true });
}

function dataSet(seed: number): DataSet & { ours: unknown } {
  const random = seededRandom(seed + 1);
  const rounds = random.int(2, 30);
  const draw = shapes[seed % shapes.length]?.(random) ?? (() => NaN);
  const side = () =>
    Array.from({ length: rounds }, () => {
      const level = Math.exp(0.1 * random.float());
      const size = random.int(1, seed % 10 === 0 ? 1000 : 150);
      return Array.from({ length: size }, () => level * draw());
    });
  const [a, b] = [side(), side()];
  const bound = 0.01 + 0.2 * random.float();
  const family = random.int(1, 40);
  const ps = Array.from({ length: family }, () => random.float() ** random.int(1, 6));
  const n = random.int(1, 10_000);
  const hits = random.int(0, n);
  const set = { a, b, bound, ps, n, hits };
  return { ...set, ours: ours(set) };
}

function ours(set: DataSet) {
  const pool = sorted(set.a.flat());
  const [x, y] = [set.a, set.b].map((side) =>
    side.map((round) => Math.log(quantile(sorted(round), 0.5))),
  ) as [number[], number[]];
  const paired = pairedDifference(x, y);
  const welch = welchDifference(x, y);
  return {
    quantiles: [0.5, 0.95, 0.99].map((p) => quantile(pool, p)),
    summary: summarise(set.a),
    ranks: [0.5, 0.95, 0.99].map((p) => orderStatistics(pool.length, p)),
    ranksOfN: [0.5, 0.95, 0.99].map((p) => orderStatistics(set.n, p)),
    paired,
    welch,
    equivalence: [paired, welch].map((d) => d && equivalenceP(d, set.bound)),
    hodgesLehmann: hodgesLehmann(y.map((value, i) => value - (x[i] ?? NaN))),
    holm: holmAdjusted(set.ps),
    detectable: detectableEffect({
      sd: paired?.sd ?? NaN,
      rounds: x.length,
      family: set.ps.length,
    }),
    prediction: { band: predictionBand(x, 0.95), test: predictionTest(x, y[0] ?? NaN) },
    proportion: proportionInterval(set.hits, set.n),
  };
}
