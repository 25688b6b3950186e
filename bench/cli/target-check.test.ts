import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { scriptedServer } from '../test/support/scripted-server.ts';
import { checkTargets } from './target-check.ts';
import { certificateFault } from './target-check/certificate-fault.ts';

const never = new AbortController().signal;
const check = (url: string, limitMs?: number) =>
  checkTargets([{ name: 'prod', url }], never, limitMs);

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

test('what answers is fine; what answers with an error is told of', async () => {
  const { url } = await scriptedServer(({ path }) => [path === '/ok' ? 200 : 503, 'x']);
  expect(await check(`${url}/ok`)).toEqual({ problems: [], notes: [] });
  expect(await check(url)).toEqual({
    problems: [],
    notes: [`prod: ${url} answers HTTP 503; the scenario's own paths may do better.`],
  });
});

test('a redirect names where it leads', async () => {
  const { url } = await scriptedServer(() => [301, '', { location: '/en/' }]);
  expect((await check(url)).problems).toEqual([
    {
      where: 'target prod',
      what: `${url} redirects to ${url}/en/, and each request would be measured twice`,
      fix: `Measure where it leads: --target prod=${url}/en/`,
    },
  ]);
});

test('nobody there, a name of nobody, and somebody who does not answer', async () => {
  const silent = await portOf(createServer());
  const closed = createServer();
  closed.listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  expect((await check(`http://127.0.0.1:${port}`)).problems).toMatchObject([
    { what: `http://127.0.0.1:${port} can't be reached: nothing listens there` },
  ]);
  expect((await check('https://nobody.invalid/x')).problems).toMatchObject([
    { what: "https://nobody.invalid/x can't be reached: nobody knows the name" },
  ]);
  expect((await check(`http://127.0.0.1:${silent}`, 200)).problems).toMatchObject([
    { what: `http://127.0.0.1:${silent} can't be reached: no answer within 0.2 s` },
  ]);
  expect((await check(`https://127.0.0.1:${silent}`, 200)).problems).toHaveLength(1);
});

test('what is not HTTP is no reason to crash', async () => {
  const port = await portOf(createServer((socket) => socket.end('SSH-2.0-x\r\n')));
  expect((await check(`http://127.0.0.1:${port}`)).problems).toHaveLength(1);
});

test('a private name is not looked at', async () => {
  for (const host of ['top1.nearest.of.a.internal:8080', 'a.flycast'])
    expect(await check(`http://${host}/`)).toEqual({
      problems: [],
      notes: [`prod: ${host} can only be reached from within Fly, so it was not looked at.`],
    });
});

test('all targets are looked at, and all problems told', async () => {
  const { url } = await scriptedServer(() => [302, '', { location: 'https://example.com/' }]);
  const { problems } = await checkTargets(
    [
      { name: 'a', url },
      { name: 'b', url },
    ],
    never,
  );
  expect(problems.map(({ where }) => where)).toEqual(['target a', 'target b']);
});

test('stops when told to', async () => {
  const stop = AbortSignal.abort(new Error('enough'));
  await expect(checkTargets([{ name: 'a', url: 'http://127.0.0.1:1' }], stop)).rejects.toThrow(
    'enough',
  );
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
    expect((await check(`https://127.0.0.1:${port}`)).problems).toEqual([
      {
        where: 'target prod',
        what: `the certificate of 127.0.0.1:${port} is not good: it is self-signed`,
        fix: 'Put a valid certificate there, or measure the app by its own name: https://<app>.fly.dev.',
      },
    ]);
  });

  test('that has expired, is for another name, or is good', async () => {
    expect(await faultOf('expired', 'good.example')).toBe('it has expired');
    expect(await faultOf('good', 'other.example')).toBe('it is for another name (good.example)');
    expect(await faultOf('good', 'good.example')).toBeUndefined();
  });
});
