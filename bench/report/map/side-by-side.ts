import type { Point } from './project.ts';

/**
 * By how many steps each mark stands beside its point, eastwards: where several points are one, as those of a region and
 * of another that it stands in for, their marks form a row whose middle is there.
 */
export function sideBySide(points: readonly Point[]): number[] {
  return points.map((point, i) => {
    const here = points.flatMap(({ x, y }, j) => (x === point.x && y === point.y ? [j] : []));
    return here.indexOf(i) - (here.length - 1) / 2;
  });
}
