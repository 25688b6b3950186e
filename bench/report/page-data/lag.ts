import type { Millis } from '../../base/units.ts';
import type { ReplicaLag } from '../../explain/replica-lag.ts';
import { rttBetween } from '../../samples/rtt-between.ts';
import { quantile } from '../../stats/quantile.ts';
import type { ReportModel } from '../model.ts';
import { visible } from '../words.ts';
import { short } from './short.ts';

/** What the chart of replication lag is drawn from: a row a replica. */
export type LagData = readonly LagRow[];

export interface LagRow {
  readonly name: string;
  /** Every reading, or so many that are evenly spread over them. */
  readonly dots: readonly Millis[];
  readonly median?: Millis;
  /** Of its 95 % interval. */
  readonly low?: Millis;
  readonly high?: Millis;
  /** Half the round trip in force: what the stream needs for the distance alone. */
  readonly oneWay?: Millis;
}

const mostDots = 150;

export function lagData(model: ReportModel): LagData {
  const lags = model.replicaLags ?? [];
  const targets = new Set(lags.map(({ target }) => target));
  return lags.map((lag) => {
    const { median: { centre, interval } = {} } = lag;
    const oneWay = oneWayMs(lag, model);
    return {
      name: visible(targets.size > 1 ? `${lag.region} ${lag.target}` : lag.region),
      dots: spread(lag).map(short),
      ...(centre === undefined ? {} : { median: short(centre) }),
      ...(interval === undefined ? {} : { low: short(interval.low), high: short(interval.high) }),
      ...(oneWay === undefined ? {} : { oneWay: short(oneWay) }),
    };
  });
}

/** From the primary to the replica. */
export function oneWayMs(
  { region, target }: Pick<ReplicaLag, 'region' | 'target'>,
  { manifest }: ReportModel,
): Millis | undefined {
  const rtt = rttBetween(manifest, manifest.plan.primary, region, target);
  return rtt === undefined ? undefined : rtt / 2;
}

function spread({ values }: ReplicaLag): Millis[] {
  if (values.length <= mostDots) return [...values];
  return Array.from({ length: mostDots }, (_, i) => quantile(values, i / (mostDots - 1)));
}
