import type { Topology } from './topology.ts';

export const multiRegionSingleDb: Topology = {
  name: 'multi-region-single-db',
  title: 'App everywhere, one database',
  summary:
    'The app runs in every region, the database in the primary one; every query crosses the ocean.',
  app: { regions: 'every', replay: false },
  postgres: { replicas: 'none' },
};
