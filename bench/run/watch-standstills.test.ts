import { expect, test } from 'vitest';
import { describeStandstill, standstillBetween } from './watch-standstills.ts';

const between = (passed: number, ran: number) =>
  standstillBetween(
    { wallMs: 1000, runningMs: 50 },
    { wallMs: 1000 + passed, runningMs: 50 + ran },
  );

test.each([
  ['a tick, or one of a busy machine', 510, 510, undefined],
  ['a busy machine', 2800, 2800, undefined],
  ['a frozen process: both clocks went on', 15_000, 15_000, { toMs: 16_000, jumped: false }],
  ['a laptop that slept: only the date went on', 15_000, 500, { toMs: 16_000, jumped: true }],
  ['a clock that was set back', -3500, 500, { toMs: -2500, jumped: true }],
])('%s', (_, passed, ran, expected) => {
  const found = between(passed, ran);
  if (expected === undefined) expect(found).toBeUndefined();
  else expect(found).toMatchObject({ fromMs: 1000, ...expected });
});

test('says what it may have been', () => {
  const text = (passed: number, ran: number) => {
    const found = between(passed, ran);
    return found && describeStandstill(found);
  };
  expect(text(15_000, 15_000)).toBe(
    'This machine stood still for 15 s, or had no time for this command.',
  );
  expect(text(15_000, 500)).toBe(
    'This machine stood still for 15 s, or its clock was set forward.',
  );
  expect(text(-3500, 500)).toBe("This machine's clock was set back by 3.5 s.");
});
