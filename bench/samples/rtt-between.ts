import type { Millis } from '../base/units.ts';
import type { Manifest } from './manifest.ts';

/**
 * The round trip in force between two regions, for a target that has its own: that one. Undefined where the run knew of
 * none.
 */
export function rttBetween(
  { rtt, plan }: Manifest,
  a: string,
  b: string,
  target?: string,
): Millis | undefined {
  if (a === b) return 0;
  const found = plan.targets.find(({ name }) => name === target);
  const own = found?.kind === 'topology' ? found.rtt : undefined;
  const [pair, reverse] = [`${a}-${b}`, `${b}-${a}`];
  return own?.[pair] ?? own?.[reverse] ?? (rtt[pair] ?? rtt[reverse])?.ms;
}
