import { describe, expect, test } from 'vitest';
import { changePoints } from './change-points.ts';
import { bestSplitOf, pairDistances, splitEnergy } from './best-split.ts';
import { tigerbeetle } from './testing/tigerbeetle.ts';

/** Where others find changes in the same values: apache/otava (tests/) and mongodb/signal-processing-algorithms (tests/). */
const at = (values: readonly number[], options?: Parameters<typeof changePoints>[1]) =>
  changePoints(values, options).map(({ index }) => index);

describe('Otava', () => {
  test('its two short series change at 6 and 4', () => {
    expect(at([1.02, 0.95, 0.99, 1.0, 1.12, 0.9, 0.5, 0.51, 0.48, 0.48, 0.55])).toEqual([6]);
    expect(at([2.02, 2.03, 2.01, 2.04, 1.82, 1.85, 1.79, 1.81, 1.8, 1.76, 1.78])).toEqual([4]);
  });

  test('a fall by half after ten values', () => {
    const before = [1.02, 0.95, 0.99, 1.0, 1.12, 1.0, 1.01, 0.98, 1.01, 0.96];
    const after = [0.5, 0.51, 0.48, 0.48, 0.55, 0.5, 0.49, 0.51, 0.5, 0.49];
    expect(at([...before, ...after])).toEqual([10]);
  });

  test('three steps', () => {
    const steps = [1, 5, 9, 3].flatMap((level, i) =>
      Array.from({ length: [5, 8, 8, 9][i] ?? 0 }, () => level),
    );
    expect(at(steps)).toEqual([5, 13, 21]);
  });

  test('two changes in 14 values: the second, within the 9 values that are left, only at 0.05', () => {
    const low = [0.3, 2.4, 1.5, -0.9, -0.5];
    const high = [99.7, 98.3, 99.1, 149.0, 149.7, 149.5, 149.1, 148.8, 150.0];
    expect(at([...low, ...high])).toEqual([5, 8]);
    expect(at([...low, ...high], { alpha: 0.01 })).toHaveLength(1);
  });

  /**
   * Otava's own test is Student's t with a threshold on the size of the change; ours permutes and knows no size. So ours
   * are the same at its strictest (p < 0.00001: 71, 95, 131, 192, 212), and 15 and 61, which it finds up to p < 0.001.
   */
  test('a year of TigerBeetle', () => {
    const found = at(tigerbeetle, { alpha: 0.01, permutations: 99 });
    expect(found).toEqual([15, 61, 71, 95, 131, 192, 212]);
  });
});

describe('MongoDB', () => {
  const level = (length: number, value: number) => Array.from({ length }, () => value);

  test('numbers of three disjoint ranges, 20 of each', () => {
    const low = [41, 18, 23, 3, 32, 11, 40, 13, 29, 48, 47, 35, 18, 21, 6, 2, 23, 3, 4, 7];
    const middle = [
      120, 103, 102, 81, 71, 62, 115, 61, 108, 63, 70, 98, 65, 96, 64, 74, 70, 113, 90, 114,
    ];
    const high = [
      208, 196, 153, 150, 225, 179, 206, 165, 177, 151, 218, 217, 244, 245, 229, 195, 225, 229, 176,
      250,
    ];
    expect(at([...low, ...middle, ...high], { alpha: 0.01, permutations: 99 })).toEqual([20, 40]);
  });

  const upAndDown = [
    50,
    50,
    100,
    ...level(12, 50),
    ...level(15, 100),
    50,
    50,
    100,
    ...level(12, 50),
  ];

  /** Its q of each change. */
  test.each([
    ['one step', [50, 50, 100, ...level(12, 50), ...level(15, 100)], 15, 650],
    ['up and down', upAndDown, 33, 226.66666666666674],
    ['what comes before', upAndDown.slice(0, 33), 15, 544.7415329768271],
    [
      'two steps',
      [50, 50, 100, ...level(12, 50), ...level(15, 100), ...level(15, 150)],
      30,
      1209.1954022988505,
    ],
  ])('the energy of %s', (_, values, index, q) => {
    const best = bestSplitOf(values, 2);
    expect(best.index).toBe(index);
    expect(best.energy).toBeCloseTo(q, 8);
  });

  /** arange(300, 500) and arange(400, 900, 11): e 268.352, t 10035.943 = n·m/(n + m)·e. */
  test('energy statistics count each value against itself; ours does not, and is smaller by what that is', () => {
    const x = Array.from({ length: 200 }, (_, i) => 300 + i);
    const y = Array.from({ length: 46 }, (_, i) => 400 + 11 * i);
    const [n, m, left, right] = [x.length, y.length, pairDistances(x), pairDistances(y)];
    const between = pairDistances([...x, ...y]) - left - right;
    const e = (2 * between) / (n * m) - (2 * left) / n ** 2 - (2 * right) / m ** 2;
    expect(e).toBeCloseTo(268.352, 3);
    expect(((n * m) / (n + m)) * e).toBeCloseTo(10035.943, 3);
    const itself = (2 * left) / (n * n * (n - 1)) + (2 * right) / (m * m * (m - 1));
    const ours = splitEnergy({ left, between, right, n, m });
    expect(ours).toBeCloseTo(((n * m) / (n + m)) * (e - itself), 6);
  });

  test.each([
    ['a step', [...level(15, 50), ...level(15, 100)], [15]],
    ['a value on the way up counts as before', [...level(14, 50), 74, ...level(15, 100)], [15]],
    ['or as after, where it is nearer to that', [...level(14, 50), 76, ...level(15, 100)], [14]],
    ['an outlier before a step', [50, 50, 100, ...level(12, 50), ...level(15, 100)], [15]],
    [
      'two steps and an outlier',
      [50, 50, 100, ...level(12, 50), ...level(15, 100), ...level(15, 150)],
      [15, 30],
    ],
    ['nothing', level(30, 50), []],
  ])('%s', (_, values, changes) => {
    expect(at(values)).toEqual(changes);
  });
});
