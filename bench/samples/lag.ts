import type { Millis, UnixMicros } from '../base/units.ts';
import { isDuration, isTime, most } from './limits.ts';

/** How long one commit of a primary took until a replica showed it (a row of `lag.csv`). */
export interface LagReading {
  /** The topology. */
  readonly target: string;
  /** The replica's. */
  readonly region: string;
  /** When it was committed. */
  readonly atUs: UnixMicros;
  /** Undefined: it had not shown when the watch gave up. */
  readonly lagMs: Millis | undefined;
}

export const lagHeader = 'target,region,at_us,lag_ms\n';

/** Names of topologies and regions hold nothing that CSV would quote. */
export function lagRows(readings: readonly LagReading[]): string {
  return readings
    .map(
      ({ target, region, atUs, lagMs }) =>
        `${target},${region},${Math.round(atUs)},${lagMs?.toFixed(3) ?? ''}\n`,
    )
    .join('');
}

/** Reads `lag.csv`; rows that break off or make no sense are left out. */
export function parseLag(text: string): LagReading[] {
  if (!text.startsWith(lagHeader)) return [];
  // What follows the last line end is no whole row.
  const lines = text.slice(lagHeader.length, text.lastIndexOf('\n') + 1).split('\n', most.readings);
  return lines.flatMap((line) => {
    const [target = '', region = '', at = '', lag = '', ...more] = line.split(',', 5);
    const [atUs, lagMs] = [Number(at), lag === '' ? undefined : Number(lag)];
    const isWhole = target !== '' && region !== '' && at !== '' && more.length === 0;
    if (!isWhole || !isTime(atUs) || !(lagMs === undefined || isDuration(lagMs))) return [];
    return [{ target, region, atUs, lagMs }];
  });
}
