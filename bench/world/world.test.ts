import { describe, expect, test } from 'vitest';
import { pairKey, regions } from './regions.ts';
import { distanceKm } from './distance.ts';
import { estimatedRtt } from './estimated-rtt.ts';
import { makeWorld, nearest } from './world.ts';

const all = [...regions.keys()];
const world = makeWorld(all);

test('there are 19 regions, and a round-trip time between any two of them', () => {
  expect(all).toHaveLength(19);
  for (const a of all)
    for (const b of all) {
      expect(world.rtt(a, b)).toBe(world.rtt(b, a));
      if (a !== b) expect(world.rtt(a, b)).toBeGreaterThan(0);
    }
});

test('a region is 0 ms from itself', () => {
  expect(world.rtt('cdg', 'cdg')).toBe(0);
  expect(world.source('cdg', 'cdg')).toBe('same region');
});

test('no round trip is faster than light in fibre', () => {
  for (const a of world.regions)
    for (const b of world.regions)
      expect(world.rtt(a.code, b.code)).toBeGreaterThanOrEqual((2 * distanceKm(a, b)) / 200 - 1);
});

test('published figures are as in the table', () => {
  expect(world.rtt('ord', 'cdg')).toBe(108.5);
  expect(world.source('ord', 'cdg')).toBe('azure');
  expect(world.source('cdg', 'scl')).toBe('estimate');
});

test('an override replaces a pair whichever way it is written', () => {
  expect(makeWorld(['cdg', 'ord'], { 'ord-cdg': 7 }).rtt('cdg', 'ord')).toBe(7);
});

test('the nearest come first', () => {
  expect(nearest(world, 'syd', ['cdg', 'ord', 'syd', 'scl'])).toEqual(['syd', 'ord', 'scl', 'cdg']);
});

test('Paris to Sydney is about 16,960 km', () => {
  const [paris, sydney] = makeWorld(['cdg', 'syd']).regions;
  if (paris === undefined || sydney === undefined) throw new Error('regions missing');
  expect(distanceKm(paris, sydney)).toBeGreaterThan(16_900);
  expect(distanceKm(paris, sydney)).toBeLessThan(17_000);
});

test('a pair has one key', () => {
  expect(pairKey('ord', 'cdg')).toBe('cdg-ord');
});

describe('a region that the table lacks', () => {
  const mad = { code: 'mad', city: 'Madrid, Spain', lat: 40.42, lon: -3.7, retired: false };
  const wider = makeWorld([...all, 'mad'], {}, [mad]);

  test('has round trips that are estimates, and slower than light', () => {
    expect(wider.source('mad', 'ord')).toBe('estimate');
    for (const { code, lat, lon } of world.regions) {
      expect(wider.rtt('mad', code)).toBe(wider.rtt(code, 'mad'));
      expect(wider.rtt('mad', code)).toBeGreaterThanOrEqual(
        (2 * distanceKm(mad, { lat, lon })) / 200,
      );
    }
    expect(wider.rtt('mad', 'mad')).toBe(0);
  });

  test('keeps what is published as it is, and overrides', () => {
    expect(wider.rtt('cdg', 'ord')).toBe(108.5);
    expect(makeWorld(['cdg', 'mad'], { 'mad-cdg': 20 }, [mad]).rtt('cdg', 'mad')).toBe(20);
  });

  test('is refused where nobody says where it is', () => {
    expect(() => makeWorld(['cdg', 'mad'])).toThrow('no region mad');
  });
});

test('half of the estimates are within 9 % of what is published, nine in ten within 33 %', () => {
  const errors = all
    .flatMap((a) => all.map((b) => [a, b] as const))
    .filter(([a, b]) => a !== b && world.source(a, b) !== 'estimate')
    .map(([a, b]) => {
      const [from, to] = makeWorld([a, b]).regions;
      if (from === undefined || to === undefined) throw new Error('regions missing');
      const others = world.regions.filter(({ code }) => code !== a);
      return Math.abs(estimatedRtt(from, to, others) / world.rtt(a, b) - 1);
    })
    .sort((a, b) => a - b);
  expect(errors[Math.floor(0.5 * errors.length)]).toBeLessThan(0.09);
  expect(errors[Math.floor(0.9 * errors.length)]).toBeLessThan(0.33);
});
