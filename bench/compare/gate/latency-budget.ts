import type { Series } from '../../samples/series.ts';
import type { Temperature } from '../../samples/usable.ts';
import type { Estimate } from '../../stats/interval.ts';
import { summariseRounds } from '../../stats/summary.ts';
import { judgedQuantiles } from '../side.ts';
import type { BudgetCheck, BudgetVerdict } from './budget-checks.ts';
import { limitOf, type Budgets } from './budgets.ts';
import type { MeasuredRun } from './measured-run.ts';
import { gateRounds } from './rounds-needed.ts';

type Place = Pick<BudgetCheck, 'target' | 'vantage' | 'scenario'>;

/**
 * Judges the budgets of p50 and p95 by their 95 % intervals: on warm connections, unless no target of the run kept its
 * connections open. Of a scenario with several steps the headline counts: what a visitor waits for.
 */
export function latencyChecks(run: MeasuredRun, budgets: Budgets, place: Place): BudgetCheck[] {
  const limited = judgedQuantiles.flatMap((kind) => {
    const limit = limitOf(budgets, kind, place.target, place.vantage);
    return limit === undefined ? [] : [{ kind, limit }];
  });
  if (limited.length === 0) return [];
  const rounds = headlineSeries(run, place)?.rounds ?? [];
  const summary = summariseRounds(rounds);
  return limited.map(({ kind, limit }) => ({
    ...{ kind, ...place, limit },
    ...judge(summary[kind], limit, rounds.length),
  }));
}

function headlineSeries({ manifest, series }: MeasuredRun, place: Place): Series | undefined {
  const scenario = manifest.plan.scenarios.find(({ name }) => name === place.scenario);
  const step = (scenario?.steps.length ?? 0) > 1 ? scenario?.headline : '';
  const headlines = series.filter((each) => each.scenario === place.scenario && each.step === step);
  const has = (temperature: Temperature) =>
    headlines.some((each) => each.temperature === temperature && each.rounds.length > 0);
  const judged = !has('warm') && has('cold') ? 'cold' : 'warm';
  return headlines.find(
    ({ target, vantage, temperature }) =>
      target === place.target && vantage === place.vantage && temperature === judged,
  );
}

function judge(
  estimate: Estimate | undefined,
  limit: number,
  rounds: number,
): Omit<BudgetCheck, keyof Place | 'kind' | 'limit'> {
  const figures = estimate === undefined ? {} : figuresOf(estimate);
  if (rounds < gateRounds) return { ...figures, verdict: 'untrustworthy', reason: tooFew(rounds) };
  const interval = estimate?.interval;
  if (interval === undefined)
    return { ...figures, verdict: 'inconclusive', reason: 'too few requests for an interval' };
  // What is known from below only is more than its bound, and never below a limit.
  const isBroken = estimate?.isLowerBound === true && interval.low >= limit;
  const verdict = isBroken ? 'broken' : verdictOf(interval.low, interval.high, limit);
  if (verdict !== 'inconclusive') return { ...figures, verdict };
  if (interval.high === Infinity)
    return { ...figures, verdict, reason: 'requests were cut: the true value may be any higher' };
  return { ...figures, verdict, reason: 'the interval holds the limit; more rounds narrow it' };
}

const figuresOf = ({ centre, interval, isLowerBound }: Estimate) => ({
  measured: centre,
  ...(isLowerBound === true ? { isLowerBound } : {}),
  ...(interval === undefined ? {} : { interval }),
});

function verdictOf(low: number, high: number, limit: number): BudgetVerdict {
  if (low > limit) return 'broken';
  return high <= limit ? 'met' : 'inconclusive';
}

const tooFew = (rounds: number): string =>
  rounds === 0
    ? `no valid round; a gate needs ${gateRounds}`
    : `only ${rounds} valid rounds; a gate needs ${gateRounds}`;
