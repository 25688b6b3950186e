import http, { type Params, type RefinedResponse, type ResponseType } from 'k6/http';
import { serverFacts } from './server-facts.ts';

/** The base URL of the target under load, without a trailing slash. k6 sets it per scenario, not at init. */
export const targetUrl = (): string => (__ENV['TARGET_URL'] ?? '').replace(/\/+$/, '');

type Answer = RefinedResponse<ResponseType | undefined>;

/** Sends one request of the scenario as a named step, and keeps what the server says of its own work. */
export function measure(
  step: string,
  method: 'GET' | 'POST',
  url: string,
  body: string | null = null,
  params: Params = {},
): Answer {
  const bench_step = encodeURIComponent(step);
  const answer = http.request(method, url, body, {
    timeout: `${__ENV['BENCH_TIMEOUT_MS'] ?? '10000'}ms`,
    redirects: 0,
    ...params,
    // `name` groups all URLs of a step into one time series in k6's memory.
    tags: { bench_step, name: step },
  });
  serverFacts(answer, { bench_step });
  return answer;
}
