import http, { type Params, type RefinedResponse, type ResponseType } from 'k6/http';
import { Trend } from 'k6/metrics';

/** The base URL of the target under load, without a trailing slash. k6 sets it per scenario, not at init. */
export const targetUrl = (): string => (__ENV['TARGET_URL'] ?? '').replace(/\/+$/, '');

const appMs = new Trend('server_app_ms', true);
const dbMs = new Trend('server_db_ms', true);
const dbQueries = new Trend('server_db_queries');

type Answer = RefinedResponse<ResponseType | undefined>;

/** Sends one request of the scenario as a named step, and keeps what the server says of its own work. */
export function measure(
  step: string,
  method: 'GET' | 'POST',
  url: string,
  body: string | null = null,
  params: Params = {},
): Answer {
  const answer = http.request(method, url, body, {
    timeout: `${__ENV['BENCH_TIMEOUT_MS'] ?? '10000'}ms`,
    redirects: 0,
    // A script of the user's in the same run may have k6 keep bodies.
    responseType: 'none',
    ...params,
    // `name` groups all URLs of a step into one time series in k6's memory.
    tags: { bench_step: step, name: step },
  });
  keepServerFacts(step, answer);
  return answer;
}

export function keepServerFacts(step: string, answer: Answer): void {
  const timing = parseServerTiming(answer.headers['Server-Timing'] ?? '');
  if (timing.size === 0) return;
  const replay = timing.get('replay')?.desc;
  const tags = {
    bench_step: step,
    served: answer.headers['Fly-Region'] ?? '',
    cache: timing.get('cache')?.desc ?? '',
    // A tag only where there is something to say: it stands in three rows of every request.
    ...(replay === undefined ? {} : { replay }),
  };
  const db = timing.get('db');
  appMs.add(timing.get('app')?.dur ?? 0, tags);
  dbMs.add(db?.dur ?? 0, tags);
  dbQueries.add(Number.parseInt(db?.desc ?? '0', 10), tags);
}

/** `app;dur=1.2, db;dur=0.8;desc="3 queries"` (W3C Server Timing). */
function parseServerTiming(header: string): Map<string, { dur: number; desc: string }> {
  const entries = new Map<string, { dur: number; desc: string }>();
  for (const entry of header.split(',')) {
    const [name = '', ...params] = entry.split(';').map((part) => part.trim());
    if (name === '') continue;
    const value = (key: string) =>
      params
        .find((param) => param.startsWith(`${key}=`))
        ?.slice(key.length + 1)
        .replace(/"/g, '');
    entries.set(name, { dur: Number(value('dur') ?? 0), desc: value('desc') ?? '' });
  }
  return entries;
}
