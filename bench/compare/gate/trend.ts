import { changePoints } from '../../stats/change-points.ts';
import { mean } from '../../stats/moments.ts';
import { averaged } from '../baseline/averaged.ts';
import type { AcceptedRun, Baseline, KeptRun } from '../baseline/baseline.ts';
import { compareSides } from '../compare-sides.ts';
import type { ComparedCell } from '../comparison.ts';
import { floorMs, practicalEffect } from '../thresholds.ts';
import { acceptedRatio, vantagesOfMean } from './accepted-ratio.ts';

/** Something slow that the accepted runs show, for people to look at: never a verdict. */
export type Trend = TrendKind &
  Pick<ComparedCell, 'vantage' | 'scenario' | 'metric' | 'quantile'> & {
    readonly candidate: string;
  };

type TrendKind =
  | {
      /** The last `runs` lie above the first accepted one: a regression too slow for the sliding window. */
      readonly kind: 'creep';
      readonly fixedRunId: string;
      readonly percent: number;
      readonly runs: number;
    }
  | {
      /** From this run on the level is another one. */
      readonly kind: 'change';
      readonly runId: string;
      readonly percent: number;
    };
type Kind<K extends TrendKind['kind']> = Extract<TrendKind, { readonly kind: K }>;

/** Fewer runs than this show no trend. */
const fewest = 5;

/** Many cells are looked at, so each change must be rare by chance. */
const changeAlpha = 0.01;

/**
 * What the history of each cell shows, the run of today included, as ratios to the control of the same rounds: slow
 * creep against the first accepted run, which a sliding window absorbs, and changes of level.
 */
export function trendsOf(
  today: KeptRun,
  control: string,
  candidates: readonly string[],
  { fixed, window }: Baseline,
): Trend[] {
  const base = today.sides.find(({ target }) => target === control);
  const runs = [...window.filter(({ runId }) => runId !== today.runId), averaged(today)];
  if (base === undefined || runs.length < fewest) return [];
  return today.sides
    .filter(({ target }) => target !== control && candidates.includes(target))
    .flatMap((side) => {
      const { cells } = compareSides(base, side, 'same-rounds');
      return cells.flatMap((cell) => {
        const vantages = vantagesOfMean(cells, cell);
        const ratio = (run: AcceptedRun) =>
          acceptedRatio(run, cell, side.target, control, vantages);
        const history = runs.flatMap((run) => {
          const z = ratio(run);
          return z === undefined ? [] : [{ runId: run.runId, z }];
        });
        const { vantage, scenario, metric, quantile } = cell;
        const place = { candidate: side.target, vantage, scenario, metric, quantile };
        return [
          ...creep(cell, history, ratio(averaged(fixed)), fixed.runId),
          ...changes(history),
        ].map((trend): Trend => ({ ...place, ...trend }));
      });
    });
}

interface Point {
  readonly runId: string;
  readonly z: number;
}

/** Both the runs of late and today's lie above the first one, by as much as counts. */
function creep(
  cell: ComparedCell,
  history: readonly Point[],
  first: number | undefined,
  fixedRunId: string,
): Kind<'creep'>[] {
  const late = history.slice(-fewest).map(({ z }) => z - (first ?? NaN));
  const d = mean(late);
  const ms = (cell.effect?.candidateMs ?? NaN) * -Math.expm1(-d);
  const bound = Math.log1p(practicalEffect(cell));
  if (late.length < fewest || !(d >= bound) || !((late.at(-1) ?? NaN) >= bound)) return [];
  if (!(ms >= floorMs(cell))) return [];
  return [{ kind: 'creep', fixedRunId, percent: 100 * Math.expm1(d), runs: late.length }];
}

function changes(history: readonly Point[]): Kind<'change'>[] {
  const zs = history.map(({ z }) => z);
  const points = changePoints(zs, { alpha: changeAlpha });
  return points.map(({ index }, i) => {
    const before = zs.slice(points[i - 1]?.index ?? 0, index);
    const after = zs.slice(index, points[i + 1]?.index ?? zs.length);
    const percent = 100 * Math.expm1(mean(after) - mean(before));
    return { kind: 'change', runId: history[index]?.runId ?? '', percent };
  });
}
