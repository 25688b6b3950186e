import type { Millis } from '../base/units.ts';
import { drainFor, vusFor, type Again } from '../plan/make-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { cellKey } from '../samples/failing-cells.ts';
import { isOffReason } from '../samples/off-blocks.ts';
import type { BlockOutcome } from '../samples/outcome.ts';

/** Why the rounds of a plan are measured again: answers were cut, iterations took too long, bodies did not end. */
export interface MoreTime {
  readonly why: 'cut' | 'busy' | 'endless';
  readonly again: Again;
}

/** A share of requests that were cut which may hide what a tail is like. */
const cutAtMost = 0.005;
/** Virtual users at all vantages together: beyond, the rate is lowered. */
const mostVus = 400;
/** An estimate of how long iterations take is not enough for the longer ones. */
const longer = 1.3;
/** So long after its first byte an answer whose body does not end is given up. */
const bodyMs = 1000;

/**
 * Whether a run's first part left too little time for what the targets take, and how to measure it again. Pure.
 * A request that was cut only when its own timeout was over has had its time; so has a plan that waits that long.
 */
export function moreTimeFor(plan: Plan, blocks: readonly BlockOutcome[]): MoreTime | undefined {
  if (plan.supersededRounds !== undefined) return undefined;
  // What emulated links took says nothing of the targets; where one was off, the whole network may have stood still.
  const off = new Set(
    blocks.flatMap(({ round, reason = '' }) => (isOffReason(reason) ? round : [])),
  );
  const cells = cellsOf(blocks.filter(({ round }) => !off.has(round)));
  const timeoutMs = plan.requestTimeoutMs;
  const waitsAsLong = Math.min(...plan.blocks.map(({ drainMs }) => drainMs)) >= timeoutMs;
  const cut = waitsAsLong ? 0 : Math.max(0, ...cells.filter(isOftenCut).map(cutShare));
  const busy = cells.filter(isBusy);
  if (cut > cutAtMost) {
    // Those that take all their time, twice as many as seen, beside the others.
    const iterationMs = Math.min(timeoutMs, plannedMs(plan) + 2 * cut * timeoutMs);
    const neededMs = Math.max(iterationMs, ...busy.map((cell) => iterationOf(cell, plan)));
    return { why: 'cut', again: againWith(plan, neededMs, timeoutMs, timeoutMs) };
  }
  if (busy.length === 0) return undefined;
  const endless = busy.filter(isEndless);
  if (endless.length === busy.length) {
    const firstByteMs = Math.max(...endless.flat().map((block) => block.unfinished_ttfb_ms ?? 0));
    const lowerMs = Math.min(timeoutMs, Math.ceil(firstByteMs + bodyMs));
    return { why: 'endless', again: againWith(plan, lowerMs, lowerMs, lowerMs) };
  }
  const iterationMs = Math.max(...busy.map((cell) => iterationOf(cell, plan)));
  if (iterationMs <= plannedMs(plan)) return undefined;
  return { why: 'busy', again: againWith(plan, iterationMs, iterationMs, timeoutMs) };
}

/** `iterationMs`: for how long an iteration keeps its virtual user. `answerMs`: how long the last answers may take. */
function againWith(plan: Plan, iterationMs: Millis, answerMs: Millis, timeoutMs: Millis): Again {
  const most = Math.max(1, Math.floor(mostVus / plan.vantages.length));
  let { rate } = plan;
  while (rate > 1 && vusFor(rate, iterationMs) > most) rate--;
  const settleMs = Math.min(...plan.blocks.map(({ warmUpMs }) => warmUpMs));
  return {
    ...{ rate, vus: vusFor(rate, iterationMs), requestTimeoutMs: timeoutMs },
    drainMs: drainFor(answerMs, timeoutMs),
    settleMs: Math.ceil(Math.max(settleMs, answerMs < timeoutMs ? iterationMs : 0)),
  };
}

const plannedMs = ({ vus, rate }: Plan): Millis => (1000 * vus) / rate;

function cellsOf(blocks: readonly BlockOutcome[]): BlockOutcome[][] {
  const cells = new Map<string, BlockOutcome[]>();
  for (const block of blocks) {
    const cell = cells.get(cellKey(block));
    if (cell === undefined) cells.set(cellKey(block), [block]);
    else cell.push(block);
  }
  return [...cells.values()];
}

const sum = (cell: readonly BlockOutcome[], of: (block: BlockOutcome) => number): number =>
  cell.reduce((total, block) => total + of(block), 0);

const answered = (block: BlockOutcome): number => block.kept + block.cold;

function cutShare(cell: readonly BlockOutcome[]): number {
  const cut = sum(cell, (block) => block.cut ?? 0);
  return cut / Math.max(1, cut + sum(cell, answered));
}

/** Slow answers come in many rounds. A target that stood still once loses a round or two, which are measured again alone. */
function isOftenCut(cell: readonly BlockOutcome[]): boolean {
  const rounds = cell.filter(({ cut = 0 }) => cut > 0).length;
  return rounds > cell.length / 3 && (rounds > 1 || cell.length === 1);
}

/** In most rounds no virtual user was free, and the generator had time to spare. */
const isBusy = (cell: readonly BlockOutcome[]): boolean =>
  cell.filter(({ dropped, fault }) => dropped > 0 && fault === 'target').length > cell.length / 2;

/** Most bodies had not ended. */
const isEndless = (cell: readonly BlockOutcome[]): boolean =>
  sum(cell, (block) => block.unfinished ?? 0) > sum(cell, answered) / 2;

/**
 * With all of N users busy, N = throughput × duration (Little's law). Iterations that started are what was planned
 * without what was dropped.
 */
function iterationOf(cell: readonly BlockOutcome[], plan: Plan): Millis {
  // Where nothing came at all, it takes all the time that there is.
  if (sum(cell, (block) => answered(block) + (block.cut ?? 0)) === 0) return plan.requestTimeoutMs;
  const wanted = (block: BlockOutcome): number =>
    plan.blocks.find(
      ({ round, target, scenario }) =>
        round === block.round && target === block.target && scenario === block.scenario,
    )?.wanted ?? 0;
  const planned = sum(cell, wanted);
  const started = planned - sum(cell, ({ dropped }) => dropped);
  const share = Math.max(started, 1) / Math.max(planned, 1);
  return Math.min(plan.requestTimeoutMs, (longer * plannedMs(plan)) / share);
}
