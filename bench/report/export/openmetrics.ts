import { visible } from '../words.ts';
import type { Estimate } from '../../stats/interval.ts';
import { exportedQuantiles, type ExportedRun, type ExportedSeries } from './exported-run.ts';

/**
 * An OpenMetrics exposition (https://prometheus.io/docs/specs/om/open_metrics_spec/), stamped with the end of the
 * run, so that old runs can be filled into Prometheus (`promtool tsdb create-blocks-from openmetrics`).
 */
export function openmetrics({ manifest, series }: ExportedRun): string {
  const at = Date.parse(manifest.endedAtIso) / 1000;
  const stamped = (line: string) => (Number.isFinite(at) ? `${line} ${at.toFixed(3)}` : line);
  const { runId, provider, versions } = manifest;
  const run = { run: runId, provider, k6: versions.k6, bench: versions.bench };
  const families: readonly Family[] = [
    [
      'bench_run',
      'info',
      'The run that these figures come from.',
      [`bench_run_info${labels(run)} 1`],
    ],
    ...seriesFamilies(series),
  ];
  const lines = families.flatMap(([name, type, help, samples]) => [
    `# TYPE ${name} ${type}`,
    ...(name.endsWith('_seconds') ? [`# UNIT ${name} seconds`] : []),
    `# HELP ${name} ${help}`,
    ...samples.map(stamped),
  ]);
  return `${[...lines, '# EOF'].join('\n')}\n`;
}

/** Name, type, help, samples. */
type Family = readonly [string, 'info' | 'summary' | 'gauge', string, readonly string[]];

function seriesFamilies(series: readonly ExportedSeries[]): Family[] {
  const bound = (name: string, of: (estimate: Estimate) => number | undefined) =>
    series.flatMap((each) => quantiles(each, name, of));
  const count = (name: string, of: (each: ExportedSeries) => number) =>
    series.map((each) => `${name}${labels(cellOf(each))} ${of(each)}`);
  const [ttfb, low, high] = [
    'bench_ttfb_seconds',
    'bench_ttfb_low_seconds',
    'bench_ttfb_high_seconds',
  ];
  return [
    [
      ...([ttfb, 'summary', 'Time to first byte: quantiles as in summary.csv.'] as const),
      series.flatMap((each) => [
        ...quantiles(each, ttfb, ({ centre }) => centre),
        `${ttfb}_count${labels(cellOf(each))} ${each.summary.n}`,
      ]),
    ],
    [low, 'gauge', 'Lower end of the 95 % interval.', bound(low, ({ interval }) => interval?.low)],
    [
      high,
      'gauge',
      'Upper end of the 95 % interval.',
      bound(high, ({ interval }) => interval?.high),
    ],
    [
      'bench_rounds',
      'gauge',
      'Valid rounds.',
      count('bench_rounds', ({ summary }) => summary.rounds),
    ],
    [
      'bench_failed_requests',
      'gauge',
      'Failed requests in the kept parts of all rounds.',
      count('bench_failed_requests', ({ errors }) => errors),
    ],
  ];
}

function quantiles(
  series: ExportedSeries,
  name: string,
  of: (estimate: Estimate) => number | undefined,
): string[] {
  return exportedQuantiles.flatMap((q) => {
    const estimate = series.summary[q];
    const ms = estimate === undefined ? undefined : of(estimate);
    if (ms === undefined) return [];
    const seconds = ms === Infinity ? '+Inf' : (ms / 1000).toFixed(8);
    const quantile = `0.${q.slice(1).replace(/0$/, '')}`;
    return [`${name}${labels({ ...cellOf(series), quantile })} ${seconds}`];
  });
}

const cellOf = ({ target, vantage, scenario, step, temperature }: ExportedSeries) => ({
  ...{ target, vantage, scenario, temperature },
  ...(step === '' ? {} : { step }),
});

const labels = (values: Readonly<Record<string, string>>): string =>
  `{${Object.entries(values)
    .map(([key, value]) => `${key}="${escaped(value)}"`)
    .join(',')}}`;

const escaped = (value: string): string => visible(value).replace(/[\\"]/g, '\\$&');
