import { k6Env } from './k6-env.ts';
import http, { type Params, type RefinedResponse, type ResponseType } from 'k6/http';
import { roundTags, timeoutLeft } from './schedule.ts';
import { serverFacts } from './server-facts.ts';

/** The base URL of the target under load, without a trailing slash. k6 sets it per scenario, not at init. */
export const targetUrl = (): string => (k6Env('TARGET_URL') ?? '').replace(/\/+$/, '');

/** What counts as an answer: a redirect that is not followed, or a refusal, is fast and means nothing. */
const expected = http.expectedStatuses(
  { min: 200, max: 299 },
  304,
  ...(k6Env('BENCH_ALLOW_STATUS') ?? '').split(',').filter(Boolean).map(Number),
);
/** As many redirects as k6 itself follows. */
const redirects = k6Env('BENCH_FOLLOW') === '1' ? 10 : 0;

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
    redirects,
    responseCallback: expected,
    // A script of the user's in the same run may have k6 keep bodies.
    responseType: 'none',
    ...params,
    timeout: timeoutLeft(params.timeout),
    // `name` groups all URLs of a step into one time series in k6's memory.
    tags: { bench_step, name: step, ...roundTags() },
  });
  serverFacts(answer, { bench_step });
  return answer;
}
