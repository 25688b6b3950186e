import type { Millis } from '../base/units.ts';
import type { LagReading } from '../samples/lag.ts';
import { orderStatistics } from '../stats/order-statistics.ts';
import type { Estimate } from '../stats/interval.ts';
import { quantile, sorted, type Sorted } from '../stats/quantile.ts';

/** How far one replica was behind its primary, over a run. */
export interface ReplicaLag {
  readonly target: string;
  /** The replica's. */
  readonly region: string;
  /** Commits that were looked for. */
  readonly n: number;
  /** Of these, how many the replica did not show within the watch's patience; they are in no quantile. */
  readonly missed: number;
  /** Until the others showed, ms. */
  readonly values: Sorted;
  /** Undefined where none showed. The interval is that of order statistics over the readings. */
  readonly median: Estimate | undefined;
  /** Undefined below 20 readings. */
  readonly p95: Millis | undefined;
}

/** Summarises the readings of a run, replica by replica, in the order in which they first occur. */
export function replicaLags(readings: readonly LagReading[]): ReplicaLag[] {
  const byReplica = new Map<string, LagReading[]>();
  for (const reading of readings) {
    const key = `${reading.target}\n${reading.region}`;
    const known = byReplica.get(key);
    if (known === undefined) byReplica.set(key, [reading]);
    else known.push(reading);
  }
  return [...byReplica.values()].flatMap((all) => summarised(all) ?? []);
}

function summarised(readings: readonly LagReading[]): ReplicaLag | undefined {
  const [first] = readings;
  if (first === undefined) return undefined;
  const values = sorted(readings.flatMap(({ lagMs }) => lagMs ?? []));
  return {
    ...{ target: first.target, region: first.region, n: readings.length },
    missed: readings.length - values.length,
    values,
    median: medianOf(values),
    p95: values.length < 20 ? undefined : quantile(values, 0.95),
  };
}

function medianOf(values: Sorted): Estimate | undefined {
  if (values.length === 0) return undefined;
  const centre = quantile(values, 0.5);
  const { lower, upper } = orderStatistics(values.length, 0.5);
  const [low, high] = [values[(lower ?? 0) - 1], values[(upper ?? 0) - 1]];
  return low === undefined || high === undefined ? { centre } : { centre, interval: { low, high } };
}
