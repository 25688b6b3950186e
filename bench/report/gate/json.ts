import { visibleJson } from '../../base/visible.ts';
import type { BudgetCheck } from '../../compare/gate/budget-checks.ts';
import type { GateOutcome, Judgement } from '../../compare/gate/judgement.ts';
import { headline } from './headline.ts';
import { reasonText, trendText } from './words.ts';

/** What `bench gate --json` prints; `schema/gate.schema.json` describes it. Keys stay, more may follow. */
export type GateJson = { readonly schema: 1; readonly headline: string } & Omit<
  Judgement,
  'reasons' | 'trends' | 'budgets'
> & {
    readonly budgets: readonly (Omit<BudgetCheck, 'interval'> & {
      /** Without a high end where requests were cut. */
      readonly interval?: { readonly low: number; readonly high?: number };
    })[];
    /** The gravest first: the first decides. */
    readonly reasons: readonly {
      readonly outcome: Exclude<GateOutcome, 'passed'>;
      readonly text: string;
    }[];
    readonly trends: readonly (Judgement['trends'][number] & { readonly text: string })[];
  };

export function jsonGate(judgement: Judgement): string {
  const { runId, outcome, budgets, regression, notes } = judgement;
  const json: GateJson = {
    ...{ schema: 1, runId, outcome, headline: headline(judgement) },
    reasons: judgement.reasons.map((reason) => ({
      outcome: reason.outcome,
      text: reasonText(reason),
    })),
    budgets: budgets.map(withoutInfinity),
    regression,
    trends: judgement.trends.map((trend) => ({ ...trend, text: trendText(trend) })),
    notes,
  };
  return `${visibleJson(json, 2)}\n`;
}

/** JSON has no number for it. */
function withoutInfinity({ interval, ...check }: BudgetCheck): GateJson['budgets'][number] {
  if (interval === undefined) return check;
  const { low, high } = interval;
  return { ...check, interval: high === Infinity ? { low } : { low, high } };
}
