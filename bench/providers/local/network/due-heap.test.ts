import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DueHeap } from './due-heap.ts';

test('everything leaves by due time, and equal times in the order in which they came', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (dues) => {
      const heap = new DueHeap<[due: number, order: number]>();
      dues.forEach((due, order) => {
        heap.push(due, [due, order]);
      });
      const left = dues.map(() => heap.pop());
      expect(left).toEqual(
        dues.map((due, i) => [due, i]).sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0)),
      );
      expect(heap.pop()).toBeUndefined();
      expect(heap.firstDue).toBe(Infinity);
    }),
  );
});

test('pushing between pops keeps the order', () => {
  const heap = new DueHeap<string>();
  heap.push(3, 'c');
  heap.push(1, 'a');
  expect(heap.pop()).toBe('a');
  heap.push(2, 'b');
  expect([heap.firstDue, heap.pop(), heap.pop()]).toEqual([2, 'b', 'c']);
});
