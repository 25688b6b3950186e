import type { UnixMillis } from '../base/units.ts';
import type { Plan } from '../plan/plan.ts';
import type { Span } from './judge-link.ts';

/** When each round of a plan was measured: from the first request that is kept to the last one's end. */
export function roundSpans({ blocks }: Plan, startAt: UnixMillis): Map<number, Span> {
  const spans = new Map<number, Span>();
  for (const { round, startMs, warmUpMs, keepMs, drainMs } of blocks) {
    const keepFrom = startAt + startMs + warmUpMs;
    const [fromUs, toUs] = [1000 * keepFrom, 1000 * (keepFrom + keepMs + drainMs)];
    const known = spans.get(round) ?? { fromUs, toUs };
    spans.set(round, {
      fromUs: Math.min(known.fromUs, fromUs),
      toUs: Math.max(known.toUs, toUs),
    });
  }
  return spans;
}
