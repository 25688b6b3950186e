import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../base/package-root.ts';
import { regions } from '../../world/regions.ts';
import { placeLabels, type Labelled, type LabelSizes } from './labels.ts';
import { frameOf, project, type Point } from './project.ts';
import { sideBySide } from './side-by-side.ts';

const points = (codes: readonly string[]) =>
  codes.map((code) => project(regions.get(code) ?? { lat: 0, lon: 0 }));
const four = points(['cdg', 'ord', 'syd', 'scl']);
const all = points([...regions.keys()]);

test('a degree is four units, counted from the north-western corner', () => {
  expect(project({ lat: 90, lon: -180 })).toEqual({ x: 0, y: 0 });
  expect(project({ lat: 48.86, lon: 2.35 })).toEqual({ x: 729, y: 165 });
});

test.each([
  ['four cities', four],
  ['every region', all],
  ['one', four.slice(2, 3)],
  ['at the edge', [project({ lat: 83, lon: 179 })]],
  ['none', []],
])('the frame of %s is a landscape on the globe that holds them all', (_, shown) => {
  const { x, y, width, height } = frameOf(shown);
  expect(width).toBeGreaterThan(2 * height);
  expect(x).toBeGreaterThanOrEqual(0);
  expect(x + width).toBeLessThanOrEqual(1440);
  for (const point of shown) {
    expect(point.x).toBeGreaterThan(x);
    expect(point.x).toBeLessThan(x + width);
    expect(point.y).toBeGreaterThan(y);
    expect(point.y).toBeLessThan(y + height);
  }
});

const sizes: LabelSizes = {
  ...{ width: 580, height: 18, mark: 13, step: 28 },
  ...{ long: 82, short: 30, letter: 7.5 },
};

/** Marks of which each is alone at its point, with names of three letters. */
const alone = (points: readonly Point[]): Labelled[] =>
  points.map((point) => ({ ...point, side: 0, name: 'abc' }));

test('four cities have their labels with their values, on the narrowest map too', () => {
  const narrow = { ...sizes, width: 320, height: 15, long: 68, short: 24, mark: 10, step: 20 };
  for (const size of [sizes, narrow])
    expect(placeLabels(alone(four), frameOf(four), size).map((spot) => spot?.value)).toEqual(
      four.map(() => true),
    );
});

test('of nineteen regions no label hides another one, and few go without', () => {
  const frame = frameOf(all);
  const scale = sizes.width / frame.width;
  const boxes = placeLabels(alone(all), frame, sizes).flatMap((spot, i) => {
    const at = all[i];
    if (spot === undefined || at === undefined) return [];
    const width = spot.value ? sizes.long : sizes.short;
    const left = (at.x - frame.x) * scale + spot.dx - spot.before * width;
    const top = (at.y - frame.y) * scale + spot.dy;
    return [{ left, top, right: left + width, bottom: top + sizes.height }];
  });
  expect(boxes.length).toBeGreaterThanOrEqual(15);
  for (const [i, a] of boxes.entries())
    for (const b of boxes.slice(i + 1))
      expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(
        false,
      );
});

test('several marks at one point stand in a row around it', () => {
  const [one, two, three] = [four[0], four[1], four[2]] as [Point, Point, Point];
  expect(sideBySide([one, two, { ...one }, three])).toEqual([-0.5, 0, 0.5, 0]);
  expect(sideBySide([one, one, two, one])).toEqual([-1, 0, 0, 1]);
  expect(sideBySide([])).toEqual([]);
});

test.each([
  ['two', ['gru', 'gru (for scl)']],
  ['three', ['gru', 'gru (for scl)', 'gru (for eze)']],
])('%s vantages in one region have each a label with its name', (_, names) => {
  const gru = points(['gru'])[0] as Point;
  const row = names.map((name) => ({ ...gru, name }));
  const marks = row.map((mark, i) => ({ ...mark, side: sideBySide(row)[i] ?? NaN }));
  const narrow = { ...sizes, width: 320, height: 15, long: 68, short: 24, mark: 10, step: 20 };
  const frame = frameOf([...four, gru]);
  for (const size of [sizes, narrow]) {
    const spots = placeLabels([...alone(four), ...marks], frame, size);
    expect(spots.filter((spot) => spot === undefined)).toEqual([]);
  }
});

test('the land is small, and no coast jumps across the map', () => {
  const land = readFileSync(join(packageRoot(), 'dist', 'land.txt'), 'utf8');
  expect(land.length).toBeLessThan(30_000);
  const rings = land.split('M').slice(1);
  expect(rings.length).toBeGreaterThan(100);
  for (const ring of rings) {
    const steps = [...(ring.split('l')[1] ?? '').matchAll(/-?\d+/g)].map(Number);
    expect(steps.length % 2).toBe(0);
    expect(Math.max(...steps.map(Math.abs))).toBeLessThan(100);
  }
});
