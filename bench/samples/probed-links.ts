import type { Millis } from '../base/units.ts';
import { pairKey } from '../world/regions.ts';
import type { ProbedLink } from './judge-link.ts';
import type { LinkReading } from './links.ts';
import type { Manifest } from './manifest.ts';
import { rttBetween } from './rtt-between.ts';

/** A link between two regions: the world's, or one that a topology has for itself. */
export interface LinkName {
  readonly topology?: string;
  readonly from: string;
  readonly to: string;
}

/** The readings of a run, link by link. */
export interface NamedLink extends ProbedLink, LinkName {}

/** The same for both directions. */
export const linkKey = ({ topology = '', from, to }: LinkName): string =>
  `${topology}:${pairKey(from, to)}`;

/** Groups readings by their link, the shortest first; a link of which the run knows no distance is left out. */
export function probedLinks(
  run: Pick<Manifest, 'rtt' | 'plan'>,
  readings: readonly LinkReading[],
): NamedLink[] {
  const links = new Map<string, NamedLink & { readonly probes: LinkReading[] }>();
  for (const reading of readings) {
    const key = linkKey(reading);
    const known = links.get(key);
    if (known !== undefined) known.probes.push(reading);
    else links.set(key, { ...nameOf(reading), ...wanted(run, reading), probes: [reading] });
  }
  return [...links.values()]
    .filter(({ wantedMs }) => Number.isFinite(wantedMs))
    .sort((a, b) => a.wantedMs - b.wantedMs);
}

const nameOf = ({ topology, from, to }: LinkReading): LinkName => ({
  ...(topology === undefined ? {} : { topology }),
  ...{ from, to },
});

const wanted = (
  run: Pick<Manifest, 'rtt' | 'plan'>,
  { from, to, topology }: LinkReading,
): { readonly wantedMs: Millis } => ({ wantedMs: rttBetween(run, from, to, topology) ?? NaN });
