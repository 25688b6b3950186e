import type { Random } from '../base/random.ts';

/** One target under one scenario: what a round visits once. */
export interface Pairing {
  readonly target: string;
  readonly scenario: string;
}

/**
 * The order of each round: shuffled, so that drift hits every target alike.
 * Exactly two alternate as ABBA, which cancels a linear drift (measurement specification, "Definitions").
 */
export function interleave(
  pairings: readonly Pairing[],
  rounds: number,
  random: Random,
): Pairing[][] {
  const [first, second, ...more] = pairings;
  if (first === undefined || second === undefined || more.length > 0)
    return Array.from({ length: rounds }, () => random.shuffle(pairings));
  const [a, b] = random.shuffle([first, second]) as [Pairing, Pairing];
  return Array.from({ length: rounds }, (_, round) => (round % 2 === 0 ? [a, b] : [b, a]));
}
