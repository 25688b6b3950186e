import type { Millis, PerSecond } from '../base/units.ts';
import type { ChosenScenario } from '../config/config.ts';
import type { RegionCode } from '../world/regions.ts';

export const planSchema = 1;

/** What is measured: a topology that a provider brings up, or a URL of the user's. */
export type PlannedTarget =
  | {
      readonly kind: 'topology';
      readonly name: string;
      /** The topology that it is a second deployment of. */
      readonly copyOf?: string;
      /** No deployment of its own: another name for that target, to measure it twice. */
      readonly sameAs?: string;
      /** Its own round trips where they differ from the world's, in an experiment: `cdg-ord` → ms. */
      readonly rtt?: Readonly<Record<string, Millis>>;
      readonly leftOut?: string;
    }
  | {
      readonly kind: 'url';
      readonly name: string;
      readonly url: string;
      /** Why it is in no block: it was found unfit before. */
      readonly leftOut?: string;
    };

/** A workload of the plan: as chosen. */
export type PlannedScenario = ChosenScenario;

/** One stretch of load on one target at every vantage at once. Times count from the agreed start. */
export interface PlannedBlock {
  /** From 0. */
  readonly round: number;
  /** Position within its round, from 0. */
  readonly order: number;
  readonly target: string;
  readonly scenario: string;
  readonly startMs: Millis;
  /** From `startMs` on; requests that end before are not kept. */
  readonly warmUpMs: Millis;
  /** Load goes on for this long after the warm-up. */
  readonly keepMs: Millis;
  /** Time for the last requests to finish; no request starts in it. */
  readonly drainMs: Millis;
  /** Samples that should be kept (m of the specification): rate × keep. */
  readonly wanted: number;
}

/** Interleaved measurements, decided before anything runs; the same at every vantage. */
export interface Plan {
  readonly schema: typeof planSchema;
  readonly seed: number;
  readonly profile: string;
  readonly primary: RegionCode;
  readonly vantages: readonly RegionCode[];
  readonly targets: readonly PlannedTarget[];
  readonly scenarios: readonly PlannedScenario[];
  readonly rounds: number;
  /** Rounds were added until every median's interval was within ± this share of it. */
  readonly untilCi?: number;
  /** Iterations that start in a second, per vantage. */
  readonly rate: PerSecond;
  readonly vus: number;
  readonly requestTimeoutMs: Millis;
  /** Statuses that count as answers of the built-in scenarios, besides those of success. */
  readonly allowStatus?: readonly number[];
  /** The built-in scenarios follow redirects. */
  readonly follow?: true;
  readonly blocks: readonly PlannedBlock[];
  readonly durationMs: Millis;
}
