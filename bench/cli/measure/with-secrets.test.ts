import { expect, test } from 'vitest';
import { secretMark } from '../../base/secrets.ts';
import { makePlan } from '../../plan/make-plan.ts';
import { maskPlan } from '../../plan/mask-plan.ts';
import type { Plan } from '../../plan/plan.ts';
import { testConfig } from '../../test/support/config.ts';
import { givenSettings, withSecrets } from './with-secrets.ts';

const plan = makePlan(testConfig({ env: { API_KEY: 'swordfish', QUERIES: '3' } }));
const url = (of: string): Plan => ({
  ...plan,
  targets: [{ kind: 'url', name: 't', url: of }],
});

test('a stored plan gets its secrets from the user, and from nowhere else', () => {
  const stored = maskPlan(plan);
  expect(stored.scenarios[0]?.env).toMatchObject({ API_KEY: secretMark, QUERIES: '3' });
  const given = givenSettings([['API_KEY', { env: 'MINE' }]], { MINE: 'swordfish' });
  expect(withSecrets(stored, given).scenarios[0]?.env).toEqual(plan.scenarios[0]?.env);
  expect(() => withSecrets(stored, new Map())).toThrow(/does not keep the value of API_KEY/);
});

test('a hostile run does not choose which variables are sent to its targets', () => {
  const [scenario] = plan.scenarios;
  if (scenario === undefined) throw new Error('no scenario');
  const hostile: Plan = {
    ...url('http://evil.example'),
    scenarios: [
      { ...scenario, env: { QUERIES: secretMark }, secrets: { QUERIES: 'GITHUB_TOKEN' } },
    ],
  };
  const given = givenSettings([], { GITHUB_TOKEN: 'x', QUERIES: 'y' });
  expect(() => withSecrets(hostile, given)).toThrow(/QUERIES/);
});

test('of a secret in a URL nothing is kept', () => {
  const stored = maskPlan(url('http://h.example/?token=abcdef'));
  expect(() => withSecrets(stored, new Map())).toThrow(/The URL of t had a secret/);
});
