import { multiRegionSingleDb } from './multi-region-single-db.ts';
import { readReplicas } from './read-replicas.ts';
import { singleRegion } from './single-region.ts';
import type { Topology } from './topology.ts';

/** Every topology that the harness can bring up, in the order in which tables show them. */
export const topologies: readonly Topology[] = [singleRegion, multiRegionSingleDb, readReplicas];
