import { browse } from './browse.ts';
import { readYourWrites, readYourWritesNoCookie } from './read-your-writes.ts';
import type { Scenario } from './scenario.ts';
import { search } from './search.ts';
import { visit } from './visit.ts';

/** Every workload that ships, in the order in which help shows them. */
export const scenarios: readonly Scenario[] = [
  search,
  browse,
  readYourWrites,
  readYourWritesNoCookie,
  visit,
];
