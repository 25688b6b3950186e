import type { Scenario } from './scenario.ts';

export const readYourWrites: Scenario = {
  name: 'read-your-writes',
  summary: 'Rates a recipe and reads it back through the cookie jar; counts stale reads.',
  file: 'read-your-writes.k6.ts',
  steps: ['write', 'read'],
  headline: 'read',
  asksBase: false,
  env: {},
};

export const readYourWritesNoCookie: Scenario = {
  ...readYourWrites,
  name: 'read-your-writes-no-cookie',
  summary:
    'The same with the threshold cookie thrown away: the price and the worth of that cookie.',
  env: { KEEP_COOKIE: 'no' },
};
