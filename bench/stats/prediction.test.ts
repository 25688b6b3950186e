import { expect, test } from 'vitest';
import { predictionBand, predictionTest } from './prediction.ts';

test('is the prediction interval of a mean', () => {
  // 3 ± t(.975, 4)·√2.5·√1.2 = 3 ± 2.776445·1.732051.
  const band = predictionBand([1, 2, 3, 4, 5], 0.95);
  expect(band?.low).toBeCloseTo(-1.808944, 6);
  expect(band?.high).toBeCloseTo(7.808944, 6);
});

test('a value at the end of the band has the p of its tail', () => {
  const history = [3, 1, 4, 1, 5, 9, 2, 6];
  const band = predictionBand(history, 0.9);
  expect(predictionTest(history, band?.high ?? NaN)?.p).toBeCloseTo(0.05, 10);
  expect(predictionTest(history, band?.low ?? NaN)?.p).toBeCloseTo(0.95, 10);
  expect(predictionTest(history, 3)?.df).toBe(7);
});

test('expects nothing from a history without spread, too short, or not finite', () => {
  for (const history of [[], [1], [2, 2, 2], [0.1 + 0.2, 0.3, 0.3], [1, NaN, 2], [1, Infinity]]) {
    expect(predictionBand(history, 0.95)).toBeUndefined();
    expect(predictionTest(history, 1)).toBeUndefined();
  }
  expect(predictionTest([1, 2, 3], NaN)).toBeUndefined();
  for (const level of [0, 1, NaN]) expect(predictionBand([1, 2, 3], level)).toBeUndefined();
});
