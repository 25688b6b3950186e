import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldedStep, otherRequests, stepAmong, stepsFor } from './step-names.ts';

const counts = (steps: readonly string[]) => new Map(steps.map((step) => [step, 1]));

test.each([
  ['/recipes/17', '/recipes/:id'],
  ['POST /recipes/17/ratings', 'POST /recipes/:id/ratings'],
  ['/u/3f2504e0-4f89-11d3-9a0c-0305e82c3301', '/u/:id'],
  ['/blob/5f2b9a1c4d3e8f70aa', '/blob/:id'],
  ['/image/12.png', '/image/:id.png'],
  ['/v2/facade', '/v2/facade'],
  ['home :: /', 'home :: /'],
])('%s is a request like %s', (step, expected) => {
  expect(foldedStep(step)).toBe(expected);
});

test('few requests have a row each, even if they differ in a number only', () => {
  expect(stepsFor(counts(['/1', '/2', '/3']))).toEqual(['/1', '/2', '/3']);
});

test('many that differ in a number only share one', () => {
  const many = ['/', ...Array.from({ length: 400 }, (_, i) => `/recipes/${i}`)];
  expect(stepsFor(counts(many))).toEqual(['/', '/recipes/:id']);
});

test('of too many words the rarest share the last row', () => {
  const words = new Map(Array.from({ length: 40 }, (_, i) => [`/tag/w${'x'.repeat(i)}`, 40 - i]));
  const steps = stepsFor(words);
  expect(steps).toHaveLength(21);
  expect(steps.at(-1)).toBe(otherRequests);
  expect(steps[0]).toBe('/tag/w');
});

test('every request has a row, and those with a row of their own keep it', () => {
  fc.assert(
    fc.property(fc.array(fc.webPath(), { minLength: 1, maxLength: 60 }), (paths) => {
      const steps = stepsFor(counts(paths));
      const listed = new Set(steps);
      for (const path of paths) expect(listed).toContain(stepAmong(listed, path));
      if (new Set(paths).size <= 20)
        for (const path of paths) expect(stepAmong(listed, path)).toBe(path);
    }),
  );
});
