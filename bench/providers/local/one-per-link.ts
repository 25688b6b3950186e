import { linkKey } from '../../samples/probed-links.ts';
import type { NetworkReady } from './network/protocol.ts';

type Echo = NetworkReady['echoes'][number];

/** One echo service for every link between two regions: both directions cross the same one. */
export function onePerLink(services: readonly Echo[]): Echo[] {
  const apart = services.filter(({ from, to }) => from !== to);
  return [...new Map(apart.map((echo) => [keyOf(echo), echo])).values()];
}

const keyOf = ({ app, from, to }: Echo): string =>
  linkKey({ ...(app === undefined ? {} : { topology: app }), from, to });
