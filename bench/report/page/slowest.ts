import type { MapData } from '../page-data/map.ts';
import type { Selection } from './selection.ts';

/** The cell that a reader asks about first: the slowest of the headline; its first cell if nothing was measured. */
export function slowest(map: MapData | undefined): Selection {
  const [headline = []] = map?.cells ?? [];
  const all = headline.flatMap((cells, place) =>
    cells.map(({ p50 = -1 }, target) => ({ place, target, p50 })),
  );
  const [first] = all.sort((a, b) => b.p50 - a.p50);
  return { table: 0, place: first?.place ?? 0, target: first?.target ?? 0 };
}
