// Bringing 500,000 requests' rows home from one machine of the fake Machines API (150 ms a call, one exec a second,
// and nothing fetched before the end), beside its targets; the same by object storage (on loopback); and how small the
// rows of a real k6 run are packed.
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureK6 } from '../bench/k6/install.ts';
import { bundleScenarios } from '../bench/k6/bundle.ts';
import type { WaitingJob } from '../bench/k6/job.ts';
import { readSamples } from '../bench/k6/output.ts';
import { startFakeFly } from '../bench/providers/fake/index.ts';
import { machinesClient } from '../bench/providers/fly/machines.ts';
import { storageAccess } from '../bench/providers/fly/storage/access.ts';
import { objectStorage } from '../bench/providers/fly/storage/object-storage.ts';
import type { Uploads } from '../bench/providers/fly/vantage/by-storage.ts';
import type { Exec } from '../bench/providers/fly/vantage/exec.ts';
import { machineConfig } from '../bench/providers/fly/vantage/machine-config.ts';
import { openVantage } from '../bench/providers/fly/vantage/open-vantage.ts';
import { parsePoll } from '../bench/providers/fly/vantage/poll.ts';
import { bucketServer } from '../bench/test/support/bucket-server.ts';

const requests = Number(process.argv[2] ?? 500_000);
const folder = await mkdtemp(join(tmpdir(), 'bench-collect-'));
const server = createServer((_, answer) => {
  answer.setHeader(
    'Server-Timing',
    `app;dur=${(7 * Math.random()).toFixed(2)}, db;dur=1.25;desc="3"`,
  );
  answer.end('x'.repeat(100 + 1000 * Math.random()));
});
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
await writeFile(
  join(folder, 'script.js'),
  (await bundleScenarios([{ name: 'search', file: 'search.k6.ts' }])).script,
);
try {
  const real = await collect(undefined, jobOf('real.csv.gz', 20));
  console.log(`real k6     ${perRequest(real)} (target: 50)`);
  const many = await collect(await pretender(), jobOf('many.csv.gz', 1));
  console.log(`packed      ${perRequest(many)} (target: 50)`);
  console.log(
    `collected   ${many.requests} requests in ${many.seconds.toFixed(1)} s, ${many.cpu.toFixed(1)} s of processor (target: 100 s)`,
  );
  console.log(`chunks      ${many.chunks}, the largest ${many.largest} bytes (target: 262144)`);
  console.log(
    `checksums   ${many.segments} of ${many.segments} segments right, ${many.unreadable} unreadable rows`,
  );
  const bucket = await bucketServer();
  const storage = objectStorage(storageAccess('s3://bench-bucket', bucket.env));
  const step = () => (detail?: string) => {
    console.log(`by storage  ${detail ?? ''}`);
  };
  const uploads = { storage, folder: 'collect/', step };
  const quick = await collect(await pretender(), jobOf('quick.csv.gz', 1), uploads);
  console.log(
    `            ${quick.requests} requests in ${quick.seconds.toFixed(1)} s, ${quick.cpu.toFixed(1)} s of processor, ${bucket.objects.size} objects left`,
  );
  await storage.close();
  await bucket.close();
} finally {
  server.close();
  await rm(folder, { recursive: true, force: true });
}

/** In place of k6 where it measures: the rows of as many requests as are wanted, as fast as they can be written. */
async function pretender(): Promise<string> {
  const path = join(folder, 'k6');
  const rows = join(dirname(fileURLToPath(import.meta.url)), 'bench-collect', 'rows.ts');
  const node = [process.execPath, ...process.execArgv, rows].map((word) => `'${word}'`).join(' ');
  const k6 = await ensureK6(
    { note: () => undefined, progress: () => undefined },
    new AbortController().signal,
  );
  const upload = `case "$*" in *put.js) exec '${k6.path}' "$@" ;; esac`;
  await writeFile(path, `#!/bin/sh\n${upload}\nROWS_OF=${requests} exec ${node} "$@"\n`);
  await chmod(path, 0o755);
  return path;
}

interface Collected {
  readonly requests: number;
  readonly unreadable: number;
  readonly bytes: number;
  readonly segments: number;
  readonly chunks: number;
  readonly largest: number;
  /** From the end of k6 to the last row. */
  readonly seconds: number;
  /** Processor time of this process meanwhile, which plays the API too. */
  readonly cpu: number;
}

async function collect(
  k6: string | undefined,
  job: WaitingJob,
  uploads?: Uploads,
): Promise<Collected> {
  const fake = await startFakeFly({ k6, delays: { apiMs: 150 } });
  const api = machinesClient({ baseUrl: fake.url, token: fake.token });
  try {
    await api.createApp('bench', 'personal');
    const expiresAt = Date.now() + 3_600_000;
    const wanted = { job, vantage: 'cdg', region: 'cdg', runId: 'collect', size: 'performance-2x' };
    const machine = await api.create(
      'bench',
      await machineConfig({ ...wanted, expiresAt, controller: '' }),
    );
    await api.wait('bench', machine, 'started', 60_000);
    const seen = { bytes: 0, segments: 0, chunks: 0, largest: 0 };
    const exec: Exec = async (command, options) => {
      const answer = await api.exec('bench', machine.id, command, options);
      if (command[2] !== 'poll') return answer;
      const { segments, bytes } = parsePoll(answer.stdout);
      seen.segments += segments.length;
      seen.bytes += segments.reduce((sum, segment) => sum + segment.bytes, 0);
      if (bytes.length > 0) seen.chunks++;
      seen.largest = Math.max(seen.largest, bytes.length);
      return answer;
    };
    const { signal } = new AbortController();
    await openVantage(exec).ready(signal);
    await say(exec, ['go', '0', String(Date.now())]);
    // Nothing is asked for until all of it is there.
    while ((await say(exec, ['poll', '0', '99999', '99999', '0', '0'])).state !== 'done')
      await new Promise((done) => setTimeout(done, 1500));
    const from = performance.now();
    const before = process.cpuUsage();
    const part = { part: 0, job, startAt: Date.now(), progress: () => undefined, signal };
    const outcome = await openVantage(exec, { pollMs: 1, uploads }).runPart(part);
    const seconds = (performance.now() - from) / 1000;
    const { user, system } = process.cpuUsage(before);
    if (outcome.state === 'failed') throw new Error(outcome.reason);
    const sink = { sample: () => undefined, extra: () => undefined };
    return {
      ...seen,
      ...(await readSamples(job.rowsFile, 'cdg', sink)),
      seconds,
      cpu: (user + system) / 1e6,
    };
  } finally {
    await api.close();
    await fake.close();
  }
}

async function say(exec: Exec, words: readonly string[]) {
  const { stdout } = await exec(['sh', '/bench/vantage.sh', ...words]);
  return words[0] === 'poll' ? parsePoll(stdout) : { state: undefined };
}

/** Load of the built-in search scenario on the server here. */
function jobOf(name: string, seconds: number): WaitingJob {
  return {
    vantage: 'cdg',
    bundle: join(folder, 'script.js'),
    rowsFile: join(folder, name),
    options: {
      scenarios: {
        one: {
          executor: 'constant-arrival-rate',
          exec: 'scenario0',
          ...{ rate: 40, timeUnit: '1s', duration: `${seconds}s`, preAllocatedVUs: 20, maxVUs: 20 },
          tags: { target: 'single-region', scenario: 'search', round: '0' },
          env: { TARGET_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
        },
      },
      systemTags: ['status', 'error_code', 'vu', 'iter'],
      discardResponseBodies: true,
    },
    durationMs: 1000 * seconds,
    env: { BENCH_JITTER_S: '0.025', BENCH_SEED: '1' },
  };
}

function perRequest({ bytes, requests }: Collected): string {
  return `${(bytes / requests).toFixed(1)} bytes a request, of ${requests}`;
}
