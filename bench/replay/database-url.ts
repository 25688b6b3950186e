import type { Place } from './decide.ts';

/**
 * The URL to connect to from this region.
 * Postgres: in a secondary region the nearest replica's, on the port that reaches a member itself (5433), not the writer.
 * Redis: the region's own store, in every region. Anything else (SQLite files, unknown schemes, no host) stays.
 */
export function regionalUrl(url: string, place: Place): string {
  const parsed = parse(url);
  if (parsed === undefined || isOneMachine(parsed.hostname)) return url;
  if (/^postgres(ql)?:$/.test(parsed.protocol)) return regionalPostgres(url, parsed, place);
  if (/^rediss?:$/.test(parsed.protocol)) return withRegion(parsed, place.region);
  return url;
}

const parse = (url: string): URL | undefined => {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed === undefined || parsed.hostname === '' ? undefined : parsed;
};

/** An address or this very machine: there is no other of that name in another region. */
const isOneMachine = (host: string): boolean =>
  host === 'localhost' || host.startsWith('[') || /^\d+(\.\d+){3}$/.test(host);

function regionalPostgres(url: string, parsed: URL, place: Place): string {
  if (place.region === place.primary) return url;
  const regional = new URL(parsed);
  if (parsed.port === '' || parsed.port === '5432') regional.port = '5433';
  const app = /([^.]+)\.(internal|flycast)$/.exec(parsed.hostname)?.[1];
  if (app === undefined) return withRegion(regional, place.region);
  regional.hostname = `top1.nearest.of.${app}.internal`;
  return regional.href;
}

function withRegion(url: URL, region: string): string {
  const regional = new URL(url);
  if (!url.hostname.startsWith(`${region}.`)) regional.hostname = `${region}.${url.hostname}`;
  return regional.href;
}
