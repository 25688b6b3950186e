/**
 * Which hypotheses fall at the family-wise level `alpha`, in the order given (S. Holm, Scandinavian Journal of
 * Statistics 6, 1979).
 */
export function holm(ps: readonly number[], alpha: number): boolean[] {
  return holmAdjusted(ps).map((p) => p <= alpha);
}

/**
 * Holm's adjusted p values, in the order given, as R's `p.adjust`. A p that is not a number stays one, is never
 * rejected, and counts in the family as if it were 1.
 */
export function holmAdjusted(ps: readonly number[]): number[] {
  const ranked = ps.map((p, i) => ({ p: Number.isNaN(p) ? 1 : p, i })).sort((a, b) => a.p - b.p);
  const adjusted = ps.map(() => NaN);
  let most = 0;
  for (const [rank, { p, i }] of ranked.entries()) {
    most = Math.max(most, Math.min(1, p * (ps.length - rank)));
    if (!Number.isNaN(ps[i])) adjusted[i] = most;
  }
  return adjusted;
}
