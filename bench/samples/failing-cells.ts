import type { BlockOutcome } from './outcome.ts';

/** A target under a scenario at a vantage. */
export type CellOfBlock = Pick<BlockOutcome, 'vantage' | 'target' | 'scenario'>;

/** Names a cell, for look-ups. */
export const cellKey = ({ vantage, target, scenario }: CellOfBlock): string =>
  [vantage, target, scenario].join('\n');

/**
 * The cells, by their keys, whose target failed of its own in more than half of the rounds: it answers with errors, or
 * not at all, or takes longer than there is time for. Nothing can be compared with it, so it takes no rounds from others.
 */
export function failingCells(blocks: readonly BlockOutcome[]): Set<string> {
  const counts = new Map<string, { all: number; failed: number }>();
  for (const block of blocks) {
    const key = cellKey(block);
    const count = counts.get(key) ?? { all: 0, failed: 0 };
    count.all++;
    if (!block.valid && block.fault === 'target') count.failed++;
    counts.set(key, count);
  }
  return new Set([...counts].filter(([, { all, failed }]) => failed > all / 2).map(([key]) => key));
}
