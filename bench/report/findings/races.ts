import { compareSides } from '../../compare/compare-sides.ts';
import type { ComparedCell } from '../../compare/comparison.ts';
import type { Side } from '../../compare/side.ts';
import { metricName } from '../../samples/series.ts';
import type { Estimate } from '../../stats/interval.ts';
import type { Place } from '../model.ts';
import type { LatencyTable, TableRow } from '../tables.ts';

/** A target's median in one region. */
export interface Ranked {
  readonly target: string;
  readonly p50: Estimate;
  /** Against the fastest in the same rounds; undefined for the fastest itself, or where they can't be compared. */
  readonly behind?: ComparedCell;
}

/** One region's targets, the fastest first. */
export interface Race {
  readonly place: Place;
  readonly ranked: readonly Ranked[];
  /** The target that is judged faster than every other one here. */
  readonly winner: string | undefined;
}

/** Ranks the targets of a table by their medians, region by region; regions without a median are left out. */
export function racesOf(table: LatencyTable, compared: Compared): Race[] {
  const here = (cells: readonly ComparedCell[], { code }: Place) =>
    cells.find((cell) => cell.vantage === code && isOf(table, cell));
  return table.rows
    .map((row) => race(row, (target, against) => here(compared(target, against), row.place)))
    .filter(({ ranked }) => ranked.length > 0);
}

function isOf({ scenario, step, temperature }: LatencyTable, cell: ComparedCell): boolean {
  return cell.scenario === scenario && cell.metric === metricName(temperature, step);
}

/** The medians of one target against another's, in the same rounds: every workload at every vantage. */
export type Compared = (target: string, against: string) => readonly ComparedCell[];

/** Compares two targets when they are first asked for, and only once. */
export function comparing(sides: readonly Side[]): Compared {
  const known = new Map<string, readonly ComparedCell[]>();
  return (target, against) => {
    const key = `${target}\n${against}`;
    const cells = known.get(key) ?? compare(target, against);
    known.set(key, cells);
    return cells;
  };

  function compare(target: string, against: string): readonly ComparedCell[] {
    const baseline = sides.find((side) => side.target === against);
    const candidate = sides.find((side) => side.target === target);
    if (baseline === undefined || candidate === undefined) return [];
    return compareSides(baseline, candidate, 'same-rounds').cells.filter(
      ({ quantile }) => quantile === 'p50',
    );
  }
}

function race(
  { place, cells }: TableRow,
  behindOf: (target: string, against: string) => ComparedCell | undefined,
): Race {
  const medians = cells
    .flatMap(({ target, result: { summary } }) =>
      summary.p50 === undefined ? [] : [{ target, p50: summary.p50 }],
    )
    .sort((a, b) => a.p50.centre - b.p50.centre);
  const [first, ...others] = medians;
  if (first === undefined) return { place, ranked: [], winner: undefined };
  const slower = others.map((other): Ranked => {
    const behind = behindOf(other.target, first.target);
    return behind === undefined ? other : { ...other, behind };
  });
  const isClear = slower.length > 0 && slower.every(({ behind }) => behind?.verdict === 'slower');
  return {
    place,
    ranked: [first, ...slower],
    winner: isClear ? first.target : undefined,
  };
}
