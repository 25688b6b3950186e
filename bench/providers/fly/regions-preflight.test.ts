import { expect, test } from 'vitest';
import { ProblemsError, type Problem } from '../../base/errors.ts';
import type { FlyRegion } from './machines-api.ts';
import { decideRegions, type WantedRegions } from './regions-preflight.ts';

const region = (code: string, name: string, latitude: number, longitude: number): FlyRegion => ({
  ...{ code, name, latitude, longitude },
  deprecated: false,
});

const live = [
  region('cdg', 'Paris, France', 48.86, 2.35),
  region('gru', 'Sao Paulo, Brazil', -23.55, -46.63),
  region('syd', 'Sydney, Australia', -33.87, 151.21),
  region('sin', 'Singapore', 1.35, 103.82),
  { ...region('bom', 'Mumbai, India', 19.08, 72.88), deprecated: true },
];

const decide = (over: Partial<WantedRegions>) =>
  decideRegions({ wanted: ['cdg'], primary: 'cdg', substitutes: {}, live, ...over });

function problemsOf(over: Partial<WantedRegions>): readonly Problem[] {
  try {
    decide(over);
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems;
    throw error;
  }
  return [];
}

test('live regions are taken as they are', () => {
  expect(decide({ wanted: ['cdg', 'syd', 'cdg'] })).toEqual({
    ...{ vantages: ['cdg', 'syd'], regions: ['cdg', 'syd'], primary: 'cdg', notes: [] },
  });
});

test('a retired region stops, and names the nearest live one and what to do', () => {
  expect(problemsOf({ wanted: ['cdg', 'scl', 'bom'] })).toEqual([
    {
      where: '--regions',
      what: 'Fly has retired scl; the nearest live region is gru (Sao Paulo, Brazil, 2586 km away)',
      fix: 'Measure from there with --substitute scl=gru, or leave scl out.',
    },
    {
      where: '--regions',
      what: 'Fly has retired bom; the nearest live region is sin (Singapore, 3904 km away)',
      fix: 'Measure from there with --substitute bom=sin, or leave bom out.',
    },
  ]);
});

test('a region that nobody knows, and one whose neighbour is measured already', () => {
  expect(problemsOf({ wanted: ['cdg', 'xyz', 'gru', 'scl'] })).toEqual([
    {
      where: '--regions',
      what: 'Fly has no region xyz',
      fix: 'Leave xyz out; `bench regions` lists what there is.',
    },
    expect.objectContaining({ fix: 'Leave scl out: gru is measured anyway.' }),
  ]);
});

test('a substitute takes the place of a retired region, the primary included', () => {
  expect(decide({ wanted: ['scl', 'cdg'], primary: 'scl', substitutes: { scl: 'gru' } })).toEqual({
    vantages: ['gru (for scl)', 'cdg'],
    regions: ['gru', 'cdg'],
    primary: 'gru',
    notes: ['Fly has retired scl: measured from gru instead, 2586 km away.'],
  });
});

test('a substitute that is not the nearest may be meant so, but is told of', () => {
  expect(decide({ wanted: ['scl'], primary: 'scl', substitutes: { scl: 'syd' } }).notes).toEqual([
    'Fly has retired scl: measured from syd instead, 11346 km away (gru would be nearer).',
  ]);
});

test('a live region is never replaced; substitutes of what nobody wants do nothing', () => {
  const decided = decide({ wanted: ['cdg'], substitutes: { cdg: 'sin', scl: 'nowhere' } });
  expect(decided.vantages).toEqual(['cdg']);
  expect(decided.notes).toEqual(['cdg is to be had; sin does not replace it.']);
});

test('a substitute must be live itself, and alone in its region', () => {
  expect(problemsOf({ wanted: ['scl'], primary: 'scl', substitutes: { scl: 'bom' } })).toEqual([
    {
      where: '--substitute',
      what: "Fly has retired bom, so it can't stand in for scl",
      fix: 'Measure from there with --substitute scl=gru, or leave scl out.',
    },
  ]);
  expect(problemsOf({ wanted: ['cdg', 'gru', 'scl'], substitutes: { scl: 'gru' } })).toEqual([
    {
      where: '--substitute',
      what: 'gru is wanted itself and for scl',
      fix: 'Leave scl out, or give it a substitute of its own.',
    },
  ]);
  expect(
    problemsOf({ wanted: ['eze', 'scl'], primary: 'scl', substitutes: { scl: 'gru', eze: 'gru' } }),
  ).toMatchObject([{ what: 'gru is wanted for eze and for scl' }]);
});

test('a primary elsewhere is looked at too', () => {
  expect(problemsOf({ wanted: ['cdg'], primary: 'scl' })).toHaveLength(1);
});

test('no regions on either side', () => {
  expect(problemsOf({ wanted: [] })).toMatchObject([{ what: 'no region is named' }]);
  expect(problemsOf({ live: [] })).toMatchObject([{ what: 'Fly offers no region at all' }]);
});
