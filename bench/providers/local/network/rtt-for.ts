import type { Millis } from '../../../base/units.ts';
import { pairKey, type RegionCode } from '../../../world/regions.ts';
import type { NetworkConfig } from './protocol.ts';

/** The round trip of a link: the app's own where it has its own, the world's otherwise. */
export function rttFor(
  { rtt, rttOf }: Pick<NetworkConfig, 'rtt' | 'rttOf'>,
  app: string,
  from: RegionCode,
  to: RegionCode,
): Millis | undefined {
  // A second deployment may be named `constructor`.
  const own = rttOf !== undefined && Object.hasOwn(rttOf, app) ? rttOf[app] : undefined;
  return (own ?? rtt)[pairKey(from, to)];
}
