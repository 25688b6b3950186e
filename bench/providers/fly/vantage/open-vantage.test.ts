import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { bundleScenarios } from '../../../k6/bundle.ts';
import type { JobProgress, WaitingJob } from '../../../k6/job.ts';
import { readSamples } from '../../../k6/output.ts';
import type { Sample } from '../../../samples/sample.ts';
import { bootGuest, type Guest, type GuestOptions } from '../../../test/support/guest.ts';
import { guestFiles } from './guest-files.ts';
import { openVantage, type RemotePart } from './open-vantage.ts';

let folder: string;
let server: Server;
let url: string;
let hits = 0;
const guests: Guest[] = [];

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
    await bundleScenarios([{ name: 'browse', file: 'browse.k6.ts' }]),
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
          tags: { target: 'one', scenario: 'browse', round },
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

const noSignal = new AbortController().signal;

test('two parts of a run come home from one machine, complete', async () => {
  const first = jobOf('first.csv.gz', 3);
  const second = jobOf('second.csv.gz', 2, '1');
  const guest = await boot(first);
  const vantage = openVantage(guest.exec, { pollMs: 500, clockSpacingMs: 10 });
  await vantage.ready(noSignal);
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
}, 60_000);
