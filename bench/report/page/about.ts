import type { PageData } from '../page-data.ts';
import type { Selection } from './selection.ts';

/** What the charts of the chosen cell are about, in words; empty where there is nothing to say. */
export interface About {
  /** `syd Sydney, Australia: search`. */
  readonly place: string;
  /** `a minus b`, the pair of the shift function. */
  readonly pair: string;
  /** Which rounds don't count there, and why; a line each. */
  readonly lost: string;
}

export function aboutCell(data: PageData, { table, place, target }: Selection): About {
  const { workloads = [], places = [] } = data.choices ?? {};
  const { name = '', gap } = places[place] ?? {};
  const lost = data.rounds?.[table]?.places[place]?.lost ?? [];
  const against = data.distribution?.[table]?.[place]?.[target]?.shift?.against;
  const [chosen = '', other = ''] = [data.targets[target], data.targets[against ?? -1]];
  return {
    place: gap === undefined ? `${name}: ${workloads[table] ?? ''}` : `${name} is missing: ${gap}`,
    pair:
      against === undefined
        ? `${chosen} at ${name}: nothing to compare it with`
        : `${chosen} minus ${other} at ${name}`,
    lost: lost
      .map(
        ({ round, target: of, reason }) =>
          `Round ${round + 1} does not count: ${data.targets[of] ?? ''}, ${reason}.`,
      )
      .join('\n'),
  };
}
