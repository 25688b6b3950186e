import type { Plan } from '../plan/plan.ts';
import { cellKey, failingCells } from '../samples/failing-cells.ts';
import type { BlockOutcome } from '../samples/outcome.ts';
import { countedRounds, isSuperseded } from '../samples/superseded.ts';
import type { Estimate } from '../stats/interval.ts';
import { isNarrow, looks } from '../stats/stopping.ts';

/** How far a run has come. */
export interface Progressed {
  /** What was measured so far, all parts together. */
  readonly plan: Plan;
  readonly blocks: readonly BlockOutcome[];
  /** Rounds that were added so far because others did not count. */
  readonly replaced: number;
  /** The medians whose intervals `plan.untilCi` is about. */
  readonly medians: readonly Estimate[];
}

/** Rounds to add, and why; undefined: it is done. */
export type MoreRounds =
  | { readonly why: 'invalid'; readonly rounds: number }
  | { readonly why: 'wide'; readonly rounds: number }
  | undefined;

/** So many rounds that did not count are measured again in a run (measurement specification). */
const mostReplaced = 3;

/**
 * Decides whether a run goes on: first for rounds that did not count, then, with `untilCi`, for intervals that are too
 * wide, at the looks of the specification. It never looks at effects: stopping by those would make false alarms.
 */
export function moreRoundsFor(progressed: Progressed): MoreRounds {
  const { plan, replaced, medians } = progressed;
  const counted = countedRounds(plan);
  const invalid = Math.min(mostReplaced - replaced, missingRounds(progressed));
  if (invalid > 0) return { why: 'invalid', rounds: invalid };
  const { untilCi } = plan;
  if (untilCi === undefined || medians.every((median) => isNarrow(median, untilCi)))
    return undefined;
  const now = counted - replaced;
  const next = looks.find((look) => look > now);
  return next === undefined ? undefined : { why: 'wide', rounds: next - now };
}

/** Rounds that the worst vantage lacks. One that lost most of its rounds has a fault that more rounds won't cure. */
function missingRounds({ plan, blocks, replaced }: Progressed): number {
  const wanted = countedRounds(plan) - replaced;
  const counted = blocks.filter(({ round }) => !isSuperseded(plan, round));
  // A target that fails in most rounds takes none from the others.
  const failing = failingCells(counted);
  // Nor does one that lacks a part in the end get any back: more rounds would lack it too.
  const latest = new Map(counted.map((block) => [cellKey(block), block]));
  const broken = new Set(
    [...latest].flatMap(([key, { fault }]) => (fault === 'part' ? [key] : [])),
  );
  const sound = counted.filter(
    (block) => !failing.has(cellKey(block)) && !broken.has(cellKey(block)),
  );
  const missing = [...new Set(sound.map(({ vantage }) => vantage))]
    .map((vantage) => wanted - validRounds(sound.filter((block) => block.vantage === vantage)))
    .filter((n) => n <= wanted / 2);
  return Math.max(0, ...missing);
}

/** Rounds whose blocks are all valid: a round that counts for one scenario only is measured again too. */
function validRounds(blocks: readonly BlockOutcome[]): number {
  const rounds = new Set(blocks.map(({ round }) => round));
  for (const { round, valid } of blocks) if (!valid) rounds.delete(round);
  return rounds.size;
}
