import type { Millis } from '../../base/units.ts';
import { project } from '../map/project.ts';
import type { ReportModel } from '../model.ts';
import type { TableCell } from '../tables.ts';
import { visible } from '../words.ts';

/** What the map is drawn from. */
export interface MapData {
  /** Everything on the map: the vantages, then other regions in which something runs or from which answers came. */
  readonly sites: readonly Site[];
  /** By target; null where nobody knows where it runs. */
  readonly placements: readonly (SitePlacement | null)[];
  /** By latency table, place and target. */
  readonly cells: readonly (readonly (readonly MapCell[])[])[];
}

export interface Site {
  /** The region. */
  readonly code: string;
  /** Of a vantage that stands in for another region: `gru (for scl)`. */
  readonly name?: string;
  readonly city?: string;
  /** In the grid of the coastlines. */
  readonly x: number;
  readonly y: number;
  /** Index into the places, for a vantage. */
  readonly place?: number;
  /** Why nothing was measured there. */
  readonly gap?: string;
}

/** Indices into the sites. */
export interface SitePlacement {
  readonly machines: readonly number[];
  readonly database: number;
  readonly replicas: readonly number[];
}

export interface MapCell {
  readonly p50?: Millis;
  readonly heat?: number;
  /** The site that served most answers; absent where the target did not say. */
  readonly by?: number;
}

export function mapData(model: ReportModel): MapData {
  const sites = onMap(model);
  const indexOf = (code: string) => sites.findIndex(({ region }) => region === code);
  return {
    sites: sites.map((site) => siteOf(site, model)),
    placements: model.targets.map((target) => placementOf(target, model, indexOf)),
    cells: model.tables.map(({ rows }) =>
      rows.map(({ cells }) => cells.map((cell) => cellOf(cell, indexOf))),
    ),
  };
}

/** Regions of the run whose place on the globe is known. */
function onMap({ places, cells, geography, targets }: ReportModel): MappedRegion[] {
  const served = cells.flatMap(({ server }) => server.region ?? []);
  const placed = targets.flatMap((target) => {
    const { machines = [], database, replicas = [] } = geography.placements.get(target) ?? {};
    return [...machines, ...(database === undefined ? [] : [database]), ...replicas];
  });
  const measured = new Set(places.map(({ region }) => region));
  const others = new Set([...placed, ...served].filter((region) => !measured.has(region)));
  return [
    ...places.map(({ region }, place) => ({ region, place })),
    ...[...others].map((region) => ({ region })),
  ].filter(({ region }) => geography.coordinates.has(region));
}

interface MappedRegion {
  readonly region: string;
  /** Index into the places, for a vantage. */
  readonly place?: number;
}

function siteOf({ region, place }: MappedRegion, { places, geography }: ReportModel): Site {
  const at = geography.coordinates.get(region) ?? { lat: 0, lon: 0 };
  const { code = region, city, gap } = places[place ?? -1] ?? {};
  return {
    code: visible(region),
    ...(code === region ? {} : { name: visible(code) }),
    ...(city === undefined ? {} : { city: visible(city) }),
    ...project(at),
    ...(place === undefined ? {} : { place }),
    ...(gap === undefined ? {} : { gap: visible(gap) }),
  };
}

function placementOf(
  target: string,
  { geography }: ReportModel,
  indexOf: (code: string) => number,
): SitePlacement | null {
  const placement = geography.placements.get(target);
  const database = indexOf(placement?.database ?? '');
  if (placement === undefined || database === -1) return null;
  const known = (codes: readonly string[]) => codes.map(indexOf).filter((site) => site !== -1);
  return { machines: known(placement.machines), database, replicas: known(placement.replicas) };
}

function cellOf({ result, heat }: TableCell, indexOf: (code: string) => number): MapCell {
  const { p50 } = result.summary;
  const by = indexOf(result.server.region ?? '');
  return {
    ...(p50 === undefined ? {} : { p50: p50.centre }),
    ...(heat === undefined ? {} : { heat }),
    ...(by === -1 ? {} : { by }),
  };
}
