import { expect, test } from 'vitest';
import { parsePs, parseStat, startTimeOf } from './identity.ts';

const fields = (state: string) =>
  `${state} 1 42 42 0 -1 4194304 94 0 0 0 0 0 0 0 20 0 1 0 8675309 5484544 198 18446744073709551615`;

test('reads field 22 of stat, whatever the program is called', () => {
  expect(parseStat(`42 (sleep) ${fields('S')}`)).toBe('8675309');
  expect(parseStat(`42 (a) b (c) ${fields('R')}`)).toBe('8675309');
});

test('a zombie has no start time', () => {
  expect(parseStat(`42 (sleep) ${fields('Z')}`)).toBeUndefined();
  expect(parsePs('Z+   Sat Nov 21 12:57:43 2026\n')).toBeUndefined();
});

test("reads ps's line, which pads as it likes", () => {
  expect(parsePs('Ss   Sat Nov 21 12:57:43 2026    \n')).toBe('Sat Nov 21 12:57:43 2026');
  expect(parsePs('\n')).toBeUndefined();
});

test('the start time of a running process stays the same, and differs from that of a child', () => {
  const own = startTimeOf(process.pid);
  expect(own).toMatch(/^\d+$|\d{4}$/);
  expect(startTimeOf(process.pid)).toBe(own);
  expect(startTimeOf(1)).not.toBe(own);
});

test('nobody has a start time', () => {
  expect(startTimeOf(2 ** 30)).toBeUndefined();
});
