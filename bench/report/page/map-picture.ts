import { formatMillis } from '../../base/units.ts';
import type { MapCell, MapData, Site, SitePlacement } from '../page-data/map.ts';
import type { Selection } from './selection.ts';

/** The map for one target: everything that differs from the others. */
export interface MapPicture {
  /** From a vantage to the region that answered it. */
  readonly arcs: readonly Arc[];
  /** From an app machine to the database that it reads from, where that is far. */
  readonly wires: readonly string[];
  /** By site. */
  readonly marks: readonly Mark[];
}

/** An SVG path and its step on the heat map's scale. */
export interface Arc {
  readonly path: string;
  readonly heat: number;
}

export interface Mark {
  /** Of the style sheet. */
  readonly classes: readonly string[];
  /** Beside its name. */
  readonly value: string;
  /** For those who don't see where it is: `ord, Chicago: 116 ms, served by cdg`. */
  readonly label: string;
}

export function mapPicture(data: MapData, { table, target, place }: Selection): MapPicture {
  const { sites } = data;
  const placement = data.placements[target] ?? undefined;
  const cellOf = ({ place }: Site): MapCell => data.cells[table]?.[place ?? -1]?.[target] ?? {};
  return {
    // That of the selected one last: those of vantages in one region lie upon each other.
    arcs: sites
      .toSorted((a, b) => Number(a.place === place) - Number(b.place === place))
      .flatMap((site) => arcOf(site, cellOf(site), sites)),
    wires: placement === undefined ? [] : wiresOf(placement, sites),
    marks: sites.map((site, i) => ({
      classes: [
        ...runsAt(i, placement),
        ...(isIdle(i, site, data, { table, target }) ? ['idle'] : []),
        ...vantageClasses(site, cellOf(site)),
        ...(site.place === place ? ['selected'] : []),
      ],
      value: valueOf(site, cellOf(site)),
      label: labelOf(site, cellOf(site), sites),
    })),
  };
}

function arcOf(site: Site, { heat, by }: MapCell, sites: readonly Site[]): Arc[] {
  const server = sites[by ?? -1];
  if (heat === undefined || server === undefined || server.code === site.code) return [];
  return [{ path: curve(site, server), heat }];
}

/** Machines read from a database beside them, or else from the primary one. */
function wiresOf({ machines, database, replicas }: SitePlacement, sites: readonly Site[]) {
  const far = machines.filter((site) => site !== database && !replicas.includes(site));
  return far.flatMap((site) => {
    const [from, to] = [sites[site], sites[database]];
    return from === undefined || to === undefined ? [] : [curve(from, to)];
  });
}

type XY = Pick<Site, 'x' | 'y'>;
const wholeWidth = 1440;

/** The shorter way round the globe: beyond an edge of the map it comes in again at the other one. */
function curve(from: XY, to: XY): string {
  const over = to.x - from.x;
  if (Math.abs(over) <= wholeWidth / 2) return bow(from, to);
  const turn = -Math.sign(over) * wholeWidth;
  return bow(from, { ...to, x: to.x + turn }) + bow({ ...from, x: from.x - turn }, to);
}

/** Bent towards the north, as the shortest ways of the northern hemisphere are. */
function bow(from: XY, to: XY): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const x = Math.round((from.x + to.x) / 2);
  const y = Math.round((from.y + to.y) / 2 - 0.22 * length);
  return `M${from.x} ${from.y}Q${x} ${y} ${to.x} ${to.y}`;
}

/** Neither measured from nor of any use to this target. */
function isIdle(
  i: number,
  { place }: Site,
  { cells, placements }: MapData,
  { table, target }: Pick<Selection, 'table' | 'target'>,
): boolean {
  const isServing = cells[table]?.some((row) => row[target]?.by === i) ?? false;
  const runs = runsAt(i, placements[target] ?? undefined);
  return place === undefined && !isServing && runs.length === 0;
}

function runsAt(site: number, placement: SitePlacement | undefined): string[] {
  if (placement === undefined) return [];
  return [
    ...(placement.machines.includes(site) ? ['has-app'] : []),
    ...(placement.database === site ? ['has-db'] : []),
    ...(placement.replicas.includes(site) ? ['has-db', 'replica'] : []),
  ];
}

function vantageClasses({ place }: Site, { heat }: MapCell): string[] {
  if (place === undefined) return [];
  return heat === undefined ? ['is-vantage', 'missing'] : ['is-vantage', `h${heat}`];
}

function valueOf({ place }: Site, { p50 }: MapCell): string {
  if (place === undefined) return '';
  return p50 === undefined ? 'missing' : `${formatMillis(p50)} ms`;
}

function labelOf(site: Site, cell: MapCell, sites: readonly Site[]): string {
  const code = site.name ?? site.code;
  const name = site.city === undefined ? code : `${code}, ${site.city}`;
  return `${name}: ${whatOf(site, cell, sites)}`;
}

function whatOf({ place, gap }: Site, { p50, by }: MapCell, sites: readonly Site[]): string {
  if (place === undefined) return 'not measured from';
  if (p50 === undefined) return gap === undefined ? 'no valid round' : `missing, ${gap}`;
  const server = sites[by ?? -1];
  const served = server === undefined ? '' : `, served by ${server.code}`;
  return `${formatMillis(p50)} ms${served}`;
}
