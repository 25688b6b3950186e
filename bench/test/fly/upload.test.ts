import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startFakeFly, type FakeFly } from '../../providers/fake/index.ts';
import { bench, startBench, type Running } from '../support/bench.ts';
import { bucketServer, type BucketServer } from '../support/bucket-server.ts';
import { pretendedK6, rowsOf } from '../support/many-rows.ts';

// Whole runs, side by side with other tests.
vi.setConfig({ testTimeout: 240_000 });

const server = createServer((_, response) => response.end('hello'));
const rows = rowsOf(12);
let folder: string;
let fake: FakeFly;
let bucket: BucketServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-fly-upload-'));
  await writeFile(join(folder, 'rows'), rows);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
beforeEach(async () => {
  fake = await startFakeFly({ k6: await pretendedK6(folder) });
  bucket = await bucketServer();
});
afterEach(async () => {
  await fake.close();
  await bucket.close();
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const start = (env: Record<string, string> = {}): Promise<Running> => {
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const run = ['run', '--provider', 'fly', '--regions', 'cdg', '--target', `mine=${url}`];
  const short = ['--rounds', '2', '--duration', '8s', '--rate', '10', '--out', 'run'];
  const fly = { FLY_FLAPS_BASE_URL: fake.url, FLY_API_TOKEN: fake.token };
  return startBench([...run, ...short, '--upload', 's3://bench-bucket/rows'], {
    ...{ ...fly, ...bucket.env },
    ...env,
  });
};

test('many samples come home by the bucket, which is empty again, and no secret stays', async () => {
  const running = await start();
  const { stdout, stderr } = await running.ended;
  expect(stderr).toMatch(/by s3:\/\/bench-bucket\/rows\/\S+\/cdg\/: [6-9]\.\d MB \(/);
  const file = join(running.folder, 'run', 'samples', 'cdg.csv.gz');
  expect(gunzipSync(await readFile(file)).toString('latin1') === rows).toBe(true);
  expect(bucket.calls.filter(({ agent }) => agent.includes('k6'))).toHaveLength(1);
  expect(bucket.objects.size).toBe(0);
  expect(fake.machines()).toEqual([]);
  const manifest = await readFile(join(running.folder, 'run', 'manifest.json'), 'utf8');
  const secrets = /X-Amz|secret\/key/;
  expect(`${stdout}${stderr}${manifest}`).not.toMatch(secrets);
});

test('Ctrl-C while a machine uploads leaves nothing, neither there nor on Fly', async () => {
  const begun = new Promise<void>((resolve) => {
    bucket.fault = ({ method, agent }) => {
      if (method !== 'PUT' || !agent.includes('k6')) return undefined;
      resolve();
      return { hangMs: 2000 };
    };
  });
  const running = await start();
  await begun;
  running.child.kill('SIGINT');
  expect((await running.ended).code).toBe(130);
  expect(bucket.objects.size).toBe(0);
  expect(fake.machines()).toEqual([]);
});

/** A run that was killed as it fetched what its machine had uploaded. */
async function killed(): Promise<Running> {
  const fetching = new Promise<void>((resolve) => {
    bucket.fault = ({ method, key }) => {
      if (method !== 'GET' || !key.includes('/cdg/')) return undefined;
      resolve();
      return { hangMs: 5000 };
    };
  });
  const running = await start();
  await fetching;
  running.child.kill('SIGKILL');
  await running.ended;
  bucket.fault = () => undefined;
  expect(bucket.objects.size).toBe(1);
  return running;
}

const clean = (env: Readonly<Record<string, string>>) =>
  bench(['clean'], { FLY_FLAPS_BASE_URL: fake.url, FLY_API_TOKEN: fake.token, ...env });

const rowsIn = async ({ folder: where }: Running): Promise<string> => {
  const file = join(where, 'run.partial', 'samples', 'cdg.csv.gz');
  return gunzipSync(await readFile(file)).toString('latin1');
};

test('bench clean removes what was uploaded once the machine has told it all', async () => {
  const running = await killed();
  const { code, stdout } = await clean(bucket.env);
  expect(code).toBe(0);
  expect(stdout).toMatch(/its samples are in \S+cdg\.csv\.gz\n.*\(1 object\) is removed/);
  expect((await rowsIn(running)) === rows).toBe(true);
  expect(bucket.objects.size).toBe(0);
  expect(fake.machines()).toEqual([]);
});

test('bench clean fetches what was uploaded by a machine that has ended', async () => {
  const running = await killed();
  for (const { id } of fake.machines()) fake.crash(id);
  await expect.poll(() => fake.machines().map(({ state }) => state)).toEqual(['stopped']);
  const without = await clean({ AWS_SECRET_ACCESS_KEY: '' });
  expect(without.stdout).toMatch(/^left Machine/m);
  expect(without.stdout).toMatch(
    /to s3:\/\/bench-bucket\/rows\/\S+\/cdg\/ is left: .*AWS_SECRET_ACCESS_KEY is not set/,
  );
  expect(fake.machines()).toHaveLength(1);
  const wrong = await clean({ ...bucket.env, AWS_SECRET_ACCESS_KEY: 'not-mine' });
  expect(wrong.stdout).toMatch(/is left: HTTP 403, SignatureDoesNotMatch/);
  expect(bucket.objects.size).toBe(1);

  const { code, stdout } = await clean(bucket.env);
  expect(code).toBe(0);
  expect(stdout).toMatch(/\(1 object\) is added to \S+cdg\.csv\.gz, and removed/);
  expect((await rowsIn(running)) === rows).toBe(true);
  expect(bucket.objects.size).toBe(0);
  expect(fake.machines()).toEqual([]);
});

test.each([
  ['no keys', { AWS_ACCESS_KEY_ID: '' }, /--upload: AWS_ACCESS_KEY_ID is not set/],
  ['a wrong key', { AWS_SECRET_ACCESS_KEY: 'not-mine' }, /can't be used: HTTP 403, SignatureDoes/],
  [
    'a dead endpoint',
    { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1' },
    /ECONNREFUSED|connection refused/,
  ],
])('%s: exit 2, nothing launched', async (_, env, words) => {
  const { code, stdout, stderr } = await (await start(env)).ended;
  expect(stderr).toMatch(words);
  expect(stderr).toMatch(/^ {2}fix /m);
  expect(code).toBe(2);
  expect(`${stdout}${stderr}`).not.toContain('not-mine');
  expect(fake.machinesEver).toEqual([]);
});
