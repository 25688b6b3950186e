import type { LegendItem } from 'chart.js';
import { shapes, type Inks } from './inks.ts';

const dashes = [[], [7, 3], [2, 2], [10, 3, 2, 3], [4, 4], [1, 3], [12, 4]] as const;

/** Keeps a legend in the order of the targets, whichever lies on top. */
export const byTarget = (a: LegendItem, b: LegendItem): number =>
  (a.datasetIndex ?? 0) - (b.datasetIndex ?? 0);

/** How the line of a target looks: told apart without colour by its dashes; wider for the chosen target. */
export function lineStyle(target: number, chosen: number, { targets }: Inks) {
  const colour = targets[target % targets.length] ?? '#888888';
  return {
    borderColor: colour,
    backgroundColor: colour,
    borderDash: [...(dashes[target % dashes.length] ?? [])],
    borderWidth: target === chosen ? 3 : 1.5,
    pointStyle: shapes[target % shapes.length] ?? 'circle',
    // The chosen one lies on top.
    order: target === chosen ? 0 : 1,
  };
}
