import { formatMillis } from '../../base/units.ts';
import type { BudgetCheck } from '../../compare/gate/budget-checks.ts';
import type { LimitKind } from '../../compare/gate/budgets.ts';
import type { Reason } from '../../compare/gate/judgement.ts';
import type { RegressionCheck } from '../../compare/gate/regression.ts';
import { gateRounds } from '../../compare/gate/rounds-needed.ts';
import type { Trend } from '../../compare/gate/trend.ts';
import { signedMillis, signedPercent, verdictWord } from '../comparison/words.ts';
import { range as within } from '../words.ts';

/** Why a gate did not pass, in a sentence. */
export function reasonText(reason: Reason): string {
  if (reason.about === 'budget') return budgetText(reason.check);
  if (reason.about === 'slow-down') return cellText(reason.check);
  if (reason.about === 'run') return reason.text;
  const { target, vantage, scenario, metric, rounds } = reason.cell;
  return `${target} at ${vantage} (${scenario}, ${metric}) has ${rounds} valid rounds; a gate needs ${gateRounds}.`;
}

function budgetText(check: BudgetCheck): string {
  const { kind, target, vantage, scenario, limit, measured, interval, verdict, reason } = check;
  const what = `${kindNames[kind]} of ${target} at ${vantage} (${scenario})`;
  const range = interval === undefined ? '' : ` (${within(interval)})`;
  const atLeast = check.isLowerBound === true ? 'at least ' : '';
  const value =
    measured === undefined ? 'is not known' : `is ${atLeast}${figure(kind, measured)}${range}`;
  const against = verdict === 'broken' ? 'above its budget' : 'against a budget';
  const why = reason === undefined ? '' : `: ${reason}`;
  return `${what} ${value}, ${against} of ${figure(kind, limit)}${why}.`;
}

export const kindNames: Readonly<Record<LimitKind, string>> = {
  p50: 'The median',
  p95: 'The p95',
  error_rate: 'The error rate',
  stale_reads: 'The share of stale reads',
};

/** A limit or what was measured for it, with its unit. */
export function figure(kind: LimitKind, value: number): string {
  return kind === 'p50' || kind === 'p95' ? `${formatMillis(value)} ms` : share(value);
}

/** `0.3 %`; never 0 for what is not. */
function share(value: number): string {
  const percent = 100 * value;
  if (percent === 0 || percent >= 0.1) return `${Number(percent.toFixed(1))} %`;
  return `${percent.toPrecision(1)} %`;
}

function cellText(check: RegressionCheck): string {
  const { verdict, effect, reason } = check.cell;
  const size =
    effect === undefined
      ? ''
      : ` by ${signedPercent(effect.percent)} % (${signedMillis(effect.ms)} ms on ${formatMillis(effect.baselineMs)} ms)`;
  const what = placeText(check);
  if (verdict === 'slower') return `${what} ${slowText(check, size)}.`;
  const why = reason === undefined ? '' : `; ${reason}`;
  return `${what} differs${size}: ${verdictWord(verdict)}${why}.`;
}

/** `The median of a at syd (search)`. */
function placeText({ candidate, cell }: RegressionCheck): string {
  return `${quantileAt(cell)} of ${candidate} ${whereText(cell)}`;
}

const quantileAt = ({ quantile }: RegressionCheck['cell']): string => kindNames[quantile];

function whereText({ vantage, scenario, metric }: Pick<Trend, 'vantage' | 'scenario' | 'metric'>) {
  const [, step] = metric.split('/');
  const what = step === undefined ? scenario : `${scenario}, step ${step}`;
  return `${vantage === undefined ? 'in the mean over the vantages' : `at ${vantage}`} (${what})`;
}

function slowText({ confirmation }: RegressionCheck, size: string): string {
  if (confirmation === undefined) return `is slower${size}`;
  if (confirmation.state === 'missing')
    return `looks slower${size}, but nothing confirms it: ${confirmation.reason}`;
  const fresh = `${signedPercent(confirmation.percent)} %`;
  return confirmation.state === 'confirmed'
    ? `is slower${size}, and fresh rounds confirm it (${fresh})`
    : `looked slower${size}, but fresh rounds don't confirm it (${fresh})`;
}

/** What stage 2 made of a slow-down, in a word; empty for everything else. */
export function confirmationWord({ confirmation }: RegressionCheck): string {
  if (confirmation === undefined) return '';
  return { confirmed: 'confirmed', refuted: 'not confirmed', missing: 'unconfirmed' }[
    confirmation.state
  ];
}

/** What the accepted runs show over time, in a sentence. */
export function trendText(trend: Trend): string {
  const what = `${kindNames[trend.quantile]} of ${trend.candidate} ${whereText(trend)}`;
  const by = `${signedPercent(trend.percent)} %`;
  return trend.kind === 'creep'
    ? `${what} has crept up: the last ${trend.runs} runs lie ${by} above the first accepted one, ${trend.fixedRunId}.`
    : `${what} changed by ${by} with ${trend.runId}.`;
}
