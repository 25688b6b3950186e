import type { Millis } from '../base/units.ts';
import type { Series } from '../samples/series.ts';
import { ecdf, type Ecdf } from '../stats/ecdf.ts';
import { isAtLeast, quantile, sorted, type Sorted } from '../stats/quantile.ts';
import { shiftFunction, type DecileShift } from '../stats/shift.ts';
import type { CellResult } from './cells.ts';
import type { LatencyTable, TableRow } from './tables.ts';

/** All requests of a cell, not only their median; its rounds together. */
export interface Distribution {
  readonly ecdf: Ecdf;
  /** At the levels of {@link quantileLevels}. */
  readonly quantiles: readonly Millis[];
  /** Requests were cut: values from here on are lower bounds, and the ECDF ends. Absent where all are whole. */
  readonly cutFromMs?: Millis;
  /** Absent where there is no other target to compare with. */
  readonly shift?: Shift;
}

/** How much slower than another target, decile by decile. */
export interface Shift {
  /** The fastest target at that vantage; for the fastest itself, the next one. An index. */
  readonly against: number;
  readonly deciles: readonly DecileShift[];
}

export const quantileLevels = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1] as const;

/** By table, vantage and target; undefined where nothing was measured. */
export type Distributions = readonly (readonly (readonly (Distribution | undefined)[])[])[];

export function distributionsOf(
  tables: readonly LatencyTable[],
  series: readonly Series[],
): Distributions {
  const bySeries = new Map(series.map((one) => [keyOf(one), one]));
  return tables.map(({ rows }) => rows.map((row) => rowOf(row, bySeries)));
}

const keyOf = ({ target, vantage, scenario, step, temperature }: Series | CellResult): string =>
  [target, vantage, scenario, step, temperature].join('\n');

function rowOf(row: TableRow, bySeries: ReadonlyMap<string, Series>) {
  const rounds = row.cells.map(({ result }) => sortedRounds(result, bySeries.get(keyOf(result))));
  return rounds.map((own, target) => {
    if (own.size === 0) return undefined;
    const pooled = pool([...own.values()]);
    const against = referenceFor(row, target);
    const cutFromMs = cutFrom(seriesAt(row, target, bySeries));
    const otherCutFromMs = cutFrom(seriesAt(row, against ?? NaN, bySeries));
    const shift =
      against === undefined
        ? undefined
        : shiftTo(
            { rounds: own, cutFromMs },
            { rounds: rounds[against], cutFromMs: otherCutFromMs },
            against,
          );
    return {
      ecdf: upTo(cutFromMs, ecdf(pooled)),
      quantiles: quantileLevels.map((level) => quantile(pooled, level)),
      ...(cutFromMs === Infinity ? {} : { cutFromMs }),
      ...(shift === undefined ? {} : { shift }),
    };
  });
}

const seriesAt = (
  { cells }: TableRow,
  target: number,
  bySeries: ReadonlyMap<string, Series>,
): Series | undefined => {
  const result = cells[target]?.result;
  return result === undefined ? undefined : bySeries.get(keyOf(result));
};

const cutFrom = (series: Series | undefined): Millis =>
  Math.min(...(series?.rounds ?? []).map(({ cutFromMs = Infinity }) => cutFromMs));

/** Its share of all is right up to there; beyond, nothing is known but that. */
function upTo(cutFromMs: Millis, { n, values, ranks }: Ecdf): Ecdf {
  const end = values.findIndex((value) => value >= cutFromMs);
  return end === -1
    ? { n, values, ranks }
    : { n, values: values.slice(0, end), ranks: ranks.slice(0, end) };
}

/** By round; none where the summary found values that are no latencies. */
function sortedRounds({ summary }: CellResult, series: Series | undefined): Map<number, Sorted> {
  if (summary.p50 === undefined || series === undefined) return new Map();
  return new Map(series.rounds.map(({ round, values }) => [round, sorted(values)]));
}

function pool(rounds: readonly Sorted[]): Sorted {
  const all = new Float64Array(rounds.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const round of rounds) {
    all.set(round, at);
    at += round.length;
  }
  return sorted(all);
}

/** The fastest other target of the row. */
function referenceFor({ cells }: TableRow, target: number): number | undefined {
  const medians = cells.map(({ result }, i) => ({ i, ms: result.summary.p50?.centre ?? Infinity }));
  const [best] = medians
    .filter(({ i, ms }) => i !== target && ms < Infinity)
    .sort((a, b) => a.ms - b.ms);
  return best?.i;
}

/** Rounds of values; those from `cutFromMs` on are known from below only. */
interface Cuttable {
  readonly rounds: ReadonlyMap<number, Sorted> | undefined;
  readonly cutFromMs: Millis;
}

/** In the rounds that both have. */
function shiftTo(own: Cuttable, other: Cuttable, against: number): Shift | undefined {
  const pairs = [...(own.rounds ?? [])].flatMap(([round, b]) => {
    const a = other.rounds?.get(round);
    return a === undefined ? [] : [{ a, b }];
  });
  const deciles = shiftFunction(
    pairs.map(({ a }) => a),
    pairs.map(({ b }) => b),
  ).filter(
    // As far as both sides are whole.
    ({ level }) =>
      !pairs.some(
        ({ a, b }) => isAtLeast(a, level, other.cutFromMs) || isAtLeast(b, level, own.cutFromMs),
      ),
  );
  return deciles.length === 0 ? undefined : { against, deciles };
}
