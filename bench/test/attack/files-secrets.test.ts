import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Manifest } from '../../samples/manifest.ts';
import { bench, type Ended } from '../support/bench.ts';

/** Planted, each in a way of its own; none may be found anywhere. */
const secrets = {
  API_KEY: 'by-environment swordfish/9%+&',
  PLACE: 'marked-not-secret-looking',
  DB_PASSWORD: 'hunter22=x',
  VALUE: 'ghp_PlantedPlantedPlanted123',
  token: 'QueryTokenOfTheTarget77',
};
const planted = Object.values(secrets);

/** Puts them wherever a script can: path, query, headers, names of requests, tags, groups, checks, errors. */
const script = `
import http from 'k6/http';
import { check, group } from 'k6';
import { Counter } from 'k6/metrics';
const own = new Counter('own');
const { API_KEY, PLACE, DB_PASSWORD, VALUE } = __ENV;
export default function () {
  const base = __ENV.TARGET_URL.replace(/\\?.*/, '');
  http.get(base + '/path/' + encodeURIComponent(API_KEY) + '/' + PLACE + '?api_key=' + VALUE);
  http.get(base + '/a', { tags: { name: 'named ' + DB_PASSWORD, mine: VALUE } });
  http.get(base + '/login?token=' + encodeURIComponent(API_KEY), { headers: { authorization: 'Bearer ' + API_KEY } });
  group('group ' + PLACE, () => {
    const answer = http.get(base + '/b/' + VALUE);
    check(answer, { ['is right for ' + API_KEY]: () => true });
  });
  if (__ITER % 40 === 39) throw new Error('it broke for ' + API_KEY + ' at ' + base + '/?token=' + VALUE);
}
`;

let root: string;
let server: Server;
let asked: string[];
let run: Ended;
let dry: Ended;
const dir = () => join(root, 'run');
const args = () => [
  ...['run', '--regions', 'cdg', '--rounds', '1', '--duration', '5s', '--quiet'],
  ...['--target', `t=http://127.0.0.1:${port()}/?token=${secrets.token}`],
  ...['--script', join(root, 'own.js'), '--env', 'API_KEY', '--env', 'PLACE'],
  ...['--env', `DB_PASSWORD=${secrets.DB_PASSWORD}`, '--env', `VALUE=${secrets.VALUE}`],
];
const port = () => String((server.address() as AddressInfo).port);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'attack-secrets-'));
  asked = [];
  server = createServer((request, response) => {
    asked.push(`${request.url ?? ''} ${request.headers.authorization ?? ''}`);
    response.end('ok');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  await writeFile(join(root, 'own.js'), script);
  const env = { API_KEY: secrets.API_KEY, PLACE: secrets.PLACE };
  [run, dry] = await Promise.all([
    bench([...args(), '--out', dir()], env),
    bench([...args(), '--dry-run', '--json'], env),
  ]);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(root, { recursive: true });
});

test('the secrets reach the target', () => {
  expect(asked).toContainEqual(expect.stringContaining(`Bearer ${secrets.API_KEY}`));
  expect(asked).toContainEqual(expect.stringContaining(`api_key=${secrets.VALUE}`));
});

test('no byte of the run folder holds one, packed or not, nor does anything that was printed', async () => {
  expect(run.stderr).not.toMatch(/Error:/);
  const names = await readdir(dir(), { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  expect(files.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['manifest.json', 'index.html', 'cdg.csv.gz', 'summary.json']),
  );
  for (const { parentPath, name } of files) {
    const bytes = await readFile(join(parentPath, name));
    expectNone(name, (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1'));
  }
  expectNone('stdout', run.stdout);
  expectNone('stderr', run.stderr);
  expectNone('dry run', dry.stdout + dry.stderr);
});

test('the manifest names the settings, and where their values come from', async () => {
  const { plan, command } = JSON.parse(
    await readFile(join(dir(), 'manifest.json'), 'utf8'),
  ) as Manifest;
  expect(plan.scenarios[0]?.env).toEqual({
    ...{ API_KEY: '***', PLACE: '***', DB_PASSWORD: '***', VALUE: '***' },
  });
  expect(plan.scenarios[0]?.secrets).toMatchObject({ API_KEY: 'API_KEY', PLACE: 'PLACE' });
  expect(plan.targets).toMatchObject([{ url: `http://127.0.0.1:${port()}/?token=***` }]);
  expect(command).toEqual(
    expect.arrayContaining(['API_KEY', 'PLACE', 'DB_PASSWORD=***', 'VALUE=***']),
  );
});

test('what is made of the folder later holds none', async () => {
  const made = await Promise.all([
    bench(['report', dir(), '--format', 'markdown']),
    bench(['export', dir(), '--samples', '--json']),
  ]);
  for (const { stdout, stderr } of made) expectNone('later', stdout + stderr);
  expect(made[1].stdout).toContain('path');
});

test('a variable that is not set is named, and a secret in the place of a name is not', async () => {
  const [missing, misplaced] = await Promise.all([
    bench([...args(), '--dry-run', '--env', 'NOT_SET_HERE'], secrets),
    bench([...args(), '--dry-run', '--env', 'ghp_MisplacedMisplaced12'], secrets),
  ]);
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain('NOT_SET_HERE is not set in the environment');
  expect(misplaced.code).toBe(2);
  expect(misplaced.stdout + misplaced.stderr).not.toContain('Misplaced');
});

test('a run into a folder that somebody prepared is refused, and writes nothing there', async () => {
  const elsewhere = join(root, 'elsewhere');
  await mkdir(elsewhere);
  await symlink(elsewhere, join(root, 'new.partial'));
  const { code, stderr } = await bench([...args(), '--out', join(root, 'new')], secrets);
  expect(code).not.toBe(0);
  expect(stderr).toContain('new.partial');
  expect(await readdir(elsewhere)).toEqual([]);
});

function expectNone(where: string, text: string): void {
  for (const secret of planted)
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
      expect(text.includes(form), `${where} holds ${form}`).toBe(false);
}
