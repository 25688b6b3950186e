import { userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultOptions, type K6Options } from './options.ts';
import { cachedBinary, releaseFor } from './places.ts';

const on = (platform: NodeJS.Platform, arch: string, env: NodeJS.ProcessEnv = {}): K6Options => ({
  ...defaultOptions(),
  platform,
  arch,
  env: { HOME: '/home/ann', ...env },
});

test.each<[K6Options, string]>([
  [on('linux', 'x64'), '/home/ann/.cache/global-latency-bench/k6/v2.2.0-linux-amd64/k6'],
  [
    on('linux', 'arm64', { XDG_CACHE_HOME: '/c' }),
    '/c/global-latency-bench/k6/v2.2.0-linux-arm64/k6',
  ],
  [
    on('linux', 'x64', { XDG_CACHE_HOME: 'relative' }),
    '/home/ann/.cache/global-latency-bench/k6/v2.2.0-linux-amd64/k6',
  ],
  [
    on('linux', 'x64', { XDG_CACHE_HOME: '', HOME: '' }),
    join(userInfo().homedir, '.cache/global-latency-bench/k6/v2.2.0-linux-amd64/k6'),
  ],
  [
    on('darwin', 'arm64', { XDG_CACHE_HOME: '/c' }),
    '/home/ann/Library/Caches/global-latency-bench/k6/v2.2.0-macos-arm64/k6',
  ],
])('the cache of %# lies where the system wants it', (options, path) => {
  expect(cachedBinary(options)).toBe(path);
});

test('releases are named as on GitHub', () => {
  expect(releaseFor(on('linux', 'x64'))).toEqual({
    archive: 'k6-v2.2.0-linux-amd64.tar.gz',
    archiveUrl:
      'https://github.com/grafana/k6/releases/download/v2.2.0/k6-v2.2.0-linux-amd64.tar.gz',
    sha256: 'b5a8003c86f35f5cd5ceef1490312c48e587696c94d998cefc6d7b3b4cb1597d',
    member: 'k6-v2.2.0-linux-amd64/k6',
  });
  const mac = releaseFor(on('darwin', 'arm64', { BENCH_K6_RELEASES: 'https://mirror/k6/' }));
  expect(mac?.archiveUrl).toBe('https://mirror/k6/v2.2.0/k6-v2.2.0-macos-arm64.zip');
  expect(releaseFor(on('linux', 'riscv64'))).toBeUndefined();
  expect(releaseFor(on('win32', 'x64'))).toBeUndefined();
});
