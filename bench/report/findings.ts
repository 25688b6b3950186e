import type { Millis } from '../base/units.ts';
import type { Comparison } from '../compare/comparison.ts';
import type { Side } from '../compare/side.ts';
import type { Manifest } from '../samples/manifest.ts';
import type { StaleReads } from '../samples/series.ts';
import { contrast } from './findings/contrast.ts';
import { fastest } from './findings/fastest.ts';
import type { Race } from './findings/races.ts';
import { sensitivity } from './findings/sensitivity.ts';
import { staleness } from './findings/staleness.ts';
import { slowness } from './findings/slowness.ts';
import type { LatencyTable } from './tables.ts';

/** What a report's sentences are drawn from. */
export interface Evidence {
  readonly manifest: Manifest;
  readonly budgetMs: Millis;
  /** The headline. */
  readonly table: LatencyTable;
  /** Of the headline. */
  readonly races: readonly Race[];
  readonly staleReads: readonly StaleReads[];
  /** The targets, round by round. */
  readonly sides: readonly Side[];
  /** Every other target against the first. */
  readonly comparisons: readonly Comparison[];
}

/** What a run means, in a sentence with its numbers. */
export interface Finding {
  readonly topic: 'contrast' | 'fastest' | 'why-slow' | 'consistency' | 'sensitivity';
  readonly text: string;
}

/** The findings of a run, the most important first. */
export function findingsOf(evidence: Evidence): Finding[] {
  const { races } = evidence;
  const all: [Finding['topic'], string | undefined][] = [
    ['contrast', contrast(races)],
    ['fastest', fastest(races, evidence.budgetMs)],
    ['why-slow', slowness(evidence)],
    ['consistency', staleness(evidence)],
    ['sensitivity', sensitivity(evidence)],
  ];
  return all.flatMap(([topic, text]) => (text === undefined ? [] : [{ topic, text }]));
}
