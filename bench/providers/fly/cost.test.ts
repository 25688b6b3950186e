import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aboutUsd, estimateCost, formatUsd, guestOf } from './cost.ts';
import { prices } from './prices.ts';

test('four machines of two processors for ten minutes cost about a dime', () => {
  const cost = estimateCost({
    regions: ['cdg', 'ord', 'syd', 'gru'],
    ...{ size: 'performance-2x', measuring: 600, requests: 30_000 },
  });
  // 2 × 0.00001196 $/s × 810 s × (1.1346 + 1.25 + 1.2692 + 1.6154); 7500 requests of 1540 bytes each at 0.02, 0.02,
  // 0.04, 0.04 $/GB.
  expect(cost.machinesUsd).toBeCloseTo(0.102092, 6);
  expect(cost.egressUsd).toBeCloseTo(0.001386, 6);
  expect(cost.totalUsd).toBe(cost.machinesUsd + cost.egressUsd);
  expect(cost.machineTime).toBe(810);
});

test('more of anything never costs less', () => {
  const n = fc.integer({ min: 0, max: 100_000 });
  fc.assert(
    fc.property(n, n, (measuring, requests) => {
      const of = (more: { measuring?: number; requests?: number; size?: string }) =>
        estimateCost({
          ...{ regions: ['cdg', 'jnb'], size: 'performance-1x', measuring, requests },
          ...more,
        }).totalUsd;
      expect(of({ measuring: measuring + 1 })).toBeGreaterThan(of({}));
      expect(of({ requests: requests + 1 })).toBeGreaterThan(of({}));
      expect(of({ size: 'performance-2x' })).toBeGreaterThan(of({}));
    }),
  );
});

test('no region is estimated below the price that Fly publishes for it', () => {
  for (const [region, markup] of prices.markup) {
    const asked = { regions: [region], size: 'performance-1x', measuring: 3600, requests: 0 };
    expect(estimateCost(asked).totalUsd).toBeGreaterThan(3600 * 0.00001196 * markup);
  }
  const gru = estimateCost({
    ...{ regions: ['gru'], size: 'performance-1x', measuring: 3600 - 210, requests: 0 },
  });
  expect(gru.totalUsd).toBeCloseTo(0.06955, 4);
});

test('no machines cost nothing', () => {
  const nothing = estimateCost({ regions: [], size: 'performance-1x', measuring: 1, requests: 0 });
  expect(nothing.totalUsd).toBe(0);
});

test('a region that nobody knows yet is taken to be among the dearest', () => {
  const egress = (region: string) =>
    estimateCost({ regions: [region], size: 'performance-1x', measuring: 1, requests: 1e6 })
      .egressUsd;
  expect(egress('los')).toBe(egress('jnb'));
  expect(egress('cdg')).toBeLessThan(egress('syd'));
  expect(egress('syd')).toBeLessThan(egress('los'));
});

test('sizes and sums', () => {
  expect(guestOf('performance-4x')).toEqual({ cpu_kind: 'performance', cpus: 4, memory_mb: 8192 });
  expect(() => guestOf('shared-cpu-1x')).toThrow('not a performance preset');
  expect([0, 0.001, 0.07, 1.1, 1.231].map(formatUsd)).toEqual([
    '$0.00',
    'less than $0.01',
    '$0.07',
    '$1.10',
    '$1.24',
  ]);
  expect([0.07, 0.001].map(aboutUsd)).toEqual(['about $0.07', 'less than $0.01']);
});
