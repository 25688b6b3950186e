/**
 * What makes blocks differ, on the log scale, at one vantage. A slot is the time of one block; all targets see the
 * same times, each its own slots of them.
 */
export interface Noise {
  readonly name: string;
  /** Standard deviation of a slot's level. */
  readonly sd: number;
  /** Coefficient of the AR(1) process that … */
  readonly phi: number;
  /** … the requests of a block follow, or the levels of successive slots. */
  readonly follows: 'requests' | 'slots';
  /** Standard deviation of the steps of a random walk over the slots: the network's or the machine's drift. */
  readonly drift: number;
}

/** The presets of the measurement specification, "What the test suite must show". */
export const moderate: Noise = {
  ...{ name: 'moderate', sd: 0.03, phi: 0.3, drift: 0.02 },
  follows: 'requests',
};
export const noisy: Noise = {
  ...{ name: 'noisy', sd: 0.06, phi: 0.5, drift: 0.05 },
  follows: 'requests',
};

/** Standard normal numbers of which each remembers `phi` of the one before. */
export function autoregressive(phi: number, normal: () => number): () => number {
  let wave = normal();
  return () => (wave = phi * wave + Math.sqrt(1 - phi ** 2) * normal());
}

/** The logarithms of the slots' levels. */
export function levels(noise: Noise, slots: number, normal: () => number): number[] {
  const wave = noise.follows === 'slots' ? autoregressive(noise.phi, normal) : normal;
  let walk = 0;
  return Array.from({ length: slots }, () => {
    walk += noise.drift * normal();
    return noise.sd * wave() + walk;
  });
}
