import { Trend } from 'k6/metrics';
import { readServer, type ServerSaid } from './read-server.ts';

const appMs = new Trend('server_app_ms', true);
const dbMs = new Trend('server_db_ms', true);
const dbQueries = new Trend('server_db_queries');
const partMs = new Trend('server_part_ms', true);
const ageS = new Trend('server_age_s');
/** Of an answer that gives no figure: carries the tags. */
const says = new Trend('server_says');

/** Each set of tags is a time series in k6's memory, and a server may send as many values as it likes. */
const MOST_VALUES = 64;
const values = new Map<string, Set<string>>();

/**
 * Keeps what the server says of its answer as rows of metrics, right after the answer's own rows. `tags`: those that
 * the request had, so that the rows find back to it.
 */
export function serverFacts(
  { headers }: { readonly headers: Readonly<Record<string, string>> },
  tags: Readonly<Record<string, string>>,
): void {
  const said = readServer(headers);
  const about = { ...tags, ...words(said) };
  const figures: [Trend, number | undefined][] = [
    [appMs, said.appMs],
    [dbMs, said.dbMs],
    [dbQueries, said.dbQueries],
    [ageS, said.ageS],
  ];
  const known = figures.filter(([, value]) => value !== undefined);
  for (const [trend, value] of known) trend.add(value ?? 0, about);
  if (known.length === 0 && Object.keys(about).length > Object.keys(tags).length)
    says.add(1, about);
  for (const { name, ms } of said.parts) {
    const part = tag('bench_part', name);
    if (part !== undefined) partMs.add(ms, { ...tags, bench_part: part });
  }
}

/** What it says in words, as tags. Numbers never become tag values. */
function words({ region, edge, cache, replay }: ServerSaid): Record<string, string> {
  const tags: Record<string, string> = {};
  const all = { bench_served: region, bench_edge: edge, bench_cache: cache, bench_replay: replay };
  for (const [name, value] of Object.entries(all)) {
    const kept = value === undefined ? undefined : tag(name, value);
    if (kept !== undefined) tags[name] = kept;
  }
  return tags;
}

/** k6 escapes nothing in tags. Undefined for the values of a server that sends ever new ones. */
function tag(name: string, value: string): string | undefined {
  const known = values.get(name) ?? new Set();
  values.set(name, known);
  if (!known.has(value) && known.size >= MOST_VALUES) return undefined;
  known.add(value);
  return encodeURIComponent(value);
}
