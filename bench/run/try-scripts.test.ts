import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleScenarios } from '../k6/bundle.ts';
import { ensureK6 } from '../k6/install.ts';
import type { Plan } from '../plan/plan.ts';
import { tryScripts } from './try-scripts.ts';

let folder: string;
let server: Server;
let base: string;
let k6: string;
const paths: string[] = [];
const agents = new Set<string | undefined>();
const noSignal = new AbortController().signal;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bench scripts #1 é 'x' "));
  server = createServer((request, response) => {
    const { url = '', method = '' } = request;
    paths.push(`${method} ${url}`);
    agents.add(request.headers['user-agent']);
    if (url.startsWith('/missing')) response.writeHead(404).end();
    else if (url.startsWith('/old')) response.writeHead(301, { location: '/new' }).end();
    else response.end(JSON.stringify({ token: 't-1', items: [{ id: 7 }], path: url }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  k6 = (await ensureK6({ note: () => undefined, progress: () => undefined }, noSignal)).path;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Tries a script that consists of these files, the first of which is run, on two targets. */
async function tried(
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
) {
  const own = await mkdtemp(join(folder, 'own '));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(own, name)), { recursive: true });
    await writeFile(join(own, name), text);
  }
  const file = join(own, Object.keys(files)[0] ?? '');
  const scenario = { name: 'own', file, own: true, steps: [''], headline: '', env } as const;
  const targets = ['a', 'b&c=d'].map((name) => ({ kind: 'url' as const, name, url: base }));
  const plan = { targets, scenarios: [scenario], requestTimeoutMs: 10_000 } as unknown as Plan;
  const bundle = await bundleScenarios(
    [scenario],
    targets.map(({ name }) => name),
  );
  paths.length = 0;
  const { script, imports } = bundle;
  return tryScripts({ plan, k6, script, imports, urlOf: () => base }, noSignal);
}

const get = (path: string) => `http.get(\`\${__ENV.TARGET_URL}${path}\`)`;
const http = `import http from 'k6/http';`;
const rowsOf = async (
  files: string | Readonly<Record<string, string>>,
  env?: Readonly<Record<string, string>>,
) =>
  (await tried(typeof files === 'string' ? { 'own.js': files } : files, env))?.plan.scenarios[0]
    ?.steps;

test('the target and --env are there where the file begins', async () => {
  const script = `${http} const base = __ENV.TARGET_URL, shop = __ENV.SHOP || 'wrong';
    export default () => { http.get(base + '/' + shop); http.get(base + '/' + (__ENV.PATH ?? 'none')); };`;
  expect(await rowsOf(script, { SHOP: 'right' })).toEqual(['/right', '/none']);
});

test.each<[string, Record<string, string>]>([
  [
    'open() and SharedArray, relative to the script and to a folder beside it',
    {
      'a/own.js': `${http} import { SharedArray } from 'k6/data';
        const ids = new SharedArray('ids', () => JSON.parse(open('../data/ids.json')));
        const bytes = open('./own.js', 'b').byteLength;
        export default () => { if (!(bytes > 0)) throw new Error('empty'); ${get('/u/${ids[0]}')}; ${get('/second')}; }`,
      'data/ids.json': '["seven"]',
    },
  ],
  [
    'k6/experimental/fs with await at the top',
    {
      'own.js': `${http} import { open } from 'k6/experimental/fs';
        const file = await open('people.json');
        export default async () => { const { name } = await file.stat(); ${get('/u/seven')}; ${get('/second')}; if (name !== 'people.json') throw new Error(name); }`,
      'people.json': '[]',
    },
  ],
  [
    'import.meta.resolve',
    {
      'own.js': `${http} const id = open(import.meta.resolve('./id.txt')).trim();
        export default () => { ${get('/u/${id}')}; ${get('/second')}; }`,
      'id.txt': 'seven\n',
    },
  ],
  [
    'TypeScript with an import, an enum and a type',
    {
      'own.ts': `${http} import { Id } from './lib/id'; type Path = string;
        export default function (): void { const path: Path = '/u/' + Id.Seven; ${get('${path}')}; ${get('/second')}; }`,
      'lib/id.ts': `export enum Id { Seven = 'seven' }`,
    },
  ],
  [
    'CommonJS',
    {
      'own.js': `const http = require('k6/http'); exports.options = { vus: 1 };
        exports.default = () => { ${get('/u/seven')}; ${get('/second')}; };`,
    },
  ],
  [
    'bodies, for a second request that depends on the first',
    {
      'own.js': `${http} export default () => { const r = ${get('/u/seven')}; if (r.json('items.0.id') === 7) ${get('/second')}; }`,
    },
  ],
  [
    'async setup, its data, and an async function',
    {
      'own.js': `${http} export async function setup() { const r = await http.asyncRequest('GET', 'URL/login'); return { ...JSON.parse(r.body), n: 'seven' }; }
        export default async ({ token, n }) => { await http.asyncRequest('GET', __ENV.TARGET_URL + '/u/' + n); if (token === 't-1') ${get('/second')}; }`,
    },
  ],
  [
    'names of its own for what k6 and we have: open, __ENV, run, setup data',
    {
      'own.js': `${http} const open = (x) => '/u/' + x; const bench_target = 1;
        export default () => { http.get(__ENV.TARGET_URL + open('seven'), { tags: { target: 'x', round: '9', scenario: 'y', step: 'z' } }); ${get('/second')}; }`,
    },
  ],
])('%s', async (_, files) => {
  const here = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, text.replace('URL/login', `${base}/login`)]),
  );
  expect(await rowsOf(here)).toEqual(['/u/seven', '/second']);
});

test('requests are told apart by name, group, method and URL without query', async () => {
  const script = `${http} import { group } from 'k6';
    export default () => {
      ${get('/list?page=1')}; ${get('/list?page=2')};
      http.get(__ENV.TARGET_URL + '/x', { tags: { name: '/s?q=x&bench_round=1&bench_target=b' } });
      group('cart', () => group('top', () => http.post(__ENV.TARGET_URL + '/buy', 'x')));
      http.get(http.url\`\${__ENV.TARGET_URL}/item/\${7}\`);
      http.batch([['GET', __ENV.TARGET_URL + '/b1'], { method: 'PUT', url: __ENV.TARGET_URL + '/b2' }, __ENV.TARGET_URL + '/b3']);
      http.batch({ one: __ENV.TARGET_URL + '/b4' });
      http.del(__ENV.TARGET_URL + '/gone'); http.request('PATCH', __ENV.TARGET_URL + '/p', 'x');
    }`;
  expect([...((await rowsOf(script)) ?? [])].sort()).toEqual(
    [
      ...['/list', '/s?q=x%26bench_round=1%26bench_target=b', 'cart :: top :: POST /buy'],
      ...['/item/${}', '/b1', 'PUT /b2', '/b3', '/b4', 'DELETE /gone', 'PATCH /p'],
    ].sort(),
  );
});

test("scenarios with functions of their own run one after the other; the script's load is replaced", async () => {
  const found = await tried({
    'own.js': `${http}
      export const options = { vus: 5, userAgent: 'own/1', scenarios: {
        browse: { executor: 'constant-vus', exec: 'browse', vus: 2, duration: '5s' },
        buy: { executor: 'per-vu-iterations', exec: 'buy', env: { SIZE: '3' } } } };
      export function browse() { ${get('/browse')}; }
      export function buy() { ${get('/buy/${__ENV.SIZE}')}; }`,
  });
  expect(found?.plan.scenarios[0]?.steps).toEqual(['browse :: /browse', 'buy :: /buy/3']);
  expect(found?.replaced).toEqual([
    'vus',
    'scenarios.browse.executor (constant-vus)',
    'scenarios.buy.executor (per-vu-iterations)',
  ]);
  expect(agents).toContain('own/1');
});

test('a script that sleeps has an iteration as long as its sleep', async () => {
  const found = await tried({
    'own.js': `${http} import { sleep } from 'k6'; export default () => { ${get('/')}; sleep(1.2); }`,
  });
  expect(found?.iterationMs).toBeGreaterThanOrEqual(1200);
});

test.each<[string, string, RegExp]>([
  [
    'throws',
    `${http} export default () => {\n ${get('/')};\n null.x; }`,
    /throws: TypeError: .* \(own\.js:3\), after \/ was answered with HTTP 200/,
  ],
  [
    'rejects',
    `${http} export default async () => { ${get('/')};\n await Promise.reject(new Error('no luck')); }`,
    /throws: no luck \(own\.js:2\)/,
  ],
  [
    'has no function',
    `${http} export const main = () => ${get('/')};`,
    /no default function to run: it exports main/,
  ],
  [
    'names a missing function',
    `${http} export const options = { scenarios: { a: { exec: 'x' } } }; export default () => {};`,
    /exec names the function x/,
  ],
  ['sends nothing', `export default () => {};`, /sends no HTTP request\.$/],
  [
    'uses WebSockets',
    `import ws from 'k6/ws'; export default () => { if (__ENV.NEVER) ws.connect('ws://127.0.0.1:1', () => {}); };`,
    /sends no HTTP request: it uses WebSocket/,
  ],
  [
    'gets a bad answer',
    `${http} export default () => { ${get('/missing')}; }`,
    /1 of 1 requests of the script failed: \/missing \(HTTP status 404\)/,
  ],
  [
    'fails a check',
    `${http} import { check } from 'k6'; export default () => { check(${get('/')}, { 'is a shop': (r) => r.body.includes('shop') }); }`,
    /check "is a shop" fails/,
  ],
  [
    'fails where it begins',
    `${http} throw new Error('no key'); export default () => {};`,
    /can't run: no key \(own\.js:1\)/,
  ],
  [
    'fails in setup',
    `${http} import { fail } from 'k6'; export function setup() { fail('no seed'); } export default () => {};`,
    /can't run: no seed/,
  ],
  [
    'aborts',
    `import exec from 'k6/execution'; export default () => { exec.test.abort('flag off'); };`,
    /flag off/,
  ],
  [
    'opens what is not there',
    `const x = open('./nothing.json'); export default () => {};`,
    /can't run: .*nothing\.json/,
  ],
])('a script that %s is refused, with the reason', async (_, script, reason) => {
  await expect(tried({ 'own.js': script })).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringMatching(reason) as string,
  });
});

test.each<[string, string, RegExp]>([
  ['does not parse', 'export default (;', /own\.js:1: /],
  [
    'needs Node.js',
    `import { createHash } from 'crypto'; export default () => createHash;`,
    /own\.js:1: Could not resolve "crypto"/,
  ],
])('a script that %s is refused before k6 sees it', async (_, script, reason) => {
  await expect(tried({ 'own.js': script })).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringMatching(reason) as string,
  });
});

test('a script that works on one target only fails for the other', async () => {
  const found = await tried({
    'own.js': `${http} export default () => { if (__ENV.BENCH_TARGET !== 'a') throw new Error('not here'); ${get('/')}; }`,
  });
  expect([...(found?.failed ?? [])]).toEqual([
    ['b&c=d', expect.stringMatching(/throws: not here/) as string],
  ]);
});

test('answers that the script expects are good', async () => {
  const both = `${http} http.setResponseCallback(http.expectedStatuses(200, 404)); export default () => { ${get('/missing')}; ${get('/x')}; }`;
  expect(await rowsOf(both)).toEqual(['/missing', '/x']);
});
