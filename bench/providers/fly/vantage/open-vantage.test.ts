import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { blockTags } from '../../../plan/k6-options.ts';
import { bundleScenarios } from '../../../k6/bundle.ts';
import type { JobProgress, WaitingJob } from '../../../k6/job.ts';
import { readSamples } from '../../../k6/output.ts';
import type { Sample } from '../../../samples/sample.ts';
import { bootGuest, type Guest, type GuestOptions } from '../../../test/support/guest.ts';
import type { Exec } from './exec.ts';
import { guestFiles } from './guest-files.ts';
import { openVantage, type RemotePart } from './open-vantage.ts';

let folder: string;
let server: Server;
let url: string;
let hits = 0;
const guests: Guest[] = [];
const noSignal = new AbortController().signal;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bench-vantage-'));
  server = createServer((_, answer) => {
    hits++;
    answer.setHeader('Server-Timing', 'app;dur=1.25, db;dur=0.75;desc="3 queries"');
    answer.setHeader('Fly-Region', 'cdg');
    answer.end('hello');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  writeFileSync(
    join(folder, 'script.js'),
    (await bundleScenarios([{ name: 'browse', file: 'browse.k6.ts' }])).script,
  );
});
afterEach(() => {
  for (const guest of guests.splice(0)) guest.remove();
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** `seconds` of load at 20 iterations of two requests a second. */
function jobOf(rowsFile: string, seconds: number, round = '0'): WaitingJob {
  return {
    vantage: 'cdg',
    bundle: join(folder, 'script.js'),
    rowsFile: join(folder, rowsFile),
    options: {
      scenarios: {
        one: {
          executor: 'constant-arrival-rate',
          exec: 'scenario0',
          ...{ rate: 20, timeUnit: '1s', duration: `${String(seconds)}s` },
          ...{ preAllocatedVUs: 5, maxVUs: 5, gracefulStop: '1s' },
          tags: blockTags({ target: 'one', scenario: 'browse', round: Number(round) }),
          env: { TARGET_URL: url },
        },
      },
      systemTags: ['status', 'error_code', 'vu', 'iter'],
      discardResponseBodies: true,
    },
    durationMs: 1000 * seconds,
    env: {
      BENCH_VANTAGE: 'cdg',
      BENCH_SEED: '7',
      BENCH_JITTER_S: '0.05',
      BENCH_TIMEOUT_MS: '2000',
    },
  };
}

async function boot(job: WaitingJob, options?: GuestOptions): Promise<Guest> {
  const guest = await bootGuest(await guestFiles(job), options);
  guests.push(guest);
  await openVantage(guest.exec).ready(noSignal);
  return guest;
}

interface Asked {
  readonly part: RemotePart;
  readonly seen: JobProgress[];
}

function asking(job: WaitingJob, more: Partial<RemotePart> = {}): Asked {
  const seen: JobProgress[] = [];
  const progress = (p: JobProgress) => void seen.push(p);
  const { signal } = new AbortController();
  return { seen, part: { part: 0, job, startAt: Date.now() + 2000, progress, signal, ...more } };
}

async function samplesOf({ rowsFile }: WaitingJob) {
  const samples: Sample[] = [];
  const result = await readSamples(rowsFile, 'cdg', {
    sample: (sample) => samples.push(sample),
    extra: () => undefined,
  });
  return { samples, ...result };
}

test('two parts of a run come home from one machine, complete', async () => {
  const first = jobOf('first.csv.gz', 3);
  const second = jobOf('second.csv.gz', 2, '1');
  const guest = await boot(first);
  const vantage = openVantage(guest.exec, { pollMs: 500, clockSpacingMs: 10 });
  const clock = await vantage.clock();
  expect(Math.abs(clock.offsetMs)).toBeLessThanOrEqual(clock.uncertaintyMs);
  const before = hits;
  const { part, seen } = asking(first);
  const outcome = await vantage.runPart(part);
  expect(outcome.state).toBe('completed');
  expect(outcome.cpu.length).toBeGreaterThan(2);
  expect(outcome.cpu.every(({ share }) => share >= 0 && share < 1.5)).toBe(true);
  expect(seen.at(-1)?.iterations).toBeGreaterThan(20);
  const { samples, unreadable, truncated } = await samplesOf(first);
  expect({ unreadable, truncated }).toEqual({ unreadable: 0, truncated: false });
  expect(samples.length).toBe(hits - before);
  expect(samples.length).toBeGreaterThan(80);
  expect(samples[0]).toMatchObject({
    target: 'one',
    scenario: 'browse',
    round: 0,
    status: 200,
    failed: false,
    server: { appMs: 1.25, dbMs: 0.75, dbQueries: 3, region: 'cdg' },
  });
  expect(samples.every(({ atUs }) => atUs >= 1000 * part.startAt)).toBe(true);

  const again = await vantage.runPart(asking(second, { part: 1 }).part);
  expect(again.state).toBe('completed');
  const later = await samplesOf(second);
  expect(later.samples.length).toBeGreaterThan(50);
  expect(new Set(later.samples.map(({ round }) => round))).toEqual(new Set([1]));
  await vantage.release();
  expect(await guest.ended).toBe(0);
});

/** A guest whose exec fails from now on. */
interface Flaky {
  readonly exec: Exec;
  readonly kill: () => void;
}

function flaky({ exec }: Guest): Flaky {
  let isDead = false;
  return {
    exec: async (command, options) => {
      if (isDead) throw new Error('run a command in machine 1: machine not running');
      return exec(command, options);
    },
    kill: () => (isDead = true),
  };
}

test('an interruption ends k6 and brings home what there is', async () => {
  const job = jobOf('interrupted.csv.gz', 30);
  const guest = await boot(job);
  const controller = new AbortController();
  const { part } = asking(job, { signal: controller.signal });
  const vantage = openVantage(guest.exec, { pollMs: 500 });
  const running = vantage.runPart({
    ...part,
    progress: ({ iterations }) => {
      if (iterations > 10) controller.abort();
    },
  });
  expect((await running).state).toBe('interrupted');
  const { samples, truncated } = await samplesOf(job);
  expect(samples.length).toBeGreaterThan(10);
  expect(truncated).toBe(false);
  await vantage.release();
  await guest.ended;
});

test('an interruption before the start says nothing to the machine', async () => {
  const job = jobOf('never.csv.gz', 3);
  const exec: Exec = () => Promise.reject(new Error('asked'));
  const { part } = asking(job, { signal: AbortSignal.abort() });
  expect(await openVantage(exec).runPart(part)).toEqual({ state: 'interrupted', cpu: [] });
  expect((await samplesOf(job)).samples).toEqual([]);
});

test('a k6 that fails says why', async () => {
  const job = jobOf('failed.csv.gz', 3);
  const broken = { ...job, options: { ...job.options, scenarios: { one: { executor: 'none' } } } };
  const guest = await boot(broken);
  const outcome = await openVantage(guest.exec, { pollMs: 300 }).runPart(asking(broken).part);
  expect(outcome).toMatchObject({
    state: 'failed',
    reason: expect.stringMatching(/^k6 ended with exit code 104: .*none/) as string,
  });
  expect((await samplesOf(broken)).samples).toEqual([]);
});

test('a machine that dies leaves all that was fetched until then', async () => {
  const job = jobOf('died.csv.gz', 30);
  const guest = await boot(job, { env: { BENCH_SEGMENT_US: '1000000' } });
  const { exec, kill } = flaky(guest);
  let iterations = 0;
  const outcome = await openVantage(exec, {
    pollMs: 500,
    lost: () => Promise.resolve('the machine was destroyed'),
  }).runPart({
    ...asking(job).part,
    progress: (p) => {
      iterations = p.iterations;
      if (iterations > 60) kill();
    },
  });
  expect(outcome).toMatchObject({ state: 'failed', reason: 'the machine was destroyed' });
  expect(outcome.cpu.length).toBeGreaterThan(1);
  const { samples, unreadable, truncated } = await samplesOf(job);
  expect({ unreadable, truncated }).toEqual({ unreadable: 0, truncated: false });
  expect(samples.length).toBeGreaterThan(20);
});

test('answers that are cut short or damaged are asked for again', async () => {
  const job = jobOf('damaged.csv.gz', 3);
  const guest = await boot(job);
  let damages = 0;
  let cuts = 0;
  const exec: Exec = async (command, options) => {
    const answer = await guest.exec(command, options);
    const at = answer.stdout.indexOf('\nbytes\n') + '\nbytes\n'.length;
    if (at < 10 || answer.stdout.length === at) return answer;
    if (++cuts < 4) return { ...answer, stdout: answer.stdout.slice(0, at + 1001) };
    if (++damages > 1) return answer;
    const damaged = answer.stdout.slice(at).replace(/[a-z]/, (l) => l.toUpperCase());
    return { ...answer, stdout: answer.stdout.slice(0, at) + damaged };
  };
  const before = hits;
  const outcome = await openVantage(exec, { pollMs: 500 }).runPart(asking(job).part);
  expect(outcome.state).toBe('completed');
  expect(damages).toBeGreaterThan(1);
  expect((await samplesOf(job)).samples.length).toBe(hits - before);
});

test('a machine of another time starts with the others, and its rows come home in ours', async () => {
  const job = jobOf('apart.csv.gz', 2);
  const guest = await boot(job);
  // The machine's own clock can't be set here: what it is told and tells passes through this one's hands.
  const aheadMs = 3_600_000;
  const exec: Exec = async (command, options) => {
    const [shell = '', script = '', verb = '', part = '', at = ''] = command;
    if (verb === 'go')
      return guest.exec([shell, script, verb, part, String(Number(at) - aheadMs)], options);
    const answer = await guest.exec(command, options);
    if (verb !== 'clock') return answer;
    const [told = '', ...rest] = answer.stdout.trim().split(' ');
    return { ...answer, stdout: [Number(told) + aheadMs, ...rest].join(' ') };
  };
  const vantage = openVantage(exec, { pollMs: 500, clockSpacingMs: 10 });
  const { offsetMs, uncertaintyMs } = await vantage.clock();
  expect(Math.abs(offsetMs - aheadMs)).toBeLessThanOrEqual(uncertaintyMs);
  const { part } = asking(job);
  expect((await vantage.runPart(part)).state).toBe('completed');
  const { samples } = await samplesOf(job);
  // Its rows carry this machine's true time, and are moved by an hour.
  const firstMs = (samples[0]?.atUs ?? 0) / 1000 + offsetMs;
  expect(firstMs).toBeGreaterThan(part.startAt - 5);
  expect(firstMs).toBeLessThan(part.startAt + 10_000);
});
