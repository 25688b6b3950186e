import type { Frame, Point } from './project.ts';

/** Where a label stands beside its point, and whether there is room for a value. */
export interface LabelSpot {
  /** What part of the label's width is to the left of where it is anchored: 0, a half, or 1. */
  readonly before: number;
  /** In pixels, from the point to the anchor and to the upper edge. */
  readonly dx: number;
  readonly dy: number;
  readonly value: boolean;
}

/** In pixels. */
export interface LabelSizes {
  /** Of the whole map. */
  readonly width: number;
  readonly height: number;
  /** Of the label with a value, and with the name only, for a name of three letters. */
  readonly long: number;
  readonly short: number;
  /** Of a further letter of the name. */
  readonly letter: number;
  /** From a point to the edge of its mark. */
  readonly mark: number;
  /** From a mark to the one beside it, where several stand at one point. */
  readonly step: number;
}

/** What a label belongs to. */
export interface Labelled extends Point {
  /** By how many steps its mark stands beside the point, eastwards; 0 if it is alone there. */
  readonly side: number;
  readonly name: string;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Finds each label a spot beside its point that hides no mark and no other label: with its value if it can be, else
 * the name only, else none (undefined). Those with the most neighbours choose last, so that the lonely lose nothing.
 */
export function placeLabels(
  points: readonly Labelled[],
  frame: Frame,
  sizes: LabelSizes,
): (LabelSpot | undefined)[] {
  const scale = sizes.width / frame.width;
  const at = points.map(({ x, y, side }) => ({
    x: (x - frame.x) * scale + side * sizes.step,
    y: (y - frame.y) * scale,
  }));
  const map = { left: 0, top: 0, right: sizes.width, bottom: frame.height * scale };
  const taken = at.map((point) => around(point, sizes.mark - 1));
  const spots: (LabelSpot | undefined)[] = points.map(() => undefined);
  for (const i of byNeighbours(at, sizes.long)) {
    const point = at[i] ?? { x: 0, y: 0 };
    const own = widened(sizes, points[i]?.name ?? '');
    const spot = candidates(own).find((candidate) => {
      const box = boxOf(candidate, point, own);
      return isInside(box, map) && !taken.some((other) => overlap(box, other));
    });
    spots[i] = spot;
    if (spot !== undefined) taken.push(boxOf(spot, point, own));
  }
  return spots;
}

function widened(sizes: LabelSizes, { length }: string): LabelSizes {
  const more = Math.max(0, length - 3) * sizes.letter;
  return { ...sizes, long: sizes.long + more, short: sizes.short + more };
}

/** Around a mark that is chosen, in pixels. */
const ring = 3;

/** Right, left, below, above, then the corners; all of them with a value before any without. */
function candidates({ height, mark }: LabelSizes): LabelSpot[] {
  const away = mark + ring;
  const [right, left, centre] = [[0, away] as const, [1, -away] as const, [0.5, 0] as const];
  const [above, below, level] = [-away - height, away, -height / 2];
  const sides = [
    ...[[right, level] as const, [left, level] as const, [centre, below] as const],
    ...[[centre, above] as const, [right, below] as const, [right, above] as const],
    ...[[left, below] as const, [left, above] as const],
  ];
  return [true, false].flatMap((value) =>
    sides.map(([[before, dx], dy]) => ({ before, dx, dy, value })),
  );
}

function boxOf({ before, dx, dy, value }: LabelSpot, { x, y }: Point, sizes: LabelSizes): Box {
  const width = value ? sizes.long : sizes.short;
  const left = x + dx - before * width;
  return { left, top: y + dy, right: left + width, bottom: y + dy + sizes.height };
}

const around = ({ x, y }: Point, reach: number): Box => ({
  ...{ left: x - reach, right: x + reach },
  ...{ top: y - reach, bottom: y + reach },
});

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const isInside = (box: Box, outer: Box): boolean =>
  box.left >= outer.left &&
  box.right <= outer.right &&
  box.top >= outer.top &&
  box.bottom <= outer.bottom;

function byNeighbours(at: readonly Point[], reach: number): number[] {
  const near = at.map(
    (a) => at.filter((b) => Math.abs(a.x - b.x) < reach && Math.abs(a.y - b.y) < reach).length,
  );
  return at.map((_, i) => i).sort((a, b) => (near[a] ?? 0) - (near[b] ?? 0));
}
