import { expect, test } from 'vitest';
import { regionOf, vantageIn } from './vantage.ts';

test('a vantage is named for its region', () => {
  expect(vantageIn('gru', 'gru')).toBe('gru');
  expect(regionOf('gru')).toBe('gru');
});

test('a substitute says for which region it stands in', () => {
  expect(vantageIn('gru', 'scl')).toBe('gru (for scl)');
  expect(regionOf(vantageIn('gru', 'scl'))).toBe('gru');
});
