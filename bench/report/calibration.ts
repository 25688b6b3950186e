import type { Millis } from '../base/units.ts';
import type { Calibration, LinkCalibration } from '../samples/outcome.ts';

/** One link: what was wanted, and what echoes measured before and after the run. */
export interface CalibrationRow {
  /** The topology whose own link it is, in an experiment. */
  readonly topology?: string;
  readonly from: string;
  readonly to: string;
  readonly wantedMs: Millis;
  readonly before?: MeasuredLink;
  readonly after?: MeasuredLink;
}

/** `cdg–ord`; `slow: cdg–ord` where it is one topology's own. */
export function linkName({
  topology,
  from,
  to,
}: Pick<CalibrationRow, 'topology' | 'from' | 'to'>): string {
  return `${topology === undefined ? '' : `${topology}: `}${from}–${to}`;
}

export interface MeasuredLink {
  readonly n: number;
  readonly p50Ms: Millis;
  readonly p99Ms: Millis;
  /** Connect plus first echo. */
  readonly openMs: Millis;
  /** Measured median minus wanted. */
  readonly errorMs: Millis;
}

/** The calibrations of a run side by side, a row a link, the shortest first. */
export function calibrationRows(calibrations: readonly Calibration[]): CalibrationRow[] {
  const rows = new Map<string, { -readonly [K in keyof CalibrationRow]: CalibrationRow[K] }>();
  for (const { when, links } of calibrations)
    for (const link of links) {
      const { topology, from, to, wantedMs } = link;
      const key = `${topology ?? ''}\n${from}\n${to}`;
      const own = topology === undefined ? {} : { topology };
      const row = rows.get(key) ?? { ...own, from, to, wantedMs };
      row[when] = measured(link);
      rows.set(key, row);
    }
  return [...rows.values()].sort((a, b) => a.wantedMs - b.wantedMs);
}

function measured({ n, p50Ms, p99Ms, openMs, wantedMs }: LinkCalibration): MeasuredLink {
  return { n, p50Ms, p99Ms, openMs, errorMs: p50Ms - wantedMs };
}
