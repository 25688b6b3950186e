import { describe, expect, test } from 'vitest';
import { machineHourUsd, presetSize } from './machine-price.ts';

describe('an hour costs what Fly publishes', () => {
  // The page's own figures: Price/hour of the preset in that region, to four decimals.
  test.each([
    ['performance-1x', 'iad', 0.0431],
    ['performance-1x', 'gru', 0.0696],
    ['performance-1x', 'cdg', 0.0489],
    ['performance-2x', 'ord', 0.1076],
    ['performance-2x', 'syd', 0.1093],
    ['shared-cpu-1x', 'iad', 0.0027],
    ['shared-cpu-8x', 'nrt', 0.0282],
  ])('%s in %s: %d', (preset, region, usd) => {
    expect(machineHourUsd(presetSize(preset), region)).toBeCloseTo(usd, 4);
  });

  test('memory beyond the preset is paid by the GB', () => {
    const size = { kind: 'shared', cpus: 2, memoryMb: 4096 } as const;
    // 2 × 0.00000075 + 3.5 × 0.00000193 a second.
    expect(machineHourUsd(size, 'iad')).toBeCloseTo(0.029718, 9);
  });

  test('a region that the table lacks is as dear as the dearest', () => {
    for (const region of ['bom', 'los', 'scl', 'constructor'])
      expect(machineHourUsd(presetSize('performance-1x'), region)).toBe(
        machineHourUsd(presetSize('performance-1x'), 'gru'),
      );
  });
});

test('presets', () => {
  expect(presetSize('shared-cpu-4x')).toEqual({ kind: 'shared', cpus: 4, memoryMb: 1024 });
  expect(presetSize('performance-16x')).toEqual({ kind: 'performance', cpus: 16, memoryMb: 32768 });
  for (const text of ['', 'shared-4x', 'performance-cpu-1x', 'performance-0x', 'a100-40gb'])
    expect(() => presetSize(text), text).toThrow('not a preset');
});
