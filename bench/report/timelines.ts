import type { Plan } from '../plan/plan.ts';
import type { BlockOutcome, Outcomes } from '../samples/outcome.ts';
import type { Series } from '../samples/series.ts';
import { thirds, type Thirds } from '../stats/thirds.ts';
import type { LatencyTable, TableRow } from './tables.ts';

/** The rounds of a table's cells in the order in which they were measured. */
export interface Timeline {
  readonly rounds: number;
  /** By target and round: where its block lies, in rounds from the start: 3.25 is a quarter into the fourth. */
  readonly at: readonly (readonly number[])[];
  /** In the order of the table's rows. */
  readonly places: readonly TimelinePlace[];
}

export interface TimelinePlace {
  /** By target, in the order of the rounds. */
  readonly cells: readonly (readonly BlockMedian[])[];
  /** Rounds that don't count here, and why. */
  readonly lost: readonly LostBlock[];
}

export interface BlockMedian extends Thirds {
  readonly round: number;
}

export interface LostBlock {
  readonly round: number;
  readonly target: string;
  readonly reason: string;
}

/** One timeline for every table. */
export function timelinesOf(
  plan: Plan,
  tables: readonly LatencyTable[],
  series: readonly Series[],
  { blocks }: Outcomes,
): Timeline[] {
  const rounds = plan.blocks.reduce((most, { round }) => Math.max(most, round + 1), 0);
  return tables.map((table) => ({
    rounds,
    at: plan.targets.map(({ name }) => positions(plan, table.scenario, name)),
    places: table.rows.map((row) => placeOf(row, table, series, blocks)),
  }));
}

function positions({ blocks }: Plan, scenario: string, target: string): number[] {
  const inRound = new Map<number, number>();
  for (const { round } of blocks) inRound.set(round, (inRound.get(round) ?? 0) + 1);
  const at: number[] = [];
  for (const block of blocks)
    if (block.target === target && block.scenario === scenario)
      at[block.round] = block.round + (block.order + 0.5) / (inRound.get(block.round) ?? 1);
  return at;
}

function placeOf(
  { place, cells }: TableRow,
  table: LatencyTable,
  series: readonly Series[],
  blocks: readonly BlockOutcome[],
): TimelinePlace {
  const here = series.filter(
    ({ vantage, scenario, step, temperature }) =>
      vantage === place.code &&
      scenario === table.scenario &&
      step === table.step &&
      temperature === table.temperature,
  );
  return {
    cells: cells.map(({ target, result }) =>
      // Without a median, some values are no latencies.
      result.summary.p50 === undefined ? [] : mediansOf(here.find((s) => s.target === target)),
    ),
    lost: place.gap === undefined ? lostAt(place.code, table.scenario, blocks) : [],
  };
}

function mediansOf(series: Series | undefined): BlockMedian[] {
  return (series?.rounds ?? []).map(({ round, values }) => ({ round, ...thirds(values) }));
}

/** The blocks that were invalid themselves, not those that lost the round with them. */
function lostAt(vantage: string, scenario: string, blocks: readonly BlockOutcome[]): LostBlock[] {
  return blocks.flatMap((block) => {
    const { round, target, valid, reason = 'not valid' } = block;
    if (block.vantage !== vantage || block.scenario !== scenario || valid) return [];
    return reason.startsWith('round lost') ? [] : [{ round, target, reason }];
  });
}
