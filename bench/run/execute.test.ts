import { expect, test } from 'vitest';
import { LeftBehind } from '../base/errors.ts';
import type { Deployment } from '../providers/provider.ts';
import { syntheticPlan } from '../test/support/synthetic-run.ts';
import { makeWorld } from '../world/world.ts';
import { execute, type Executed, type Execution, type MeasuredPart } from './execute.ts';

const plan = syntheticPlan();

/** Executes a plan of which nothing is measured, in a world that can't be taken down. */
function executed(
  how: Partial<Deployment> & { signal?: AbortSignal },
  next: Execution['next'] = () => Promise.resolve(undefined),
): Promise<Executed> {
  const { signal = new AbortController().signal, ...deployment } = how;
  const up: Deployment = {
    urlOf: () => 'http://127.0.0.1:1',
    launch: () => Promise.resolve({ state: 'completed', cpu: [] }),
    down: () => Promise.reject(new Error('the lift is stuck')),
    ...deployment,
  };
  const nothing = () => undefined;
  return execute({
    plan,
    provider: { name: 'stuck', up: () => Promise.resolve(up) },
    world: {
      ...{ world: makeWorld(plan.vantages, {}), primary: plan.primary },
      ...{ vantages: plan.vantages, topologies: [] },
    },
    bundle: 'none.js',
    rowsFile: () => 'none.csv.gz',
    next,
    seeLinks: nothing,
    events: { step: () => nothing, measuring: nothing, progress: nothing, finished: nothing },
    signal,
  });
}

test('what was measured is handed over though the world stays up, and so is why', async () => {
  const { left } = await executed({});
  expect(left).toBeInstanceOf(LeftBehind);
  expect(left?.message).toBe('the lift is stuck');
  expect(left?.fix).toContain('bench clean');
});

test('why a job failed fits into a sentence', async () => {
  const jobs: unknown[] = [];
  const next = (part: MeasuredPart) => {
    jobs.push(...part.jobs.values());
    return Promise.resolve(undefined);
  };
  const launch = () => Promise.reject(new Error('The bridge is up.'));
  await executed({ launch }, next);
  expect(jobs[0]).toMatchObject({ state: 'failed', reason: 'The bridge is up' });
});

test('somebody who interrupts hears of what stays, once', async () => {
  const interrupt = new AbortController();
  const launch: Deployment['launch'] = () => {
    interrupt.abort();
    // Longer than taking the world down takes to fail.
    return new Promise((done) => setTimeout(done, 20, { state: 'interrupted', cpu: [] }));
  };
  const { left } = await executed({ launch, signal: interrupt.signal });
  expect(left?.message).toBe('the lift is stuck');
});

test('what stays is told in place of an interruption before any load', async () => {
  await expect(executed({ signal: AbortSignal.abort() })).rejects.toThrow(LeftBehind);
});
