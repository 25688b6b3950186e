import type { Millis } from '../../base/units.ts';
import { isIndicative, type Summary } from '../../stats/summary.ts';
import type { LatencyTable } from '../tables.ts';
import { visible } from '../words.ts';
import { short } from './short.ts';

export interface LatencyData {
  /** A row of the chart each. */
  readonly places: readonly string[];
  readonly points: readonly LatencyPoint[];
}

export const quantileNames = ['p50', 'p95', 'p99'] as const;

export interface LatencyPoint {
  /** Index into the places. */
  readonly place: number;
  /** Index into the targets. */
  readonly target: number;
  readonly quantile: (typeof quantileNames)[number];
  readonly ms: Millis;
  /** 95 %; absent where the rounds or samples are too few to tell. */
  readonly low?: Millis;
  readonly high?: Millis;
  /** Rests on so few samples that it only gives an idea. */
  readonly indicative?: true;
  /** It is at least `ms`, as requests were cut. */
  readonly atLeast?: true;
}

export function latencyData({ rows }: LatencyTable): LatencyData {
  return {
    places: rows.map(({ place: { code, gap } }) =>
      gap === undefined ? visible(code) : `${visible(code)} (missing)`,
    ),
    points: rows.flatMap(({ cells }, place) =>
      cells.flatMap(({ result }, target) =>
        pointsOf(result.summary).map((point) => ({ place, target, ...point })),
      ),
    ),
  };
}

function pointsOf(summary: Summary): Omit<LatencyPoint, 'place' | 'target'>[] {
  return quantileNames.flatMap((quantile) => {
    const estimate = summary[quantile];
    if (estimate === undefined) return [];
    const { centre, interval } = estimate;
    return {
      ...{ quantile, ms: short(centre) },
      ...(interval === undefined
        ? {}
        : // An open end is drawn as far as the point.
          { low: short(interval.low), high: short(Math.max(centre, finite(interval.high))) }),
      ...(estimate.isLowerBound === true ? { atLeast: true } : {}),
      ...(quantile === 'p99' && isIndicative(summary.n) ? { indicative: true } : {}),
    };
  });
}

const finite = (ms: Millis): Millis => (ms === Infinity ? 0 : ms);
