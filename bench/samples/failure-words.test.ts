import { expect, test } from 'vitest';
import { mostCommonFailure } from './failure-words.ts';

test.each([
  ['1212:0', 'connection refused'],
  ['1050:0', 'timed out'],
  ['1000:0', 'the connection was cut before the whole answer came, or what came was not HTTP'],
  ['1050:200', 'timed out'],
  ['1300:0', 'TLS error'],
  ['1310:0', 'TLS error: the certificate is of an unknown authority'],
  ['1311:0', 'TLS error: the certificate is of another host'],
  ['1701:200', 'the answer could not be decompressed'],
  ['1655:0', 'HTTP/2 error'],
  ['0:302', 'HTTP status 302'],
  ['1503:503', 'HTTP status 503'],
  ['1999:0', 'the request failed in a way that k6 has no name for'],
])('%s is said as %s', (key, words) => {
  expect(mostCommonFailure(new Map([[key, 1]]))).toBe(words);
});

test('every code that k6 2.2 gives has words, and none is a number', () => {
  const codes = [
    1000, 1010, 1020, 1050, 1100, 1101, 1110, 1111, 1200, 1201, 1202, 1210, 1211, 1212,
  ];
  const more = [1213, 1220, 1300, 1301, 1310, 1311, 1600, 1610, 1623, 1630, 1643, 1650, 1663, 1701];
  for (const code of [...codes, ...more])
    expect(mostCommonFailure(new Map([[`${code}:0`, 1]]))).not.toMatch(/\d{3}|k6/);
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
