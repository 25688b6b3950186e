import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { describeWarning } from '../base/warnings.ts';
import { scriptedServer, type Reply } from '../test/support/scripted-server.ts';
import { checkTargets, type LookFrom } from './target-check.ts';
import type { Rules } from './target-check/judge.ts';
import { certificateFault } from './target-check/certificate-fault.ts';

const never = new AbortController().signal;
const rules: Rules = {
  ...{ asksBase: true, isScript: false, skipsTls: false, allowStatus: [], follow: false },
};
const from = { env: {}, isElsewhere: false, signal: never };

async function check(url: string, changes: Partial<Rules> = {}, more: Partial<LookFrom> = {}) {
  const targets = [{ name: 'prod', url }];
  const [judged] = await checkTargets(targets, { ...rules, ...changes }, { ...from, ...more });
  if (judged === undefined) throw new Error('nothing was judged');
  return judged;
}

const problemOf = async (...args: Parameters<typeof check>) => (await check(...args)).problem;

/** Nothing listens there any more. */
let closedPort = 0;
beforeAll(async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closedPort = (server.address() as AddressInfo).port;
  await new Promise((resolve) => server.close(resolve));
});

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

test('what answers is fine, and asked a few times', async () => {
  const { url, asked } = await scriptedServer(() => [200, 'x']);
  const judged = await check(`${url}/a?b=c`);
  expect(judged).toMatchObject({ notes: [], warnings: [], streams: false, closes: false });
  expect(judged.problem).toBeUndefined();
  expect(judged.answerMs).toBeGreaterThan(0);
  expect(asked.map(({ path }) => path)).toEqual(Array.from({ length: 5 }, () => '/a?b=c'));
});

describe('an error', () => {
  test('is a problem where it is what would be measured, with what to do', async () => {
    const { url } = await scriptedServer(({ path }) => [Number(path.slice(1)), 'x']);
    const told = async (status: number) => {
      const { what, fix } = (await problemOf(`${url}/${status}`)) ?? {};
      return [what?.slice(url.length), fix];
    };
    expect(await told(503)).toEqual([
      '/503 answers HTTP 503',
      'Look into the log of the app, or, if that answer is meant, add --allow-status 503.',
    ]);
    expect(await told(401)).toMatchObject([
      /401 \(it wants a login\)/,
      /--script.*--allow-status 401/,
    ]);
    expect(await told(429)).toMatchObject([/too many requests/, /lower --rate/]);
    expect(await told(404)).toMatchObject([/no such page/, /Correct the path/]);
    for (const fine of [200, 204, 299, 304])
      expect(await problemOf(`${url}/${fine}`)).toBeUndefined();
  });

  test('is what was wanted if it was allowed', async () => {
    const { url } = await scriptedServer(() => [404, 'x']);
    expect(await check(url, { allowStatus: [401, 404] })).toMatchObject({ notes: [] });
    expect(await problemOf(url, { allowStatus: [404] })).toBeUndefined();
    expect(await problemOf(url, { allowStatus: [401] })).toBeDefined();
  });

  test('is only told of where other paths are measured', async () => {
    const { url } = await scriptedServer(() => [404, 'x']);
    for (const other of [{ asksBase: false }, { asksBase: false, isScript: true }]) {
      const judged = await check(url, other);
      expect(judged.problem).toBeUndefined();
      expect(judged.notes).toEqual([
        `prod: ${url} answers HTTP 404; the paths that are measured may do better.`,
      ]);
    }
  });

  test('that comes now and then is told of, and no problem', async () => {
    const { url } = await scriptedServer((_, before) => [before.length % 2 === 1 ? 503 : 200, 'x']);
    const judged = await check(url);
    expect(judged.problem).toBeUndefined();
    expect(judged.notes).toEqual([`prod: 2 of 5 answers of ${url} were HTTP 503.`]);
  });
});

describe('a redirect', () => {
  const to = (location: string): Reply => [301, '', { location }];

  test('names where it leads in the end', async () => {
    const { url } = await scriptedServer(({ path }) =>
      path === '/' ? to('/en') : path === '/en' ? to('/en/') : [200, 'x'],
    );
    expect(await problemOf(`${url}/`)).toEqual({
      where: 'target prod',
      what: `${url}/ redirects to ${url}/en/ (HTTP 301); only the redirect would be measured`,
      fix: `Measure where it leads: --target prod=${url}/en/ (or have each request follow: --follow)`,
    });
    const judged = await check(`${url}/`, { follow: true });
    expect(judged.problem).toBeUndefined();
    expect(judged.warnings).toEqual([
      { code: 'redirects-followed', target: 'prod', hops: 2, to: `${url}/en/` },
    ]);
    expect(await problemOf(`${url}/`, { allowStatus: [301] })).toBeUndefined();
  });

  test('without end is one even if it is followed', async () => {
    const { url } = await scriptedServer(({ path }) => to(path));
    for (const follow of [false, true])
      expect(await problemOf(`${url}/`, { follow })).toMatchObject({
        what: `${url}/ redirects without end (more than 10 times)`,
      });
  });

  test('that ends with a cookie is followed as a browser does', async () => {
    const { url } = await scriptedServer(({ headers }) =>
      headers.cookie === 'seen=1'
        ? [200, 'x']
        : [302, '', { location: '/', 'set-cookie': 'seen=1; Path=/' }],
    );
    expect(await problemOf(`${url}/`, { follow: true })).toBeUndefined();
    expect(await problemOf(`${url}/`)).toMatchObject({
      what: expect.stringContaining('redirects to itself') as string,
      fix: expect.stringContaining('--follow') as string,
    });
  });

  test('to an error is one if it is followed, and to where nothing listens in any case', async () => {
    const { url } = await scriptedServer(({ path }) => (path === '/' ? to('/login') : [403, 'x']));
    expect(await problemOf(`${url}/`, { follow: true })).toMatchObject({
      what: `${url}/ answers HTTP 403 (it refuses)`,
    });
    const astray = await scriptedServer(() => to(`http://127.0.0.1:${closedPort}/`));
    expect(await problemOf(`${astray.url}/`)).toMatchObject({
      what: `${astray.url}/ redirects to http://127.0.0.1:${closedPort}/, which can't be reached: nothing listens there`,
    });
  });

  test('of the base is only told of where other paths of the same server are measured', async () => {
    const { url } = await scriptedServer(({ path }) => (path === '/' ? to('/en') : [200, 'x']));
    const judged = await check(`${url}/`, { asksBase: false });
    expect(judged.problem).toBeUndefined();
    expect(judged.notes).toHaveLength(1);
    const away = await scriptedServer(() => to(`${url}/en`));
    expect(await problemOf(`${away.url}/`, { asksBase: false })).toBeDefined();
    expect(await problemOf(`${away.url}/`, { asksBase: false, isScript: true })).toBeUndefined();
  });
});

test('nothing there, no such name, and something that does not answer', async () => {
  const silent = await portOf(createServer());
  expect(await problemOf(`http://127.0.0.1:${closedPort}`)).toMatchObject({
    what: `http://127.0.0.1:${closedPort} can't be reached: nothing listens there`,
  });
  expect(await problemOf('https://nobody.invalid/x')).toMatchObject({
    what: expect.stringMatching(
      /can't be reached: (there is no such name|its name could not)/,
    ) as string,
  });
  expect(await problemOf(`http://127.0.0.1:${silent}`, {}, { limitMs: 200 })).toMatchObject({
    what: `http://127.0.0.1:${silent} can't be reached: no answer within 0.2 s`,
  });
  expect(await problemOf(`https://127.0.0.1:${silent}`, {}, { limitMs: 200 })).toMatchObject({
    what: `https://127.0.0.1:${silent} can't be reached: no answer within 0.2 s`,
  });
});

test('what is not HTTP is no reason to crash', async () => {
  const ssh = await portOf(createServer((socket) => socket.end('SSH-2.0-x\r\n')));
  expect(await problemOf(`http://127.0.0.1:${ssh}`)).toMatchObject({
    what: `http://127.0.0.1:${ssh} can't be reached: what answers there is not HTTP`,
  });
  const { url } = await scriptedServer(() => [200, 'x']);
  expect(await problemOf(url.replace('http:', 'https:'))).toMatchObject({
    what: expect.stringContaining('does not speak TLS') as string,
  });
});

test('a hint before the answer is told of, with how much later the answer comes', async () => {
  const port = await portOf(
    createHttpServer((_, response) => {
      response.writeEarlyHints({ link: '</a.css>; rel=preload' });
      setTimeout(() => response.end('x'), 100);
    }),
  );
  const { warnings } = await check(`http://127.0.0.1:${port}/`);
  expect(warnings).toMatchObject([{ code: 'early-hints', target: 'prod', status: 103 }]);
  const [hint] = warnings;
  const laterMs = hint?.code === 'early-hints' ? hint.laterMs : NaN;
  // A timer may ring a millisecond early.
  expect(laterMs).toBeGreaterThan(90);
  expect(warnings.map(describeWarning)[0]).toContain(
    'prod sends 103 Early Hints before its answer',
  );
});

test('a stream is not waited for, and a closed connection seen', async () => {
  const { url } = await scriptedServer(() => (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', connection: 'close' });
    response.write('data: 1\n\n');
  });
  const judged = await check(`${url}/`);
  expect(judged).toMatchObject({ streams: true, closes: true });
  expect(judged.problem).toBeUndefined();
  expect(judged.notes[0]).toContain('had not ended a second after it began');
});

test('the longest answer counts', async () => {
  const { url } = await scriptedServer((_, before) => (response) => {
    setTimeout(() => response.end(), before.length === 2 ? 150 : 1);
  });
  expect((await check(`${url}/`)).answerMs).toBeGreaterThan(140);
});

test('a private name is not looked at from elsewhere', async () => {
  for (const host of ['top1.nearest.of.a.internal:8080', 'a.flycast'])
    expect(await check(`http://${host}/`, {}, { isElsewhere: true })).toEqual({
      ...{ name: 'prod', warnings: [] },
      notes: [`prod: ${host} can only be reached from within Fly, so it was not looked at.`],
    });
});

test('stops when told to', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(check('http://127.0.0.1:1', {}, { signal })).rejects.toThrow('enough');
});

describe('a certificate', () => {
  let folder = '';
  const file = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bench-certificates-'));
    const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    const subject = ['-subj', '/CN=good.example'];
    const names = ['-addext', 'subjectAltName=DNS:good.example'];
    const [key, good, request] = [file('key'), file('good'), file('request')];
    openssl('req', '-x509', ...newKey, '-keyout', key, '-out', good, ...subject, ...names);
    const local = ['-subj', '/CN=local', '-addext', 'subjectAltName=IP:127.0.0.1'];
    openssl('req', '-x509', '-key', key, '-out', file('local'), ...local);
    openssl('req', '-new', '-key', key, ...subject, '-out', request);
    openssl(
      ...['x509', '-req', '-in', request, '-signkey', key],
      ...['-days', '-1', '-out', file('expired')],
    );
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const serving = (certificate: string): Promise<number> =>
    portOf(
      createTlsServer(
        { key: readFileSync(file('key')), cert: readFileSync(file(certificate)) },
        (_, response) => response.end(),
      ),
    );

  /** The fault that a client sees which trusts the certificate as such. */
  async function faultOf(certificate: string, servername: string): Promise<string | undefined> {
    const port = await serving(certificate);
    const ca = readFileSync(file(certificate));
    const socket = connect({ port, host: '127.0.0.1', servername, ca });
    const fault = await new Promise<string | undefined>((resolve) => {
      socket.once('error', (error) => {
        resolve(certificateFault(error));
      });
      socket.once('secureConnect', () => {
        resolve(undefined);
      });
    });
    socket.destroy();
    return fault;
  }

  test('that is self-signed', async () => {
    const port = await serving('good');
    expect(await problemOf(`https://127.0.0.1:${port}`)).toEqual({
      where: 'target prod',
      what: `the certificate of 127.0.0.1:${port} is not good: it is self-signed`,
      fix: 'Put a good certificate there, or measure the app by the name that its certificate is for.',
    });
    expect(await problemOf(`https://127.0.0.1:${port}`, { isScript: true })).toMatchObject({
      fix: expect.stringContaining('insecureSkipTLSVerify') as string,
    });
    expect(await problemOf(`https://127.0.0.1:${port}`, { skipsTls: true })).toBeUndefined();
  });

  test('of an authority of their own is good where k6 is told of it; over HTTP/2 too', async () => {
    const own = { env: { SSL_CERT_FILE: file('local') } };
    const trusted = { key: readFileSync(file('key')), cert: readFileSync(file('local')) };
    const http1 = await portOf(createTlsServer(trusted, (_, response) => response.end()));
    const http2 = await portOf(
      createSecureServer(trusted, (_, response) => {
        response.writeEarlyHints({ link: '</a.css>; rel=preload' });
        response.end();
      }),
    );
    expect((await problemOf(`https://127.0.0.1:${http1}`))?.what).toContain('is not good');
    expect(await problemOf(`https://127.0.0.1:${http1}`, {}, own)).toBeUndefined();
    expect((await check(`https://127.0.0.1:${http2}`, {}, own)).warnings).toMatchObject([
      { code: 'early-hints', status: 103 },
    ]);
  });

  test('that has expired, is for another name, or is good', async () => {
    expect(await faultOf('expired', 'good.example')).toBe('it has expired');
    expect(await faultOf('good', 'other.example')).toBe('it is for another name (good.example)');
    expect(await faultOf('good', 'good.example')).toBeUndefined();
  });
});
