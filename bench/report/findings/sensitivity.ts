import type { ComparedCell } from '../../compare/comparison.ts';
import { fewestRounds, practicalEffect } from '../../compare/thresholds.ts';
import { metricName } from '../../samples/series.ts';
import { percent } from '../comparison/words.ts';
import type { Evidence } from '../findings.ts';

/** How small a difference between targets the run could have shown; undefined where none were compared. */
export function sensitivity({ comparisons, table }: Evidence): string | undefined {
  const metric = metricName(table.temperature, table.step);
  const cells = comparisons
    .flatMap((comparison) => comparison.cells)
    .filter((c) => c.scenario === table.scenario && c.metric === metric && c.quantile === 'p50');
  const shown = [...byVantage(cells)].sort(([, a], [, b]) => a - b);
  const [best, worst] = [shown[0], shown.at(-1)];
  if (best === undefined || worst === undefined) return undefined;
  const [from, to] = [percent(best[1]), percent(worst[1])];
  if (worst[1] <= 100 * practicalEffect({ vantage: worst[0], quantile: 'p50' }))
    return `Medians that differ by ${to}, the least that counts, would show in this run.`;
  const span = from === to ? from : `${from} (${best[0]}) to ${to} (${worst[0]})`;
  return `Differences between medians below about ${span} can't be seen in this run; more rounds show smaller ones.`;
}

/** Vantage → the smallest slow-down, in percent, that every comparison there would have called. */
function byVantage(cells: readonly ComparedCell[]): Map<string, number> {
  const smallest = new Map<string, number>();
  for (const cell of cells) {
    const { vantage, rounds, effect: { detectablePercent } = {} } = cell;
    if (vantage === undefined || detectablePercent === undefined || rounds < fewestRounds) continue;
    const called = Math.max(detectablePercent, 100 * practicalEffect(cell));
    smallest.set(vantage, Math.max(called, smallest.get(vantage) ?? 0));
  }
  return smallest;
}
