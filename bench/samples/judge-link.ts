import type { Millis, UnixMicros } from '../base/units.ts';
import { isOff } from './link-tolerance.ts';

/** A stretch of time, both ends included. */
export interface Span {
  readonly fromUs: UnixMicros;
  readonly toUs: UnixMicros;
}

/** The probes of one link and what they should have measured. */
export interface ProbedLink {
  readonly wantedMs: Millis;
  readonly probes: readonly { readonly atUs: UnixMicros; readonly rttMs: Millis | undefined }[];
}

/** What a link was like in a span. */
export interface LinkInSpan {
  /** Probes that were sent in it. */
  readonly n: number;
  /** Over all of them; undefined if so many had no answer that the median has none. */
  readonly medianMs: Millis | undefined;
  readonly off: boolean;
}

/** A median of fewer probes may be a single hiccup. */
const fewest = 3;
/** A shorter span is judged with what was probed around it. */
const shortestUs: UnixMicros = 8_000_000;

/**
 * Whether a link was as long as wanted: its median over the probes of a span is within the tolerance, where a probe
 * without an answer counts as longer than any other. Undefined where there are too few probes to tell.
 */
export function judgeLink({ wantedMs, probes }: ProbedLink, span: Span): LinkInSpan | undefined {
  const { fromUs, toUs } = widened(span);
  const trips = probes
    .filter(({ atUs }) => atUs >= fromUs && atUs <= toUs)
    .map(({ rttMs }) => rttMs ?? Infinity)
    .sort((a, b) => a - b);
  const n = trips.length;
  if (n < fewest) return undefined;
  const upper = trips[Math.floor(n / 2)] ?? NaN;
  const lower = trips[Math.floor((n - 1) / 2)] ?? NaN;
  const median = (lower + upper) / 2;
  return {
    n,
    medianMs: Number.isFinite(median) ? median : undefined,
    off: isOff(wantedMs, median),
  };
}

function widened({ fromUs, toUs }: Span): Span {
  const more = Math.max(0, shortestUs - (toUs - fromUs)) / 2;
  return { fromUs: fromUs - more, toUs: toUs + more };
}
