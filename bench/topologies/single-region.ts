import type { Topology } from './topology.ts';

export const singleRegion: Topology = {
  name: 'single-region',
  title: 'Single region',
  summary: 'App and database in the primary region; every visitor crosses the ocean once.',
  app: { regions: 'primary', replay: false },
  postgres: { replicas: 'none' },
};
