import { distrust } from '../../base/distrust.ts';
import type { Millis } from '../../base/units.ts';
import { visible } from '../words.ts';
import type { Manifest } from '../../samples/manifest.ts';
import { exportedQuantiles, type ExportedRun, type ExportedSeries } from './exported-run.ts';

/**
 * The Go benchmark data format (https://golang.org/design/14313-benchmark-format), which benchstat reads: a line a
 * round, cell and quantile in `sec/op`; the number of samples stands where Go has that of iterations.
 */
export function benchfmt({ manifest, series }: ExportedRun): string {
  return `${[...configuration(manifest), '', ...series.flatMap(benchmarks)].join('\n')}\n`;
}

/**
 * Which run it is stands in comments. As configuration stands what was measured and how: benchstat gives files that
 * differ in it a table each, and compares all others.
 */
function configuration({ runId, provider, versions, plan, warnings }: Manifest): string[] {
  const env = plan.scenarios.map(({ name, env }) =>
    [name, ...Object.entries(env).map(([key, value]) => `${key}=${value}`)].join(' '),
  );
  const { primary, rate, rounds, seed } = plan;
  const measured = { provider, k6: versions.k6, primary, rate, scenarios: env.join(', ') };
  const run = { run: runId, bench: versions.bench, rounds, seed };
  const doubt = distrust(warnings);
  const notice = doubt === undefined ? [] : lines('# ', { 'not trustworthy': doubt.sentence });
  return [...lines('# ', run), ...notice, ...lines('', measured)];
}

const lines = (mark: string, values: Readonly<Record<string, string | number>>): string[] =>
  Object.entries(values).map(([key, value]) => `${mark}${key}: ${oneLine(String(value))}`);

const oneLine = (text: string): string => visible(text.replace(/[\s\p{Cc}]+/gu, ' '));

function benchmarks(series: ExportedSeries): string[] {
  return series.figures.flatMap((figures) =>
    exportedQuantiles.flatMap((q) => {
      const ms = figures[q];
      return ms === undefined ? [] : [`${nameOf(series, q)} ${figures.n} ${seconds(ms)} sec/op`];
    }),
  );
}

/** `BenchmarkTtfb/target=…/…/q=p50-1`: parts that benchstat can group by; `-1` is Go's number of processors. */
function nameOf({ target, vantage, scenario, step, temperature }: ExportedSeries, q: string) {
  const parts = { target, vantage, scenario, metric: `ttfb_${temperature}` };
  const named = { ...parts, ...(step === '' ? {} : { step }), q };
  const path = Object.entries(named).map(([key, value]) => `/${key}=${escaped(value)}`);
  return `BenchmarkTtfb${path.join('')}-1`;
}

/** Names end at white space and their parts at a slash; `%` marks what was escaped, as in URLs. */
const escaped = (text: string): string =>
  text.replace(/[\s/%\p{Cc}\p{Cf}]/gu, (character) => encodeURIComponent(character));

/** To a hundredth of a microsecond: finer than any clock here. */
const seconds = (ms: Millis): string => (ms / 1000).toFixed(8);
