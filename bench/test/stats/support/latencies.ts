import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import type { Random } from '../../../base/random.ts';

/** How the requests of a quiet block are distributed. The median's order of magnitude is 40 ms. */
export interface Latencies {
  readonly name: string;
  /** One request, in ms; `normal` gives standard normal numbers, that of a request perhaps like the last one's. */
  draw(random: Random, normal: () => number): number;
  /** The share of requests up to `ms`. */
  cdf(ms: number): number;
}

const median = 40;
/**
 * Standard deviation of a request's logarithm within a block. With moderate noise it gives the power that the measurement
 * specification quotes ("Gate": +10 % in one region is found by 77 %), so the rest of the model is like its own.
 */
const spread = 0.15;

const body = (ms: number, centre: number) => normalCdf(Math.log(ms / centre), 0, spread);

/** 97 % lognormal; 3 % Pareto with exponent 2.2 from one and a half medians on. */
export const heavyTail: Latencies = {
  name: 'heavy tail',
  draw: (random, normal) => {
    const usual = median * Math.exp(spread * normal());
    return random.float() < 0.03 ? 1.5 * median * (1 - random.float()) ** (-1 / 2.2) : usual;
  },
  cdf: (ms) =>
    0.97 * body(ms, median) + 0.03 * (ms < 1.5 * median ? 0 : 1 - (ms / (1.5 * median)) ** -2.2),
};

/** 88 % answer near by, 12 % after three times as long. */
export const bimodal: Latencies = {
  name: 'bimodal',
  draw: (random, normal) =>
    (random.float() < 0.12 ? 3 * median : median) * Math.exp(spread * normal()),
  cdf: (ms) => 0.88 * body(ms, median) + 0.12 * body(ms, 3 * median),
};

export const bothLatencies = [heavyTail, bimodal] as const;
