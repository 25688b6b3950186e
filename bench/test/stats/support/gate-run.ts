import { confirm } from '../../../compare/gate/confirm.ts';
import { flaggedVantages } from '../../../compare/gate/flagged-vantages.ts';
import { flagged, type RegressionCheck } from '../../../compare/gate/regression.ts';
import { sameRoundsChecks } from '../../../compare/gate/same-rounds.ts';
import { sides, simulate, type Design } from './simulated-run.ts';

/** What the real gate makes of a simulated run. */
export interface GateOutcome {
  readonly checks: readonly RegressionCheck[];
  /** Stage 1 called something slower. */
  readonly flagged: boolean;
  /** Fresh rounds of the flagged vantages said so again: the gate fails. */
  readonly failed: boolean;
}

/** The last of the targets against the first, in the same rounds; both stages. */
export function gateRun(design: Design, seed: number): GateOutcome {
  const checks = checksOf(design, seed);
  if (flagged(checks).length === 0) return { checks, flagged: false, failed: false };
  const again = { ...design, vantages: flaggedVantages(checks, design.vantages) };
  const fresh = checksOf(again, seed + freshSeeds);
  const failed = confirm(checks, fresh).some(
    ({ confirmation }) => confirmation?.state === 'confirmed',
  );
  return { checks, flagged: true, failed };
}

/** Far from the seeds of any first stage. */
const freshSeeds = 1_000_000;

function checksOf(design: Design, seed: number): RegressionCheck[] {
  const [baseline = '', ...candidates] = design.targets;
  return sameRoundsChecks(sides(design, simulate(design, seed)), baseline, candidates);
}
