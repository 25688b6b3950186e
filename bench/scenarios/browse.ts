import type { Scenario } from './scenario.ts';

export const browse: Scenario = {
  name: 'browse',
  summary: "The home page with the recipes of the visitor's city, then one recipe.",
  file: 'browse.k6.ts',
  steps: ['home', 'recipe'],
  headline: 'home',
  asksBase: true,
  env: {},
};
