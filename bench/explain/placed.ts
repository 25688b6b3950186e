import type { RegionCode } from '../world/regions.ts';

/** Which regions a way to deploy the app uses. */
export interface Placed {
  /** The target's name, or the topology's where the run has no target of it. */
  readonly name: string;
  /** Where writes go. */
  readonly primary: RegionCode;
  readonly machines: readonly RegionCode[];
  /** Where the app can read: the primary and the replicas. */
  readonly databases: readonly RegionCode[];
}
