import { expect, test } from 'vitest';
import { syntheticManifest } from '../test/support/synthetic-run.ts';
import { conditionsOf, describeDifference, differencesOf, type Conditions } from './unlike.ts';

const run = conditionsOf(syntheticManifest());

const told = (a: Conditions, b: Conditions) => differencesOf(a, b).map(describeDifference);

function withPlan(plan: Partial<Conditions['plan']>): Conditions {
  return { ...run, plan: { ...run.plan, ...plan } };
}

test('a run is like itself, and its conditions are all that counts', () => {
  expect(told(run, run)).toEqual([]);
  expect(told(syntheticManifest({ seed: 9, rounds: 20, targets: ['x'] }), run)).toEqual([]);
});

const [search] = run.plan.scenarios;

test.each<[string, Conditions]>([
  ['provider: local and fly', { ...run, provider: 'fly' }],
  ['k6: 2.2.0 and 2.3.0', { ...run, versions: { k6: '2.3.0' } }],
  ['primary: cdg and ord', withPlan({ primary: 'ord' })],
  [
    'scenarios: search and browse',
    withPlan({ scenarios: [{ name: 'browse', steps: [], env: {} }] }),
  ],
  [
    'QUERIES of search: 3 and 6',
    withPlan({
      scenarios: [{ name: 'search', steps: search?.steps ?? [], env: { QUERIES: '6' } }],
    }),
  ],
  [
    'QUERIES of search: 3 and not set',
    withPlan({ scenarios: [{ name: 'search', steps: search?.steps ?? [], env: {} }] }),
  ],
  ['rate: 20/s and 10/s', withPlan({ rate: 10 })],
  ['VUs: 40 and 20', withPlan({ vus: 20 })],
  ['request timeout: 10000 ms and 5000 ms', withPlan({ requestTimeoutMs: 5000 })],
  ['RTT cdg-ord: 108 ms and 116 ms', { ...run, rtt: { ...run.rtt, 'cdg-ord': { ms: 116 } } }],
  [
    'RTT cdg-syd: 286 ms and none',
    { ...run, rtt: { 'cdg-ord': { ms: 108 }, 'cdg-scl': { ms: 211 } } },
  ],
])('%s', (difference, other) => {
  expect(told(run, other)).toEqual([difference]);
});

test('a pair of regions has two names and one distance', () => {
  const { 'cdg-ord': ord, ...others } = run.rtt;
  expect(ord).toBeDefined();
  expect(told(run, { ...run, rtt: { ...others, 'ord-cdg': { ms: 108 } } })).toEqual([]);
});

test('the distances of a region that only one has are no difference', () => {
  const { 'cdg-scl': scl, ...rtt } = run.rtt;
  expect(scl).toBeDefined();
  const without = { ...withPlan({ vantages: ['cdg', 'ord', 'syd'] }), rtt };
  expect(told(run, without)).toEqual([]);
});
