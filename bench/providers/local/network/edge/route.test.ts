import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../../../../base/random.ts';
import { rankMachines, type MachineHealth, type Surroundings, type Wish } from './route.ts';
import { wishOfClient } from './wish.ts';

const at = (id: string, region: string, app = 'app') => ({ id, region, app, port: 1 });
const machines = [
  at('far', 'syd'),
  at('near', 'cdg'),
  at('mid', 'ord'),
  at('alien', 'cdg', 'other'),
];
const distances: Record<string, number> = { cdg: 0, ord: 108.5, syd: 279.5 };

function ranked(wish: Partial<Wish>, health: Record<string, MachineHealth> = {}): string[] {
  const around: Surroundings = {
    machines,
    health: (id) => health[id] ?? 'healthy',
    distance: (region) => distances[region] ?? NaN,
    tie: () => 0,
  };
  return rankMachines({ app: 'app', ...wish }, around).map(({ id }) => id);
}

test.each<[string, Partial<Wish>, string[]]>([
  ['nothing: the nearest', {}, ['near', 'mid', 'far']],
  [
    'preferred regions, then the nearest',
    { regions: { codes: ['syd', 'ord'], force: false } },
    ['far', 'mid', 'near'],
  ],
  ['one preferred region', { regions: { codes: ['ord'], force: false } }, ['mid', 'near', 'far']],
  [
    'forced regions in their order',
    { regions: { codes: ['syd', 'cdg'], force: true } },
    ['far', 'near'],
  ],
  ['a forced region without machines', { regions: { codes: ['scl'], force: true } }, []],
  ['a preferred instance', { instance: { id: 'far', force: false } }, ['far', 'near', 'mid']],
  ['a forced instance', { instance: { id: 'far', force: true } }, ['far']],
  ['an instance of another app', { instance: { id: 'alien', force: true } }, []],
  ['another app', { app: 'other' }, ['alien']],
  ['not the one that asks', { avoid: 'near' }, ['mid', 'far']],
])('wishing for %s', (_, wish, expected) => {
  expect(ranked(wish)).toEqual(expected);
});

test('failing machines get nothing, suspect ones come last', () => {
  expect(ranked({}, { near: 'suspect' })).toEqual(['mid', 'far', 'near']);
  expect(ranked({}, { near: 'failing', mid: 'suspect' })).toEqual(['far', 'mid']);
});

test('equals are in random order, the same for the same seed', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      expect(firstOfTwins(seed)).toEqual(firstOfTwins(seed));
    }),
  );
  const a = Array.from({ length: 40 }, (_, seed) => firstOfTwins(seed)).filter((id) => id === 'a');
  expect(a.length).toBeGreaterThan(5);
  expect(a.length).toBeLessThan(35);
});

function firstOfTwins(seed: number): string | undefined {
  const random = seededRandom(seed).fork('ties');
  const twins = [at('a', 'cdg'), at('b', 'cdg')];
  const around = {
    machines: twins,
    health: () => 'healthy' as const,
    distance: () => 0,
    tie: () => random.float(),
  };
  return rankMachines({ app: 'app' }, around)[0]?.id;
}

test.each([
  [{}, { regions: undefined, instance: undefined }],
  [{ 'fly-prefer-region': 'SYD, ord' }, { regions: { codes: ['syd', 'ord'], force: false } }],
  [
    { 'fly-force-region': 'cdg', 'fly-prefer-region': 'syd' },
    { regions: { codes: ['cdg'], force: true } },
  ],
  [{ 'fly-prefer-instance-id': 'x' }, { instance: { id: 'x', force: false } }],
  [{ 'fly-force-instance-id': 'x' }, { instance: { id: 'x', force: true } }],
])('the client’s headers %j', (headers, expected) => {
  expect(wishOfClient('app', headers)).toMatchObject({ app: 'app', ...expected });
});
