import { expect, test } from 'vitest';
import { detectableEffect, mostRounds, roundsNeeded } from './detectable.ts';

test('is the formula of the measurement specification', () => {
  // SciPy: exp((t.ppf(1 - .01/9, 9) + t.ppf(.8, 9)) * .05 / sqrt(10)) - 1
  expect(detectableEffect({ sd: 0.05, rounds: 10, family: 9 })).toBeCloseTo(0.0841264, 6);
});

test('shrinks with rounds, grows with noise and with the family', () => {
  const effect = (sd: number, rounds: number, family: number) =>
    detectableEffect({ sd, rounds, family });
  expect(effect(0.05, 20, 9)).toBeLessThan(effect(0.05, 10, 9));
  expect(effect(0.06, 10, 9)).toBeGreaterThan(effect(0.05, 10, 9));
  expect(effect(0.05, 10, 18)).toBeGreaterThan(effect(0.05, 10, 9));
});

test('nothing is found by one round or with a spread that is not known', () => {
  expect(detectableEffect({ sd: 0.05, rounds: 1, family: 9 })).toBe(Infinity);
  expect(detectableEffect({ sd: NaN, rounds: 10, family: 9 })).toBe(Infinity);
  expect(detectableEffect({ sd: 0.05, rounds: 10, family: 0 })).toBe(Infinity);
});

test('the rounds needed are the fewest that find the effect', () => {
  for (const sd of [0.01, 0.05, 0.2])
    for (const family of [1, 9, 45]) {
      const rounds = roundsNeeded({ sd, family, effect: 0.05 });
      expect(detectableEffect({ sd, family, rounds })).toBeLessThanOrEqual(0.05);
      if (rounds > 2)
        expect(detectableEffect({ sd, family, rounds: rounds - 1 })).toBeGreaterThan(0.05);
    }
});

test('the rounds needed end somewhere', () => {
  for (const [sd, effect] of [
    [5, 0.01],
    [0.05, 0],
    [NaN, 0.05],
    [0.05, NaN],
  ] as const)
    expect(roundsNeeded({ sd, family: 9, effect })).toBe(mostRounds);
  expect(roundsNeeded({ sd: 0, family: 9, effect: 0.05 })).toBe(2);
});
