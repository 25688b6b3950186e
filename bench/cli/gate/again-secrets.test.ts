import { expect, test } from 'vitest';
import { secretMark } from '../../base/secrets.ts';
import { makePlan } from '../../plan/make-plan.ts';
import { maskPlan } from '../../plan/mask-plan.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Manifest } from '../../samples/manifest.ts';
import { testConfig } from '../../test/support/config.ts';
import { againPlan } from './again-plan.ts';
import type { GateFlags } from './flags.ts';
import { namedNow } from './named-now.ts';

const plan = makePlan(testConfig({ env: { API_KEY: 'swordfish' } }));
const [first] = plan.scenarios;
if (first === undefined) throw new Error('no scenario');
const own = { ...first, name: 'mine', own: true as const, env: { API_KEY: 'swordfish' } };

const again = (of: Plan, flags: Partial<GateFlags>, environment: NodeJS.ProcessEnv = {}): Plan => {
  const named = namedNow(
    { confirm: true, format: 'text', script: 'mine.js', ...flags },
    {},
    environment,
  );
  return againPlan({ plan: of, rtt: {} } as unknown as Manifest, named).plan;
};
const url = (of: string): Plan => ({ ...plan, targets: [{ kind: 'url', name: 't', url: of }] });

test('a script gets its secrets from the user, and from nowhere else', () => {
  const stored = maskPlan({ ...plan, scenarios: [own] });
  expect(stored.scenarios[0]?.env).toEqual({ API_KEY: secretMark });
  const env: GateFlags['env'] = [['API_KEY', { env: 'MINE' }]];
  expect(again(stored, { env }, { MINE: 'swordfish' }).scenarios[0]).toMatchObject({
    ...{ env: { API_KEY: 'swordfish' }, secrets: { API_KEY: 'MINE' } },
  });
  expect(() => again(stored, {})).toThrow(/API_KEY/);
  expect(() => again(stored, { env })).toThrow(/API_KEY/);
});

test('a hostile run does not choose which variables are sent to its targets', () => {
  const scenario = { ...first, env: { QUERIES: secretMark }, secrets: { QUERIES: 'GITHUB_TOKEN' } };
  const hostile: Plan = { ...url('http://evil.example/'), scenarios: [{ ...scenario, own: true }] };
  expect(() => again(hostile, {}, { GITHUB_TOKEN: 'x', QUERIES: 'y' })).toThrow(/QUERIES/);
});

test('a URL with a secret is measured again if the user names it again', () => {
  const stored = maskPlan(url('http://h.example/?token=abcdef'));
  expect(() => again(stored, {})).toThrow(/The URL of t had a secret/);
  const target: GateFlags['target'] = [['t', 'http://h.example/?token=ghijkl']];
  expect(again(stored, { target }).targets).toMatchObject([{ url: target[0]?.[1] }]);
  const other: GateFlags['target'] = [['t', 'http://other.example/?token=ghijkl']];
  const said = () => again(stored, { target: other });
  expect(said).toThrow('t is http://other.example/?token=*** now');
});
