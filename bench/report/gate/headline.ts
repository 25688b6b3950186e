import type { GateOutcome, Judgement } from '../../compare/gate/judgement.ts';
import { plural } from '../words.ts';

/** How the gate ended, in a line: `Gate failed: 2 budgets broken, 1 slow-down confirmed`. */
export function headline({ outcome, budgets, regression }: Judgement): string {
  const broken = budgets.filter(({ verdict }) => verdict === 'broken').length;
  const checks = regression.method === 'none' ? [] : regression.checks;
  const slow = checks.filter(({ confirmation }) => confirmation?.state === 'confirmed').length;
  const counts = [
    ...(broken > 0 ? [`${plural(broken, 'budget')} broken`] : []),
    ...(slow > 0 ? [`${plural(slow, 'slow-down')} confirmed`] : []),
  ];
  const detail = outcome === 'failed' ? counts.join(', ') : details[outcome];
  return `Gate ${words[outcome]}${detail === '' ? '' : `: ${detail}`}`;
}

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
