import { parseServerTiming } from './server-timing.ts';

/** What the headers of one answer say of who made it and how. What they don't say is absent. */
export interface ServerSaid {
  /** `Server-Timing: app;dur=…`. */
  readonly appMs?: number;
  readonly dbMs?: number;
  /** `db;desc="3 queries"`. */
  readonly dbQueries?: number;
  /** All other metrics of `Server-Timing` that have a duration, under their own names. */
  readonly parts: readonly { readonly name: string; readonly ms: number }[];
  /** Where the answer was made: the app's region, or the edge if its cache had the answer. */
  readonly region?: string;
  /** The edge (point of presence) that the answer came through. */
  readonly edge?: string;
  /** Whether a cache had it, in the words of the cache: `HIT`. */
  readonly cache?: string;
  /** How long it had been in a cache, in seconds. */
  readonly ageS?: number;
  /** Why it was replayed to that region: `Server-Timing: replay;desc=…`. */
  readonly replay?: string;
}

/** No answer of a decent server has more; the rest of a longer header is not read. */
const MOST_PARTS = 16;
const MOST_CHARACTERS = 60;

/** `headers`: by canonical name, several of one name joined with commas, as k6 gives them. */
export function readServer(headers: Readonly<Record<string, string>>): ServerSaid {
  const metrics = parseServerTiming(headers['Server-Timing'] ?? '');
  const of = (name: string) => metrics.filter((metric) => metric.name.toLowerCase() === name);
  const descOf = (name: string) => of(name).find(({ desc = '' }) => desc !== '')?.desc;
  const appMs = sum(of('app').map(({ dur }) => dur));
  const dbMs = sum(of('db').map(({ dur }) => dur));
  const dbQueries = sum(of('db').map(({ desc }) => queriesIn(desc)));
  const edge = edgeOf(headers);
  const cache = descOf('cache') ?? cacheOf(headers);
  const region = regionOf(headers) ?? (isHit(cache) ? edge : undefined);
  const ageS = wholeNumber(headers['Age']);
  const replay = descOf('replay');
  return {
    ...(appMs === undefined ? {} : { appMs }),
    ...(dbMs === undefined ? {} : { dbMs }),
    ...(dbQueries === undefined ? {} : { dbQueries }),
    parts: namedParts(metrics),
    ...(region === undefined ? {} : { region: short(region) }),
    ...(edge === undefined ? {} : { edge: short(edge) }),
    ...(cache === undefined ? {} : { cache: short(cache) }),
    ...(ageS === undefined ? {} : { ageS }),
    ...(replay === undefined ? {} : { replay: short(replay) }),
  };
}

/** A metric that stands several times took all of its durations. */
function namedParts(metrics: ReturnType<typeof parseServerTiming>): ServerSaid['parts'] {
  const parts = new Map<string, number>();
  for (const { name, dur } of metrics) {
    if (dur === undefined || /^(?:app|db)$/i.test(name)) continue;
    const key = short(name);
    if (parts.has(key) || parts.size < MOST_PARTS) parts.set(key, (parts.get(key) ?? 0) + dur);
  }
  return [...parts].map(([name, ms]) => ({ name, ms }));
}

/** `3 queries`, `1 query; slow`, `3`; undefined for any other text. */
const queriesIn = (desc = ''): number | undefined =>
  wholeNumber(/^\s*(\d+)\s*(?:$|quer(?:y|ies)\b)/i.exec(desc)?.[1]);

/** Undefined if none of them is known. */
function sum(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((a, b) => a + b, 0);
}

/** Where the app runs that answered: Fly's and Vercel's word for it (`cdg1::iad1::id`: through cdg, by a function in iad). */
function regionOf(headers: Readonly<Record<string, string>>): string | undefined {
  const fly = headers['Fly-Region']?.trim() ?? '';
  if (fly !== '') return fly;
  const vercel = vercelRegions(headers);
  return vercel.length > 1 ? vercel.at(-1) : undefined;
}

/** The codes of airports by which content delivery networks call their edges, as regions are called here. */
function edgeOf(headers: Readonly<Record<string, string>>): string | undefined {
  const cloudflare = /-([A-Z]{3})\s*$/.exec(headers['Cf-Ray'] ?? '')?.[1];
  const cloudfront = /^\s*([A-Z]{3})\d/.exec(headers['X-Amz-Cf-Pop'] ?? '')?.[1];
  // Of several caches on the way the last is the nearest to the visitor.
  const fastly = /-([A-Z]{3})\s*$/.exec(headers['X-Served-By'] ?? '')?.[1];
  return (vercelRegions(headers)[0] ?? cloudflare ?? cloudfront ?? fastly)?.toLowerCase();
}

/** `cdg1::iad1::x7k2p-…` → cdg, iad. */
function vercelRegions(headers: Readonly<Record<string, string>>): string[] {
  return (headers['X-Vercel-Id'] ?? '')
    .split('::')
    .slice(0, -1)
    .flatMap((part) => /^\s*([a-z]{3})\d+\s*$/.exec(part)?.[1] ?? []);
}

function cacheOf(headers: Readonly<Record<string, string>>): string | undefined {
  const said = headers['Cf-Cache-Status'] ?? headers['X-Vercel-Cache'] ?? headers['X-Cache'];
  const nearest = said?.split(',').at(-1)?.trim();
  return nearest === '' ? undefined : nearest;
}

const isHit = (cache = ''): boolean => /^(?:hit|stale|tcp_hit|refreshhit)\b/i.test(cache);

const wholeNumber = (text = ''): number | undefined =>
  /^\s*\d{1,12}\s*$/.test(text) ? Number(text) : undefined;

/** By whole characters: half of one can't be percent-encoded. */
const short = (text: string): string =>
  text.length <= MOST_CHARACTERS ? text : Array.from(text).slice(0, MOST_CHARACTERS).join('');
