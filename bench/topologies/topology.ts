import type { RegionCode } from '../world/regions.ts';

/** A way to deploy the app, as data: it becomes a {@link Placement} once the regions are known. */
export interface Topology {
  /** As typed: `read-replicas`. */
  readonly name: string;
  /** As shown in a heading. */
  readonly title: string;
  /** One sentence: what runs where. */
  readonly summary: string;
  readonly app: {
    readonly regions: 'primary' | 'every';
    /** Runs the region-aware middleware of `bench/replay/`. */
    readonly replay: boolean;
  };
  readonly postgres: {
    /** Where streaming read replicas run, beside the primary. */
    readonly replicas: 'none' | 'every-other';
  };
  /** For a second deployment of it under another name, as experiments need: what it is a copy of. */
  readonly copyOf?: string;
}

/** A topology applied to regions: which process runs where. */
export interface Placement {
  readonly topology: Topology;
  readonly primary: RegionCode;
  readonly machines: readonly RegionCode[];
  readonly replicas: readonly RegionCode[];
}

export function place(
  topology: Topology,
  regions: readonly RegionCode[],
  primary: RegionCode,
): Placement {
  const others = regions.filter((region) => region !== primary);
  return {
    topology,
    primary,
    machines: topology.app.regions === 'every' ? [primary, ...others] : [primary],
    replicas: topology.postgres.replicas === 'every-other' ? others : [],
  };
}
