import type { Served } from '../samples/series.ts';

/** The region that served most answers. */
export function mainRegion(served: Served | undefined): string | undefined {
  const [mostly] = Object.entries(served?.regions ?? {}).sort(([, a], [, b]) => b - a);
  return mostly?.[0];
}

/** How many answers were replayed, for whatever reason. */
export function replayedAnswers(served: Served | undefined): number {
  return Object.values(served?.replays ?? {}).reduce((sum, n) => sum + n, 0);
}

/** Whether the median request is a replayed one. */
export function isReplayed(served: Served | undefined): boolean {
  return 2 * replayedAnswers(served) > (served?.answers ?? 0);
}
