import type { Latencies } from './latencies.ts';

/**
 * The p-quantile of requests in slots whose levels are normal with this standard deviation on the log scale: what an
 * endless run would measure.
 */
export function trueQuantile(latencies: Latencies, sd: number, p: number): number {
  const share = (ms: number) => overLevels((level) => latencies.cdf(ms * Math.exp(-sd * level)));
  let [low, high] = [1, 1e5];
  while (high / low > 1 + 1e-9) {
    const middle = Math.sqrt(low * high);
    if (share(middle) < p) low = middle;
    else high = middle;
  }
  return low;
}

/** The mean of a function of a standard normal number, by the trapezoid rule over ±8. */
function overLevels(value: (level: number) => number): number {
  let [sum, weights] = [0, 0];
  for (let level = -8; level <= 8; level += 0.02) {
    const weight = Math.exp(-(level ** 2) / 2);
    sum += weight * value(level);
    weights += weight;
  }
  return sum / weights;
}
