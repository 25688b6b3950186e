import { practicalEffect } from '../thresholds.ts';
import { flagged, type Confirmation, type RegressionCheck } from './regression.ts';
import { gateRounds } from './rounds-needed.ts';

/** Level of the confirming test; one hypothesis at a time, as each was flagged before. */
const level = 0.05;

/**
 * Stage 2 (measurement specification, "Gate"): a slow-down stands only if fresh rounds show again an effect that
 * counts, D ≥ ln(1 + δ), with p < .05. `fresh`: the same checks of the confirming run; undefined without one, for
 * the reason given.
 */
export function confirm(
  checks: readonly RegressionCheck[],
  fresh: readonly RegressionCheck[] | undefined,
  whyNot = 'it was not measured again',
): RegressionCheck[] {
  const slow = new Set(flagged(checks));
  return checks.map((check) => {
    if (!slow.has(check)) return check;
    const again = fresh?.find((other) => isSame(other, check));
    const confirmation: Confirmation =
      fresh === undefined ? { state: 'missing', reason: whyNot } : confirmationBy(again);
    return { ...check, confirmation };
  });
}

const isSame = (a: RegressionCheck, b: RegressionCheck): boolean =>
  a.candidate === b.candidate &&
  a.cell.vantage === b.cell.vantage &&
  a.cell.scenario === b.cell.scenario &&
  a.cell.metric === b.cell.metric &&
  a.cell.quantile === b.cell.quantile;

function confirmationBy(again: RegressionCheck | undefined): Confirmation {
  if (again === undefined) return { state: 'missing', reason: 'the confirming run lacks it' };
  const { rounds, effect } = again.cell;
  if (rounds < gateRounds)
    return {
      state: 'missing',
      reason: `the confirming run has ${rounds} valid rounds of it, ${gateRounds} are needed`,
    };
  if (effect?.p === undefined)
    return { state: 'missing', reason: 'the confirming run has nothing to test there' };
  const { percent } = effect;
  const p = effect.p.slower;
  const stands = percent >= 100 * practicalEffect(again.cell) && p < level;
  return { state: stands ? 'confirmed' : 'refuted', percent, p };
}
