import { BenchError } from '../../base/errors.ts';
import { secretMark } from '../../base/secrets.ts';
import type { FromEnvironment, Named } from '../../config/settings.ts';
import type { Plan, PlannedScenario } from '../../plan/plan.ts';

/**
 * The plan of a stored run with the secrets that were kept out of it: those that the user gives now. What the run itself
 * says of where they are to be found is not followed, as it also says where they are sent. Throws a BenchError (usage) if
 * one is not given, or stood in the URL of a target, of which nothing was kept.
 */
export function withSecrets(plan: Plan, given: ReadonlyMap<string, string>): Plan {
  for (const target of plan.targets)
    if (target.kind === 'url' && target.url.includes(secretMark))
      throw new BenchError(
        'usage',
        `The URL of ${target.name} had a secret in it, which the run does not keep.`,
        'Measure a second run with the same command, and hand it over with --confirmation DIR.',
      );
  return { ...plan, scenarios: plan.scenarios.map((each) => filled(each, given)) };
}

function filled(scenario: PlannedScenario, given: ReadonlyMap<string, string>): PlannedScenario {
  const found = Object.entries(scenario.env)
    .filter(([, value]) => value === secretMark)
    .map(([name]) => {
      const value = given.get(name);
      if (value !== undefined) return [name, value] as const;
      throw new BenchError(
        'usage',
        `The run does not keep the value of ${name}, which is secret.`,
        `Set ${name} in the environment and say --env ${name}, or hand over a second run with --confirmation DIR.`,
      );
    });
  return found.length === 0
    ? scenario
    : { ...scenario, env: { ...scenario.env, ...Object.fromEntries(found) } };
}

/** The settings that the user gives, those of the environment looked up; what is not there is not given. */
export function givenSettings(
  settings: Named<string | FromEnvironment>,
  environment: NodeJS.ProcessEnv,
): ReadonlyMap<string, string> {
  return new Map(
    [...settings].flatMap(([name, said]) => {
      const value = typeof said === 'string' ? said : environment[said.env];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
