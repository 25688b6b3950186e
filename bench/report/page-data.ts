import type { Millis } from '../base/units.ts';
import type { CalibrationRow } from './calibration.ts';
import type { ReportModel } from './model.ts';
import type { LatencyTable } from './tables.ts';
import { visible } from './words.ts';
import { mapData, type MapData } from './page-data/map.ts';

/** What the page's charts are drawn from; embedded in the page as JSON. */
export interface PageData {
  readonly budgetMs: Millis;
  readonly targets: readonly string[];
  /** One for every latency chart, by the id of its canvas. */
  readonly latency: Readonly<Record<string, LatencyData>>;
  readonly calibration: readonly CalibrationRow[];
  readonly map?: MapData;
}

export interface LatencyData {
  /** A row of the chart each. */
  readonly places: readonly string[];
  readonly points: readonly LatencyPoint[];
}

export interface LatencyPoint {
  /** Index into the places. */
  readonly place: number;
  /** Index into the targets. */
  readonly target: number;
  readonly p50: Millis;
  readonly low?: Millis;
  readonly high?: Millis;
  readonly p95?: Millis;
}

/** The id of a table's canvas. */
export const chartId = (index: number): string => `latency-${index}`;

export function pageData(model: ReportModel): PageData {
  const { budgetMs, targets, tables, calibration } = model;
  return {
    budgetMs,
    targets: targets.map(visible),
    latency: Object.fromEntries(tables.map((table, i) => [chartId(i), latencyData(table)])),
    calibration,
    map: mapData(model),
  };
}

function latencyData({ rows }: LatencyTable): LatencyData {
  return {
    places: rows.map(({ place: { code, gap } }) =>
      gap === undefined ? visible(code) : `${visible(code)} (missing)`,
    ),
    points: rows.flatMap(({ cells }, place) =>
      cells.flatMap(({ result }, target) => {
        const { p50, p95 } = result.summary;
        if (p50 === undefined) return [];
        const { interval } = p50;
        return {
          ...{ place, target, p50: p50.centre },
          ...(interval === undefined ? {} : { low: interval.low, high: interval.high }),
          ...(p95 === undefined ? {} : { p95: p95.centre }),
        };
      }),
    ),
  };
}
