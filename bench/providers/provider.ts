import type { JobOutcome, JobProgress, K6Job, WaitingJob } from '../k6/job.ts';
import type { LagReading } from '../samples/lag.ts';
import type { LinkReading } from '../samples/links.ts';
import type { VantageMachine } from '../samples/manifest.ts';
import type { Calibration } from '../samples/outcome.ts';
import type { PartFailure } from '../samples/part-failure.ts';
import type { Topology } from '../topologies/topology.ts';
import type { RegionCode } from '../world/regions.ts';
import type { Vantage } from '../world/vantage.ts';
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
  /** Where load generators are wanted. */
  readonly vantages: readonly Vantage[];
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
  urlOf(topology: string, vantage: Vantage): string;
  /** Runs one job at its vantage. Never rejects for a failure of k6: that is an outcome. */
  launch(
    job: K6Job,
    progress: (progress: JobProgress) => void,
    signal: AbortSignal,
  ): Promise<JobOutcome>;
  /** Takes everything away; safe to call twice. */
  down(): Promise<void>;
  /** Its vantages run on this machine, by its clock: what stops it stops them. */
  readonly isHere?: boolean;
}

/** A deployment whose vantages have to be fetched first: machines elsewhere. */
export interface Preparing {
  /**
   * Brings the vantages of all jobs to where only the start is missing. A vantage that can't be had is no error: its
   * job fails when it is launched. Throws if none can be had, or the signal is aborted.
   */
  prepare(jobs: readonly WaitingJob[], signal: AbortSignal): Promise<void>;
  /** The time it takes until every vantage has heard when to start. */
  readonly leadMs: number;
  /** What was rented so far. */
  machines(): readonly VantageMachine[];
}

/** A deployment that notices when one of its parts ends by itself or stands still. */
export interface PartWatching {
  /** `failed` hears of each at once, and again when one that stood still goes on or is given up. */
  watchParts(failed: (failure: PartFailure) => void): { stop(): void };
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

/** A deployment that can say how long its emulated links are, while it is under load. */
export interface LinkWatching {
  /**
   * Begins to probe every link about once a second; `seen` hears of the probes about as often, each once, those of a
   * link in the order in which they were sent. At most one watch at a time.
   */
  watchLinks(seen: (readings: readonly LinkReading[]) => void): LinkWatch;
}

export interface LinkWatch {
  /** Nothing is seen after it. Never rejects. */
  stop(): Promise<void>;
}
