import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { regionalUrl } from './database-url.ts';

const syd = { region: 'syd', primary: 'cdg' };
const cdg = { region: 'cdg', primary: 'cdg' };

describe('in a secondary region', () => {
  test.each([
    ['postgres://u:p@db.internal:5432/app', 'postgres://u:p@top1.nearest.of.db.internal:5433/app'],
    ['postgres://u:p@db.internal/app', 'postgres://u:p@top1.nearest.of.db.internal:5433/app'],
    [
      'postgresql://u@db.flycast:5432/a?b=c',
      'postgresql://u@top1.nearest.of.db.internal:5433/a?b=c',
    ],
    [
      'postgres://top1.nearest.of.db.internal:5432/a',
      'postgres://top1.nearest.of.db.internal:5433/a',
    ],
    ['postgres://cdg.db.internal:5432/a', 'postgres://top1.nearest.of.db.internal:5433/a'],
    ['postgres://db:5432/a', 'postgres://syd.db:5433/a'],
    ['postgres://db.example.com/a', 'postgres://syd.db.example.com:5433/a'],
    ['postgres://db.internal:6543/a', 'postgres://top1.nearest.of.db.internal:6543/a'],
    [
      'postgres://u:p%40%2F@db.internal/a',
      'postgres://u:p%40%2F@top1.nearest.of.db.internal:5433/a',
    ],
    ['redis://:p@cache.internal:6379/2', 'redis://:p@syd.cache.internal:6379/2'],
    ['rediss://cache/0', 'rediss://syd.cache/0'],
    ['redis://syd.cache.internal/0', 'redis://syd.cache.internal/0'],
  ])('%s becomes %s', (url, expected) => {
    expect(regionalUrl(url, syd)).toBe(expected);
  });

  test.each([
    'file:./recipes.db',
    'file:///data/recipes.db',
    'sqlite:recipes.db',
    'sqlite3:/data/recipes.db',
    '/data/recipes.db',
    'recipes.sqlite3',
    ':memory:',
    '',
    'mysql://db.internal/a',
    'postgres:///app',
    'postgres://127.0.0.1:5432/app',
    'postgres://[fdaa::3]:5432/app',
    'postgres://localhost/app',
  ])('%j stays', (url) => {
    expect(regionalUrl(url, syd)).toBe(url);
  });
});

test('in the primary region Postgres stays to the byte, Redis is the region’s own', () => {
  expect(regionalUrl('postgres://u@db.internal/a?', cdg)).toBe('postgres://u@db.internal/a?');
  expect(regionalUrl('redis://cache.internal/0', cdg)).toBe('redis://cdg.cache.internal/0');
});

describe('laws', () => {
  const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/);
  const urls = fc
    .record({
      scheme: fc.constantFrom('postgres', 'postgresql', 'redis', 'rediss'),
      user: label,
      password: fc.string().map(encodeURIComponent),
      host: fc.oneof(
        label,
        label.map((app) => `${app}.internal`),
        label.map((app) => `${app}.flycast`),
      ),
      port: fc.constantFrom('', ':5432', ':5433', ':6379'),
      path: label,
    })
    .map(
      (u) => `${u.scheme}://${u.user}:${u.password}@${u.host}${u.port}/${u.path}?sslmode=disable`,
    );

  test('applying it twice is applying it once', () => {
    fc.assert(
      fc.property(urls, (url) => {
        const once = regionalUrl(url, syd);
        expect(regionalUrl(once, syd)).toBe(once);
      }),
    );
  });

  test('only host and port change', () => {
    fc.assert(
      fc.property(urls, (url) => {
        const [before, after] = [new URL(url), new URL(regionalUrl(url, syd))];
        for (const part of ['protocol', 'username', 'password', 'pathname', 'search'] as const)
          expect(after[part]).toBe(before[part]);
      }),
    );
  });

  test('any text is survived, and is kept unless it is a URL with a host', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/^\s*(postgres|redis)/i.test(text));
        expect(regionalUrl(text, syd)).toBe(text);
      }),
    );
  });
});
