import { joinPlans, moreRounds } from '../../plan/make-plan.ts';
import type { Plan } from '../../plan/plan.ts';
import { estimateCost } from '../../providers/fly/cost.ts';
import { looks } from '../../stats/stopping.ts';
import { regionOf } from '../../world/vantage.ts';
import { expectedLoad, type ExpectedLoad } from './expected-load.ts';

/** What a plan takes, carried out on Fly. */
export interface Spending {
  /** Of the rounds that are planned. */
  readonly load: ExpectedLoad;
  /** Of all rounds that it may come to; nobody is asked again on the way. */
  readonly costUsd: number;
}

/** `size`: preset of the machines, one at each vantage. */
export function expectedSpending(plan: Plan, size: string): Spending {
  const { seconds, requests } = expectedLoad(longest(plan));
  const regions = plan.vantages.map(regionOf);
  const { totalUsd } = estimateCost({ regions, size, measuring: seconds, requests });
  return { load: expectedLoad(plan), costUsd: totalUsd };
}

/** What the plan grows to if no median gets narrow enough. */
function longest(plan: Plan): Plan {
  const more = (looks.at(-1) ?? 0) - plan.rounds;
  if (plan.untilCi === undefined || more <= 0) return plan;
  return joinPlans(plan, moreRounds(plan, more), plan.durationMs);
}
