import type { UnixMicros, UnixMillis } from '../base/units.ts';
import type { Plan, PlannedBlock } from '../plan/plan.ts';
import { BlockTally, blockKey } from './block-tally.ts';
import type { SampleSink } from './extra.ts';
import { cellKey, failingCells } from './failing-cells.ts';
import { invalidity, type CpuShare, type Invalidity } from './invalidity.ts';
import type { Span } from './judge-link.ts';
import type { BlockOutcome } from './outcome.ts';
import { blockSpan, RowGaps } from './standstill.ts';
import { supersede } from './superseded.ts';
import { useOf } from './usable.ts';

/** Counts what one vantage's rows say of every planned block; hand it to the reader of the rows. */
export interface OutcomeTally extends SampleSink {
  /**
   * One outcome for every block of the plan, in its order; call it after the last row.
   * `cpu`: how busy the generator was, where that is known. `whole`: whether it ran to the end; if not, what is
   * missing says nothing of the target. `spoilt`: why a block can't be used, whatever its rows say.
   */
  outcomes(cpu?: readonly CpuShare[], whole?: boolean, spoilt?: Spoilt): BlockOutcome[];
}

/**
 * What was wrong around a block; undefined if nothing was. `gaps`: when the generator did not run, by its rows; `spans`:
 * when the plan's blocks run.
 */
export type Spoilt = (
  block: PlannedBlock,
  span: Span,
  gaps: readonly Span[],
  spans: readonly Span[],
) => Invalidity | undefined;

/** `startAt`: the agreed wall-clock start of all vantages, from which the plan's times count. */
export function tallyOutcomes(plan: Plan, vantage: string, startAt: UnixMillis): OutcomeTally {
  let tallies = emptyTallies(plan, startAt);
  let begunAt = startAt;
  const rows = new RowGaps();
  const keeping = (target: string, scenario: string, round: number, atUs: UnixMicros) => {
    const tally = tallies.get(blockKey(target, scenario, round));
    return tally?.keeps(atUs) === true ? tally : undefined;
  };
  return {
    sample: (sample) => {
      const { target, scenario, round, atUs } = sample;
      rows.row(atUs);
      keeping(target, scenario, round, atUs)?.count(useOf(sample, plan.requestTimeoutMs), sample);
    },
    heartbeat: (atUs) => {
      rows.heartbeat(atUs);
    },
    extra: ({ metric, value, atUs }) => {
      // The first row of all: the schedule of a vantage that started late is as late as a whole.
      if (metric === 'bench_started_late_ms') {
        begunAt = startAt + value;
        tallies = emptyTallies(plan, begunAt);
      }
      if (metric !== 'dropped_iterations') return;
      // k6 2.2 leaves the tags of its scenario off these rows; blocks never overlap, so the time tells.
      const tally = [...tallies.values()].find((each) => each.keeps(atUs));
      if (tally !== undefined) tally.dropped += value;
    },
    outcomes: (cpu = [], whole = true, spoilt = () => undefined) => {
      const spans = plan.blocks.map((block) => blockSpan(block, begunAt));
      const judged = judge(plan, vantage, [...tallies.values()], cpu, whole, (block) =>
        spoilt(block, blockSpan(block, begunAt), rows.gaps, spans),
      );
      return supersede(plan, loseWholeRounds(judged));
    },
  };
}

function emptyTallies(plan: Plan, startAt: UnixMillis): Map<string, BlockTally> {
  return new Map(
    plan.blocks.map((block) => [
      blockKey(block.target, block.scenario, block.round),
      new BlockTally(block, startAt, (1000 * plan.vus) / plan.rate),
    ]),
  );
}

function judge(
  plan: Plan,
  vantage: string,
  tallies: readonly BlockTally[],
  cpu: readonly CpuShare[],
  whole: boolean,
  spoilt: (block: PlannedBlock) => Invalidity | undefined,
): BlockOutcome[] {
  // What an iteration of a user's script requests is its own affair: at least one.
  const stepsOf = new Map(
    plan.scenarios.map(({ name, steps, own }) => [name, own === true ? 1 : steps.length]),
  );
  return tallies.map((tally) => {
    const { target, scenario, round, order, wanted } = tally.block;
    const steps = Math.max(1, stepsOf.get(scenario) ?? 1);
    const unanswered = whole ? unansweredIn(tally, wanted * steps, steps) : 0;
    const planned = {
      ...{ wanted: wanted * steps, vus: plan.vus, rate: plan.rate },
      usuallyDrops: dropsInMost(tallies.filter((other) => isSameCell(other, tally))),
    };
    const invalid = spoilt(tally.block) ?? invalidity(tally, planned, unanswered, cpu, whole);
    return {
      ...{ vantage, target, scenario, round, order },
      keep_from_us: tally.keepFromUs,
      end_us: tally.endUs,
      kept: tally.of('warm'),
      cold: tally.of('cold'),
      dropped: tally.dropped,
      unanswered,
      failed: tally.of('failed'),
      ...(tally.of('cut') === 0 ? {} : { cut: tally.of('cut') }),
      ...(tally.unfinished === 0
        ? {}
        : { unfinished: tally.unfinished, unfinished_ttfb_ms: tally.unfinishedTtfbMs }),
      implausible: tally.of('implausible'),
      valid: invalid === undefined,
      ...invalid,
    };
  });
}

const isSameCell = ({ block: a }: BlockTally, { block: b }: BlockTally): boolean =>
  a.target === b.target && a.scenario === b.scenario;

const dropsInMost = (tallies: readonly BlockTally[]): boolean =>
  tallies.filter(({ dropped }) => dropped > 0).length > tallies.length / 2;

/**
 * Every request has a timeout that ends before its block does; a script that never comes to its request has no row. The
 * load is constant, so what neither ended nor was dropped is missing; the iteration at each edge may belong to the
 * neighbouring part.
 */
function unansweredIn(tally: BlockTally, wanted: number, steps: number): number {
  const sent = wanted - 2 * steps - tally.dropped * steps;
  return Math.max(0, sent - tally.requests());
}

/**
 * Targets are compared within a round, so one that is invalid takes the round from its siblings; but not one that fails
 * in most rounds, or that lacks a part, with which nothing can be compared.
 */
function loseWholeRounds(blocks: readonly BlockOutcome[]): BlockOutcome[] {
  const failing = failingCells(blocks);
  const takers = blocks.filter(
    (block) => !block.valid && block.fault !== 'part' && !failing.has(cellKey(block)),
  );
  return blocks.map((block) => {
    if (!block.valid) return block;
    const lost = takers.filter(
      ({ round, scenario }) => round === block.round && scenario === block.scenario,
    );
    if (lost.length === 0) return block;
    const names = lost.map(({ target }) => target).join(', ');
    return { ...block, valid: false, reason: `round lost: ${names} invalid` };
  });
}
