import { formatMillis } from '../../base/units.ts';
import type { MapData, Site, SitePlacement } from '../page-data/map.ts';
import { list } from '../words.ts';
import type { Selection } from './selection.ts';

/**
 * What the map shows for a target, in a few sentences: what runs where, the extremes (of which requests, where there
 * are several kinds), and what is missing.
 */
export function mapCaption(
  data: MapData,
  { targets, workloads }: Names,
  { table, target }: Selection,
): string {
  const { sites } = data;
  const placed = whereIs(data.placements[target] ?? undefined, sites);
  const extremes = extremesOf(data, table, target);
  const gaps = sites.filter(({ gap }) => gap !== undefined);
  const missing = gaps.map(({ code, name = code, gap }) => `${name} is missing: ${gap ?? ''}.`);
  const kind = workloads.length > 1 ? [`Requests: ${workloads[table] ?? ''}.`] : [];
  return [`${targets[target] ?? ''}: ${placed}`, ...kind, extremes, ...missing].join(' ');
}

interface Names {
  readonly targets: readonly string[];
  /** By table. */
  readonly workloads: readonly string[];
}

function whereIs(placement: SitePlacement | undefined, sites: readonly Site[]): string {
  if (placement === undefined) return 'nobody told where it runs; only the vantages are shown.';
  const { machines, database, replicas } = placement;
  const replicated = replicas.length === 0 ? '' : `, read replicas in ${codes(replicas, sites)}`;
  const [apps, primary] = [codes(machines, sites), codes([database], sites)];
  if (apps === primary) return `app and database in ${primary}${replicated}.`;
  return `app in ${apps}, database in ${primary}${replicated}.`;
}

/** More than five are counted. */
function codes(indices: readonly number[], sites: readonly Site[]): string {
  if (indices.length > 5) return `${indices.length} regions`;
  return list(indices.map((site) => sites[site]?.code ?? ''));
}

function extremesOf({ cells, sites }: MapData, table: number, target: number): string {
  const measured = sites
    .flatMap(({ code, name = code, place }) => {
      const { p50, by } = cells[table]?.[place ?? -1]?.[target] ?? {};
      return p50 === undefined ? [] : [{ code, name, p50, by }];
    })
    .sort((a, b) => a.p50 - b.p50);
  const [fastest, slowest] = [measured[0], measured.at(-1)];
  if (fastest === undefined || slowest === undefined) return 'Nothing was measured.';
  const words = ({ code, name, p50, by }: typeof fastest) => {
    const server = sites[by ?? -1]?.code;
    const served = server === undefined || server === code ? '' : `, served by ${server}`;
    return `${name} (${formatMillis(p50)} ms${served})`;
  };
  if (fastest === slowest) return `Measured in ${words(fastest)}.`;
  return `Fastest in ${words(fastest)}, slowest in ${words(slowest)}.`;
}
