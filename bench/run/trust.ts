import type { Warning } from '../base/warnings.ts';
import type { Plan } from '../plan/plan.ts';
import { isOffReason } from '../samples/off-blocks.ts';
import type { BlockOutcome, Outcomes } from '../samples/outcome.ts';
import type { Series } from '../samples/series.ts';
import { cellKey, failingCells } from '../samples/failing-cells.ts';
import { countedRounds, isSuperseded, supersededReason } from '../samples/superseded.ts';
import { quantile, sorted } from '../stats/quantile.ts';
import { summariseRounds } from '../stats/summary.ts';
import { isSettling } from './settling.ts';

/** Fewer valid rounds than this don't make an interval (measurement specification, "Validity"). */
const roundsNeeded = 6;
const droppedAtMost = 0.01;
const busyFrom = 0.8;

/** What the outcomes of all blocks mean for a reader: lost rounds, drops, cold requests, a busy generator. */
export function warningsOf(plan: Plan, outcomes: Outcomes, series: readonly Series[]): Warning[] {
  const blocks = outcomes.blocks.filter(({ round }) => !isSuperseded(plan, round));
  const failing = failingCells(blocks);
  // A target that fails everywhere leaves nothing to be partial.
  const alone = new Set(
    plan.vantages.filter((vantage) =>
      blocks.every((block) => block.vantage !== vantage || failing.has(cellKey(block))),
    ),
  );
  const failed = blocks.filter((block) => failing.has(cellKey(block)) && !alone.has(block.vantage));
  const sound = blocks.filter((block) => !failed.includes(block));
  return [
    ...again(plan),
    ...series.flatMap(cutAnswers),
    ...cellsOf(failed).flatMap(targetFailed),
    ...sound.flatMap(invalidBlock),
    ...plan.vantages.flatMap((vantage) => droppedAt(plan, vantage, sound)),
    ...cellsOf(sound).flatMap((cell) => [...tooFewRounds(plan, cell), ...coldRequests(cell)]),
    ...cellsOf(blocks).flatMap(unfinishedBodies),
    ...series.filter(isSettling).map(settling),
  ];
}

/** Readings above 80 % of the machine: from there on k6 measures its own delays too. */
export function busyWarnings(
  vantage: string,
  cpu: readonly { readonly share: number }[],
): Warning[] {
  if (cpu.length === 0) return [];
  const median = quantile(sorted(cpu.map(({ share }) => share)), 0.5);
  return median > busyFrom ? [{ code: 'generator-busy', vantage, cpuShare: median }] : [];
}

function invalidBlock({
  vantage,
  target,
  scenario,
  round,
  valid,
  reason,
  fault,
}: BlockOutcome): Warning[] {
  if (valid || reason === undefined || reason.startsWith('round lost')) return [];
  // Told part by part.
  if (fault === 'part') return [];
  // Told link by link.
  if (isOffReason(reason)) return [];
  return [{ code: 'block-invalid', vantage, target, scenario, round, reason }];
}

const isAround = (fault: BlockOutcome['fault']): boolean => fault === 'part' || fault === 'machine';

function droppedAt(plan: Plan, vantage: string, blocks: readonly BlockOutcome[]): Warning[] {
  const dropped = blocks
    // What is dropped while a part or the machine stands still says nothing of the generator.
    .filter(({ fault, ...block }) => block.vantage === vantage && !isAround(fault))
    .reduce((sum, block) => sum + block.dropped, 0);
  const planned = plan.blocks
    .filter(({ round }) => !isSuperseded(plan, round))
    .reduce((sum, { wanted }) => sum + wanted, 0);
  return dropped > droppedAtMost * planned
    ? [{ code: 'dropped-iterations', vantage, dropped: Math.min(dropped, planned), planned }]
    : [];
}

function cellsOf(blocks: readonly BlockOutcome[]): BlockOutcome[][] {
  const cells = new Map<string, BlockOutcome[]>();
  for (const block of blocks) {
    const key = `${block.vantage}\n${block.target}\n${block.scenario}`;
    cells.set(key, [...(cells.get(key) ?? []), block]);
  }
  return [...cells.values()];
}

/** A run planned with fewer rounds than needed is told so too: its intervals say little. */
function tooFewRounds(plan: Plan, cell: readonly BlockOutcome[]): Warning[] {
  const [first] = cell;
  const valid = cell.filter((block) => block.valid).length;
  if (first === undefined || valid >= Math.min(roundsNeeded, countedRounds(plan))) return [];
  const { vantage, target, scenario } = first;
  return [{ code: 'too-few-rounds', vantage, target, scenario, valid, needed: roundsNeeded }];
}

const again = ({ supersededRounds: rounds }: Plan): Warning[] =>
  rounds === undefined ? [] : [{ code: 'measured-again', rounds, reason: supersededReason }];

function cutAnswers({ rounds, cut, ...series }: Series): Warning[] {
  if (cut === undefined) return [];
  const { vantage, target, scenario, step } = series;
  const { n, p50, p95, p99 } = summariseRounds(rounds);
  const bounds = Object.entries({ p50, p95, p99 }).flatMap(([quantile, estimate]) =>
    estimate?.isLowerBound === true ? [[quantile, estimate.centre] as const] : [],
  );
  return [
    {
      ...{ code: 'answers-cut', vantage, target, scenario },
      ...(step === '' ? {} : { step }),
      ...{ cut, requests: n },
      afterMs: Math.min(...rounds.map(({ cutFromMs = Infinity }) => cutFromMs)),
      atLeastMs: Object.fromEntries(bounds),
    },
  ];
}

/** The reason of the first round stands for all. */
function targetFailed(cell: readonly BlockOutcome[]): Warning[] {
  const failed = cell.filter(({ fault }) => fault === 'target');
  const [first] = failed;
  if (first === undefined) return [];
  const { vantage, target, scenario, reason = '' } = first;
  const why = `${failed.length} of ${cell.length} rounds of ${scenario} failed (${reason})`;
  return [{ code: 'target-failed', vantage, target, reason: why }];
}

function unfinishedBodies(cell: readonly BlockOutcome[]): Warning[] {
  const [first] = cell;
  const unfinished = cell.reduce((sum, block) => sum + (block.unfinished ?? 0), 0);
  const answers = cell.reduce((sum, block) => sum + block.cold + block.kept, 0);
  if (first === undefined || unfinished === 0) return [];
  const { vantage, target, scenario } = first;
  return [{ code: 'body-unfinished', vantage, target, scenario, unfinished, answers }];
}

function coldRequests(cell: readonly BlockOutcome[]): Warning[] {
  const [first] = cell;
  const cold = cell.reduce((sum, block) => sum + block.cold, 0);
  const all = cell.reduce((sum, block) => sum + block.cold + block.kept, 0);
  if (first === undefined || cold <= 0.05 * all) return [];
  const { vantage, target, scenario } = first;
  return [{ code: 'cold-requests', vantage, target, scenario, share: cold / all }];
}

const settling = ({ vantage, target, scenario }: Series): Warning => ({
  ...{ code: 'warm-up-short', vantage, target, scenario },
});
