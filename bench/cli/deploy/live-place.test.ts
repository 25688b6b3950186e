import { expect, test } from 'vitest';
import { testConfig } from '../../test/support/config.ts';
import { scriptedServer } from '../../test/support/scripted-server.ts';
import type { Io } from '../io.ts';
import { livePlace } from './live-place.ts';

const config = testConfig({ provider: 'fly', regions: ['cdg', 'los'] });
const ioOf = (env: NodeJS.ProcessEnv) =>
  ({ env, signal: new AbortController().signal }) as unknown as Io;

test('a region that Fly opened after this version can be deployed to, where Fly can be asked', async () => {
  const los = { code: 'los', name: 'Lagos, Nigeria', latitude: 6.58, longitude: 3.32 };
  const { url } = await scriptedServer(() => [200, { Regions: [{ code: 'cdg' }, los] }]);
  const asked = ioOf({ FLY_API_TOKEN: 'x', FLY_FLAPS_BASE_URL: url });
  expect((await livePlace(config, asked)).config.regions).toEqual(['cdg', 'los']);
  await expect(livePlace(config, ioOf({}))).rejects.toThrow('this version knows no region los');
});

test('apps are made where somebody says, or else where the token is for', async () => {
  const near = { ...config, regions: ['cdg'] };
  const { url } = await scriptedServer(({ path }) =>
    path === '/v1/tokens/current'
      ? [200, { tokens: [{ org_slug: 'acme' }] }]
      : [200, { regions: [{ code: 'cdg' }] }],
  );
  const asked = ioOf({ FLY_API_TOKEN: 'x', FLY_FLAPS_BASE_URL: url });
  expect((await livePlace(near, asked)).org).toBe('acme');
  const said = { ...near, fly: { ...near.fly, org: 'other' } };
  expect((await livePlace(said, asked)).org).toBe('other');
  expect((await livePlace(near, ioOf({}))).org).toBe('personal');
});
