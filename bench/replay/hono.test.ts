import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { replay } from './hono.ts';

const refused = () => Object.assign(new Error('read-only'), { code: '25006' });
const replayed = (state: string) => ({
  headers: { 'fly-replay-src': `region=syd;state=${state}` },
});

function appIn(region: string): { app: Hono; runs: string[] } {
  const runs: string[] = [];
  const app = new Hono();
  app.use(replay({ place: { region, primary: 'cdg' } }));
  app.onError((error, c) => c.text(`failed: ${error.message}`, 500, { 'set-cookie': 'trace=1' }));
  app.use(async (c, next) => {
    runs.push(`${c.req.method} ${c.req.path}`);
    await next();
  });
  app.get('/read', (c) => c.text('read', 200, { 'set-cookie': 'theme=dark' }));
  app.post('/write', (c) => c.text('written'));
  app.get('/counts', () => {
    throw new Error('could not count', { cause: refused() });
  });
  app.get('/throws-object', () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- some drivers do
    throw { code: '25006' };
  });
  app.get('/broken', () => {
    throw new TypeError('boom');
  });
  const nested = new Hono();
  nested.onError((_, c) => c.text('nested handler', 500));
  nested.get('/counts', () => {
    throw refused();
  });
  app.route('/nested', nested);
  return { app, runs };
}

test('a write in a secondary region is answered at once and the app does not run', async () => {
  const { app, runs } = appIn('syd');
  const answer = await app.request('/write', { method: 'POST', body: 'x' });
  expect(answer.status).toBe(409);
  expect(answer.headers.get('fly-replay')).toBe('region=cdg;state=http_method');
  expect(answer.headers.get('fly-region')).toBe('syd');
  expect(await answer.text()).toBe('');
  expect(runs).toEqual([]);
});

test.each(['/counts', '/nested/counts', '/throws-object'])(
  'GET %s that writes becomes a replay without a trace of the failed answer',
  async (path) => {
    const answer = await appIn('syd').app.request(path);
    expect(answer.status).toBe(409);
    expect([...answer.headers]).toEqual([
      ['fly-region', 'syd'],
      ['fly-replay', 'region=cdg;state=captured_write'],
    ]);
    expect(await answer.text()).toBe('');
  },
);

test('any other error passes through unchanged', async () => {
  const { app } = appIn('syd');
  const broken = await app.request('/broken');
  expect([broken.status, await broken.text()]).toEqual([500, 'failed: boom']);
  expect(broken.headers.get('fly-replay')).toBeNull();
  expect((await app.request('/nowhere')).status).toBe(404);
});

test('in the primary region nothing is replayed, not even a refused write', async () => {
  const { app } = appIn('cdg');
  expect((await app.request('/write', { method: 'POST' })).status).toBe(200);
  const refusal = await app.request('/counts');
  expect([refusal.status, await refusal.text()]).toEqual([500, 'failed: could not count']);
});

test('an answer to a replayed write sets the threshold beside the cookies of the app', async () => {
  const { app } = appIn('cdg');
  const before = Date.now() / 1000;
  const answer = await app.request('/read', replayed('captured_write'));
  const [own, threshold] = answer.headers.getSetCookie();
  expect(own).toBe('theme=dark');
  const until = Number(/^fly-replay-threshold=([\d.]+);/.exec(threshold ?? '')?.[1]);
  expect(until).toBeGreaterThanOrEqual(before + 4.999);
  expect(until).toBeLessThanOrEqual(Date.now() / 1000 + 5.001);
});

test('neither a direct write nor a threshold replay sets it', async () => {
  const { app } = appIn('cdg');
  const direct = await app.request('/write', { method: 'POST' });
  const threshold = await app.request('/write', { method: 'POST', ...replayed('threshold') });
  expect(direct.headers.getSetCookie()).toEqual([]);
  expect(threshold.headers.getSetCookie()).toEqual([]);
});

test('a threshold in the future sends a read to the primary, one in the past does not', async () => {
  const { app } = appIn('syd');
  const read = async (until: number) => {
    const cookie = `fly-replay-threshold=${until}`;
    const answer = await app.request('/read', { headers: { cookie } });
    return answer.headers.get('fly-replay') ?? (await answer.text());
  };
  expect(await read(Date.now() / 1000 + 60)).toBe('region=cdg;state=threshold');
  expect(await read(Date.now() / 1000 - 1)).toBe('read');
});
