import type { JobOutcome, JobProgress, K6Job } from '../k6/job.ts';
import type { LagReading } from '../samples/lag.ts';
import type { Calibration } from '../samples/outcome.ts';
import type { Topology } from '../topologies/topology.ts';
import type { RegionCode } from '../world/regions.ts';
import type { World } from '../world/world.ts';

/** Makes topologies exist and lends vantages. Knows nothing of statistics. */
export interface Provider {
  readonly name: string;
  /** Everything up, or an error and nothing left behind. */
  up(request: WorldRequest, events: ProviderEvents, signal: AbortSignal): Promise<Deployment>;
}

export interface WorldRequest {
  readonly world: World;
  readonly primary: RegionCode;
  readonly topologies: readonly Topology[];
  /** The distances of the topologies whose links are longer or shorter than the world's, for experiments. */
  readonly worldsOf?: ReadonlyMap<string, World>;
}

/** What a person watching may want to know; texts are for display only. */
export interface ProviderEvents {
  /** A step began; call the result when it is done. */
  step(title: string): (detail?: string) => void;
}

/** A world that is up. */
export interface Deployment {
  /** The base URL that a visitor at the vantage uses for the topology. */
  urlOf(topology: string, vantage: RegionCode): string;
  /** Runs one job at its vantage. Never rejects for a failure of k6: that is an outcome. */
  launch(
    job: K6Job,
    progress: (progress: JobProgress) => void,
    signal: AbortSignal,
  ): Promise<JobOutcome>;
  /** Takes everything away; safe to call twice. */
  down(): Promise<void>;
}

/** A deployment whose distances are emulated and can be proved. */
export interface Calibrating {
  calibrate(when: Calibration['when']): Promise<Calibration>;
}

/** A deployment that can say how far its replicas are behind, while it is under load. */
export interface LagWatching {
  /** Begins to watch; at most one watch at a time. */
  watchLag(): LagWatch;
}

export interface LagWatch {
  /** Never rejects: what could not be read is not there. */
  stop(): Promise<readonly LagReading[]>;
}
