// What a user's script gets as 'k6/http': the same, with requests that are told apart and end before their block does.
import exec from 'k6/execution';
import http, {
  type BatchRequests,
  type Params,
  type RefinedResponse,
  type RequestBody,
  type ResponseType,
} from 'k6/http';
import { foldedStep } from '../../../base/step-names.ts';
import { roundTags, timeoutLeft } from '../schedule.ts';
import { serverFacts } from '../server-facts.ts';
import { groups } from './groups.ts';
import { masked } from './masked.ts';
import { running } from './running.ts';
import { stepKey } from './step-key.ts';

type Url = Parameters<typeof http.get>[0];
type Body = RequestBody | null;
type Answer = RefinedResponse<ResponseType | undefined>;

interface Prepared {
  readonly params: Params;
  readonly step: string;
}

/** Names the request for the tables, and bounds it: k6 keeps no row of a request that it cuts itself. */
function prepared(method: string, url: Url, params: Params | null | undefined): Prepared {
  const template = typeof url === 'object' ? (url as unknown as Template) : undefined;
  const tags = safe(params?.tags ?? {});
  const step = encodeURIComponent(
    bounded(
      masked(
        stepKey({
          method: method.toUpperCase(),
          url: template?.url ?? (url as string),
          name: tags['name'] ?? template?.name,
          groups: running.flow === '' ? groups : [running.flow, ...groups],
          base: running.base,
        }),
      ),
    ),
  );
  const redirects = params?.redirects ?? exec.test.options.maxRedirects ?? 10;
  // Digest and NTLM send a request first that is answered by a challenge: both are one to the user.
  const answersChallenge = params?.auth === 'digest' || params?.auth === 'ntlm';
  const follow = answersChallenge
    ? { bench_follow: 'auth' }
    : redirects === 0
      ? { bench_follow: '0' }
      : {};
  return {
    step,
    params: {
      ...params,
      timeout: timeoutLeft(params?.timeout),
      tags: { ...tags, ...follow, bench_step: step, ...roundTags() },
    },
  };
}

/** Names that this virtual user has seen: each is a time series in k6's memory, and a path may hold any number. */
const seen = new Set<string>();
const mostNames = 40;

function bounded(step: string): string {
  if (seen.has(step)) return step;
  if (seen.size >= mostNames) return foldedStep(step);
  seen.add(step);
  return step;
}

interface Template {
  readonly name: string;
  readonly url: string;
}

/** k6 escapes nothing: a value that holds what looks like a tag of ours would be read as one. */
function safe(tags: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tags).map(([name, value]) => [
      name,
      masked(String(value)).replaceAll('&bench_', '%26bench_'),
    ]),
  );
}

function kept(answer: Answer, step: string): Answer {
  serverFacts(answer, { bench_step: step });
  return answer;
}

export function request(method: string, url: Url, body?: Body, params?: Params | null): Answer {
  const { params: own, step } = prepared(method, url, params);
  return kept(http.request(method, url, body, own), step);
}

export async function asyncRequest(
  method: string,
  url: Url,
  body?: Body,
  params?: Params | null,
): Promise<Answer> {
  const { params: own, step } = prepared(method, url, params);
  return kept(await http.asyncRequest(method, url, body, own), step);
}

export const get = (url: Url, params?: Params | null): Answer => {
  const { params: own, step } = prepared('GET', url, params);
  return kept(http.get(url, own), step);
};

export const head = (url: Url, params?: Params | null): Answer => {
  const { params: own, step } = prepared('HEAD', url, params);
  return kept(http.head(url, own), step);
};

const withBody =
  (method: 'post' | 'put' | 'patch' | 'del' | 'options') =>
  (url: Url, body?: Body, params?: Params | null): Answer => {
    const name = method === 'del' ? 'DELETE' : method.toUpperCase();
    const { params: own, step } = prepared(name, url, params);
    return kept(http[method](url, body, own), step);
  };

export const post = withBody('post');
export const put = withBody('put');
export const patch = withBody('patch');
export const del = withBody('del');
export const options = withBody('options');

/** An array or an object of URLs, `[method, url, body, params]`, or objects with these. */
export function batch(requests: BatchRequests): unknown {
  const steps = new Map<string, string>();
  const one = (asked: unknown, key: string): unknown => {
    const { method, url, body, params } = asRequest(asked);
    const made = prepared(method, url, params);
    steps.set(key, made.step);
    return { method, url, body, params: made.params };
  };
  const all = Object.entries(requests as Record<string, unknown>).map(
    ([key, asked]) => [key, one(asked, key)] as const,
  );
  const asked: unknown = Array.isArray(requests)
    ? all.map(([, each]) => each)
    : Object.fromEntries(all);
  const answers = http.batch(asked as BatchRequests) as unknown as Record<string, Answer>;
  for (const [key, step] of steps) {
    const answer = answers[key];
    if (answer !== undefined) kept(answer, step);
  }
  return answers;
}

interface Asked {
  readonly method: string;
  readonly url: Url;
  readonly body?: Body | undefined;
  readonly params?: Params | null | undefined;
}

function asRequest(asked: unknown): Asked {
  if (Array.isArray(asked)) {
    const [method, url, body, params] = asked as [string, Url, Body?, Params?];
    return { method, url, body, params };
  }
  // An `http.url` template is an object too.
  const isRequest = typeof asked === 'object' && asked !== null && !('clean_url' in asked);
  if (!isRequest) return { method: 'GET', url: asked as Url };
  return { method: 'GET', ...(asked as Omit<Asked, 'method'>) };
}

export const {
  CookieJar,
  cookieJar,
  expectedStatuses,
  file,
  setResponseCallback,
  url,
  TLS_1_0,
  TLS_1_1,
  TLS_1_2,
  TLS_1_3,
  OCSP_STATUS_GOOD,
  OCSP_STATUS_REVOKED,
  OCSP_STATUS_SERVER_FAILED,
  OCSP_STATUS_UNKNOWN,
  OCSP_REASON_AA_COMPROMISE,
  OCSP_REASON_AFFILIATION_CHANGED,
  OCSP_REASON_CA_COMPROMISE,
  OCSP_REASON_CERTIFICATE_HOLD,
  OCSP_REASON_CESSATION_OF_OPERATION,
  OCSP_REASON_KEY_COMPROMISE,
  OCSP_REASON_PRIVILEGE_WITHDRAWN,
  OCSP_REASON_REMOVE_FROM_CRL,
  OCSP_REASON_SUPERSEDED,
  OCSP_REASON_UNSPECIFIED,
} = http as unknown as Record<string, never>;

export default {
  ...http,
  ...{ asyncRequest, batch, del, get, head, options, patch, post, put, request },
};
