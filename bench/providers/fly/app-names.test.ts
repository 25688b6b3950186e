import { expect, test } from 'vitest';
import { databaseApp, longestAppName, topologyApp, topologyUrl } from './app-names.ts';

test('an app is named after its topology and its stage', () => {
  expect(topologyApp('bench', 'read-replicas')).toBe('bench-read-replicas');
  expect(topologyApp('bench', 'read-replicas', 'staging')).toBe('bench-read-replicas-staging');
  expect(databaseApp(topologyApp('bench', 'single-region', 'production'))).toBe(
    'bench-single-region-production-db',
  );
});

test('the longest name that ships fits into a DNS label', () => {
  const longest = topologyApp('global-latency-bench', 'multi-region-single-db', 'production');
  expect(databaseApp(longest).length).toBeLessThanOrEqual(longestAppName);
});

test('the public URL goes through the proxy, the private one to the nearest machine', () => {
  const address = { app: 'bench', topology: 'single-region', region: 'syd' };
  expect(topologyUrl({ ...address, via: 'public' })).toBe('https://bench-single-region.fly.dev');
  expect(topologyUrl({ ...address, stage: 'staging', via: 'private' })).toBe(
    'http://top1.nearest.of.bench-single-region-staging.internal:8080',
  );
});
