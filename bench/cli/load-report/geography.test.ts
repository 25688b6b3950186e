import { expect, test } from 'vitest';
import type { Plan, PlannedTarget } from '../../plan/plan.ts';
import { syntheticPlan } from '../../test/support/synthetic-run.ts';
import { geographyOf } from './geography.ts';

const run = (targets: readonly PlannedTarget[]): { plan: Plan } => ({
  plan: { ...syntheticPlan(), targets },
});

test('a topology is placed in the regions of the plan, and so is a copy of it', () => {
  const { placements } = geographyOf(
    run([
      { kind: 'topology', name: 'read-replicas' },
      { kind: 'topology', name: 'farther', copyOf: 'single-region' },
      { kind: 'topology', name: 'again', sameAs: 'farther' },
    ]),
  );
  const central = { machines: ['cdg'], database: 'cdg', replicas: [] };
  expect(Object.fromEntries(placements)).toEqual({
    'read-replicas': {
      machines: ['cdg', 'ord', 'syd', 'scl'],
      database: 'cdg',
      replicas: ['ord', 'syd', 'scl'],
    },
    farther: central,
    again: central,
  });
});

test('nobody knows where a URL runs, or a topology of another version', () => {
  const { placements, coordinates } = geographyOf(
    run([
      { kind: 'url', name: 'mine', url: 'https://example.org' },
      { kind: 'topology', name: 'of-tomorrow' },
      { kind: 'topology', name: 'round', sameAs: 'round' },
    ]),
  );
  expect(placements.size).toBe(0);
  expect(coordinates.get('cdg')).toEqual({ lat: 48.86, lon: 2.35 });
});

test('a region that only the run knows is on the map too', () => {
  const regions = { mad: { city: 'Madrid, Spain', lat: 40.42, lon: -3.7 } };
  const { coordinates } = geographyOf({ ...run([]), regions });
  expect(coordinates.get('mad')).toEqual({ lat: 40.42, lon: -3.7 });
  expect(coordinates.get('cdg')).toEqual({ lat: 48.86, lon: 2.35 });
});
