import type { Millis, PerSecond } from '../base/units.ts';

export type ProfileName = 'quick' | 'standard' | 'thorough';

/** How much to measure (the measurement specification, "Sampling"). */
export interface Profile {
  readonly rounds: number;
  readonly rate: PerSecond;
  readonly keep: Millis;
}

export const profiles: Readonly<Record<ProfileName, Profile>> = {
  /** Three targets in about two minutes: 38 samples a block. */
  quick: { rounds: 8, rate: 20, keep: 1900 },
  /** What a gate needs: 100 samples a block. */
  standard: { rounds: 10, rate: 10, keep: 10_000 },
  thorough: { rounds: 20, rate: 10, keep: 10_000 },
};
