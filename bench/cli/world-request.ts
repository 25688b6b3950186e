import type { BenchConfig } from '../config/config.ts';
import type { WorldRequest } from '../providers/provider.ts';
import { makeWorld } from '../world/world.ts';

/** The world that a configuration asks for. */
export function worldRequest(config: BenchConfig): WorldRequest {
  const { regions, newRegions, vantages, primary, topologies, rttOverrides, rttOverridesOf } =
    config;
  const own = [...rttOverridesOf].map(
    ([topology, overrides]) =>
      [topology, makeWorld(regions, { ...rttOverrides, ...overrides }, newRegions)] as const,
  );
  return {
    world: makeWorld(regions, rttOverrides, newRegions),
    primary,
    vantages,
    topologies,
    worldsOf: new Map(own),
  };
}
