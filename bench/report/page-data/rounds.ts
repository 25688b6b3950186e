import type { Millis } from '../../base/units.ts';
import type { ReportModel } from '../model.ts';
import type { LatencyTable } from '../tables.ts';
import type { BlockMedian, Timeline, TimelinePlace } from '../timelines.ts';
import { visible } from '../words.ts';
import { short } from './short.ts';

/** What the charts of the rounds are drawn from: by table. */
export type RoundsData = readonly RoundsTable[];

export interface RoundsTable {
  readonly rounds: number;
  /** By target and round: where its block lies, in rounds from the start. */
  readonly at: readonly (readonly number[])[];
  readonly places: readonly RoundsPlace[];
}

export interface RoundsPlace {
  /** By target. */
  readonly cells: readonly RoundsCell[];
  readonly lost: readonly LostRound[];
}

/** The blocks of a cell, a value a block. */
export interface RoundsCell {
  /** The median of the whole run. */
  readonly usual?: Millis;
  readonly round: readonly number[];
  readonly ms: readonly Millis[];
  /** Medians of the first and the last third; null where these are too short to tell. */
  readonly first: readonly (Millis | null)[];
  readonly last: readonly (Millis | null)[];
}

export interface LostRound {
  readonly round: number;
  /** Index into the targets. */
  readonly target: number;
  readonly reason: string;
}

export function roundsData({ timelines, tables, targets }: ReportModel): RoundsData {
  return timelines.map(({ rounds, at, places }: Timeline, i) => ({
    rounds,
    at: at.map((positions) => positions.map((x) => Number(x.toFixed(3)))),
    places: places.map((place, row) => placeOf(place, tables[i]?.rows[row], targets)),
  }));
}

function placeOf(
  { cells, lost }: TimelinePlace,
  row: LatencyTable['rows'][number] | undefined,
  targets: readonly string[],
): RoundsPlace {
  return {
    cells: cells.map((blocks, i) => cellOf(blocks, row?.cells[i]?.result.summary.p50?.centre)),
    lost: lost.map(({ round, target, reason }) => ({
      ...{ round, target: targets.indexOf(target), reason: visible(reason) },
    })),
  };
}

function cellOf(blocks: readonly BlockMedian[], usual: Millis | undefined): RoundsCell {
  const shortOrNull = (ms: Millis | undefined) => (ms === undefined ? null : short(ms));
  return {
    ...(usual === undefined ? {} : { usual: short(usual) }),
    round: blocks.map(({ round }) => round),
    ms: blocks.map(({ median }) => short(median)),
    first: blocks.map(({ first }) => shortOrNull(first)),
    last: blocks.map(({ last }) => shortOrNull(last)),
  };
}
