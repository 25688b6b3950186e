import type { Millis } from '../../base/units.ts';
import type { Distribution, Shift } from '../distributions.ts';
import type { ReportModel } from '../model.ts';
import { short } from './short.ts';

/** What the charts of all requests are drawn from: by table, place and target. */
export type DistributionData = readonly (readonly (readonly (DistributionCell | null)[])[])[];

export interface DistributionCell {
  /** Requests in all rounds. */
  readonly n: number;
  /** Points of the distribution: so many requests (`ranks`) took at most so long (`ms`). */
  readonly ms: readonly Millis[];
  readonly ranks: readonly number[];
  readonly shift?: ShiftData;
}

/** Differences to another target at the deciles from 10 to 90 %; without low and high for a single round. */
export interface ShiftData {
  /** Index into the targets. */
  readonly against: number;
  readonly ms: readonly Millis[];
  readonly low?: readonly Millis[];
  readonly high?: readonly Millis[];
}

export function distributionData({ distributions }: ReportModel): DistributionData {
  return distributions.map((places) =>
    places.map((targets) => targets.map((one) => (one === undefined ? null : cellOf(one)))),
  );
}

function cellOf({ ecdf: { n, values, ranks }, shift }: Distribution): DistributionCell {
  return {
    ...{ n, ms: values.map(short), ranks },
    ...(shift === undefined ? {} : { shift: shiftOf(shift) }),
  };
}

function shiftOf({ against, deciles }: Shift): ShiftData {
  const intervals = deciles.flatMap(({ difference: { interval } }) => interval ?? []);
  return {
    against,
    ms: deciles.map(({ difference }) => short(difference.centre)),
    ...(intervals.length < deciles.length
      ? {}
      : {
          low: intervals.map(({ low }) => short(low)),
          high: intervals.map(({ high }) => short(high)),
        }),
  };
}
