import { expect, test } from 'vitest';
import { RowGaps, standstillReason, whileRunning } from './standstill.ts';

const second = 1_000_000;
const span = (from: number, to: number) => ({ fromUs: from * second, toUs: to * second });
const blocks = [span(0, 4), span(4, 8), span(8, 12), span(12, 16), span(16, 20)];
const reasons = (gap: ReturnType<typeof span>, noticed: { fromMs: number; toMs: number }[] = []) =>
  blocks.map((block) => standstillReason(block, [gap], blocks, noticed));

test('a gap is where neither a heartbeat nor a request is; without heartbeats nothing is known', () => {
  const rows = new RowGaps();
  rows.row(0);
  rows.row(30 * second);
  expect(rows.gaps).toEqual([]);
  for (const at of [31, 32, 33]) rows.heartbeat(at * second);
  rows.row(34.5 * second);
  rows.row(33.9 * second);
  rows.heartbeat(42 * second);
  expect(rows.gaps).toEqual([span(34.5, 42)]);
});

test('blocks in a gap are lost, and so is what a block that was due in it runs into', () => {
  const why = 'the load generator stood still for 3.0 s';
  expect(reasons(span(5, 7.9))).toMatchObject([
    undefined,
    expect.anything(),
    undefined,
    undefined,
    undefined,
  ]);
  expect(reasons(span(6, 9))).toEqual([undefined, why, why, why, undefined]);
});

test('what the controller noticed too was the whole machine, and began no earlier', () => {
  const why = 'the machine stood still for 5.0 s';
  expect(reasons(span(3.9, 9.5), [{ fromMs: 4500, toMs: 9500 }])).toEqual([
    ...[undefined, why, why, why],
    undefined,
  ]);
});

test('a clock that was set back is a standstill as well', () => {
  expect(reasons(span(5, 9), [{ fromMs: 8000, toMs: 6000 }])[1]).toBe(
    'the machine stood still for 2.0 s',
  );
});

test('readings that were under way meanwhile say nothing', () => {
  const readings = [1, 3, 5, 12].map((at) => ({ atUs: at * second, ms: at === 3 ? 8000 : 100 }));
  const stood = [{ fromMs: 4000, toMs: 11_000 }];
  const left = whileRunning(readings, ({ ms }) => ms, stood).map(({ atUs }) => atUs / second);
  expect(left).toEqual([1, 12]);
});
