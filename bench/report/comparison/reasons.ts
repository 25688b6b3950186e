import type { ComparedCell } from '../../compare/comparison.ts';
import { cellLabel, percent } from './words.ts';
import type { ComparedWorkload } from './workloads.ts';

/** Why a verdict is no more than it is, cells with the same reason together. */
export function reasonSentences({ cells }: ComparedWorkload): string[] {
  const reasons = new Map<string, string[]>();
  for (const cell of cells) {
    const reason = reasonOf(cell);
    if (reason !== undefined)
      reasons.set(reason, [...(reasons.get(reason) ?? []), cellLabel(cell)]);
  }
  return [...reasons].map(([reason, labels]) => `${labels.join(', ')}: ${reason}.`);
}

function reasonOf({ verdict, reason, effect }: ComparedCell): string | undefined {
  const { detectablePercent, informative } = effect ?? {};
  if (reason === undefined || verdict !== 'inconclusive') return reason;
  if (informative !== false || detectablePercent === undefined) return reason;
  return `${reason} (not informative: no slow-down below ${percent(detectablePercent)} would show)`;
}
