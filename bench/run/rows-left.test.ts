import { expect, test } from 'vitest';
import type { JobOutcome } from '../k6/job.ts';
import { syntheticPlan } from '../test/support/synthetic-run.ts';
import { byItsRows, type RowsLeft } from './rows-left.ts';

const plan = syntheticPlan({ rounds: 1, targets: ['a'], perBlock: 50 });
const ended: JobOutcome = { state: 'completed', cpu: [] };

test.each<[string, RowsLeft | undefined, string]>([
  ['no file', undefined, 'left no samples'],
  ['an empty one', { rows: 0, truncated: true }, 'its samples are empty'],
  ['nothing but a header', { rows: 0, truncated: false }, 'its samples are empty'],
  ['one that breaks off', { rows: 900, truncated: true }, 'its samples break off'],
  ['far too few rows', { rows: 20, truncated: false }, 'left 20 rows of 66 iterations'],
])('a job that ended well and left %s did not', (_, left, why) => {
  expect(byItsRows(ended, plan, left)).toEqual({
    ...{ state: 'failed', cpu: [] },
    reason: expect.stringContaining(why) as string,
  });
});

test('a job with its rows, also of iterations that could not start, did', () => {
  expect(byItsRows(ended, plan, { rows: 66, truncated: false })).toBe(ended);
});

test('one that failed or was interrupted stays what it is', () => {
  const job: JobOutcome = { state: 'interrupted', cpu: [] };
  expect(byItsRows(job, plan, undefined)).toBe(job);
});
