import type { StaleReads } from '../../samples/series.ts';
import type { Evidence } from '../findings.ts';
import { list, visible } from '../words.ts';

/** What the scripts that read their own writes back saw, over all regions. */
export function staleness({ staleReads }: Evidence): string {
  if (staleReads.length === 0)
    return 'Whether readers see their own writes was not checked; --scenario read-your-writes does.';
  const scenarios = new Set(staleReads.map(({ scenario }) => scenario));
  const groups = new Map<string, StaleReads[]>();
  for (const reads of staleReads) {
    const of = scenarios.size > 1 ? ` (${visible(reads.scenario)})` : '';
    const key = visible(reads.target) + of;
    groups.set(key, [...(groups.get(key) ?? []), reads]);
  }
  const seen = [...groups].map(([name, reads]) => `${count(reads)} with ${name}`);
  return `Reads that missed the reader's own write: ${list(seen)}.`;
}

function count(reads: readonly StaleReads[]): string {
  const stale = reads.reduce((sum, r) => sum + r.stale, 0);
  const all = reads.reduce((sum, r) => sum + r.reads, 0);
  const share = stale === 0 ? '' : ` (${((100 * stale) / all).toFixed(1)} %)`;
  return `${stale} of ${all}${share}`;
}
