import type { Millis } from '../../base/units.ts';
import type { Manifest } from '../../samples/manifest.ts';
import type { Series, SeriesRound } from '../../samples/series.ts';
import { isAtLeast, quantile, sorted } from '../../stats/quantile.ts';
import { summariseRounds, type Summary } from '../../stats/summary.ts';

/** What leaves the tool: a run's series and their quantiles by round; every format renders this. */
export interface ExportedRun {
  readonly manifest: Manifest;
  /** What the run folder lacks, a sentence each. */
  readonly missing: readonly string[];
  /** Those that hold a sample. */
  readonly series: readonly ExportedSeries[];
}

export interface ExportedSeries extends Series {
  /** Over all rounds, as in `summary.csv`. */
  readonly summary: Summary;
  /** As many as `rounds`, in their order. */
  readonly figures: readonly RoundFigures[];
}

/** Type-7 quantiles of one round. */
export interface RoundFigures {
  /** From 0, as in `outcomes.json`. */
  readonly round: number;
  readonly n: number;
  readonly p50: Millis;
  /** Only where the series has values enough for its p95: a round is one of several measurements of it. */
  readonly p95?: Millis;
  /** Only where the round itself has values enough: a tail of forty values says nothing. */
  readonly p99?: Millis;
  /** Those of them that are lower bounds, as requests were cut; absent for none. */
  readonly atLeast?: readonly (typeof exportedQuantiles)[number][];
}

export const exportedQuantiles = ['p50', 'p95', 'p99'] as const;

const levels = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

/** Below it a round has no p99 of its own (measurement specification, "Estimates"). */
const fewestForP99 = 368;

/** Computes what is exported. Pure. */
export function exportedRun(
  run: Pick<ExportedRun, 'manifest' | 'missing'>,
  series: readonly Series[],
): ExportedRun {
  const { manifest, missing } = run;
  const filled = series.filter(({ rounds }) => rounds.length > 0);
  return { manifest, missing, series: filled.map(withFigures) };
}

function withFigures(series: Series): ExportedSeries {
  const summary = summariseRounds(series.rounds);
  const figures = series.rounds.map((round) => figuresOf(round, summary.p95 !== undefined));
  return { ...series, summary, figures };
}

function figuresOf(
  { round, values, cutFromMs = Infinity }: SeriesRound,
  hasP95: boolean,
): RoundFigures {
  const ordered = sorted(values);
  const n = ordered.length;
  const shown = exportedQuantiles.filter(
    (q) => q === 'p50' || (q === 'p95' ? hasP95 : n >= fewestForP99),
  );
  const atLeast = shown.filter((q) => isAtLeast(ordered, levels[q], cutFromMs));
  return {
    ...{ round, n, p50: quantile(ordered, 0.5) },
    ...(hasP95 ? { p95: quantile(ordered, 0.95) } : {}),
    ...(n < fewestForP99 ? {} : { p99: quantile(ordered, 0.99) }),
    ...(atLeast.length === 0 ? {} : { atLeast }),
  };
}
