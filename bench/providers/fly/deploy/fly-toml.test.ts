import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { flyToml } from './fly-toml.ts';

const file = (replay: boolean) =>
  parse(flyToml({ app: 'bench-x', primary: 'cdg', replay, size: 'performance-1x' }));

test('is TOML that says where the app is at home and how it is asked whether it is well', () => {
  expect(file(true)).toMatchObject({
    app: 'bench-x',
    primary_region: 'cdg',
    env: { PRIMARY_REGION: 'cdg', HOST: '::', PORT: '8080' },
    http_service: {
      ...{ internal_port: 8080, force_https: true, auto_stop_machines: 'off' },
      checks: [{ method: 'GET', path: '/healthz' }],
    },
    vm: [{ size: 'performance-1x' }],
  });
});

test('leaves the middleware out where the topology has none', () => {
  expect(file(true)['env']).not.toHaveProperty('REPLAY');
  expect(file(false)['env']).toHaveProperty('REPLAY', 'off');
});
