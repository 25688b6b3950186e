import type { Millis } from '../base/units.ts';
import type { Plan } from '../plan/plan.ts';
import type { Temperature } from '../samples/usable.ts';
import type { CellResult } from './cells.ts';
import type { Place } from './model.ts';

/** The figures of one step of a scenario, region × target. */
export interface LatencyTable {
  readonly scenario: string;
  /** Empty where the scenario has one step only. */
  readonly step: string;
  /** `warm`, unless no target kept its connections open. */
  readonly temperature: Temperature;
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  readonly place: Place;
  /** In the order of the run's targets. */
  readonly cells: readonly TableCell[];
}

export interface TableCell {
  readonly target: string;
  readonly result: CellResult;
  /** From 0, a tenth of the budget, over 3, the budget just met, to 6, more than four times the budget. */
  readonly heat: number | undefined;
}

/** The upper end of every step but the last, as a share of the budget. */
export const heatSteps = [0.1, 0.25, 0.5, 1, 2, 4] as const;

/** One table for every step of every scenario, the headline of each scenario first. A plan has a scenario. */
export function latencyTables(
  plan: Plan,
  cells: readonly CellResult[],
  places: readonly Place[],
  budgetMs: Millis,
): [LatencyTable, ...LatencyTable[]] {
  const tables = plan.scenarios.flatMap(({ name, steps, headline }) => {
    const ordered = [...steps].sort((a, b) => Number(b === headline) - Number(a === headline));
    return (steps.length > 1 ? ordered : ['']).map((step) =>
      latencyTable(plan, name, step, cells, places, budgetMs),
    );
  });
  const [first, ...others] = tables;
  return [first ?? latencyTable(plan, '', '', cells, places, budgetMs), ...others];
}

function latencyTable(
  plan: Plan,
  scenario: string,
  step: string,
  cells: readonly CellResult[],
  places: readonly Place[],
  budgetMs: Millis,
): LatencyTable {
  const here = cells.filter((cell) => cell.scenario === scenario && cell.step === step);
  const has = (wanted: Temperature) =>
    here.some(({ temperature, summary }) => temperature === wanted && summary.n > 0);
  const temperature = !has('warm') && has('cold') ? 'cold' : 'warm';
  const at = (target: string, vantage: string, wanted: Temperature) =>
    here.find((c) => c.target === target && c.vantage === vantage && c.temperature === wanted);
  const find = (target: string, vantage: string) => {
    const found = at(target, vantage, temperature);
    // A target that does not answer has no warm connection: each that is cut was closed. It takes as long on either.
    const cold = at(target, vantage, 'cold');
    if (found?.summary.n === 0 && cold?.summary.p50?.isLowerBound === true) return cold;
    return found ?? nothing(target, vantage, scenario, step, temperature);
  };
  const rows = places.map((place) => ({
    place,
    cells: plan.targets.map(({ name: target }) => {
      const result = find(target, place.code);
      return { target, result, heat: heatOf(result.summary.p50?.centre, budgetMs) };
    }),
  }));
  return { scenario, step, temperature, rows };
}

function heatOf(p50: Millis | undefined, budgetMs: Millis): number | undefined {
  if (p50 === undefined) return undefined;
  const step = heatSteps.findIndex((share) => p50 <= share * budgetMs);
  return step === -1 ? heatSteps.length : step;
}

function nothing(
  target: string,
  vantage: string,
  scenario: string,
  step: string,
  temperature: Temperature,
): CellResult {
  return {
    ...{ target, vantage, scenario, step, temperature, metric: `ttfb_${temperature}` },
    ...{ summary: { rounds: 0, n: 0 }, errors: 0, excluded: 0, server: {} },
  };
}
