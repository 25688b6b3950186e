import type { Topology } from './topology.ts';

export const readReplicas: Topology = {
  name: 'read-replicas',
  title: 'App and read replica everywhere',
  summary:
    'App and a streaming read replica in every region; the middleware replays writes to the primary region.',
  app: { regions: 'every', replay: true },
  postgres: { replicas: 'every-other' },
};
