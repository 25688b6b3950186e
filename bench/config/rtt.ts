import type { Problem } from '../base/errors.ts';
import type { Millis } from '../base/units.ts';
import { pairKey, regions } from '../world/regions.ts';
import type { RttOverrides } from '../world/world.ts';
import { suggest } from './nearest-name.ts';
import type { Named, Where } from './settings.ts';

/** Round-trip times that replace the published ones: everywhere, or for one topology. */
export interface Overrides {
  readonly everywhere: RttOverrides;
  /** By topology. */
  readonly of: ReadonlyMap<string, RttOverrides>;
}

/** `cdg-ord` → ms, or `topology:cdg-ord` → ms. Adds what is wrong to `problems`. */
export function rttOverrides(
  rtt: Named<Millis>,
  topologies: readonly string[],
  where: Where,
  problems: Problem[],
): Overrides {
  const everywhere: Record<string, Millis> = {};
  const of = new Map<string, RttOverrides>();
  for (const [key, ms] of rtt) {
    const at = key.indexOf(':');
    const topology = key.slice(0, Math.max(0, at));
    const pair = key.slice(at + 1);
    if (at !== -1 && !topologies.includes(topology))
      problems.push({
        where: where(`rtt.${key}`),
        what: `no chosen topology is called "${topology}"`,
        fix: suggest(topology, topologies),
      });
    if (!isPair(pair))
      problems.push({
        where: where(`rtt.${key}`),
        what: `"${pair}" is not a pair of regions`,
        fix: `Write it as ${pairKey('cdg', 'ord')} = 116, in milliseconds.`,
      });
    if (!isPair(pair)) continue;
    if (at === -1) everywhere[pair] = ms;
    else of.set(topology, { ...of.get(topology), [pair]: ms });
  }
  return { everywhere, of };
}

function isPair(pair: string): boolean {
  const [a = '', b = '', ...more] = pair.split('-');
  return more.length === 0 && a !== b && regions.has(a) && regions.has(b);
}
