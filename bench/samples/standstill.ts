import { formatSeconds, type Millis, type UnixMicros, type UnixMillis } from '../base/units.ts';
import type { PlannedBlock } from '../plan/plan.ts';
import type { Span } from './judge-link.ts';

/** A time in which the machine that measured did not run, by its own clock; also a jump of that clock. */
export interface Standstill {
  readonly fromMs: UnixMillis;
  readonly toMs: UnixMillis;
}

/** k6 writes how many users it has every second: without a row for longer than this it did not run. */
const longestGapUs: UnixMicros = 2_500_000;

/** Finds from the times of a vantage's rows when its k6 stood still. Rows without heartbeats tell nothing. */
export class RowGaps {
  readonly gaps: Span[] = [];
  private latestUs: UnixMicros | undefined;

  heartbeat(atUs: UnixMicros): void {
    this.latestUs ??= atUs;
    this.row(atUs);
  }

  /** Rows of different users come a little out of order. */
  row(atUs: UnixMicros): void {
    const { latestUs } = this;
    if (latestUs === undefined || atUs <= latestUs) return;
    if (atUs - latestUs > longestGapUs) this.gaps.push({ fromUs: latestUs, toUs: atUs });
    this.latestUs = atUs;
  }
}

/**
 * Why a block does not count because of gaps in the rows, as part of a sentence; undefined for one that they leave alone.
 * What the controller noticed, too, was the whole machine. A block that was due meanwhile runs late and in full, and
 * disturbs what comes after.
 */
export function standstillReason(
  span: Span,
  gaps: readonly Span[],
  blocks: readonly Span[],
  noticed: readonly Standstill[],
): string | undefined {
  for (const gap of gaps) {
    const whole = noticed.find(({ fromMs, toMs }) =>
      overlap(gap, { fromUs: 1000 * fromMs, toUs: 1000 * toMs }),
    );
    // The last row before it may be a second old.
    const fromUs = whole === undefined ? gap.fromUs : Math.max(gap.fromUs, 1000 * whole.fromMs);
    const toUs = disturbedUntil(gap, blocks);
    if (!overlap(span, { fromUs, toUs })) continue;
    const ms = whole === undefined ? (gap.toUs - gap.fromUs) / 1000 : lengthOf(whole);
    return `the ${whole === undefined ? 'load generator' : 'machine'} stood still for ${formatSeconds(ms / 1000)}`;
  }
  return undefined;
}

function disturbedUntil(gap: Span, blocks: readonly Span[]): UnixMicros {
  const late = blocks.filter(({ fromUs }) => fromUs >= gap.fromUs && fromUs <= gap.toUs);
  return gap.toUs + Math.max(0, ...late.map(({ fromUs, toUs }) => toUs - fromUs));
}

const overlap = (a: Span, b: Span): boolean => a.fromUs <= b.toUs && b.fromUs <= a.toUs;

/** In either direction: a clock may be set back. */
const lengthOf = ({ fromMs, toMs }: Standstill): Millis => Math.abs(toMs - fromMs);

/** When a block runs, warm-up and drain included. */
export function blockSpan(
  { startMs, warmUpMs, keepMs, drainMs }: PlannedBlock,
  startAt: UnixMillis,
): Span {
  const fromUs = 1000 * (startAt + startMs);
  return { fromUs, toUs: fromUs + 1000 * (warmUpMs + keepMs + drainMs) };
}

/** Readings that were not under way while everything stood still, which says nothing of a link or a replica. */
export function whileRunning<T extends { readonly atUs: UnixMicros }>(
  readings: readonly T[],
  tookMs: (reading: T) => Millis | undefined,
  standstills: readonly Standstill[],
): readonly T[] {
  if (standstills.length === 0) return readings;
  return readings.filter((reading) => {
    const toUs = reading.atUs + 1000 * (tookMs(reading) ?? unansweredMs);
    return !standstills.some(({ fromMs, toMs }) =>
      overlap({ fromUs: reading.atUs, toUs }, { fromUs: 1000 * fromMs, toUs: 1000 * toMs }),
    );
  });
}

/** After so long nothing is waited for. */
const unansweredMs: Millis = 10_000;
