import { visibleJson } from '../../base/visible.ts';
import type { Comparison } from '../../compare/comparison.ts';
import type { Compared } from './compared.ts';
import { verdictSentences } from './sentences.ts';

/** What `bench compare --json` prints; `schema/comparison.schema.json` describes it. */
export interface ComparisonJson {
  readonly schema: 1;
  /** False: a run can't be trusted, and the first notes say why. */
  readonly trustworthy: boolean;
  readonly comparisons: readonly (Comparison & {
    /** What the figures say, in words. */
    readonly summary: readonly string[];
  })[];
  readonly notes: readonly string[];
}

export function jsonComparison({ comparisons, doubts, notes }: Compared): string {
  const json: ComparisonJson = {
    schema: 1,
    trustworthy: doubts.length === 0,
    comparisons: comparisons.map((comparison) => ({
      ...comparison,
      summary: verdictSentences(comparison),
    })),
    notes: [...doubts, ...notes],
  };
  return `${visibleJson(json, 2)}\n`;
}
