import { expect, test } from 'vitest';
import { scriptedServer, type Reply } from '../../test/support/scripted-server.ts';
import { regions } from '../../world/regions.ts';
import { flyCheck } from './fly.ts';

const inTime = new AbortController().signal;

const look = async (reply: Reply, token = 'a-token-of-ours', said: object = { tokens: [] }) => {
  const { url } = await scriptedServer(({ path }) =>
    path === '/v1/tokens/current' && typeof reply !== 'function' && reply[0] === 200
      ? [200, said]
      : reply,
  );
  return flyCheck({ FLY_FLAPS_BASE_URL: url, FLY_API_TOKEN: token }, inTime);
};

const offer = (codes: readonly string[]): Reply => [
  200,
  { Regions: codes.map((code) => ({ code })) },
];
const live = [...regions.values()].filter(({ retired }) => !retired).map(({ code }) => code);

test('no token is no fault', async () => {
  const { state, detail } = await flyCheck({}, inTime);
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

test('what the token is for, and what a free trial lacks', async () => {
  const of = (said: object) => look(offer(live), 'a-token-of-ours', said);
  const whole = await of({ tokens: [{ org_slug: 'acme' }, { org_slug: 'acme', apps: ['x'] }] });
  expect(whole.detail).toMatch(/, for the organisation acme, \d+ regions$/);
  expect(whole.note).toMatch(/free trial.*no performance processors.*10 machines/);
  const part = await of({ tokens: [{ org_slug: 'acme', apps: ['x', 'y'] }] });
  expect(part.detail).toContain(', for the organisation acme (only x, y), ');
  const several = await of({ tokens: [{ org_slug: 'acme' }, { org_slug: 'b' }] });
  expect(several.detail).toContain(', for the organisations acme, b, ');
});

test('an organisation that has to pay first is told so, and not of its connection', async () => {
  const finding = await look([402, { error: 'payment method required to continue' }]);
  expect(finding.state).toBe('broken');
  expect(finding.fix).toMatch(/Add a payment card/);
});
