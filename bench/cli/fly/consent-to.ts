import { aboutUsd, formatUsd } from '../../providers/fly/cost.ts';
import { agree, goOn } from '../agree.ts';
import type { Io } from '../io.ts';
import type { Spending } from './expected-spending.ts';

/** More requests a second than this against somebody's deployment want to be meant. */
const calmPerSecond = 50;

/** What a person let be done in advance. */
export interface Allowance {
  readonly maxCostUsd: number;
  /** Whatever it costs. */
  readonly yes: boolean;
}

/**
 * Asks whether to measure, if that costs more or sends more than goes without saying. `fix`: what else there is to do.
 * Throws a NotAgreed (usage) if not, or if nobody can be asked.
 */
export async function consentTo(
  spending: Spending,
  { maxCostUsd, yes }: Allowance,
  { what, fix }: { readonly what: string; readonly fix: string },
  io: Io,
): Promise<void> {
  const reasons = concerns(spending, maxCostUsd);
  if (reasons.length === 0) return;
  await agree({ ...goOn, what: `${what} asks first: ${reasons.join('; ')}.`, fix }, { yes, io });
}

/** Why it should not begin unasked; nothing for most runs. */
function concerns({ costUsd, load }: Spending, maxCostUsd: number): string[] {
  return [
    ...(costUsd > maxCostUsd
      ? [`it costs ${aboutUsd(costUsd)}, more than ${formatUsd(maxCostUsd)} (--max-cost)`]
      : []),
    ...(load.perSecond > calmPerSecond
      ? [
          `it sends ${String(load.perSecond)} requests/s to a target, more than ${String(calmPerSecond)}`,
        ]
      : []),
  ];
}
