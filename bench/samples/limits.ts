/*
 * What is read of files that anybody may have written, at most: ten times and more of what the largest run has that bench
 * can make, and so little that nobody waits or runs out of memory for it.
 */
const MEBIBYTE = 2 ** 20;

/** Of files that are read whole, in bytes. */
export const mostBytes = {
  manifest: 32 * MEBIBYTE,
  outcomes: 64 * MEBIBYTE,
  /** Also of `summary.json` and of baselines. */
  figures: 64 * MEBIBYTE,
  readings: 64 * MEBIBYTE,
} as const;

/** Of things in a run. */
export const most = {
  vantages: 128,
  targets: 256,
  scenarios: 64,
  steps: 256,
  /** Target × vantage × scenario × step: each is a row, a chart and some thousand resampled medians. */
  cells: 10_000,
  rounds: 10_000,
  blocks: 250_000,
  outcomes: 1_000_000,
  /** Parts that were added while it went on. */
  parts: 200,
  calibrations: 100,
  links: 10_000,
  machines: 1000,
  warnings: 10_000,
  /** Parts that failed, and standstills. */
  failures: 10_000,
  /** Rows of `lag.csv` or `links.csv`. */
  readings: 2_000_000,
  /** Words of a command, names of variables. */
  words: 10_000,
  /** Latencies and the server's figures, in memory. */
  figures: 100_000_000,
  /** Different regions, edges, caches and parts that the answers of one cell name. */
  names: 200,
} as const;

/** Of a name, and of any text, in characters. */
export const longest = { name: 1000, text: 100_000 } as const;

/** Milliseconds of a duration: a year. */
export const longestMs = 366 * 86_400_000;
/** Unix times until the year 2286, in ms: k6's rows can't say later ones. */
export const latestMs = 1e13;

export const isDuration = (ms: number): boolean => ms >= 0 && ms <= longestMs;
export const isTime = (us: number): boolean => us >= 0 && us <= 1000 * latestMs;
