import { expect, test } from 'vitest';
import { crossedIn, iterationsIn, messageIn } from './said.ts';

test('reads the iterations of a progress line', () => {
  expect(iterationsIn('running (0m01.0s), 00/40 VUs, 20 complete and 0 interrupted')).toBe(20);
  expect(iterationsIn('nothing')).toBeUndefined();
});

test.each([
  ['time="…" level=error msg="a \\"quoted\\" word"', 'a "quoted" word'],
  [
    'level=error msg="TypeError: boom\\n\\tat default (file:///home/ann/shop.js:16:15(86))\\n" hint="x"',
    'TypeError: boom (shop.js:16)',
  ],
  ['killed', 'killed'],
])('%s reads as %s', (line, message) => {
  expect(messageIn(line)).toBe(message);
});

test('finds the metrics whose thresholds were crossed, commas within braces included', () => {
  const log =
    'level=error msg="thresholds on metrics \'checks{bench_target:a}, http_req_duration{name:x,bench_target:b}, data_sent\' have been crossed"';
  expect(crossedIn(log)).toEqual([
    'checks{bench_target:a}',
    'http_req_duration{name:x,bench_target:b}',
    'data_sent',
  ]);
});
