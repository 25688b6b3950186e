import type { Millis } from '../../base/units.ts';
import type { Cause } from '../../explain/causes.ts';
import { explainedTables, type ExplainedCell } from '../explanation/explained-tables.ts';
import { causeWords } from '../explanation/words.ts';
import type { ReportModel } from '../model.ts';
import { visible } from '../words.ts';
import { short } from './short.ts';

/** What the bars of causes are drawn from, by table. */
export type CausesData = readonly CausesTable[];

/** More bars than these are shown region by region. */
export const mostBars = 40;

export interface CausesTable {
  readonly regionByRegion: boolean;
  /** As the axis calls them. */
  readonly places: readonly string[];
  readonly causes: readonly { readonly cause: Cause; readonly name: string }[];
  readonly rows: readonly CausesRow[];
}

export interface CausesRow {
  /** Index into the places. */
  readonly place: number;
  /** Index into the targets. */
  readonly target: number;
  readonly p50: Millis;
  /** Of its 95 % interval. */
  readonly low?: Millis;
  readonly high?: Millis;
  /** In the order of the table's causes; 0 where not known. */
  readonly ms: readonly Millis[];
  readonly unexplained: Millis;
  readonly floor?: Millis;
}

export function causesData(model: ReportModel): CausesData {
  const places = model.places.map(({ code, gap }) =>
    gap === undefined ? visible(code) : `${visible(code)} (missing)`,
  );
  return explainedTables(model).map(({ causes, cells }) => ({
    ...{ places, regionByRegion: cells.length > mostBars },
    causes: causes.map((cause) => ({ cause, name: causeWords[cause] })),
    rows: cells.map((cell) => rowOf(cell, causes, model)),
  }));
}

function rowOf(cell: ExplainedCell, causes: readonly Cause[], model: ReportModel): CausesRow {
  const { whole, parts, unexplained, floorMs } = cell;
  const { interval } = whole;
  return {
    place: model.places.findIndex(({ code }) => code === cell.vantage),
    target: model.targets.indexOf(cell.target),
    p50: short(whole.centre),
    ...(interval === undefined ? {} : { low: short(interval.low), high: short(interval.high) }),
    ms: causes.map((cause) => short(parts.find((part) => part.cause === cause)?.ms ?? 0)),
    unexplained: short(unexplained.centre),
    ...(floorMs === undefined ? {} : { floor: short(floorMs) }),
  };
}
