import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from './random.ts';

test('the same seed gives the same numbers', () => {
  const draw = () => {
    const random = seededRandom(42);
    return Array.from({ length: 5 }, () => random.float());
  };
  expect(draw()).toEqual(draw());
});

test('a fork depends on seed and purpose, not on what was drawn before', () => {
  const used = seededRandom(1);
  used.float();
  expect(used.fork('order').float()).toBe(seededRandom(1).fork('order').float());
  expect(seededRandom(1).fork('order').float()).not.toBe(seededRandom(1).fork('jitter').float());
  expect(seededRandom(2).fork('order').float()).not.toBe(seededRandom(1).fork('order').float());
});

test('shuffling loses and invents nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.nat(), (items, seed) => {
      const shuffled = seededRandom(seed).shuffle(items);
      expect([...shuffled].sort()).toEqual([...items].sort());
    }),
  );
});

test('each order of three is equally likely', () => {
  const random = seededRandom(7);
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = random.shuffle(['a', 'b', 'c']).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  // Binomial(6000, 1/6): sd 29, so 1000 ± 150 is beyond five sd.
  for (const n of counts.values()) expect(Math.abs(n - 1000)).toBeLessThan(150);
});
