import type { Problem } from '../../../base/errors.ts';
import type { Look } from './look.ts';
import { ownershipOf, type AppPair } from './ownership.ts';
import type { FlyStep } from './step.ts';

export interface DestroyPlan {
  readonly steps: readonly FlyStep[];
  /** Apps that keep everything from being destroyed: `bench deploy` did not make them. */
  readonly problems: readonly Problem[];
}

/** The databases before the apps, whose marks say that both are ours. What is not there is left out. */
export async function destroyPlan(pairs: readonly AppPair[], look: Look): Promise<DestroyPlan> {
  const steps: FlyStep[] = [];
  const problems: Problem[] = [];
  for (const pair of pairs) {
    const of = await ownershipOf(pair, look);
    for (const [app, ownership] of [
      [pair.database, of.database],
      [pair.app, of.app],
    ] as const)
      if (ownership === 'ours') steps.push(destroyStep(app));
      else if (ownership !== 'absent') problems.push(notOurs(app));
  }
  return { steps, problems };
}

const destroyStep = (app: string): FlyStep => ({
  kind: 'fly',
  title: `Destroying ${app}`,
  args: ['apps', 'destroy', app, '--yes'],
  purpose: { is: 'gone', app },
});

const notOurs = (app: string): Problem => ({
  where: app,
  what: 'was not made by `bench deploy`',
  fix: `Nothing was destroyed. If you are sure: fly apps destroy ${app}`,
});
