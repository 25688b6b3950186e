import { studentsT } from './students-t.ts';

interface Design {
  /** Standard deviation of the log differences between rounds. */
  readonly sd: number;
  /** Hypotheses judged together. */
  readonly family: number;
  /** Family-wise level of one direction; 0.01 unless told. */
  readonly alpha?: number;
  /** The share of true effects of this size that shall be found; 0.8 unless told. */
  readonly power?: number;
}

/**
 * The smallest relative slow-down (0.05: 5 %) that a paired comparison finds: e^((t₁₋α⁄K + t_power)·s/√R) − 1 with R − 1
 * degrees of freedom (measurement specification, "Comparison A vs B"). Infinity where nothing can be found: fewer
 * than two rounds, or a spread that is not known.
 */
export function detectableEffect({
  sd,
  rounds,
  family,
  alpha = 0.01,
  power = 0.8,
}: Design & { readonly rounds: number }): number {
  if (!(rounds >= 2) || !(sd >= 0) || !(family >= 1)) return Infinity;
  const t = studentsT(1 - alpha / family, rounds - 1) + studentsT(power, rounds - 1);
  return Math.expm1((t * sd) / Math.sqrt(rounds));
}

/** The fewest rounds with which `effect` (0.05: 5 %) can be detected; at most {@link mostRounds}, whatever it would take. */
export function roundsNeeded(design: Design & { readonly effect: number }): number {
  let [low, high] = [2, mostRounds];
  while (low < high) {
    const rounds = (low + high) >> 1;
    if (detectableEffect({ ...design, rounds }) <= design.effect) high = rounds;
    else low = rounds + 1;
  }
  return low;
}

/** Nobody waits longer; more than this means "not with this much noise". */
export const mostRounds = 1000;
