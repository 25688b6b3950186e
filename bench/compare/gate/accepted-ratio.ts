import type { AcceptedCell, AcceptedRun } from '../baseline/baseline.ts';
import type { ComparedCell } from '../comparison.ts';

type Hypothesis = Pick<ComparedCell, 'vantage' | 'scenario' | 'metric' | 'quantile'>;

/**
 * z of the specification ("Gate"): how far the candidate's log quantile lay above the control's in an accepted run;
 * for the mean over vantages, the mean of theirs. Undefined if that run lacks any of it. An invalid block takes its
 * round from all targets, so the difference of the averages is the average of the rounds' differences.
 */
export function acceptedRatio(
  run: AcceptedRun,
  hypothesis: Hypothesis,
  candidate: string,
  control: string,
  vantages: readonly string[],
): number | undefined {
  const { vantage, quantile } = hypothesis;
  const zs = (vantage === undefined ? vantages : [vantage]).map((code) => {
    const value = (target: string) => {
      const cell = run.cells.find((one) => isAt(one, hypothesis, target, code));
      // A lower bound is no value to judge by.
      return cell === undefined || cell.atLeast?.includes(quantile) === true ? NaN : cell[quantile];
    };
    return Math.log(value(candidate)) - Math.log(value(control));
  });
  const z = zs.reduce((sum, each) => sum + each, 0) / zs.length;
  return Number.isFinite(z) ? z : undefined;
}

const isAt = (cell: AcceptedCell, h: Hypothesis, target: string, vantage: string): boolean =>
  cell.target === target &&
  cell.vantage === vantage &&
  cell.scenario === h.scenario &&
  cell.metric === h.metric;

/** The vantages that the mean of a comparison goes over, for the workload of one of its cells. */
export function vantagesOfMean(
  cells: readonly ComparedCell[],
  { scenario, metric }: ComparedCell,
): string[] {
  const own = cells.filter((cell) => cell.scenario === scenario && cell.metric === metric);
  return [...new Set(own.flatMap(({ vantage }) => vantage ?? []))];
}
