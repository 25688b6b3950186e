import type { Millis, PerSecond, Seconds } from '../base/units.ts';
import type { Topology } from '../topologies/topology.ts';
import type { Region, RegionCode } from '../world/regions.ts';
import type { RttOverrides } from '../world/world.ts';
import type { Vantage } from '../world/vantage.ts';
import type { FlySettings } from './fly-settings.ts';
import type { ProfileName } from './profiles.ts';

/** Where machines come from. */
export type ProviderName = 'local' | 'fly';

/** A deployment of the user's own. */
export interface UrlTarget {
  readonly name: string;
  /** As it is sent: serialised by the URL standard, without a fragment. */
  readonly url: string;
}

/** A workload as chosen: one that ships, or the user's own script. */
export interface ChosenScenario {
  readonly name: string;
  /** Absolute, or relative to `bench/scenarios/`. */
  readonly file: string;
  readonly steps: readonly string[];
  readonly headline: string;
  /** A k6 script of the user's: run with all that belongs to it, summarised by the requests that it makes. */
  readonly own?: true;
  readonly env: Readonly<Record<string, string>>;
  /** Names in `env` whose values are secret → the variable of the environment that each is taken from. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** What to measure, checked: every name in it exists. */
export interface BenchConfig {
  readonly provider: ProviderName;
  /** Where load generators and topologies run; the primary is among them. */
  readonly regions: readonly RegionCode[];
  /** The same regions as results name them. */
  readonly vantages: readonly Vantage[];
  /** Region → the one that takes its place where it is not to be had. */
  readonly substitutes: Readonly<Record<RegionCode, RegionCode>>;
  readonly primary: RegionCode;
  /** Where those of the regions lie that Fly offers and the world's table lacks; empty until Fly was asked. */
  readonly newRegions: readonly Region[];
  readonly topologies: readonly Topology[];
  readonly targets: readonly UrlTarget[];
  readonly scenarios: readonly ChosenScenario[];
  readonly profile: ProfileName;
  readonly rounds: number;
  readonly rate: PerSecond;
  /** Load per block after its warm-up. */
  readonly keep: Millis;
  /** Total budget of the measurement; replaces `keep`. */
  readonly duration?: Seconds;
  /** Rounds are added until every median's interval is within ± this share of it. */
  readonly untilCi?: number;
  /** The one target is measured twice under two names: what differs is noise. */
  readonly aa: boolean;
  readonly seed: number;
  /** Round-trip times that replace the published ones, for all topologies. */
  readonly rttOverrides: RttOverrides;
  /** Those that hold for one topology only. */
  readonly rttOverridesOf: ReadonlyMap<string, RttOverrides>;
  readonly fly: FlySettings;
  /** Statuses that count as answers of the built-in scenarios, besides those of success. */
  readonly allowStatus: readonly number[];
  /** The built-in scenarios follow redirects; a chain of them is one request. */
  readonly follow: boolean;
  /** Targets that were found unfit before the run, and why. */
  readonly leftOut?: ReadonlyMap<string, string>;
}
