import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JobOutcome, JobProgress, K6Job, WaitingJob } from '../k6/job.ts';
import { readSamples } from '../k6/output.ts';
import { findRowsFile } from '../samples/plain-rows.ts';
import type { Sample } from '../samples/sample.ts';
import { makeWorld } from '../world/world.ts';
import { singleRegion } from '../topologies/single-region.ts';
import type { LinkReading } from '../samples/links.ts';
import type {
  Calibrating,
  Deployment,
  LinkWatching,
  Preparing,
  Provider,
  WorldRequest,
} from './provider.ts';

/** What the suite is run on. */
export interface Subject {
  /** A provider that has not been used yet. */
  make(): Promise<Provider>;
  /** Whether it emulates the distances of topologies, which it then has to watch. */
  readonly emulates?: true;
  /** Whatever of ours still exists anywhere: machines, processes, folders. Empty once everything is down. */
  left(): Promise<readonly string[]>;
}

/** The definition of a provider: what every one of them must do. Real k6, real requests, on this machine. */
export function providerContract(name: string, subject: Subject): void {
  describe(`${name} is a provider`, () => {
    let url = '';
    let folder = '';
    const served = new Map<string, number>();
    const server = createServer(({ url = '' }, response) => {
      served.set(url, (served.get(url) ?? 0) + 1);
      response.end('hello');
    });
    beforeAll(async () => {
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
      folder = await mkdtemp(join(tmpdir(), 'bench-contract-'));
    });
    afterAll(async () => {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    });

    const jobOf = async (vantage: string, file: string, seconds = 2): Promise<WaitingJob> => {
      const bundle = join(folder, `${file}.js`);
      await writeFile(bundle, script);
      return {
        ...{ vantage, bundle, rowsFile: join(folder, `${file}-${vantage}.csv.gz`) },
        ...{ options: optionsFor(`${url}/${file}/${vantage}`, seconds) },
        ...{ durationMs: 1000 * seconds, env: {} },
      };
    };
    const up = async (
      signal = new AbortController().signal,
      wanted = request,
    ): Promise<Deployment & Partial<Preparing & Calibrating & LinkWatching>> =>
      (await subject.make()).up(wanted, { step: () => () => undefined }, signal);

    test('all vantages start together, and every row comes home', async () => {
      const deployment = await up();
      try {
        const jobs = await Promise.all(request.vantages.map((vantage) => jobOf(vantage, 'all')));
        const told: JobProgress[] = [];
        const { outcomes, startAt } = await launchAll(deployment, jobs, (progress) => {
          told.push(progress);
        });
        expect(outcomes.map(({ state }) => state)).toEqual(['completed', 'completed']);
        // Without topologies no distance is emulated.
        expect(deployment.watchLinks).toBeUndefined();
        expect(deployment.calibrate).toBeUndefined();
        expect(new Set(told.map(({ vantage }) => vantage))).toEqual(new Set(request.vantages));
        for (const job of jobs) {
          const { samples, truncated } = await samplesOf(job);
          expect(truncated).toBe(false);
          expect(samples).toHaveLength(served.get(`/all/${job.vantage}`) ?? NaN);
          expect(samples.length).toBeGreaterThan(30);
          expect(samples.every(({ atUs }) => atUs >= 1000 * startAt)).toBe(true);
        }
      } finally {
        await deployment.down();
      }
      expect(await subject.left()).toEqual([]);
    });

    test('a second part runs on the same vantages', async () => {
      const deployment = await up();
      try {
        for (const file of ['first', 'second']) {
          const job = await jobOf('cdg', file);
          const { outcomes } = await launchAll(deployment, [job]);
          expect(outcomes[0]?.state).toBe('completed');
          expect((await samplesOf(job)).samples).toHaveLength(served.get(`/${file}/cdg`) ?? NaN);
        }
        if (deployment.machines !== undefined) expect(deployment.machines()).toHaveLength(1);
      } finally {
        await deployment.down();
      }
    });

    test('a k6 that fails is an outcome with its own last word', async () => {
      const deployment = await up();
      try {
        const job = await jobOf('cdg', 'bad');
        await writeFile(job.bundle, 'throw new Error("no such thing");');
        const { outcomes } = await launchAll(deployment, [job]);
        expect(outcomes[0]).toMatchObject({ state: 'failed' });
        expect((outcomes[0] as { reason: string }).reason).toContain('no such thing');
      } finally {
        await deployment.down();
      }
    });

    test('an interruption keeps what was measured and leaves nothing', async () => {
      const deployment = await up();
      const controller = new AbortController();
      const job = await jobOf('cdg', 'cut', 60);
      const { outcomes } = await launchAll(
        deployment,
        [job],
        ({ iterations: n }) => {
          if (n > 0) controller.abort();
        },
        controller.signal,
      );
      await deployment.down();
      await deployment.down();
      expect(outcomes[0]?.state).toBe('interrupted');
      expect((await samplesOf(job)).samples.length).toBeGreaterThan(0);
      expect(await subject.left()).toEqual([]);
    });

    test.skipIf(subject.emulates !== true)(
      'emulated links are probed from the first watch to its end, and are as long as wanted at least',
      async () => {
        const deployment = await up(undefined, { ...request, topologies: [singleRegion] });
        const seen: LinkReading[] = [];
        try {
          const watch = deployment.watchLinks?.((readings) => seen.push(...readings));
          await expect.poll(() => seen.length).toBeGreaterThan(2);
          expect((await deployment.calibrate?.('before'))?.links).toHaveLength(1);
          await watch?.stop();
          const n = seen.length;
          const again = deployment.watchLinks?.(() => undefined);
          await expect.poll(() => deployment.calibrate?.('after')).toMatchObject({ when: 'after' });
          await again?.stop();
          expect(seen).toHaveLength(n);
          // Whoever still watches when the world goes down is not left waiting.
          const last = deployment.watchLinks?.(() => undefined);
          await deployment.down();
          await last?.stop();
          const wanted = request.world.rtt('cdg', 'syd');
          for (const { from, to, rttMs } of seen) {
            expect([from, to].sort()).toEqual(['cdg', 'syd']);
            expect(rttMs).toBeGreaterThanOrEqual(wanted);
          }
        } finally {
          await deployment.down();
        }
        expect(await subject.left()).toEqual([]);
      },
    );

    test('what is interrupted before it is up throws and leaves nothing', async () => {
      const controller = new AbortController();
      controller.abort();
      await expect(
        up(controller.signal).then(async (deployment) => {
          try {
            const job = await jobOf('cdg', 'never');
            await deployment.prepare?.([job], controller.signal);
            controller.signal.throwIfAborted();
          } finally {
            await deployment.down();
          }
        }),
      ).rejects.toThrow();
      expect(await subject.left()).toEqual([]);
    });
  });
}

const regions = ['cdg', 'syd'];
const request: WorldRequest = {
  ...{ world: makeWorld(regions), primary: 'cdg', vantages: regions, topologies: [] },
};

/** As `bundleScenarios` wraps them: setup waits for the agreed start. */
const script = `
import http from 'k6/http';
import { sleep } from 'k6';
export function setup() {
  const wait = Number(__ENV['BENCH_START_AT']) - Date.now();
  if (wait > 0) sleep(wait / 1000);
}
export function scenario0() { http.get(__ENV['TARGET_URL']); }
`;

const optionsFor = (url: string, seconds: number): Record<string, unknown> => ({
  scenarios: {
    'r0-0': {
      ...{ executor: 'constant-arrival-rate', exec: 'scenario0', rate: 20, timeUnit: '1s' },
      ...{ duration: `${String(seconds)}s`, preAllocatedVUs: 4, maxVUs: 4, gracefulStop: '2s' },
      tags: { bench_target: 'mine', bench_scenario: 'visit', bench_round: '0' },
      env: { TARGET_URL: url },
    },
  },
  systemTags: ['status', 'error_code', 'vu', 'iter'],
  setupTimeout: '120s',
});

async function launchAll(
  deployment: Deployment & Partial<Preparing>,
  jobs: readonly WaitingJob[],
  progress: (progress: JobProgress) => void = () => undefined,
  signal = new AbortController().signal,
): Promise<{ outcomes: JobOutcome[]; startAt: number }> {
  await deployment.prepare?.(jobs, signal);
  const startAt = Date.now() + (deployment.leadMs ?? 2000);
  const outcomes = await Promise.all(
    jobs.map((job): Promise<JobOutcome> =>
      deployment.launch({ ...job, startAt } satisfies K6Job, progress, signal),
    ),
  );
  return { outcomes, startAt };
}

async function samplesOf(job: WaitingJob): Promise<{ samples: Sample[]; truncated: boolean }> {
  const samples: Sample[] = [];
  const { truncated } = await readSamples(
    (await findRowsFile(job.rowsFile)) ?? job.rowsFile,
    job.vantage,
    {
      sample: (sample) => void samples.push(sample),
      extra: () => undefined,
    },
  );
  return { samples, truncated };
}
