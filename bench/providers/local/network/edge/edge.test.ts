import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { get, request, type IncomingMessage, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { ask, keepAliveAgent } from '../testing/ask.ts';
import { triesUntil } from '../testing/tries-until.ts';
import { edgeFor, startMachine } from '../testing/world.ts';

const name: (id: string) => RequestListener = (id) => (_, response) => response.end(id);

test('a warm request takes one round trip to the machine, a cold one two', async () => {
  const port = await edgeFor([await startMachine('a', 'ord', name('a'))]);
  const agent = keepAliveAgent();
  const cold = await ask(port, '/', { agent });
  const warm = await triesUntil(115, async () => (await ask(port, '/', { agent })).ms);
  expect(cold.ms).toBeGreaterThanOrEqual(120);
  expect(Math.min(...warm)).toBeGreaterThanOrEqual(60);
  expect(Math.min(...warm)).toBeLessThan(115);
});

test('the nearest machine answers; when it dies, the next nearest does', async () => {
  const near = await startMachine('near', 'ams', name('near'));
  const port = await edgeFor([await startMachine('far', 'ord', name('far')), near]);
  expect((await ask(port, '/')).text).toBe('near');
  near.kill();
  expect(await ask(port, '/')).toMatchObject({ status: 200, text: 'far' });
  expect((await ask(port, '/')).text).toBe('far');
});

test('no machine can be reached: 502, and 503 once its checks have failed; both say why', async () => {
  const only = await startMachine('only', 'cdg', name('only'));
  const port = await edgeFor([only]);
  only.kill();
  const refused = await ask(port, '/');
  expect(refused.status).toBe(502);
  expect(refused.text).toContain('tried only (connect ECONNREFUSED');
  await expect.poll(async () => (await ask(port, '/')).status).toBe(503);
  expect((await ask(port, '/')).text).toBe('PR03: no healthy machine of app app\n');
});

test('a machine that dies on a POST does not make it run twice', async () => {
  let seen = 0;
  const breaking: RequestListener = (_, response) => {
    seen++;
    response.destroy();
  };
  const port = await edgeFor([
    await startMachine('a', 'cdg', breaking),
    await startMachine('b', 'ams', breaking),
  ]);
  const answer = await ask(port, '/', { method: 'POST', body: 'once' });
  expect(answer.status).toBe(502);
  expect(answer.text).toContain('broke the connection before it answered');
  expect(seen).toBe(1);
});

test('connections to machines are kept and used again', async () => {
  const machine = await startMachine('a', 'cdg', name('a'));
  const port = await edgeFor([machine]);
  for (let i = 0; i < 20; i++) await ask(port, '/');
  // One of the edge, and one of the health checks if they had their turn.
  expect(machine.sockets.length).toBeLessThanOrEqual(2);
});

test('a hundred requests at once all get their own answer', async () => {
  const port = await edgeFor([
    await startMachine('a', 'ams', (sent, response) =>
      setTimeout(() => response.end(sent.url), 20),
    ),
  ]);
  const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => ask(port, `/${i}`)));
  expect(answers.map(({ text }) => text)).toEqual(answers.map((_, i) => `/${i}`));
});

test('headers: what the edge adds, overwrites and strips, in both directions', async () => {
  const port = await edgeFor([
    await startMachine('a', 'ams', (sent, response) => {
      response.setHeader('Set-Cookie', ['a=1', 'b=2']);
      response.setHeader('Connection', 'keep-alive, X-Private');
      response.setHeader('X-Private', 'hop');
      response.setHeader('Server', 'app');
      response.end(JSON.stringify(sent.headers));
    }),
  ]);
  const answer = await ask(port, '/?q=1', {
    headers: {
      Host: 'recipes.example',
      'Fly-Region': 'syd',
      'Fly-Client-IP': '9.9.9.9',
      'Fly-Replay-Src': 'instance=forged',
      'Fly-Replay-Failed': 'forged',
      'Fly-Request-Id': 'forged',
      'X-Forwarded-For': '8.8.8.8',
      Connection: 'close, X-Hop',
      'X-Hop': '1',
      'X-Kept': 'yes',
    },
  });
  const toApp = JSON.parse(answer.text) as Record<string, string>;
  expect(toApp).toMatchObject({
    host: 'recipes.example',
    'fly-region': 'cdg',
    'fly-client-ip': '127.0.0.1',
    'fly-forwarded-port': String(port),
    'x-forwarded-for': '8.8.8.8, 127.0.0.1, 127.0.0.1',
    'x-forwarded-proto': 'http',
    'x-forwarded-port': String(port),
    'x-forwarded-ssl': 'off',
    via: '1.1 fly.io',
    'x-kept': 'yes',
  });
  expect(toApp['fly-replay-src'] ?? toApp['fly-replay-failed'] ?? toApp['x-hop']).toBeUndefined();
  expect(toApp['fly-request-id']).toBe(answer.headers['fly-request-id']);
  expect(answer.headers).toMatchObject({
    'set-cookie': ['a=1', 'b=2'],
    server: 'Fly/local',
    via: '1.1 fly.io',
  });
  expect(answer.headers['x-private']).toBeUndefined();
});

test('HEAD, 204 and 304 have no body and keep the connection', async () => {
  const machine = await startMachine('a', 'cdg', (sent, response) => {
    if (sent.url === '/head') response.setHeader('Content-Length', 5);
    response.statusCode = sent.url === '/head' ? 200 : Number(sent.url?.slice(1));
    response.setHeader('ETag', '"x"');
    response.end();
  });
  const port = await edgeFor([machine]);
  const agent = keepAliveAgent(1);
  const head = await ask(port, '/head', { method: 'HEAD', agent });
  expect(head).toMatchObject({ status: 200, text: '', headers: { 'content-length': '5' } });
  expect(await ask(port, '/204', { agent })).toMatchObject({ status: 204, text: '' });
  expect(await ask(port, '/304', { agent })).toMatchObject({
    status: 304,
    headers: { etag: '"x"' },
  });
  expect(Object.values(agent.freeSockets).flat()).toHaveLength(1);
  expect(machine.sockets.length).toBeLessThanOrEqual(2);
});

test('early hints pass', async () => {
  const port = await edgeFor([
    await startMachine('a', 'cdg', (_, response) => {
      response.writeEarlyHints({ link: '</a.css>; rel=preload' });
      response.end('page');
    }),
  ]);
  const sent = get({ port, host: '127.0.0.1', agent: false });
  const both = Promise.all([once(sent, 'information'), once(sent, 'response')]);
  const [[hint], [response]] = (await both) as [[object], [IncomingMessage]];
  expect(hint).toMatchObject({ statusCode: 103, headers: { link: '</a.css>; rel=preload' } });
  expect(response.resume().statusCode).toBe(200);
});

test('the first byte of a response passes before the rest exists, and the head before any body', async () => {
  let step = (): void => undefined;
  const port = await edgeFor([
    await startMachine('a', 'ams', (_, response) => {
      response.flushHeaders();
      step = () => {
        response.write('one');
        step = () => response.end('two');
      };
    }),
  ]);
  const [response] = (await once(get({ port, host: '127.0.0.1', agent: false }), 'response')) as [
    IncomingMessage,
  ];
  const seen: string[] = [];
  response.on('data', (chunk: Buffer) => seen.push(chunk.toString()));
  step();
  await expect.poll(() => seen).toEqual(['one']);
  step();
  await expect.poll(() => [...seen, response.complete]).toEqual(['one', 'two', true]);
});

test('the first byte of a request passes before the rest exists', async () => {
  const seen: string[] = [];
  const port = await edgeFor([
    await startMachine('a', 'ams', (sent, response) => {
      sent.on('data', (chunk: Buffer) => seen.push(chunk.toString()));
      sent.on('end', () => response.end(seen.join('+')));
    }),
  ]);
  const sent = request({ port, host: '127.0.0.1', method: 'POST', agent: false });
  sent.write('one');
  await expect.poll(() => seen).toEqual(['one']);
  sent.end('two');
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  expect(String((await once(response, 'data'))[0])).toBe('one+two');
});

test('20 MiB go through in both directions unharmed', async () => {
  const port = await edgeFor([
    await startMachine('a', 'ams', (sent, response) => void sent.pipe(response)),
  ]);
  const body = randomBytes(20 * 2 ** 20);
  const sent = request({ port, host: '127.0.0.1', method: 'PUT', agent: false });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const hash = createHash('sha1');
  for await (const chunk of response) hash.update(chunk as Buffer);
  expect(hash.digest('hex')).toBe(createHash('sha1').update(body).digest('hex'));
});

test('a client that leaves aborts the request at the machine', async () => {
  const machine = await startMachine('a', 'ams', () => undefined);
  const port = await edgeFor([machine]);
  const asked = new Promise<IncomingMessage>((resolve) => {
    machine.server.on('request', (sent) => {
      if (sent.url === '/slow') resolve(sent);
    });
  });
  const sent = get({ port, host: '127.0.0.1', agent: false, path: '/slow' });
  sent.on('error', () => undefined);
  const atMachine = await asked;
  atMachine.on('error', () => undefined);
  expect(atMachine.destroyed).toBe(false);
  sent.destroy();
  await expect.poll(() => atMachine.destroyed).toBe(true);
});

test('a machine that breaks off in the middle breaks off the client’s response', async () => {
  const port = await edgeFor([
    await startMachine('a', 'ams', (_, response) => {
      response.write('half', () => setTimeout(() => response.destroy(), 50));
    }),
  ]);
  await expect(ask(port, '/')).rejects.toThrow();
  expect(await ask(port, '/').catch(() => 'still serving')).toBe('still serving');
});

test('a request that is not for a path of the app is refused, and the edge goes on', async () => {
  const port = await edgeFor([await startMachine('a', 'cdg', name('a'))]);
  expect((await ask(port, '*', { method: 'OPTIONS' })).status).toBe(400);
  expect((await ask(port, '/')).text).toBe('a');
});

test('an upgrade is answered with 501', async () => {
  const port = await edgeFor([await startMachine('a', 'cdg', name('a'))]);
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1.1 501 .*no upgrades/s);
});
