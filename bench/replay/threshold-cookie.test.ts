import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readThreshold, writeThreshold } from './threshold-cookie.ts';

test.each([
  [undefined, undefined],
  ['', undefined],
  ['visitor=7', undefined],
  ['fly-replay-threshold=1005', 1005],
  ['visitor=7; fly-replay-threshold=1005.25; theme=dark', 1005.25],
  ['fly-replay-threshold=1005; fly-replay-threshold=1007', 1007],
  ['fly-replay-threshold=soon', undefined],
  ['fly-replay-threshold=', undefined],
  ['fly-replay-threshold=Infinity', undefined],
  ['fly-replay-threshold=-5', undefined],
  ['my-fly-replay-threshold=1005', undefined],
])('%j reads as %j', (header, expected) => {
  expect(readThreshold(header)).toBe(expected);
});

test('it lives as long as it matters, for the whole site, out of reach of scripts', () => {
  expect(writeThreshold(1005.2504, 1000.2504)).toBe(
    'fly-replay-threshold=1005.250; Max-Age=5; Path=/; HttpOnly; SameSite=Lax',
  );
});

test('what was written is read back to the millisecond', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), (ms) => {
      const [pair] = writeThreshold(ms / 1000, ms / 1000 - 5).split(';');
      expect(readThreshold(pair)).toBeCloseTo(ms / 1000, 3);
    }),
  );
});
