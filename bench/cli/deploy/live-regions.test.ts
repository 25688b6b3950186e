import { expect, test } from 'vitest';
import { testConfig } from '../../test/support/config.ts';
import { scriptedServer } from '../../test/support/scripted-server.ts';
import type { Io } from '../io.ts';
import { liveRegions } from './live-regions.ts';

const config = testConfig({ provider: 'fly', regions: ['cdg', 'los'] });
const ioOf = (env: NodeJS.ProcessEnv) =>
  ({ env, signal: new AbortController().signal }) as unknown as Io;

test('a region that Fly opened after this version can be deployed to, where Fly can be asked', async () => {
  const los = { code: 'los', name: 'Lagos, Nigeria', latitude: 6.58, longitude: 3.32 };
  const { url } = await scriptedServer(() => [200, { Regions: [{ code: 'cdg' }, los] }]);
  const asked = ioOf({ FLY_API_TOKEN: 'x', FLY_FLAPS_BASE_URL: url });
  expect((await liveRegions(config, asked)).regions).toEqual(['cdg', 'los']);
  await expect(liveRegions(config, ioOf({}))).rejects.toThrow('this version knows no region los');
});
