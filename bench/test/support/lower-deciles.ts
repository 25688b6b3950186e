import type { Millis } from '../../base/units.ts';
import { loadRun } from '../../cli/load-run.ts';
import { quantile, sorted } from '../../stats/quantile.ts';

/**
 * What one warm request in ten stays below, in ms, by target and vantage: a busy machine only adds, and least there, so
 * that upper limits hold on any. NaN where nothing was measured, which is within no limit.
 */
export async function lowerDeciles(
  run: string,
): Promise<(target: string, vantage: string) => Millis> {
  const { series } = await loadRun(run);
  return (target, vantage) => {
    const values = series
      .filter((cell) => cell.target === target && cell.vantage === vantage)
      .filter(({ temperature }) => temperature === 'warm')
      .flatMap(({ rounds }) => rounds.flatMap((round) => round.values));
    return values.length === 0 ? NaN : quantile(sorted(values), 0.1);
  };
}
