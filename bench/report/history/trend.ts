import type { Millis } from '../../base/units.ts';
import type { JudgedQuantile } from '../../compare/side.ts';
import { floorMs } from '../../compare/thresholds.ts';
import { changePoints } from '../../stats/change-points.ts';
import type { Interval } from '../../stats/interval.ts';
import { mean } from '../../stats/moments.ts';
import { predictionBand } from '../../stats/prediction.ts';

/** What the values of a cell, run by run, say together. */
export interface Trend {
  /** Where the newest value was to be expected from the runs before it (since the last change); absent where they are too few or all equal. */
  readonly band?: Interval & { readonly runs: number };
  /** The newest value beside the band. */
  readonly newest: 'above' | 'below' | 'within' | 'unknown';
  /** Where the values shifted for good, the earliest first. */
  readonly changes: readonly Change[];
}

export interface Change {
  /** The first run after it. */
  readonly run: number;
  /** The geometric mean before (back to the previous change), and after (up to the next). */
  readonly beforeMs: Millis;
  readonly afterMs: Millis;
  /** Of the permutation test. */
  readonly p: number;
}

/** Of 100 runs like those before, one lies outside the band by chance: with many cells, 95 % would cry every night. */
export const bandLevel = 0.99;
/** Fewer runs before give a band as wide as the sea. */
export const fewestBefore = 4;
/** Like the gate's window: older runs say little of tonight. */
const windowRuns = 20;

/** Judges a row of values in the order of time, undefined where a run has none. On logs, as all ratios here. */
export function trendOf(values: readonly (Millis | undefined)[], quantile: JudgedQuantile): Trend {
  const there = values.flatMap((ms, run) =>
    ms === undefined || !(ms > 0) ? [] : [{ run, log: Math.log(ms) }],
  );
  const logs = there.map(({ log }) => log);
  const shifts = changesOf(logs, quantile);
  const newest = there.at(-1);
  // A run that lacks the cell is no news of it.
  const fresh = newest?.run === values.length - 1 ? newest.log : undefined;
  // What was before a shift says nothing of what comes after it.
  const alike = logs.slice(shifts.at(-1)?.run ?? 0, -1);
  const band = fresh === undefined ? undefined : bandOf(alike);
  const changes = shifts.map((shift) => ({ ...shift, run: there[shift.run]?.run ?? NaN }));
  return { ...(band === undefined ? {} : { band }), newest: besides(fresh, band), changes };
}

function bandOf(before: readonly number[]): Trend['band'] {
  const recent = before.slice(-windowRuns);
  if (recent.length < fewestBefore) return undefined;
  const band = predictionBand(recent, bandLevel);
  if (band === undefined) return undefined;
  return { low: Math.exp(band.low), high: Math.exp(band.high), runs: recent.length };
}

function besides(log: number | undefined, band: Interval | undefined): Trend['newest'] {
  if (log === undefined || band === undefined) return 'unknown';
  const ms = Math.exp(log);
  if (ms > band.high) return 'above';
  return ms < band.low ? 'below' : 'within';
}

/** Shifts, by their place in the row; those smaller than what the instrument itself may make are none. */
function changesOf(logs: readonly number[], quantile: JudgedQuantile): Change[] {
  const found = changePoints(logs, { alpha: 0.01, permutations: 999 });
  const ends = [0, ...found.map(({ index }) => index), logs.length];
  const levels = ends.slice(1).map((end, i) => Math.exp(mean(logs.slice(ends[i], end))));
  return found
    .map(({ index, p }, i) => ({
      ...{ run: index, p },
      beforeMs: levels[i] ?? NaN,
      afterMs: levels[i + 1] ?? NaN,
    }))
    .filter(
      ({ beforeMs, afterMs }) =>
        Math.abs(afterMs - beforeMs) >= floorMs({ vantage: undefined, quantile }),
    );
}
