/** Where things are, which a run folder does not say; the commands look it up in `world/` and `topologies/`. */
export interface Geography {
  /** Region code → its place on the globe; a region that lacks one is not on the map. */
  readonly coordinates: ReadonlyMap<string, Coordinates>;
  /** By target; absent for a URL, of which nobody knows where it runs. */
  readonly placements: ReadonlyMap<string, TargetPlacement>;
}

/** Degrees, north and east above 0. */
export interface Coordinates {
  readonly lat: number;
  readonly lon: number;
}

/** The regions in which the parts of a deployment run. */
export interface TargetPlacement {
  readonly machines: readonly string[];
  /** The primary database. */
  readonly database: string;
  readonly replicas: readonly string[];
}

export const nowhere: Geography = { coordinates: new Map(), placements: new Map() };
