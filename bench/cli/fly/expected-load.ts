import type { Plan } from '../../plan/plan.ts';

/** What a plan sends. */
export interface ExpectedLoad {
  /** In all, from all vantages. */
  readonly requests: number;
  /** To the one target that is under load at a time, from all vantages at once. */
  readonly perSecond: number;
  readonly seconds: number;
}

/** A scenario of several steps sends that many requests in an iteration. */
export function expectedLoad({
  blocks,
  scenarios,
  vantages,
  rate,
  durationMs,
}: Plan): ExpectedLoad {
  const steps = new Map(scenarios.map(({ name, steps }) => [name, Math.max(1, steps.length)]));
  const iterations = (ms: number): number => (ms * rate * vantages.length) / 1000;
  const requests = blocks.reduce(
    (sum, { scenario, warmUpMs, keepMs }) =>
      sum + iterations(warmUpMs + keepMs) * (steps.get(scenario) ?? 1),
    0,
  );
  const mostSteps = Math.max(...steps.values());
  return {
    requests: Math.round(requests),
    perSecond: rate * mostSteps * vantages.length,
    seconds: durationMs / 1000,
  };
}
