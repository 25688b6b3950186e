import type { Manifest } from '../samples/manifest.ts';
import type { Series, SeriesRound } from '../samples/series.ts';
import { isAtLeast, quantile, sorted } from '../stats/quantile.ts';
import { judgedQuantiles, type Side, type SideCell, type SideRound } from './side.ts';

/** The targets of a run as sides of a comparison, in the plan's order. */
export function sidesOf(
  { runId, startedAtIso, plan }: Pick<Manifest, 'runId' | 'startedAtIso' | 'plan'>,
  series: readonly Series[],
): Side[] {
  const compared = comparable(series);
  return plan.targets.map(({ name: target }) => ({
    ...{ runId, target, startedAtIso },
    cells: compared.filter((s) => s.target === target).map(cellOf),
  }));
}

/**
 * The warm series; cold ones are too few to compare. Only where no target kept its connections open, all requests of
 * a scenario are cold, and the cold ones are compared.
 */
function comparable(series: readonly Series[]): readonly Series[] {
  const warm = new Set(
    series
      .filter(({ temperature, rounds }) => temperature === 'warm' && rounds.length > 0)
      .map(workloadOf),
  );
  return series.filter(
    (s) => (s.temperature === 'warm') === (warm.has(workloadOf(s)) || !hasCold(s)),
  );

  function hasCold(one: Series): boolean {
    return series.some((s) => s.temperature === 'cold' && workloadOf(s) === workloadOf(one));
  }
}

const workloadOf = ({ scenario, step }: Series): string => `${scenario}\n${step}`;

function cellOf({ vantage, scenario, metric, rounds }: Series): SideCell {
  return {
    ...{ vantage, scenario, metric },
    n: rounds.reduce((sum, { values }) => sum + values.length, 0),
    rounds: rounds.filter(({ values }) => values.length > 0).map(roundOf),
  };
}

/** A value that is no number makes its round's quantiles none, which no comparison uses. */
function roundOf({ round, values, cutFromMs }: SeriesRound): SideRound {
  if (values.some(Number.isNaN)) return { round, p50: NaN, p95: NaN };
  const ordered = sorted(values);
  const quantiles = { round, p50: quantile(ordered, 0.5), p95: quantile(ordered, 0.95) };
  if (cutFromMs === undefined) return quantiles;
  const levels = { p50: 0.5, p95: 0.95 } as const;
  const atLeast = judgedQuantiles.filter((name) => isAtLeast(ordered, levels[name], cutFromMs));
  return atLeast.length === 0 ? quantiles : { ...quantiles, atLeast };
}
