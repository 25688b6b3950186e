import type { RegionCode } from '../../world/regions.ts';

/** Which deployment of the topologies is meant; part of their apps' names. */
export type Stage = 'staging' | 'production';

/** The port on which the recipe app listens inside its machines. */
export const appPort = 8080;

/** A name is also a DNS label, hence this length. */
export const longestAppName = 63;

/** The Fly app of a topology: `<app>-<topology>[-<stage>]`; `app` is the one that holds the k6 Machines. */
export function topologyApp(app: string, topology: string, stage?: Stage): string {
  return [app, topology, ...(stage === undefined ? [] : [stage])].join('-');
}

/** The Fly Postgres app of a topology's app. */
export function databaseApp(topologyAppName: string): string {
  return `${topologyAppName}-db`;
}

export interface TopologyAddress {
  readonly app: string;
  readonly topology: string;
  readonly stage?: Stage | undefined;
  readonly via: 'public' | 'private';
  /** Where the visitor is. Either URL leads to the machine nearest to it, so that it is not part of one. */
  readonly region?: RegionCode;
}

/**
 * The base URL of a topology. public: through Fly's proxy, as visitors come. private: straight to the nearest machine
 * over the private network, without the proxy; so nobody follows a `fly-replay` of the app.
 */
export function topologyUrl({ app, topology, stage, via }: TopologyAddress): string {
  const name = topologyApp(app, topology, stage);
  return via === 'public'
    ? `https://${name}.fly.dev`
    : `http://top1.nearest.of.${name}.internal:${appPort}`;
}
