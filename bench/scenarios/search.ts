import type { Scenario } from './scenario.ts';

export const search: Scenario = {
  name: 'search',
  summary: 'One search page; QUERIES dependent database queries, one after another.',
  file: 'search.k6.ts',
  steps: ['search'],
  headline: 'search',
  asksBase: false,
  env: { QUERIES: '3' },
};
