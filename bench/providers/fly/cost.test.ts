import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aboutUsd, estimateCost, formatUsd, guestOf } from './cost.ts';

test('four machines of two processors for ten minutes cost about a dime', () => {
  const cost = estimateCost({
    regions: ['cdg', 'ord', 'syd', 'gru'],
    ...{ size: 'performance-2x', measuring: 600, requests: 30_000 },
  });
  // 4 × 2 × 0.044 $/h × 1.3 × 810 s; 7500 requests of 1540 bytes each at 0.02, 0.02, 0.04, 0.04 $/GB.
  expect(cost.machinesUsd).toBeCloseTo(0.10296, 5);
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
  expect([0, 0.001, 0.07, 1.234].map(formatUsd)).toEqual([
    '$0.00',
    'less than $0.01',
    '$0.07',
    '$1.23',
  ]);
  expect([0.07, 0.001].map(aboutUsd)).toEqual(['about $0.07', 'less than $0.01']);
});
