import type { Warning } from '../base/warnings.ts';
import type { Plan } from '../plan/plan.ts';
import { isOffReason } from '../samples/off-blocks.ts';
import type { BlockOutcome, Outcomes } from '../samples/outcome.ts';
import type { Series } from '../samples/series.ts';
import { isSettling } from './settling.ts';
import { quantile, sorted } from '../stats/quantile.ts';

/** Fewer valid rounds than this don't make an interval (measurement specification, "Validity"). */
const roundsNeeded = 6;
const droppedAtMost = 0.01;
const busyFrom = 0.8;

/** What the outcomes of all blocks mean for a reader: lost rounds, drops, cold requests, a busy generator. */
export function warningsOf(plan: Plan, { blocks }: Outcomes, series: readonly Series[]): Warning[] {
  return [
    ...blocks.flatMap(invalidBlock),
    ...plan.vantages.flatMap((vantage) => droppedAt(plan, vantage, blocks)),
    ...cellsOf(blocks).flatMap((cell) => [...tooFewRounds(plan, cell), ...coldRequests(cell)]),
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
}: BlockOutcome): Warning[] {
  if (valid || reason === undefined || reason.startsWith('round lost')) return [];
  // Told link by link.
  if (isOffReason(reason)) return [];
  return [{ code: 'block-invalid', vantage, target, scenario, round, reason }];
}

function droppedAt(plan: Plan, vantage: string, blocks: readonly BlockOutcome[]): Warning[] {
  const dropped = blocks
    .filter((block) => block.vantage === vantage)
    .reduce((sum, block) => sum + block.dropped, 0);
  const planned = plan.blocks.reduce((sum, { wanted }) => sum + wanted, 0);
  return dropped > droppedAtMost * planned
    ? [{ code: 'dropped-iterations', vantage, dropped, planned }]
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
  if (first === undefined || valid >= Math.min(roundsNeeded, plan.rounds)) return [];
  const { vantage, target, scenario } = first;
  return [{ code: 'too-few-rounds', vantage, target, scenario, valid, needed: roundsNeeded }];
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
