// The measurement specification's "Estimates", as plainly as can be.
import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';

/**
 * The columns of summary.csv for a cell's values by round; undefined where not available. `cuts`: from where on the values
 * of each round are lower bounds, as requests were cut; Infinity where none was.
 */
export function estimates(rounds, cuts = rounds.map(() => Infinity)) {
  const pooled = rounds.flat().sort((a, b) => a - b);
  const n = pooled.length;
  const p50 = rounds.length === 0 ? {} : median(rounds, cuts);
  const p95 = n < 72 ? {} : tail(rounds, pooled, 0.95, Math.min(...cuts));
  const p99 = n < 368 ? {} : tail(rounds, pooled, 0.99, Math.min(...cuts));
  return {
    ...{ rounds: rounds.length, n },
    ...{ p50_ms: p50.centre, p50_lo_ms: p50.low, p50_hi_ms: p50.high },
    ...{ p95_ms: p95.centre, p95_lo_ms: p95.low, p95_hi_ms: p95.high },
    ...{ p99_ms: p99.centre, p99_lo_ms: p99.low, p99_hi_ms: p99.high },
    ...{
      p50_at_least: p50.cut ? 1 : '',
      p95_at_least: p95.cut ? 1 : '',
      p99_at_least: p99.cut ? 1 : '',
    },
  };
}

/** Type 7, of values in ascending order. */
function quantile(sorted, p) {
  const h = (sorted.length - 1) * p;
  return between(sorted[Math.floor(h)], sorted[Math.ceil(h)], h - Math.floor(h));
}

/** Next to what is infinite there is no number but that, unless it is not touched. */
function between(low, high, share) {
  return share === 0 || low === high ? low : low + share * (high - low);
}

/** The mean of the rounds' log medians, with its t interval; a lower bound if the median of a round is one. */
function median(rounds, cuts) {
  const cut = rounds.some((values, i) => {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.ceil((sorted.length - 1) * 0.5)] >= cuts[i];
  });
  const R = rounds.length;
  const y = rounds.map((values) =>
    Math.log(
      quantile(
        [...values].sort((a, b) => a - b),
        0.5,
      ),
    ),
  );
  const mean = y.reduce((sum, value) => sum + value, 0) / R;
  if (R === 1) return { centre: Math.exp(mean), cut };
  const sd = Math.sqrt(y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (R - 1));
  const half = (tQuantile(0.975, R - 1) * sd) / Math.sqrt(R);
  const [low, high] = [Math.exp(mean - half), Math.exp(mean + half)];
  if (!cut) return { centre: Math.exp(mean), low, high };
  return {
    centre: Math.exp(mean),
    low: Math.min(low, Math.exp(Math.min(...y))),
    high: Infinity,
    cut,
  };
}

/** {@link hull}; where values from `from` on are lower bounds, its upper end is that of a pool in which they are infinite. */
function tail(rounds, pooled, p, from) {
  const bounds = hull(rounds, pooled, p);
  if (from === Infinity) return bounds;
  const open = (values) => values.map((value) => (value >= from ? Infinity : value));
  const { centre, high = Infinity } = hull(rounds.map(open), open(pooled), p);
  const cut = !Number.isFinite(centre);
  if (bounds.low === undefined) return { ...bounds, cut };
  return { ...bounds, high: cut || Number.isNaN(high) ? Infinity : high, cut };
}

/** The pooled quantile, with the outer hull of the binomial and the bootstrap interval. */
function hull(rounds, pooled, p) {
  const centre = quantile(pooled, p);
  if (rounds.length < 2) return { centre };
  const binomial = orderStatistics(pooled, p);
  const bootstrap = roundBootstrap(rounds, p);
  return {
    centre,
    low: Math.min(binomial.low, bootstrap.low),
    high: Math.max(binomial.high, bootstrap.high),
  };
}

/** The largest l with P(Bin(N, p) ≤ l − 1) ≤ 2.5 %, the smallest u with P(Bin(N, p) ≥ u) ≤ 2.5 %; ranks from 1. */
function orderStatistics(sorted, p) {
  const N = sorted.length;
  let l = 0;
  while (binomialCdf(l, N, p) <= 0.025) l++;
  let u = N + 1;
  // P(Bin(N, p) ≥ u) is P(Bin(N, 1 − p) ≤ N − u).
  while (binomialCdf(N - (u - 1), N, 1 - p) <= 0.025) u--;
  return { low: sorted[l - 1], high: sorted[u - 1] };
}

/** 2000 resamples of whole rounds, pooled; ln q_p at the levels a′ = Φ(−T·√(R/(R − 1))) and 1 − a′. */
function roundBootstrap(rounds, p) {
  const R = rounds.length;
  const all = rounds
    .flatMap((values, round) => values.map((value) => ({ value, round })))
    .sort((a, b) => b.value - a.value);
  const logs = [];
  const draw = drawing(R);
  for (let b = 0; b < 2000; b++) {
    const times = new Array(R).fill(0);
    for (let i = 0; i < R; i++) times[draw()]++;
    logs.push(Math.log(weighted(all, rounds, times, p)));
  }
  logs.sort((a, b) => a - b);
  const level = normalCdf(-tQuantile(0.975, R - 1) * Math.sqrt(R / (R - 1)), 0, 1);
  return { low: Math.exp(quantile(logs, level)), high: Math.exp(quantile(logs, 1 - level)) };
}

/** Which round is drawn next: x₀ = 1, x ← 48271·x mod (2³¹ − 1), round ⌊R·x/(2³¹ − 1)⌋ (bench/stats/resamples.ts says so). */
function drawing(R) {
  let x = 1;
  return () => {
    x = (48271 * x) % 2147483647;
    return Math.floor((R * x) / 2147483647);
  };
}

/** The quantile of the pool in which each round stands so many times, counted from the largest value down. */
function weighted(descending, rounds, times, p) {
  const N = rounds.reduce((sum, values, round) => sum + values.length * times[round], 0);
  const h = (N - 1) * p;
  const ranks = [N - 1 - Math.floor(h), N - 1 - Math.ceil(h)];
  const [low, high] = ranks.map((rank) => {
    let passed = 0;
    for (const { value, round } of descending) {
      passed += times[round];
      if (passed > rank) return value;
    }
    throw new Error(`no value at rank ${rank}`);
  });
  return between(low, high, h - Math.floor(h));
}
