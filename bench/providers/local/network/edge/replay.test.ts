import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { ask, keepAliveAgent, type Asked } from '../testing/ask.ts';
import { triesUntil } from '../testing/tries-until.ts';
import { edgeFor, startMachine } from '../testing/world.ts';

const limit = 2 ** 20;

/** Asks for a replay unless the request is one already; then says what arrived. */
const replays =
  (id: string, header: string): RequestListener =>
  (sent, response) => {
    if (sent.headers['fly-replay-src'] === undefined) askFor(header)(sent, response);
    else void report(id, sent).then((text) => response.end(text));
  };

const askFor =
  (header: string): RequestListener =>
  (_, response) => {
    response.writeHead(409, { 'Fly-Replay': header, 'Content-Type': 'text/html' });
    response.end('dropped');
  };

const reports =
  (id: string): RequestListener =>
  (sent, response) =>
    void report(id, sent).then((text) => response.end(text));

async function report(id: string, sent: IncomingMessage): Promise<string> {
  let bytes = 0;
  let sum = 0;
  for await (const chunk of sent as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    for (const byte of chunk) sum += byte;
  }
  return JSON.stringify({
    id,
    method: sent.method,
    url: sent.url,
    headers: sent.headers,
    bytes,
    sum,
  });
}

interface Report {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly bytes: number;
  readonly sum: number;
}

const read = ({ text }: Asked): Report => JSON.parse(text) as Report;

/** A machine near cdg that asks for replays, and one in ord that reports. */
async function world(header: string, more: RequestListener = replays('near', header)) {
  const near = await startMachine('near', 'ams', more);
  const far = await startMachine('far', 'ord', reports('far'));
  return { near, far, port: await edgeFor([near, far]) };
}

test('a replayed POST arrives whole, with its source; status, body and header of the replay are gone', async () => {
  const { port } = await world('region=ord;state=http_method');
  const before = Date.now() * 1000;
  const body = randomBytes(70_000);
  const answer = await ask(port, '/rate?id=7', {
    method: 'POST',
    body,
    headers: { 'Content-Length': body.length, 'X-Kept': 'yes', 'Fly-Replay-Src': 'forged' },
  });
  expect(answer.status).toBe(200);
  expect(Object.keys(answer.headers)).not.toContain('fly-replay');
  const sum = body.reduce((total, byte) => total + byte, 0);
  const got = read(answer);
  expect(got).toMatchObject({ id: 'far', method: 'POST', url: '/rate?id=7', bytes: 70_000, sum });
  expect(got.headers).toMatchObject({ 'x-kept': 'yes', 'fly-region': 'cdg' });
  const [, t] = /^instance=near;region=ams;t=(\d+);state=http_method$/.exec(
    got.headers['fly-replay-src'] ?? '',
  ) ?? ['', '0'];
  expect(Number(t)).toBeGreaterThanOrEqual(before);
});

test('a replay travels back through the edge: both round trips are paid', async () => {
  const { port } = await world('region=ord');
  const agent = keepAliveAgent();
  await ask(port, '/', { agent });
  const warm = await triesUntil(20 + 60 + 70, async () => (await ask(port, '/', { agent })).ms);
  expect(Math.min(...warm)).toBeGreaterThanOrEqual(20 + 60);
  expect(Math.min(...warm)).toBeLessThan(20 + 60 + 70);
});

test('a body of exactly the limit is replayed, with and without a declared length', async () => {
  const { port } = await world('region=ord');
  const body = randomBytes(limit);
  expect(read(await ask(port, '/', { method: 'PUT', body })).bytes).toBe(limit);
  const chunked = { method: 'PUT', body, headers: { 'Transfer-Encoding': 'chunked' } };
  expect(read(await ask(port, '/', chunked)).bytes).toBe(limit);
});

test('a body of one byte more reaches the first machine, and its replay is refused', async () => {
  const body = randomBytes(limit + 1);
  const { port } = await world('', (sent, response) => {
    if (sent.url === '/plain') reports('near')(sent, response);
    else
      sent.resume().on('end', () => {
        askFor('region=ord')(sent, response);
      });
  });
  expect(read(await ask(port, '/plain', { method: 'PUT', body }))).toMatchObject({
    id: 'near',
    bytes: limit + 1,
  });
  for (const headers of [{}, { 'Transfer-Encoding': 'chunked' }]) {
    const answer = await ask(port, '/replay', { method: 'PUT', body, headers });
    expect(answer.status).toBe(502);
    expect(answer.text).toContain(
      'PA01: the request’s body is larger than 1048576 bytes'.replace('’', "'"),
    );
  }
});

test('ten replays pass, the eleventh is refused', async () => {
  let asked = 0;
  const counting: RequestListener = (sent, response) => {
    asked++;
    if (sent.url === `/${asked - 1}`) response.end('enough');
    else askFor('region=ams')(sent, response);
  };
  const port = await edgeFor([await startMachine('a', 'ams', counting)]);
  expect(await ask(port, '/10')).toMatchObject({ status: 200, text: 'enough' });
  asked = 0;
  expect(await ask(port, '/11')).toMatchObject({
    status: 502,
    text: 'PA02: more than 10 replays\n',
  });
  expect(asked).toBe(11);
});

test('the JSON form', async () => {
  const json: RequestListener = (sent, response) => {
    response.setHeader('Content-Type', 'application/vnd.fly.replay+json');
    response.end(sent.url === '/bad' ? '{"transform":{}}' : '{"region":"ord","state":"json"}');
  };
  const { port } = await world('', json);
  expect(read(await ask(port, '/')).headers['fly-replay-src']).toMatch(/;state=json$/);
  expect(await ask(port, '/bad')).toMatchObject({
    status: 502,
    text: 'PA03: fly-replay: the field transform is not supported here\n',
  });
});

test.each([
  ['region=Paris', 'PA03: fly-replay: "Paris" is not a region'],
  ['app=unknown', 'PA04: fly-replay: there is no app unknown here'],
  ['instance=nobody', 'PA03: fly-replay: app app has no machine nobody'],
  ['region=scl', 'PR03: no healthy machine of app app scl'],
])('the replay %s is refused in words', async (header, words) => {
  const { port } = await world(header);
  const answer = await ask(port, '/');
  expect(answer.status).toBeGreaterThanOrEqual(502);
  expect(answer.text).toContain(words);
});

test('elsewhere, instance and another app', async () => {
  const near = await startMachine('near', 'ams', (sent, response) => {
    askFor(decodeURIComponent(sent.url?.slice(1) ?? ''))(sent, response);
  });
  const far = await startMachine('far', 'ord', reports('far'));
  const other = await startMachine('other', 'ord', reports('other'), 'shop');
  const port = await edgeFor([near, far, other]);
  const served = async (header: string) =>
    read(await ask(port, `/${encodeURIComponent(header)}`)).id;
  expect(await served('elsewhere=true')).toBe('far');
  expect(await served('instance=far')).toBe('far');
  expect(await served('app=shop')).toBe('other');
  expect(await served('app=shop;prefer_instance=nobody')).toBe('other');
});

test('a preferred instance that is missing is named to the machine that serves instead', async () => {
  const { port } = await world('region=ord;prefer_instance=gone');
  expect(read(await ask(port, '/')).headers['fly-preferred-instance-unavailable']).toBe('gone');
});

test('the client prefers or forces a region or an instance', async () => {
  const port = await edgeFor([
    await startMachine('near', 'ams', reports('near')),
    await startMachine('far', 'ord', reports('far')),
  ]);
  const served = async (headers: Record<string, string>) => read(await ask(port, '/', { headers }));
  expect((await served({ 'fly-prefer-region': 'ord' })).id).toBe('far');
  expect((await served({ 'fly-prefer-region': 'syd' })).id).toBe('near');
  expect((await served({ 'fly-force-region': 'syd,ord' })).id).toBe('far');
  expect((await served({ 'fly-force-instance-id': 'far' })).id).toBe('far');
  expect(await served({ 'fly-prefer-instance-id': 'gone' })).toMatchObject({
    id: 'near',
    headers: { 'fly-preferred-instance-unavailable': 'gone' },
  });
  expect((await ask(port, '/', { headers: { 'fly-force-region': 'syd' } })).status).toBe(503);
});

test('a fallback brings the request back with the reason, and may not be replayed again', async () => {
  const near = await startMachine('near', 'ams', (sent, response) => {
    if (sent.headers['fly-replay-failed'] === undefined || sent.url === '/again')
      askFor('region=ord;fallback=force_self')(sent, response);
    else reports('near')(sent, response);
  });
  const far = await startMachine('far', 'ord', reports('far'));
  const port = await edgeFor([near, far]);
  far.kill();
  const got = read(await ask(port, '/'));
  expect(got.id).toBe('near');
  expect(got.headers['fly-replay-failed']).toMatch(
    /^app=app;region=ord;replay_source=near;reason=retries_exhausted;elapsed_ms=\d+$/,
  );
  expect((await ask(port, '/again')).text).toContain('may not be replayed again');
});

test('a connection survives its machine’s replays', async () => {
  const { near, port } = await world('region=ord');
  for (let i = 0; i < 10; i++) await ask(port, '/', { method: 'POST', body: 'small' });
  expect(near.sockets.length).toBeLessThanOrEqual(3);
});
