import { formatSeconds, type UnixMillis } from '../base/units.ts';
import type { Warning } from '../base/warnings.ts';
import type { Plan } from '../plan/plan.ts';
import type { Span } from './judge-link.ts';

/** A part of what was measured, or of what measures, that ended by itself or stood still. */
export interface PartFailure {
  /** As it begins a sentence: `The app of read-replicas in ord`. */
  readonly part: string;
  /** The rest of that sentence: `was killed by SIGKILL`. */
  readonly how: string;
  /** The last line of its log, made visible; absent where it has none. */
  readonly lastLine?: string;
  readonly fromMs: UnixMillis;
  /** When it went on; absent while it has not, and of one that has ended. */
  readonly toMs?: UnixMillis;
  /** It does not come back. */
  readonly ended: boolean;
  /** What can't be measured without it: everything, or some targets, at some vantages only or at all. */
  readonly spoils: 'everything' | readonly SpoiltTarget[];
}

export interface SpoiltTarget {
  readonly target: string;
  /** Absent: at all of them. */
  readonly vantages?: readonly string[];
}

/** Whether a target can be measured at a vantage without the part. */
function isSpoiltBy(
  { spoils }: PartFailure,
  plan: Pick<Plan, 'targets'>,
  name: string,
  vantage: string,
): boolean {
  const target = plan.targets.find((each) => each.name === name);
  // A deployment of the user's own needs no part of ours but the load generator.
  if (target?.kind === 'url') return false;
  if (spoils === 'everything') return true;
  const deployed = target?.sameAs ?? name;
  return spoils.some((one) => one.target === deployed && (one.vantages?.includes(vantage) ?? true));
}

/** Whether a block lacks the part at some time. */
export const isSpoiltDuring = (
  failure: PartFailure,
  plan: Pick<Plan, 'targets'>,
  { target, vantage }: { readonly target: string; readonly vantage: string },
  span: Span,
): boolean =>
  isSpoiltBy(failure, plan, target, vantage) &&
  span.toUs >= 1000 * failure.fromMs &&
  span.fromUs <= 1000 * (failure.toMs ?? Infinity);

/** What it did, as the rest of a sentence; of one that went on, for how long. */
const howOf = ({ how, fromMs, toMs }: PartFailure): string =>
  toMs === undefined ? how : `stood still for ${formatSeconds((toMs - fromMs) / 1000)}`;

/** As part of a sentence: `the app of read-replicas in ord was killed by SIGKILL`. */
export const failureReason = (failure: PartFailure): string =>
  `${failure.part.charAt(0).toLowerCase()}${failure.part.slice(1)} ${howOf(failure)}`;

/** One sentence for whoever watches, with the last line of its log. */
export function describeFailure(failure: PartFailure): string {
  const { part, how, lastLine, fromMs, toMs } = failure;
  if (toMs !== undefined) return `${part} goes on after ${formatSeconds((toMs - fromMs) / 1000)}.`;
  return `${part} ${how}${lastLine === undefined ? '' : `; its last line: ${lastLine}`}.`;
}

/** For whoever reads the results. */
export function failureWarning(failure: PartFailure): Warning {
  const { part, lastLine, ended, spoils } = failure;
  return {
    code: 'part-failed',
    part,
    how: howOf(failure),
    ...(lastLine === undefined ? {} : { lastLine }),
    ended,
    spoilt: spoils === 'everything' || spoils.length > 0,
  };
}
