import { expect, test } from 'vitest';
import { compareSides } from '../../compare/compare-sides.ts';
import { syntheticRunOfSides } from '../../test/support/sides.ts';
import { effectsData, type EffectsData } from '../page-data/effects.ts';
import { effectsChart } from './effects-chart.ts';
import { inksOf } from './inks.ts';

const inks = inksOf(false);

function effects(targets: Record<string, number>, rounds = 10): EffectsData[] {
  const { sides } = syntheticRunOfSides({ targets, rounds, vantages: ['cdg', 'syd'] });
  const [first, ...others] = sides;
  if (first === undefined) return [];
  const comparisons = others.map((other) => compareSides(first, other, 'same-rounds'));
  return effectsData(comparisons, Object.keys(targets));
}

test('a chart has a row for every region, and one for their mean', () => {
  const [chart] = effects({ a: 100, b: 200, c: 10 });
  expect(chart?.places).toEqual(['cdg', 'syd', 'mean']);
  expect(chart?.candidates).toEqual([
    { name: 'b', target: 1 },
    { name: 'c', target: 2 },
  ]);
  expect(chart?.points).toHaveLength(6);
  const [b] = chart?.points ?? [];
  expect(b).toMatchObject({ place: 0, candidate: 0, verdict: 'slower' });
  expect(b?.times).toBeCloseTo(2, 0);
  expect(b?.low).toBeLessThan(b?.times ?? 0);
});

test('a dot is never without its interval, but for a single round', () => {
  const [many] = effects({ a: 100, b: 200 });
  const [one] = effects({ a: 100, b: 200 }, 1);
  if (many === undefined || one === undefined) throw new Error('no chart');
  const data = (chart: EffectsData) =>
    effectsChart(chart, 'a', inks).data.datasets.flatMap((set) => set.data);
  expect(data(many).every(({ xMin, xMax }) => xMin !== undefined && xMax !== undefined)).toBe(true);
  expect(data(one)).toHaveLength(3);
  expect(data(one).some(({ xMin }) => xMin !== undefined)).toBe(false);
});

test('the axis holds every interval and equality, and names whose multiples it shows', () => {
  const [chart] = effects({ a: 100, b: 1000 });
  if (chart === undefined) throw new Error('no chart');
  const axis = effectsChart(chart, 'a', inks).options?.scales?.['x'] as {
    min: number;
    max: number;
    title: { text: string[] };
  };
  expect(axis.min).toBeLessThan(1);
  expect(axis.max).toBeGreaterThan(10);
  expect(axis.title.text).toEqual(['median, times that of', 'a (log scale)']);
});

test('a target looks as in the other charts', () => {
  const [chart] = effects({ a: 100, b: 200 });
  if (chart === undefined) throw new Error('no chart');
  expect(effectsChart(chart, 'a', inks).data.datasets[0]?.borderColor).toBe(inks.targets[1]);
});
