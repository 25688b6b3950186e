import type { Millis } from '../base/units.ts';

/** The table of the article that this project measures again: medians of time to first byte, in ms. */
export const published = {
  /** What differs there, so that nobody reads the two tables as one experiment. */
  caveat:
    'Published for the same idea of an app by others: another runtime and framework, real Fly.io machines and the internet of that time. Compare the pattern, not the milliseconds.',
  regions: ['cdg', 'ord', 'syd', 'scl'],
  rows: [
    { topology: 'single-region', ms: { cdg: 72.7, ord: 168.7, syd: 286.2, scl: 442.9 } },
    { topology: 'multi-region-single-db', ms: { cdg: 76, ord: 258, syd: 528.7, scl: 1341 } },
    { topology: 'read-replicas', ms: { cdg: 75.1, ord: 50.4, syd: 45.8, scl: 84.4 } },
  ],
} as const satisfies {
  caveat: string;
  regions: readonly string[];
  rows: readonly { topology: string; ms: Readonly<Record<string, Millis>> }[];
};
