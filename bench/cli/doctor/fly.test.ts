import { expect, test } from 'vitest';
import { scriptedServer, type Reply } from '../../test/support/scripted-server.ts';
import { regions } from '../../world/regions.ts';
import { flyCheck } from './fly.ts';

const look = async (reply: Reply, token = 'test-token') => {
  const { url } = await scriptedServer(() => reply);
  return flyCheck({ FLY_FLAPS_BASE_URL: url, FLY_API_TOKEN: token });
};

const offer = (codes: readonly string[]): Reply => [
  200,
  { Regions: codes.map((code) => ({ code })) },
];
const live = [...regions.values()].filter(({ retired }) => !retired).map(({ code }) => code);

test('no token is no fault', async () => {
  const { state, detail } = await flyCheck({});
  expect(state).toBe('ok');
  expect(detail).toContain('no token');
});

test('a token that is accepted, and every region there', async () => {
  const { state, detail } = await look(offer(live));
  expect(state).toBe('ok');
  expect(detail).toContain(`${live.length} regions`);
});

test('a region that Fly has retired since', async () => {
  const { state, detail } = await look(offer(live.filter((code) => code !== 'ord')));
  expect(state).toBe('poor');
  expect(detail).toContain('retired since this version: ord');
});

test('a token that is refused is not repeated', async () => {
  const finding = await look([401, { error: 'bad token s3cr3t-token' }], 's3cr3t-token');
  expect(finding.state).toBe('broken');
  expect(finding.fix).toContain('fly tokens create');
  expect(JSON.stringify(finding)).not.toContain('s3cr3t');
});
