import { expect, test } from 'vitest';
import { readServer } from './read-server.ts';

const timing = (header: string) => readServer({ 'Server-Timing': header });

test('no header, no fact', () => {
  expect(readServer({})).toEqual({ parts: [] });
  expect(readServer({ 'Content-Type': 'text/html', Server: 'nginx' })).toEqual({ parts: [] });
});

test('names of others stay theirs, and say nothing of the app or a database', () => {
  expect(timing('cache;dur=3, view;dur=12')).toEqual({
    parts: [
      { name: 'cache', ms: 3 },
      { name: 'view', ms: 12 },
    ],
  });
});

test('what the odd but valid header of a cache says', () => {
  const odd =
    'app;dur=5, cache;desc="HIT, from pop";dur=0.1, db;dur="1.5";desc="2 queries; 1 slow", missedCache';
  expect(timing(odd)).toEqual({
    ...{ appMs: 5, dbMs: 1.5, dbQueries: 2, cache: 'HIT, from pop' },
    parts: [{ name: 'cache', ms: 0.1 }],
  });
});

test('a metric without a duration gives none, and no number of queries is guessed', () => {
  expect(timing('app, db;desc="primary"')).toEqual({ parts: [] });
  expect(timing('db;dur=4')).toEqual({ dbMs: 4, parts: [] });
  expect(timing('DB;dur=4;desc="3rd replica"')).toEqual({ dbMs: 4, parts: [] });
  expect(timing('db;desc=7')).toEqual({ dbQueries: 7, parts: [] });
});

test('what stands several times is added up', () => {
  expect(timing('db;dur=1;desc="1 query", db;dur=2;desc="1 query", v;dur=3, v;dur=4')).toEqual({
    ...{ dbMs: 3, dbQueries: 2 },
    parts: [{ name: 'v', ms: 7 }],
  });
});

test('a header without end is read as far as is decent', () => {
  const many = Array.from({ length: 1000 }, (_, i) => `m${i};dur=1`).join(',');
  expect(timing(many).parts).toHaveLength(16);
  expect(timing(`${'x'.repeat(1000)};dur=1`).parts[0]?.name).toHaveLength(60);
  expect(readServer({ 'Fly-Region': '😀'.repeat(100) }).region).toBe('😀'.repeat(60));
});

test.each<[Record<string, string>, object]>([
  [{ 'Fly-Region': 'cdg' }, { region: 'cdg' }],
  [{ 'Fly-Region': ' ' }, {}],
  [{ 'X-Vercel-Id': 'cdg1::iad1::x7k2p-1700000000000-abc' }, { region: 'iad', edge: 'cdg' }],
  [
    { 'X-Vercel-Id': 'cdg1::x7k2p-17', 'X-Vercel-Cache': 'HIT' },
    { region: 'cdg', edge: 'cdg', cache: 'HIT' },
  ],
  [
    { 'X-Vercel-Id': 'cdg1::x7k2p-17', 'X-Vercel-Cache': 'MISS' },
    { edge: 'cdg', cache: 'MISS' },
  ],
  [
    { 'Cf-Ray': '8c1f-FRA', 'Cf-Cache-Status': 'DYNAMIC' },
    { edge: 'fra', cache: 'DYNAMIC' },
  ],
  [
    { 'Cf-Ray': '8c1f-FRA', 'Cf-Cache-Status': 'HIT', Age: '340' },
    { region: 'fra', edge: 'fra', cache: 'HIT', ageS: 340 },
  ],
  [{ 'Cf-Ray': '8c1f' }, {}],
  [
    { 'X-Amz-Cf-Pop': 'CDG52-P2', 'X-Cache': 'Hit from cloudfront' },
    { region: 'cdg', edge: 'cdg', cache: 'Hit from cloudfront' },
  ],
  [
    {
      'X-Served-By': 'cache-iad-kiad7000021-IAD, cache-cdg-lfpg1960034-CDG',
      'X-Cache': 'HIT, MISS',
    },
    { edge: 'cdg', cache: 'MISS' },
  ],
  [{ 'X-Served-By': 'nginx-3' }, {}],
  [{ Age: 'old' }, {}],
  [
    { 'Server-Timing': 'replay;desc=http_method', 'Fly-Region': 'cdg' },
    { region: 'cdg', replay: 'http_method' },
  ],
])('%j', (headers, expected) => {
  expect(readServer(headers)).toEqual({ parts: [], ...expected });
});
