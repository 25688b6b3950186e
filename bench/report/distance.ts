import type { Millis } from '../base/units.ts';
import type { Manifest } from '../samples/manifest.ts';

/** The round trip in force between two regions; undefined where the run knew of none. */
export function rttBetween({ rtt }: Manifest, a: string, b: string): Millis | undefined {
  return a === b ? 0 : (rtt[`${a}-${b}`] ?? rtt[`${b}-${a}`])?.ms;
}
