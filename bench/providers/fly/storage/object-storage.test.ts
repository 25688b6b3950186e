import { afterEach, beforeEach, expect, test } from 'vitest';
import { bucketServer, type BucketServer } from '../../../test/support/bucket-server.ts';
import { storageAccess, type StorageAccess } from './access.ts';
import { checkStorage } from './check-storage.ts';
import { objectStorage, type ObjectStorage } from './object-storage.ts';
import { presign } from './presign.ts';

let server: BucketServer;
let access: StorageAccess;
let storage: ObjectStorage;

beforeEach(async () => {
  server = await bucketServer();
  access = storageAccess('s3://bench-bucket/some/where', server.env);
  storage = objectStorage(access);
});
afterEach(async () => {
  await storage.close();
  await server.close();
});

const puts = async (url: string) => (await fetch(url, { method: 'PUT', body: 'rows' })).status;

test('an object is put by whoever has its URL, fetched, and removed', async () => {
  const url = await storage.invite('run 1/gru/0-0');
  expect(url).not.toContain(access.secretAccessKey);
  expect(await puts(url)).toBe(200);
  expect([...server.objects.keys()]).toEqual(['some/where/run 1/gru/0-0']);
  expect((await storage.get('run 1/gru/0-0', 4, 5000)).toString()).toBe('rows');
  await storage.remove('run 1/gru/0-0');
  expect(server.objects.size).toBe(0);
});

test('objects below a folder are listed, and no others', async () => {
  for (const name of ['run 1/gru/0-0', 'run 1/gru/0-16-0', 'run 1/grub', 'run 2/gru/0-0'])
    await puts(await storage.invite(name));
  expect(await storage.list('run 1/gru/')).toEqual([
    { name: 'run 1/gru/0-0', bytes: 4 },
    { name: 'run 1/gru/0-16-0', bytes: 4 },
  ]);
  expect(await storage.list('run 3/')).toEqual([]);
  server.fault = () => 403;
  await expect(storage.list('run 1/')).rejects.toThrow('HTTP 403');
});

test('a URL allows one thing with one object, for a while', async () => {
  const url = await storage.invite('a');
  expect(await puts(url.replace('/a?', '/b?'))).toBe(403);
  expect((await fetch(url)).status).toBe(403);
  expect(await puts(url.replace('Expires=300', 'Expires=600'))).toBe(403);
  const brief = await presign(access, 'PUT', 'a', 1);
  await new Promise((done) => setTimeout(done, 2100));
  expect(await puts(brief)).toBe(403);
});

test('session tokens and regions are signed too', async () => {
  const session = { ...server.env, AWS_SESSION_TOKEN: 'a+b/c=', AWS_REGION: 'eu-west-3' };
  const other = objectStorage(storageAccess('s3://bench-bucket', session));
  const url = await other.invite('x');
  expect(new URL(url).searchParams.get('X-Amz-Security-Token')).toBe('a+b/c=');
  expect(url).toContain('eu-west-3');
  expect(await puts(url)).toBe(200);
  await other.removeAll();
  expect(server.objects.size).toBe(0);
  await other.close();
});

test('what was invited is removed at the end, come or not', async () => {
  await puts(await storage.invite('a'));
  await storage.invite('b');
  await puts(await storage.invite('c'));
  server.fault = ({ method, key }) => (method === 'DELETE' && key.endsWith('/a') ? 500 : undefined);
  await expect(storage.removeAll()).rejects.toThrow('HTTP 500');
  expect([...server.objects.keys()]).toEqual(['some/where/a']);
  server.fault = () => undefined;
  await storage.removeAll();
  expect(server.objects.size).toBe(0);
});

test('what goes wrong is said without the address', async () => {
  await puts(await storage.invite('a'));
  await expect(storage.get('a', 5, 5000)).rejects.toThrow('it gave 4 of 5 bytes');
  await expect(storage.get('b', 5, 5000)).rejects.toThrow('HTTP 404, NoSuchKey');
  server.fault = () => ({ hangMs: 500 });
  await expect(storage.get('a', 4, 100)).rejects.toThrow('it did not answer in time');
  const nowhere = objectStorage({ ...access, endpoint: 'http://127.0.0.1:1' });
  const error: unknown = await nowhere.get('a', 4, 5000).catch((thrown: unknown) => thrown);
  expect(String(error)).toMatch(/ECONNREFUSED|connection refused/);
  expect(String(error)).not.toContain('X-Amz');
  await nowhere.close();
});

test('a storage that works passes the check, and keeps nothing of it', async () => {
  await checkStorage(storage);
  expect(server.calls.map(({ method }) => method)).toEqual(['PUT', 'GET', 'DELETE']);
  expect(server.objects.size).toBe(0);
});

test.each([
  ['keys', { secretAccessKey: 'another' }, /HTTP 403, SignatureDoesNotMatch/],
  ['key', { accessKeyId: 'ANOTHER' }, /HTTP 403, InvalidAccessKeyId/],
  ['bucket', { bucket: 'another' }, /HTTP 404, NoSuchBucket/],
  ['endpoint', { endpoint: 'http://127.0.0.1:1' }, /ECONNREFUSED|connection refused/],
])('a wrong %s is found out at once', async (_, wrong, what) => {
  const wrongly = objectStorage({ ...access, ...wrong });
  const error: unknown = await checkStorage(wrongly).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ kind: 'usage', message: expect.stringMatching(what) as string });
  await wrongly.close();
});

test('a key that may put and not delete is no good', async () => {
  server.fault = ({ method }) => (method === 'DELETE' ? 403 : undefined);
  await expect(checkStorage(storage)).rejects.toThrow('HTTP 403');
});

test('all that is missing in the environment is said at once', () => {
  expect(() => storageAccess('s3://b', {})).toThrow(
    '--upload: AWS_ACCESS_KEY_ID is not set\n--upload: AWS_SECRET_ACCESS_KEY is not set\n--upload: AWS_ENDPOINT_URL_S3 is not set',
  );
  for (const endpoint of ['storage', 'ftp://s', 'http://example.com', 'https://a:b@example.com'])
    expect(() => storageAccess('s3://b', { ...server.env, AWS_ENDPOINT_URL_S3: endpoint })).toThrow(
      'AWS_ENDPOINT_URL_S3',
    );
});
