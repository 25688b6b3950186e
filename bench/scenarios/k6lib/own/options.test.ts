import { expect, test } from 'vitest';
import { splitOptions, thresholdsByTarget } from './options.ts';

test('what concerns how requests are sent holds; what concerns the load is the schedule of the run', () => {
  const tls = { insecureSkipTLSVerify: true, userAgent: 'own/1', tags: { scenario: 'mine' } };
  const load = { vus: 3, duration: '30s', stages: [{ duration: '5s', target: 10 }], rps: 5 };
  const split = splitOptions({ ...tls, ...load, cloud: {}, thresholds: {} });
  expect(split.kept).toEqual(tls);
  expect(split.replaced).toEqual(['vus', 'duration', 'stages', 'rps']);
});

test('executors are named with their scenarios', () => {
  const scenarios = { buy: { executor: 'constant-vus', vus: 2 }, look: { exec: 'look' } };
  expect(splitOptions({ scenarios }).replaced).toEqual(['scenarios.buy.executor (constant-vus)']);
});

test.each([undefined, null, 'nonsense', []])('options that are %j are none', (options) => {
  expect(splitOptions(options)).toEqual({ kept: {}, replaced: [] });
  expect(thresholdsByTarget(options, ['a'])).toEqual({});
});

test('each target has its own copy of a threshold, which never ends the test', () => {
  const thresholds = {
    http_req_duration: ['p(95)<500', { threshold: 'p(99)<900', abortOnFail: true }],
    'http_req_failed{name:cart}': 'rate<0.01',
  };
  expect(thresholdsByTarget({ thresholds }, ['a', 'b&c'])).toEqual({
    'http_req_duration{bench_target:a}': ['p(95)<500', 'p(99)<900'],
    'http_req_duration{bench_target:b%26c}': ['p(95)<500', 'p(99)<900'],
    'http_req_failed{name:cart,bench_target:a}': ['rate<0.01'],
    'http_req_failed{name:cart,bench_target:b%26c}': ['rate<0.01'],
  });
});
