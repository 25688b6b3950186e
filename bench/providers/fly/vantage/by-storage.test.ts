import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { JobOutcome, WaitingJob } from '../../../k6/job.ts';
import {
  bucketServer,
  type BucketServer,
  type Fault,
} from '../../../test/support/bucket-server.ts';
import { bootGuest, busyboxTools, type Guest } from '../../../test/support/guest.ts';
import { pretendedK6, rowsOf } from '../../../test/support/many-rows.ts';
import { storageAccess } from '../storage/access.ts';
import { objectStorage, type ObjectStorage } from '../storage/object-storage.ts';
import type { Uploads } from './by-storage.ts';
import type { Exec } from './exec.ts';
import { guestFiles } from './guest-files.ts';
import { openVantage } from './open-vantage.ts';
import { parsePoll } from './poll.ts';
import { sayBy } from './say.ts';

let folder: string;
let job: WaitingJob;
/** What it measures. */
let rows: string;
let server: BucketServer;
let storage: ObjectStorage;
const guests: Guest[] = [];
const busybox = busyboxTools();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bench-by-storage-'));
  const bundle = join(folder, 'script.js');
  writeFileSync(bundle, 'export default () => undefined;');
  job = {
    ...{ vantage: 'cdg', bundle, rowsFile: join(folder, 'rows.csv.gz') },
    ...{ options: {}, durationMs: 1000, env: {} },
  };
  rows = rowsOf(6.5);
  await pretendedK6(folder);
});
beforeEach(async () => {
  server = await bucketServer();
  storage = objectStorage(storageAccess('s3://bench-bucket/rows', server.env));
});
afterEach(async () => {
  for (const guest of guests.splice(0)) guest.remove();
  await storage.close();
  await server.close();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  if (busybox !== undefined) rmSync(busybox, { recursive: true });
});

interface Told {
  readonly outcome: JobOutcome;
  /** What a person was told of uploads. */
  readonly notes: readonly string[];
  /** What came by exec. */
  readonly execBytes: number;
  readonly guest: Guest;
}

async function run(more: Partial<Uploads> = {}, spoil = (exec: Exec) => exec): Promise<Told> {
  writeFileSync(join(folder, 'rows'), rows);
  const guest = await bootGuest(await guestFiles(job), { path: folder });
  guests.push(guest);
  const notes: string[] = [];
  let execBytes = 0;
  let hasStarted = false;
  const counted: Exec = async (command, options) => {
    // A machine that is busy packing would have some of its rows fetched meanwhile, as many as chance will have it.
    hasStarted ||= command[2] === 'go';
    if (hasStarted && command[2] === 'poll') await isPacked(guest);
    const answer = await spoil(guest.exec)(command, options);
    if (command[2] === 'poll') execBytes += parsePoll(answer.stdout).bytes.length;
    return answer;
  };
  const step = (title: string) => (detail?: string) => void notes.push(`${title}: ${detail ?? ''}`);
  const vantage = openVantage(counted, {
    pollMs: 200,
    uploads: { storage, folder: 'run/cdg/', step, ...more },
  });
  const { signal } = new AbortController();
  await vantage.ready(signal);
  const part = { part: 0, job, startAt: Date.now(), progress: () => undefined, signal };
  return { outcome: await vantage.runPart(part), notes, execBytes, guest };
}

const isPacked = (guest: Guest) =>
  expect.poll(() => existsSync(join(guest.dir, 'done.0')), { interval: 20 }).toBe(true);

const home = (): string => gunzipSync(readFileSync(job.rowsFile)).toString('latin1');

test('many rows come home by storage, uploaded by k6, and nothing stays there', async () => {
  const { outcome, notes, execBytes, guest } = await run();
  expect(outcome.state).toBe('completed');
  expect(home() === rows).toBe(true);
  expect(execBytes).toBeLessThan(1_000_000);
  expect(notes).toEqual([
    expect.stringMatching(/by s3:\/\/bench-bucket\/rows\/run\/cdg\/: [45]\.\d MB$/),
  ]);
  expect(server.calls.map(({ method, status }) => `${method} ${String(status)}`)).toEqual([
    ...['PUT 200', 'GET 200', 'DELETE 204'],
  ]);
  expect(server.calls[0]).toMatchObject({
    key: expect.stringMatching(/^rows\/run\/cdg\/0-\d+-0$/) as string,
    agent: expect.stringContaining('k6') as string,
  });
  expect(server.objects.size).toBe(0);
  expect(filesWith(guest.dir, 'X-Amz')).toEqual([]);
});

test('more than a machine holds in memory comes in pieces', async () => {
  const before = rows;
  rows = rowsOf(25);
  const { outcome, execBytes } = await run();
  expect(outcome.state).toBe('completed');
  expect(home() === rows).toBe(true);
  expect(execBytes).toBeLessThan(1_000_000);
  const methods = server.calls.map(({ method }) => method);
  expect(methods).toEqual(['PUT', 'GET', 'DELETE', 'PUT', 'GET', 'DELETE']);
  expect(server.objects.size).toBe(0);
  rows = before;
});

test.each<[string, string, Fault, RegExp]>([
  ['an upload that is forbidden', 'PUT', 403, /refused the machine's rows \(HTTP 403\)/],
  ['a storage that is broken', 'PUT', 500, /refused the machine's rows \(HTTP 500\)/],
  ['a download that fails', 'GET', 503, /HTTP 503/],
  ['damage on the way', 'GET', 'damage', /rows came damaged/],
])('%s costs no rows: they come by exec', async (_, method, fault, said) => {
  server.fault = (call) => (call.method === method ? fault : undefined);
  const { outcome, notes, execBytes } = await run();
  expect(outcome.state).toBe('completed');
  expect(home() === rows).toBe(true);
  expect(execBytes).toBeGreaterThan(2_000_000);
  expect(notes).toHaveLength(1);
  expect(notes[0]).toMatch(said);
  expect(notes[0]).toContain('; the rest comes through the Machines API');
  expect(notes[0]).not.toContain('X-Amz');
  await storage.removeAll();
  expect(server.objects.size).toBe(0);
});

test('a storage that the machine can not reach costs no rows', async () => {
  const nowhere = storageAccess('s3://bench-bucket', {
    ...server.env,
    AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1',
  });
  const { outcome, notes } = await run({ storage: objectStorage(nowhere) });
  expect(outcome.state).toBe('completed');
  expect(home() === rows).toBe(true);
  expect(notes[0]).toMatch(/could not reach it \(k6 error 1212\)/);
});

test('a machine that can not be asked for it tells its rows as ever', async () => {
  const { outcome, notes } = await run({}, (exec) => (command, options) => {
    if (command[2] === 'upload') return Promise.reject(new Error('HTTP 408'));
    return exec(command, options);
  });
  expect(outcome.state).toBe('completed');
  expect(home() === rows).toBe(true);
  expect(notes[0]).toContain('HTTP 408');
});

test('what does not get removed at once is removed in the end', async () => {
  server.fault = ({ method }) => (method === 'DELETE' ? 500 : undefined);
  const { outcome, execBytes } = await run();
  expect(outcome.state).toBe('completed');
  expect(execBytes).toBeLessThan(1_000_000);
  expect(server.objects.size).toBe(1);
  server.fault = () => undefined;
  await storage.removeAll();
  expect(server.objects.size).toBe(0);
});

test('few rows come by exec', async () => {
  const before = rows;
  rows = rowsOf(3);
  const { notes } = await run();
  expect(home() === rows).toBe(true);
  expect(notes).toEqual([]);
  expect(server.calls).toEqual([]);
  rows = before;
});

/** A machine that has measured, whose packed rows are that text. */
async function bootDone(text: string, path?: string): Promise<Guest> {
  const guest = await bootGuest(await guestFiles(job), path === undefined ? {} : { path });
  guests.push(guest);
  await openVantage(guest.exec).ready(new AbortController().signal);
  writeFileSync(join(guest.dir, 'rows.0'), text);
  writeFileSync(join(guest.dir, 'done.0'), 'exit 0');
  return guest;
}

test('an upload ends with the time it has, and is none while k6 measures', async () => {
  const say = sayBy((await bootDone('packed rows')).exec);
  const url = await storage.invite('late');
  server.fault = () => ({ hangMs: 4000 });
  expect(await say(['upload', '0', '0', '10', '1'], url)).toBe('answered 0 1050\n');
  await expect(say(['upload', '1', '0', '10', '1'], url)).rejects.toThrow('not while it measures');
});

test.skipIf(busybox === undefined)('the tools of busybox can do it', async () => {
  const { exec } = await bootDone('packed rows', busybox);
  const url = await storage.invite('a');
  expect(await sayBy(exec)(['upload', '0', '7', '4', '9'], url)).toBe('answered 200 0\n');
  expect(server.objects.get('rows/a')?.toString()).toBe('rows');
});

const filesWith = (dir: string, text: string): string[] =>
  readdirSync(dir, { withFileTypes: true })
    .filter((one) => one.isFile() && readFileSync(join(dir, one.name)).includes(text))
    .map(({ name }) => name);
