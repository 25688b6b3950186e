import type { GateOutcome, Judgement } from '../../compare/gate/judgement.ts';
import { gateRounds } from '../../compare/gate/rounds-needed.ts';
import { plural } from '../words.ts';

/** How the gate ended, in a line: `Gate failed: 2 budgets broken, 1 slow-down confirmed`. */
export function headline({ outcome, reasons, budgets, regression }: Judgement): string {
  const broken = budgets.filter(({ verdict }) => verdict === 'broken').length;
  const checks = regression.method === 'none' ? [] : regression.checks;
  const slow = checks.filter(({ confirmation }) => confirmation?.state === 'confirmed').length;
  const counts = [
    ...(broken > 0 ? [`${plural(broken, 'budget')} broken`] : []),
    ...(slow > 0 ? [`${plural(slow, 'slow-down')} confirmed`] : []),
  ];
  const detail = outcome === 'failed' ? counts.join(', ') : details[outcome] + whatToDo(reasons[0]);
  return `Gate ${words[outcome]}${detail === '' ? '' : `: ${detail}`}`;
}

/** A run that can't be trusted as a whole says so in its first reason. */
const whatToDo = (first: Judgement['reasons'][number] | undefined): string =>
  first?.outcome === 'untrustworthy' && first.about !== 'run'
    ? `, as too few rounds count: measure again with --profile standard, or raise --rounds to ${gateRounds} and more`
    : '';

const words: Readonly<Record<GateOutcome, string>> = {
  passed: 'passed',
  failed: 'failed',
  untrustworthy: 'gives no verdict',
  partial: 'incomplete',
  inconclusive: 'inconclusive',
};

const details: Readonly<Record<Exclude<GateOutcome, 'failed'>, string>> = {
  passed: '',
  untrustworthy: 'the measurement is not trustworthy',
  partial: 'not everything could be measured; nothing that was is worse',
  inconclusive: 'the measurement is too uncertain',
};
