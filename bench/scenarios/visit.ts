import type { Scenario } from './scenario.ts';

export const visit: Scenario = {
  name: 'visit',
  summary: "One GET of the target's URL as it stands; for any HTTP service.",
  file: 'visit.k6.ts',
  steps: ['visit'],
  headline: 'visit',
  asksBase: true,
  env: {},
};
