import { createReadStream, existsSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';

/** Rows that every request has; `http_req_failed` is missing where a script switched it off. */
const needed = ['blocked', 'connecting', 'tls_handshaking', 'sending', 'waiting', 'receiving'];

/**
 * The requests in one file of k6's rows (timestamps in microseconds). The rows of a request share time, origin
 * (`vu=…&iter=…`) and tags, and `http_reqs` is the first of them. A file that breaks off is read up to the break.
 */
export async function* readRequests(file) {
  const last = new Map();
  for await (const request of readEach(file)) {
    const before = last.get(request.vu);
    last.set(request.vu, leadsTo(before, request) ? joined(before, request) : request);
    if (before !== undefined && !leadsTo(before, request)) yield sample(before);
  }
  for (const request of last.values()) yield sample(request);
}

const redirects = [301, 302, 303, 307, 308];

/** The statuses after which k6 goes on by itself: redirects, and the challenge of digest authentication. */
function leadsOf(tags, follow) {
  if (!tags.includes('bench_') || follow === '0') return [];
  return follow === 'auth' ? [...redirects, 401] : redirects;
}

/** Whether a request was redirected, and the next one of its virtual user is where it led. */
function leadsTo(before, request) {
  if (before === undefined || !before.leads.includes(before.status)) return false;
  return ['iter', 'target', 'scenario', 'round', 'step'].every((of) => before[of] === request[of]);
}

/** Both as one: all that came before the last answer's first byte is waiting. */
function joined(before, request) {
  const { parts: a } = before;
  const { parts: b } = request;
  const parts = {
    ...{ ...b, blocked: a.blocked, sending: a.sending },
    connecting: a.connecting + b.connecting,
    tls_handshaking: a.tls_handshaking + b.tls_handshaking,
    waiting: a.waiting + a.receiving + b.blocked + b.sending + b.waiting,
  };
  return { ...request, parts };
}

async function* readEach(file) {
  if (!existsSync(file)) return;
  const open = new Map();
  for await (const row of rowsOf(file)) {
    const [metric = '', time = '', value = '', code = '', status = '', tags = '', origin = ''] =
      row;
    const part = /^http_req_(.+)$/.exec(metric)?.[1];
    if (metric !== 'http_reqs' && (part === undefined || part === 'duration')) continue;
    // Go writes sets of tags in random order.
    const key = [time, ...origin.split('&').sort(), ...tags.split('&').sort()].join(' ');
    if (metric === 'http_reqs') {
      const before = open.get(key);
      if (before !== undefined) yield* finished(before);
      open.set(key, { time, tags, code, status, origin, parts: {} });
    } else if (open.has(key)) open.get(key).parts[part] = Number(value);
    // All rows of a request are written together: what is a thousand requests old has all of its own.
    if (open.size > 2000)
      for (const [old, request] of [...open].slice(0, 1000)) {
        open.delete(old);
        yield* finished(request);
      }
  }
  for (const request of open.values()) yield* finished(request);
}

/** What else judges a block: iterations that could not start, and how late the whole schedule was. */
export async function* readOthers(file) {
  if (!existsSync(file)) return;
  for await (const [metric, time, value] of rowsOf(file))
    if (metric === 'dropped_iterations' || metric === 'bench_started_late_ms')
      yield { metric, atUs: Number(time), value: Number(value) };
}

async function* rowsOf(file) {
  const parser = parse({ from_line: 2, relax_column_count: true, relax_quotes: true });
  const end = () => parser.end();
  // Rows that were never packed, of a run that was cut or whose disk was full, are plain.
  const plain = file.replace(/\.gz$/, '');
  if (existsSync(plain)) createReadStream(plain).pipe(parser);
  else createReadStream(file).pipe(createGunzip()).on('error', end).pipe(parser);
  // The last line of a file that breaks off is half a row: it lacks its origin and joins nothing.
  for await (const row of parser) yield row;
}

function* finished({ time, tags, code, status, origin, parts }) {
  if (needed.some((part) => parts[part] === undefined)) return;
  const own = ownTags(tags);
  const { vu, iter } = Object.fromEntries(origin.split('&').map((pair) => pair.split('=')));
  yield {
    ...{ target: own.target, scenario: own.scenario, step: own.step ?? '', round: own.round },
    ...{ vu, iter, atUs: Number(time), status: Number(status), code: Number(code), parts },
    leads: leadsOf(tags, own.follow),
    failed: parts.failed === undefined ? Number(code) !== 0 : parts.failed !== 0,
  };
}

/** k6's code of a request that had no end within its timeout. */
const timedOut = 1050;

function sample({ target, scenario, step, round, atUs, code, failed, parts }) {
  // Without a byte of an answer it was waited for that long; with one, only the body did not end.
  const cut = code === timedOut && parts.waiting > 0 && parts.receiving === 0;
  const unfinished = code === timedOut && parts.receiving > 0;
  const cold = parts.connecting > 0 || parts.tls_handshaking > 0;
  return {
    ...{ target, scenario, step, round: Number(round), atUs, cut },
    failed: failed && !cut && !unfinished,
    temperature: cold ? 'cold' : 'warm',
    waiting: parts.waiting,
    ttfb: cold ? parts.blocked + parts.sending + parts.waiting : parts.waiting,
  };
}

/** Since version 0.2 the harness's own tags are `bench_NAME`, percent-encoded; before they were bare. */
function ownTags(text) {
  const all = text
    .split('&')
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);
  const own = all.filter(([name]) => name.startsWith('bench_'));
  if (own.length === 0) return Object.fromEntries(all);
  return Object.fromEntries(own.map(([name, value]) => [name.slice(6), decodeURIComponent(value)]));
}
