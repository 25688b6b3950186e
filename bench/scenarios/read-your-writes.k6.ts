import exec from 'k6/execution';
import http from 'k6/http';
import { Rate } from 'k6/metrics';
import { measure, targetUrl } from './k6lib/measure.ts';

const staleReads = new Rate('stale_reads');
const recipes = 400;

/** Rates a recipe and reads it back at once, as one visitor; a read that lacks the rating is stale. */
export default function readYourWrites(): void {
  const recipe = `${targetUrl()}/api/recipes/${1 + Math.floor(Math.random() * recipes)}`;
  const headers = { 'content-type': 'application/json', 'x-visitor': visitor() };
  const stars = 1 + Math.floor(Math.random() * 5);
  const written = measure('write', 'POST', `${recipe}/ratings`, JSON.stringify({ stars }), {
    headers,
    responseType: 'text',
  });
  if (written.status >= 300) return;
  // A browser keeps the cookie that the write set; the variant shows what it is worth.
  if (__ENV['KEEP_COOKIE'] === 'no') http.cookieJar().clear(targetUrl());
  const read = measure('read', 'GET', recipe, null, { headers, responseType: 'text' });
  if (read.status >= 300) return;
  staleReads.add(read.json('yours.id') !== written.json('id'), { bench_step: 'read' });
}

const visitor = (): string =>
  `${__ENV['BENCH_VANTAGE'] ?? ''}-${exec.scenario.name}-${__VU}-${exec.scenario.iterationInTest}`;
