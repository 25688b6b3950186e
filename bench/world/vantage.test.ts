import { expect, test } from 'vitest';
import { namesOf, regionOf, vantageIn, wantedOf } from './vantage.ts';

test('a vantage is named for its region', () => {
  expect(vantageIn('gru', 'gru')).toBe('gru');
  expect(regionOf('gru')).toBe('gru');
});

test('a substitute says for which region it stands in', () => {
  expect(vantageIn('gru', 'scl')).toBe('gru (for scl)');
  expect(regionOf(vantageIn('gru', 'scl'))).toBe('gru');
});

test('it may be meant by its name, the region that was wanted, or the one where it is', () => {
  expect(wantedOf('gru (for scl)')).toBe('scl');
  expect(namesOf('gru (for scl)')).toEqual(['gru (for scl)', 'scl', 'gru']);
  expect([wantedOf('gru'), namesOf('gru')]).toEqual(['gru', ['gru']]);
});
