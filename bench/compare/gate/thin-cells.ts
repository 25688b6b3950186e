import type { Side } from '../side.ts';
import { gateRounds } from './rounds-needed.ts';

/** A cell with fewer valid rounds than a gate needs. */
export interface ThinCell {
  readonly target: string;
  readonly vantage: string;
  readonly scenario: string;
  readonly metric: string;
  readonly rounds: number;
}

/** The cells of the given targets and vantages that were measured too little to rest a gate on. */
export function thinCells(
  sides: readonly Side[],
  targets: readonly string[],
  vantages: readonly string[],
): ThinCell[] {
  return sides
    .filter(({ target }) => targets.includes(target))
    .flatMap(({ target, cells }) =>
      cells
        .filter(({ vantage, rounds }) => vantages.includes(vantage) && rounds.length < gateRounds)
        .map(({ vantage, scenario, metric, rounds }) => ({
          ...{ target, vantage, scenario, metric },
          rounds: rounds.length,
        })),
    );
}
