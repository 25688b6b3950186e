import type { Millis } from '../base/units.ts';

/** The table of the article that this project measures again: time to first byte, in ms. */
export const published = {
  regions: ['cdg', 'ord', 'syd', 'scl'],
  rows: [
    { topology: 'single-region', ms: { cdg: 72.7, ord: 168.7, syd: 286.2, scl: 442.9 } },
    { topology: 'multi-region-single-db', ms: { cdg: 76, ord: 258, syd: 528.7, scl: 1341 } },
    { topology: 'read-replicas', ms: { cdg: 75.1, ord: 50.4, syd: 45.8, scl: 84.4 } },
  ],
} as const satisfies {
  regions: readonly string[];
  rows: readonly { topology: string; ms: Readonly<Record<string, Millis>> }[];
};

export type PublishedRegion = (typeof published.regions)[number];

/** One region of one deployment in both tables. */
export interface Beside {
  readonly publishedMs: Millis;
  /** Undefined where the run has no median. */
  readonly hereMs: Millis | undefined;
}

/** Whether the deployments come in the same order in both columns; undefined where fewer than two were measured. */
export function hasSameOrder(column: readonly Beside[]): boolean | undefined {
  const both = column.flatMap(({ publishedMs, hereMs }) =>
    hereMs === undefined ? [] : [{ publishedMs, hereMs }],
  );
  if (both.length < 2) return undefined;
  return both.every((a, i) =>
    both.slice(i + 1).every((b) => a.publishedMs < b.publishedMs === a.hereMs < b.hereMs),
  );
}
