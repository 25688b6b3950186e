import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bundleScenarios } from '../k6/bundle.ts';
import type { PlannedTarget } from '../plan/plan.ts';
import { environmentOf, type Surroundings } from './environment.ts';

const http: PlannedTarget = { kind: 'url', name: 'a', url: 'http://127.0.0.1:1' };
const https: PlannedTarget = { kind: 'url', name: 'b', url: 'https://shop.example' };
const topology: PlannedTarget = { kind: 'topology', name: 'single-region' };

const judge = (env: Record<string, string>, more: Partial<Surroundings> = {}) =>
  environmentOf({ env, provider: 'local', targets: [http], settings: [], reads: [], ...more });

const k6Has = (names: string, verb = 'is set and has') =>
  `${names} ${verb} no effect: bench builds k6's environment itself.`;

test.each([
  ['K6_USER_AGENT', {}],
  ['K6_INSECURE_SKIP_TLS_VERIFY', {}],
  ['K6_WEB_DASHBOARD', { targets: [topology] }],
  ['K6_CLOUD_TOKEN', { provider: 'fly' }],
])('%s is dropped and named', (name, more) => {
  expect(judge({ [name]: '1' }, more)).toEqual({
    ...{ passed: [], dropped: [name] },
    notes: [k6Has(name)],
  });
});

test('several of a kind are one note, and which k6 is used is no setting of it', () => {
  const { notes, dropped } = judge({ K6_OUT: 'json', K6_PATH: '/k6', K6_DNS: 'ttl=0', K6_A: 'x' });
  expect(notes).toEqual([k6Has('K6_A, K6_DNS and K6_OUT', 'are set and have')]);
  expect(dropped).toEqual(['K6_A', 'K6_DNS', 'K6_OUT']);
});

test.each(['http_proxy', 'HTTPS_PROXY', 'ALL_PROXY'])(
  '%s is not used, and named without its password',
  (name) => {
    const { notes, dropped } = judge({ [name]: 'http://ann:s3cret@proxy.example:3128/' });
    expect(notes).toEqual([`Measured directly, not through ${name}=proxy.example:3128.`]);
    expect(dropped).toEqual([name]);
  },
);

test('a proxy without a scheme is named by its host, and one that is no address by its variable', () => {
  expect(judge({ HTTP_PROXY: 'proxy:3128' }).notes).toEqual([
    'Measured directly, not through HTTP_PROXY=proxy:3128.',
  ]);
  expect(judge({ HTTP_PROXY: 'ann:s3cret@' }).notes).toEqual([
    'Measured directly, not through HTTP_PROXY.',
  ]);
});

test('authorities of its own reach k6 for targets with TLS', () => {
  const env = { SSL_CERT_FILE: '/ca.pem', SSL_CERT_DIR: '/certs' };
  expect(judge(env, { targets: [http, https] })).toEqual({
    passed: ['SSL_CERT_DIR', 'SSL_CERT_FILE'],
    dropped: [],
    notes: ['k6 trusts the certificate authorities that SSL_CERT_DIR and SSL_CERT_FILE name.'],
  });
  expect(judge(env)).toMatchObject({ passed: [], notes: [] });
  expect(judge(env, { targets: [https], provider: 'fly' }).dropped).toEqual(
    Object.keys(env).sort(),
  );
});

test("Node's authorities are none of k6's", () => {
  const { dropped, notes } = judge({ NODE_EXTRA_CA_CERTS: '/ca.pem' }, { targets: [https] });
  expect(dropped).toEqual(['NODE_EXTRA_CA_CERTS']);
  expect(notes[0]).toMatch(/SSL_CERT_FILE/);
  const both = { NODE_EXTRA_CA_CERTS: '/ca.pem', SSL_CERT_FILE: '/ca.pem' };
  expect(judge(both, { targets: [https] }).dropped).toEqual([]);
});

test.each(['NODE_OPTIONS', 'LD_PRELOAD', 'DATABASE_URL', 'PGHOST'])(
  '%s is named where topologies are measured, and nowhere else',
  (name) => {
    expect(judge({ [name]: 'x' }, { targets: [topology] }).dropped).toEqual([name]);
    expect(judge({ [name]: 'x' }).notes).toEqual([]);
    expect(judge({ [name]: 'x' }, { targets: [topology], provider: 'fly' }).notes).toEqual([]);
  },
);

test('what is empty, or of no consequence, is not worth a word', () => {
  const env = { K6_OUT: '', HTTP_PROXY: '', NO_PROXY: '*', PORT: '80', HOME: '/', TZ: 'UTC' };
  expect(judge(env)).toEqual({ passed: [], dropped: [], notes: [] });
});

test('a script that asks for a variable of this shell learns how to get it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'environment-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'own.ts');
  await writeFile(
    file,
    `import http from 'k6/http';
     const base = __ENV.SHOP_URL || 'https://fallback.example';
     const { REGION, LANG: language = 'en' } = __ENV;
     export default function () {
       const my = { __ENV_EDITOR: 'EDITOR' };
       http.get(base + __ENV['API_KEY'] + __ENV?.USER + __ENV.QUERIES + __ENV.TARGET_URL + REGION + language + my);
     }`,
  );
  const bundled = [{ name: 'own', file, own: true }];
  const { envNames: reads } = await bundleScenarios(bundled, ['a', 'b']);
  const env = {
    ...{ SHOP_URL: 'http://s3cret', API_KEY: 'k', REGION: 'eu', LANG: 'C', USER: 'ann' },
    ...{ QUERIES: '3', TARGET_URL: 'x', BENCH_SEED: '1', EDITOR: 'vi', OTHER: 'y', K6_OUT: '' },
  };
  const { notes, dropped } = judge(env, { reads, settings: ['QUERIES'] });
  expect(dropped).toEqual(['API_KEY', 'LANG', 'REGION', 'SHOP_URL', 'USER']);
  expect(notes[3]).toBe(
    'The script reads __ENV.SHOP_URL, which is set here but not passed on: say --env SHOP_URL=… if it is meant.',
  );
  expect(notes.join()).not.toContain('s3cret');
});
