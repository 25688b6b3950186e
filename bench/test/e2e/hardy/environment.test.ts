import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createPlain, type RequestListener, type Server } from 'node:http';
import { createServer as createTls } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect, createServer as createSocket } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import type { Manifest } from '../../../samples/manifest.ts';
import { startBench } from '../../support/bench.ts';
import { descendantsOf } from '../../support/processes.ts';
import { readRun, runFromParis } from '../../support/run-from-paris.ts';

/** Reached by an address that Go would not leave out of a proxy's reach by itself, where this machine has one. */
const outside = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

const secrets = { FLY_API_TOKEN: 'fm2_s3cret', AWS_SECRET_ACCESS_KEY: 's3cret' };

test('hostile variables change nothing that is measured', async () => {
  const folder = await temporary();
  const agents = new Set<string | undefined>();
  const listener: RequestListener = (request, response) => {
    agents.add(request.headers['user-agent']);
    response.end('ok');
  };
  const plain = await listening(createPlain(listener), '0.0.0.0');
  const proxied: (string | undefined)[] = [];
  const proxy = await listening(
    createPlain((request, response) => {
      proxied.push(request.url);
      response.end();
    }),
  );
  const dashboard = await freePort();
  const running = await runFromParis(
    [
      ...['--target', `mine=http://${outside ?? '127.0.0.1'}:${plain}`],
      ...['--rounds', '1', '--duration', '8s', '--quiet'],
    ],
    {
      ...secrets,
      K6_USER_AGENT: 'hostile/1',
      K6_WEB_DASHBOARD: 'true',
      K6_WEB_DASHBOARD_PORT: String(dashboard),
      K6_OUT: `json=${join(folder, 'out.json')}`,
      K6_CONFIG: '/nonexistent.json',
      K6_LOG_OUTPUT: `file=${join(folder, 'k6.log')}`,
      K6_MIN_ITERATION_DURATION: '1s',
      K6_COMPATIBILITY_MODE: 'base',
      K6_MAX_REDIRECTS: '0',
      K6_THROW: 'true',
      K6_DNS: 'ttl=0',
      K6_VUS: '1',
      K6_ITERATIONS: '1',
      K6_CSV_FILENAME: join(folder, 'rows.csv'),
      K6_CSV_SAVE_INTERVAL: '1h',
      K6_CSV_TIME_FORMAT: 'rfc3339',
      HTTP_PROXY: `http://ann:s3cret@127.0.0.1:${proxy}`,
      http_proxy: `http://ann:s3cret@127.0.0.1:${proxy}`,
      NO_PROXY: '',
      no_proxy: '',
      GODEBUG: 'netdns=cgo',
      GOMAXPROCS: '1',
      NODE_OPTIONS: '--no-deprecation',
    },
  );
  const dashboards: boolean[] = [];
  while (running.child.exitCode === null) {
    dashboards.push(await isListening(dashboard));
    await Promise.race([running.ended, new Promise((resolve) => setTimeout(resolve, 200))]);
  }
  const { stderr, stdout } = await running.ended;
  expect(dashboards).not.toContain(true);
  expect([...agents].filter((agent) => agent?.startsWith('Grafana k6/') !== true)).toEqual([]);
  expect(agents.size).toBe(1);
  expect(proxied).toEqual([]);
  const { environment, vantages } = await readRun<Manifest>(running, 'manifest.json');
  expect(vantages['cdg']?.state).toBe('measured');
  const rows = gunzipSync(readFileSync(join(running.folder, 'run', 'samples', 'cdg.csv.gz')));
  expect(rows.toString().match(/^http_req_waiting,\d{16},/gm)?.length).toBeGreaterThan(20);
  for (const name of ['out.json', 'k6.log', 'rows.csv'])
    expect(existsSync(join(folder, name))).toBe(false);
  expect(environment?.dropped).toEqual(
    expect.arrayContaining(['K6_USER_AGENT', 'K6_OUT', 'HTTP_PROXY', 'http_proxy', 'GOMAXPROCS']),
  );
  expect(stderr.match(/no effect: bench builds k6's environment itself/g)).toHaveLength(1);
  expect(stderr).toContain(`Measured directly, not through HTTP_PROXY=127.0.0.1:${proxy}`);
  const kept = readFileSync(join(running.folder, 'run', 'manifest.json'), 'utf8');
  expect(stdout + stderr + kept).not.toContain('s3cret');
});

test('certificates are verified whatever K6_ says; an own authority is trusted by SSL_CERT_FILE', async () => {
  const folder = await temporary();
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', cert],
    ],
    { stdio: 'ignore' },
  );
  let requests = 0;
  const port = await listening(
    createTls({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => {
      requests++;
      response.end('ok');
    }),
  );
  const args = ['--target', `mine=https://localhost:${port}`, '--rounds', '1', '--duration', '6s'];
  const hostile = {
    ...{ K6_INSECURE_SKIP_TLS_VERIFY: 'true', NODE_TLS_REJECT_UNAUTHORIZED: '1' },
    ...{ SSL_CERT_FILE: '', SSL_CERT_DIR: '', NODE_EXTRA_CA_CERTS: '' },
  };
  await (
    await runFromParis(args, hostile)
  ).ended;
  expect(requests).toBe(0);
  const trusting = await runFromParis(args, {
    ...hostile,
    SSL_CERT_FILE: cert,
  });
  const { stderr } = await trusting.ended;
  expect(requests).toBeGreaterThan(20);
  expect(stderr).toContain('SSL_CERT_FILE');
  const { environment } = await readRun<Manifest>(trusting, 'manifest.json');
  expect(environment?.passed).toEqual(['SSL_CERT_FILE']);
});

test.runIf(process.platform === 'linux')(
  'no process of a world gets a variable that is not meant for it',
  async () => {
    const hostile: Record<string, string> = {
      ...secrets,
      PGHOST: '10.255.0.1',
      PGOPTIONS: '-c search_path=nothing',
      DATABASE_URL: 'postgres://nobody@10.255.0.1/other',
      REDIS_URL: 'redis://10.255.0.1',
      NODE_OPTIONS: '--no-deprecation',
      NODE_EXTRA_CA_CERTS: '/nonexistent',
      HTTPS_PROXY: 'http://127.0.0.1:9',
      K6_OUT: 'json',
      GODEBUG: 'x',
      FLY_REGION: 'iad',
      FLY_APP_NAME: 'prod',
      PORT: '80',
      QUERIES: '9',
      MY_OWN: '1',
    };
    const world = await startBench(
      ['world', 'up', '--topologies', 'read-replicas', '--regions', 'cdg,lhr', '--json'],
      hostile,
    );
    await world.says(/"pids"/);
    const children = descendantsOf(world.pid);
    expect(children.length).toBeGreaterThan(5);
    const leaks = children.flatMap(({ pid, command }) =>
      Object.entries(environOf(pid)).flatMap(([name, value]) =>
        hostile[name] === value ? [`${command}: ${name}`] : [],
      ),
    );
    expect(leaks).toEqual([]);
  },
);

/** What a process was started with. */
function environOf(pid: number): Record<string, string> {
  const text = readFileSync(`/proc/${pid}/environ`, 'utf8');
  return Object.fromEntries(
    text.split('\0').map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'environment-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function listening(server: Server, host = '127.0.0.1'): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const server = createSocket();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', end(true)).once('error', end(false));
  });
