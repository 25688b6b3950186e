import { expect, test } from 'vitest';
import type { Plan } from '../plan/plan.ts';
import type { Sample } from './sample.ts';
import { tallyScripts, withRequests } from './script-tally.ts';

const scenario = { name: 'shop', file: '/shop.js', steps: [''], headline: '', own: true, env: {} };
const timing = { startMs: 0, warmUpMs: 1000, keepMs: 4000, drainMs: 1000, wanted: 40, order: 0 };
const plan = {
  rate: 10,
  scenarios: [scenario],
  blocks: [0, 1].map((round) => ({ ...timing, round, target: 'a', scenario: 'shop' })),
} as unknown as Plan;

const block = { target: 'a', scenario: 'shop', round: 0 };
const sample = (step: string) => ({ ...block, step }) as Sample;

test('counts the checks that fail, by target, among all of them', () => {
  const tally = tallyScripts(plan, 'cdg');
  const check = (name: string, value: number) => {
    const tags = { bench_check: encodeURIComponent(name) };
    tally.extra({ metric: 'checks', value, atUs: 1, tags, block, step: '' });
  };
  check('has a & b = c', 0);
  check('has a & b = c', 1);
  check('is 200', 1);
  expect(tally.warnings()).toEqual([
    {
      ...{ code: 'checks-failed', vantage: 'cdg', target: 'a', scenario: 'shop' },
      ...{ check: 'has a & b = c', failed: 1, of: 2 },
    },
  ]);
});

test('names the most frequent exception, and counts them all among the planned iterations', () => {
  const tally = tallyScripts(plan, 'cdg');
  for (const error of ['x (a.js:1)', 'y (a.js:2)', 'y (a.js:2)'])
    tally.extra({
      ...{ metric: 'bench_exceptions', value: 1, atUs: 1, block, step: '' },
      tags: { bench_error: encodeURIComponent(error) },
    });
  expect(tally.warnings()).toEqual([
    {
      ...{ code: 'script-exceptions', vantage: 'cdg', target: 'a', scenario: 'shop' },
      ...{ error: 'y (a.js:2)', failed: 3, of: 100 },
    },
  ]);
});

test('reports a teardown that failed once, and nothing of scenarios that ship', () => {
  const tally = tallyScripts(plan, 'cdg');
  const extra = { value: 1, atUs: 1, block: undefined, step: '' };
  const tags = { bench_where: 'teardown', bench_error: 'late' };
  tally.extra({ ...extra, metric: 'bench_script_trouble', tags });
  tally.extra({ ...extra, metric: 'bench_script_trouble', tags });
  const shipped = { ...block, scenario: 'search' };
  tally.extra({ ...extra, metric: 'checks', value: 0, tags: {}, block: shipped });
  expect(tally.warnings()).toEqual([
    { code: 'script-trouble', vantage: 'cdg', where: 'teardown', error: 'late' },
  ]);
});

test('the requests of a script become its rows, in the order in which they occurred', () => {
  const tally = tallyScripts(plan, 'cdg');
  for (const step of ['/', 'POST /cart', '/']) tally.sample(sample(step));
  const [planned] = withRequests(plan, tally.requests()).scenarios;
  expect(planned).toMatchObject({ steps: ['/', 'POST /cart'], headline: '/' });
});

test('a script with one request has one row, without a name', () => {
  const tally = tallyScripts(plan, 'cdg');
  tally.sample(sample('/'));
  expect(withRequests(plan, tally.requests()).scenarios[0]).toMatchObject({ steps: [''] });
  expect(withRequests(plan, new Map())).toEqual(plan);
});
