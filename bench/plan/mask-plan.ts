import { isSecretSetting, maskerOf, maskUrls, secretMark, secretsInUrl } from '../base/secrets.ts';
import type { Plan, PlannedScenario } from './plan.ts';

type Workload = Pick<PlannedScenario, 'env' | 'secrets'>;

/** What may hold secrets, of a plan or of the configuration that becomes one. */
interface Holder {
  readonly scenarios: readonly Workload[];
  readonly targets: readonly { readonly name: string; readonly url?: string }[];
}

/** All that a plan holds and nobody else may read: values of settings, and parts of targets' URLs. */
export function secretsOfPlan({ scenarios, targets }: Holder): string[] {
  const settings = scenarios.flatMap((scenario) =>
    secretNames(scenario).map((name) => scenario.env[name] ?? ''),
  );
  const urls = targets.flatMap(({ url }) => (url === undefined ? [] : secretsInUrl(url)));
  return [...new Set([...settings, ...urls])].filter(
    (value) => value !== '' && value !== secretMark,
  );
}

/** Takes the secrets of a plan out of any text. */
export function maskerOfPlan(plan: Holder): (text: string) => string {
  const mask = maskerOf(secretsOfPlan(plan));
  return (text) => mask(maskUrls(text));
}

/** The plan as it may be stored and shown: what was secret is marked, with the variable that it can be taken from again. */
export function maskPlan(plan: Plan): Plan {
  return {
    ...plan,
    targets: plan.targets.map((target) =>
      target.kind === 'url' ? { ...target, url: maskUrls(target.url) } : target,
    ),
    scenarios: plan.scenarios.map(maskScenario),
  };
}

function maskScenario(scenario: PlannedScenario): PlannedScenario {
  const names = secretNames(scenario);
  if (names.length === 0) return scenario;
  const variables = new Map(Object.entries(scenario.secrets ?? {}));
  return {
    ...scenario,
    env: { ...scenario.env, ...Object.fromEntries(names.map((name) => [name, secretMark])) },
    secrets: Object.fromEntries(names.map((name) => [name, variables.get(name) ?? name])),
  };
}

/** Those that were taken from the environment, and those that look as if they opened something. */
function secretNames({ env, secrets = {} }: Workload): string[] {
  return Object.keys(env).filter(
    (name) => Object.hasOwn(secrets, name) || isSecretSetting(name, env[name] ?? ''),
  );
}
