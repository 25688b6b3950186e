import type { Millis } from '../base/units.ts';
import { regionOf } from '../world/vantage.ts';
import type { Manifest } from './manifest.ts';

/**
 * The round trip in force between two regions, or vantages, for a target that has its own: that one. Undefined where the run knew of
 * none.
 */
export function rttBetween(
  { rtt, plan }: Pick<Manifest, 'rtt' | 'plan'>,
  from: string,
  to: string,
  target?: string,
): Millis | undefined {
  const [a, b] = [regionOf(from), regionOf(to)];
  if (a === b) return 0;
  const found = plan.targets.find(({ name }) => name === target);
  const own = found?.kind === 'topology' ? found.rtt : undefined;
  const [pair, reverse] = [`${a}-${b}`, `${b}-${a}`];
  return own?.[pair] ?? own?.[reverse] ?? (rtt[pair] ?? rtt[reverse])?.ms;
}
