export { visible } from '../base/visible.ts';
import { formatMillis, formatSeconds, type Millis } from '../base/units.ts';
import { describeWarning, type Warning } from '../base/warnings.ts';
import type { Estimate, Interval } from '../stats/interval.ts';

/** `6.12`; `≥ 1200` for what is known from below only. */
export function figure({ centre, isLowerBound }: Estimate): string {
  return `${isLowerBound === true ? '≥ ' : ''}${formatMillis(centre)}`;
}

/** Whether a figure is known to be below a limit: a lower bound never is. */
export const isBelow = ({ centre, isLowerBound }: Estimate, limitMs: Millis): boolean =>
  isLowerBound !== true && centre < limitMs;

/** `6.12 ms`; in a sentence what is known from below only reads `≥ 1.2 s`. */
export function inMillis(estimate: Estimate): string {
  return estimate.isLowerBound === true && estimate.centre >= 1000
    ? `≥ ${formatSeconds(Math.round(estimate.centre / 100) / 10)}`
    : `${figure(estimate)} ms`;
}

/** `6.12 ms (5.90–6.30)`; without the brackets where there is no interval, or no upper end to it. */
export function withInterval(estimate: Estimate): string {
  const { interval, isLowerBound } = estimate;
  const value = inMillis(estimate);
  return interval === undefined || isLowerBound === true ? value : `${value} (${range(interval)})`;
}

/** `5.90–6.30`; `≥ 5.90` where the upper end is open. */
export function range({ low, high }: Interval): string {
  if (high === Infinity) return `≥ ${formatMillis(low)}`;
  return `${formatMillis(low)}–${formatMillis(high)}`;
}

/**
 * `874 ±12`: the longer arm of the interval, to one place more than the value at most. An interval so wide that its
 * arms differ is written out: `32.6 (12.1–139)`. What is known from below only is `≥ 1200`, without an interval.
 */
export function plusMinus(estimate: Estimate): string {
  const { centre, interval, isLowerBound } = estimate;
  const value = figure(estimate);
  if (isLowerBound === true) return value;
  if (interval === undefined) return `${value} ±?`;
  const arm = Math.max(interval.high - centre, centre - interval.low);
  if (arm > 0.4 * centre) return `${value} (${range(interval)})`;
  const places = (value.split('.')[1]?.length ?? 0) + 1;
  return `${value} ±${arm.toFixed(Math.min(places, placesOf(arm)))}`;
}

/** Two significant digits. */
function placesOf(ms: Millis): number {
  if (ms >= 10) return 0;
  return ms >= 1 ? 1 : 2;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[]): string {
  const [last = '', ...before] = [...items].reverse();
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}

/** `1 round`, `2 rounds`. */
export function plural(n: number, thing: string): string {
  return `${n} ${thing}${n === 1 ? '' : 's'}`;
}

/** A command as somebody can paste it into a POSIX shell. */
export function commandLine(command: readonly string[]): string {
  return command.map(quoted).join(' ');
}

function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

/** A manifest of a later version may hold a warning that this one has no words for. */
export function wordingOf(warning: Warning): string {
  const describe: (warning: Warning) => string | undefined = describeWarning;
  return describe(warning) ?? warning.code;
}
