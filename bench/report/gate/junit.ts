import type { BudgetCheck } from '../../compare/gate/budget-checks.ts';
import type { Judgement, Reason } from '../../compare/gate/judgement.ts';
import type { RegressionCheck } from '../../compare/gate/regression.ts';
import { cellLabel } from '../comparison/words.ts';
import { visible } from '../words.ts';
import { reasonText } from './words.ts';

/** A test case of the report: what was checked, and the reason not to pass, if it gave one. */
interface Case {
  readonly className: string;
  readonly name: string;
  readonly reason: Reason | undefined;
  /** Why it was not judged at all. */
  readonly skipped?: string | undefined;
}

/**
 * The judgement as JUnit XML: a suite for the run, one for the budgets, one for the regressions. What fails the gate
 * is a failure, what can't be trusted an error, what can't be told skipped.
 */
export function junitGate(judgement: Judgement): string {
  const suites = [
    suite('run', runCases(judgement)),
    suite(
      'budgets',
      judgement.budgets.map((check) => budgetCase(judgement, check)),
    ),
    suite('regression', regressionCases(judgement)),
  ].filter(({ cases }) => cases.length > 0);
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({ name: 'bench gate', ...countsOf(all) })}>`,
    ...suites.flatMap(({ name, cases }) => [
      `  <testsuite ${attributes({ name, ...countsOf(cases) })}>`,
      ...cases.map(caseXml),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

const suite = (name: string, cases: readonly Case[]) => ({ name, cases });

function runCases({ runId, reasons }: Judgement): Case[] {
  const about = reasons.filter((reason) => reason.about === 'run' || reason.about === 'rounds');
  const [first] = about;
  if (first === undefined) return [{ className: runId, name: 'is complete', reason: undefined }];
  return about.map((reason) => ({ className: runId, name: reasonText(reason), reason }));
}

function budgetCase({ reasons }: Judgement, check: BudgetCheck): Case {
  const { target, vantage, scenario, kind, verdict, reason: why } = check;
  const reason = reasons.find((one) => one.about === 'budget' && one.check === check);
  const name = `${kind} at ${vantage} (${scenario})`;
  return {
    ...{ className: target, name, reason },
    skipped: verdict === 'met' ? undefined : (why ?? verdict),
  };
}

function regressionCases({ reasons, regression }: Judgement): Case[] {
  if (regression.method === 'none') return [];
  return regression.checks.map((check) => {
    const reason = reasons.find((one) => one.about === 'slow-down' && one.check === check);
    const { scenario, metric } = check.cell;
    const name = `${cellLabel(check.cell)} (${scenario}, ${metric})`;
    const skipped = check.gated ? undefined : notJudged(check);
    return { className: check.candidate, name, reason, skipped };
  });
}

const notJudged = ({ cell }: RegressionCheck): string => cell.reason ?? 'not judged';

type Result = 'passed' | 'failure' | 'error' | 'skipped';

function resultOf({ reason, skipped }: Case): Result {
  if (reason === undefined) return skipped === undefined ? 'passed' : 'skipped';
  if (reason.outcome === 'failed') return 'failure';
  return reason.outcome === 'inconclusive' ? 'skipped' : 'error';
}

function countsOf(cases: readonly Case[]): Record<string, number> {
  const count = (result: Result) => cases.filter((one) => resultOf(one) === result).length;
  return {
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
}

function caseXml(one: Case): string {
  const result = resultOf(one);
  const head = `    <testcase ${attributes({ classname: one.className, name: one.name })}`;
  if (result === 'passed') return `${head}/>`;
  const message = one.reason === undefined ? (one.skipped ?? '') : reasonText(one.reason);
  return `${head}><${result} ${attributes({ message })}/></testcase>`;
}

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}="${escapeXml(String(value))}"`)
    .join(' ');

/** Names come from outside; control characters and halves of pairs have no place in XML 1.0, escaped or not. */
function escapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&apos;',
  };
  const allowed = visible(text).replace(/[\p{Cs}\ufffe\uffff]/gu, '\ufffd');
  return allowed.replace(/[&<>"']/g, (char) => entities[char] ?? char);
}
