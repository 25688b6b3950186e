import { expect, test } from 'vitest';
import { durationMs } from './duration.ts';

test.each([
  ['10s', 10_000],
  ['1m30s', 90_000],
  ['1.5h', 5_400_000],
  ['800ms', 800],
  ['0', 0],
  [10, 1e-5],
  [5e9, 5000],
  ['10', undefined],
  ['10 s', undefined],
  ['', undefined],
  ['s', undefined],
])('%s is %s ms', (value, ms) => {
  const found = durationMs(value);
  if (ms === undefined) expect(found).toBeUndefined();
  else expect(found).toBeCloseTo(ms, 9);
});
