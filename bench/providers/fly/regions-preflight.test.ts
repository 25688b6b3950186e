import { expect, test } from 'vitest';
import { ProblemsError, type Problem } from '../../base/errors.ts';
import type { FlyRegion } from './machines-api.ts';
import { decideRegions } from './regions-preflight.ts';
import type { WantedRegions } from './regions/choose-region.ts';

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

const usual: WantedRegions = {
  ...{ wanted: ['cdg'], primary: 'cdg', substitutes: {}, live, isAsked: true },
  suggest: (typed, known) => `Not ${typed}, but ${known.join(' or ')}.`,
};
const decide = (over: Partial<WantedRegions>) => decideRegions({ ...usual, ...over });

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
    ...{ vantages: ['cdg', 'syd'], regions: ['cdg', 'syd'], primary: 'cdg' },
    ...{ newRegions: [], notes: [] },
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
      fix: 'Not xyz, but cdg or gru or syd or sin.',
    },
    expect.objectContaining({ fix: 'Leave scl out: gru is measured anyway.' }),
  ]);
});

test('a substitute takes the place of a retired region, the primary included', () => {
  expect(decide({ wanted: ['scl', 'cdg'], primary: 'scl', substitutes: { scl: 'gru' } })).toEqual({
    vantages: ['gru (for scl)', 'cdg'],
    regions: ['gru', 'cdg'],
    primary: 'gru',
    newRegions: [],
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
      fix: 'Take gru, the nearest: --substitute scl=gru, or leave scl out.',
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

test('a region that the world lacks is taken as Fly tells of it, also as a substitute', () => {
  const lagos = region('los', 'Lagos, Nigeria', 6.58, 3.32);
  const newRegions = [
    { ...{ code: 'los', city: 'Lagos, Nigeria' }, lat: 6.58, lon: 3.32, retired: false },
  ];
  const offered = [...live, lagos];
  expect(decide({ wanted: ['cdg', 'los'], live: offered })).toMatchObject({
    ...{ vantages: ['cdg', 'los'], newRegions, notes: [] },
  });
  expect(decide({ primary: 'los', live: offered })).toMatchObject({ primary: 'los', newRegions });
  const instead = decide({ wanted: ['cdg', 'scl'], substitutes: { scl: 'los' }, live: offered });
  expect(instead).toMatchObject({ vantages: ['cdg', 'los (for scl)'], newRegions });
});

test('a new region that lies nobody knows where is refused; one without a name has its code', () => {
  const nowhere = [...live, region('los', 'Lagos, Nigeria', 0, 0)];
  expect(problemsOf({ wanted: ['cdg', 'los'], live: nowhere })).toMatchObject([
    { what: 'Fly offers los, but does not say where it is', fix: 'Leave los out.' },
  ]);
  const offered = [...live, region('los', '', 6.58, 3.32)];
  expect(decide({ wanted: ['los'], live: offered }).newRegions).toMatchObject([{ city: 'los' }]);
});

test('a region that Fly gave up before this world was made is known as retired all the same', () => {
  expect(problemsOf({ wanted: ['cdg', 'eze'] })).toMatchObject([
    { what: expect.stringMatching(/^Fly has retired eze; .* gru /) as string },
  ]);
});

test('where Fly was not asked, an unknown region may be there all the same', () => {
  expect(problemsOf({ wanted: ['cdg', 'los'], isAsked: false })).toEqual([
    {
      where: '--regions',
      what: 'this version knows no region los',
      fix: 'Not los, but cdg or gru or syd or sin. Or set FLY_API_TOKEN, so that Fly itself can be asked.',
    },
  ]);
});
