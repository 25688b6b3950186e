import { expect, test } from 'vitest';
import { mostCommonFailure } from './failure-words.ts';

test.each([
  ['1212:0', 'connection refused'],
  ['1050:0', 'timed out'],
  ['1310:0', 'TLS error'],
  ['1503:503', 'HTTP status 503'],
  ['1999:0', 'k6 error 1999'],
])('%s is said as %s', (key, words) => {
  expect(mostCommonFailure(new Map([[key, 1]]))).toBe(words);
});

test('the most frequent one is said', () => {
  const counts = new Map([
    ['1212:0', 2],
    ['1050:0', 5],
  ]);
  expect(mostCommonFailure(counts)).toBe('timed out');
});

test('nothing failed, nothing is said', () => {
  expect(mostCommonFailure(new Map())).toBeUndefined();
});
