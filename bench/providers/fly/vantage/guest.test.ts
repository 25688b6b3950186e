import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { WaitingJob } from '../../../k6/job.ts';
import {
  bootGuest,
  busyboxTools,
  type Guest,
  type GuestOptions,
} from '../../../test/support/guest.ts';
import { guestFiles } from './guest-files.ts';
import { machineConfig } from './machine-config.ts';
import { openVantage } from './open-vantage.ts';
import { stateWords } from './poll-words.ts';
import { parsePoll, type Poll } from './poll.ts';
import { sayBy } from './say.ts';

const guests: Guest[] = [];
const busybox = busyboxTools();
let folder: string;
let job: WaitingJob;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-guests-'));
  const bundle = join(folder, 'script.js');
  writeFileSync(
    bundle,
    `import { sleep } from 'k6';
     export default () => sleep(0.1);
     export function setup() { console.error(__ENV.BENCH_SAID + ' at ' + __ENV.BENCH_START_AT); }`,
  );
  const scenario = { executor: 'constant-vus', vus: 1, duration: '60s', gracefulStop: '0s' };
  job = {
    vantage: 'gru (for scl)',
    bundle,
    rowsFile: join(folder, 'rows.csv.gz'),
    options: { scenarios: { one: scenario }, systemTags: ['status', 'error_code', 'vu', 'iter'] },
    durationMs: 60_000,
    env: { BENCH_SAID: `it's "so" $HOME` },
  };
});
afterEach(() => {
  for (const guest of guests.splice(0)) guest.remove();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  if (busybox !== undefined) rmSync(busybox, { recursive: true });
});

async function boot(options?: GuestOptions): Promise<Guest> {
  const guest = await bootGuest(await guestFiles(job), options);
  guests.push(guest);
  await openVantage(guest.exec).ready(new AbortController().signal);
  return guest;
}

const sayTo = (guest: Guest) => sayBy(guest.exec);

async function pollUntil(guest: Guest, fits: (poll: Poll) => boolean): Promise<Poll> {
  for (let i = 0; i < 250; i++) {
    const poll = parsePoll(await sayTo(guest)(['poll', '0', '0', '0', '0', '1000000']));
    if (fits(poll)) return poll;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('it never came to that');
}

const isMeasuring = ({ progress }: Poll): boolean => /, [1-9]\d* complete/.test(progress);
const isDone = ({ state }: Poll): boolean => state === 'done';

/** A folder with one program. */
function programs(name: string, text: string): string {
  const dir = mkdtempSync(join(folder, 'programs-'));
  writeFileSync(join(dir, name), text);
  chmodSync(join(dir, name), 0o755);
  return dir;
}

test.skipIf(busybox === undefined)('all of it runs with the tools of busybox', async () => {
  const guest = await boot({ path: busybox as string });
  const clock = await openVantage(guest.exec, { clockSpacingMs: 1 }).clock();
  expect(Math.abs(clock.offsetMs)).toBeLessThanOrEqual(clock.uncertaintyMs);
  await sayTo(guest)(['go', '0', '1700000000000']);
  await pollUntil(guest, isMeasuring);
  await sayTo(guest)(['stop']);
  const { segments, readings, bytes, processors, exit } = await pollUntil(guest, isDone);
  expect(exit?.isCut).toBe(false);
  expect(processors).toBeGreaterThan(0);
  expect(readings.length).toBeGreaterThan(0);
  expect(bytes.length).toBe(segments.reduce((sum, segment) => sum + segment.bytes, 0));
  expect(bytes.length).toBeGreaterThan(100);
  await sayTo(guest)(['collected']);
  expect(await guest.ended).toBe(exit?.code);
});

test('k6 gets its environment as it was given, and the start as it was told first', async () => {
  const guest = await boot();
  await sayTo(guest)(['go', '0', '1700000000000']);
  await sayTo(guest)(['go', '0', '1800000000000']);
  await pollUntil(guest, isMeasuring);
  expect(readFileSync(join(guest.dir, 'log.0'), 'utf8')).toContain(
    `it's \\"so\\" $HOME at 1700000000000`,
  );
});

test('a machine that is never told to start ends by itself', async () => {
  const guest = await boot({ env: { BENCH_IDLE_S: '1' } });
  expect(await guest.ended).toBe(0);
});

test('a machine waits for so long since it was asked how it is', async () => {
  // Asked in two hours, as it were, and to wait for an hour less than no time.
  const asked = 'echo 2\necho $(($(date +%s) + 7200)) >"$BENCH_DIR/asked"';
  const options = {
    env: { BENCH_IDLE_S: '-3600' },
    path: programs('nproc', `#!/bin/sh\n${asked}`),
  };
  const guest = await bootGuest(await guestFiles(job), options);
  guests.push(guest);
  await expect.poll(() => existsSync(join(guest.dir, 'ready'))).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(guest.entry.exitCode).toBe(null);
  await sayTo(guest)(stateWords(0));
  const second = Number(readFileSync(join(guest.dir, 'asked'), 'utf8'));
  expect(Math.abs(second - Date.now() / 1000)).toBeLessThan(600);
  await sayTo(guest)(['collected']);
  expect(await guest.ended).toBe(0);
});

test('nobody needs to come for its rows', async () => {
  const guest = await boot({
    env: { BENCH_IDLE_S: '5' },
    path: programs('k6', '#!/bin/sh\nexit 3'),
  });
  await sayTo(guest)(['go', '0', '1700000000000']);
  expect(await guest.ended).toBe(3);
});

test('k6 ends when the machine expires', async () => {
  // Its clock is two hours ahead once the test says so.
  const late = '[ -e "$BENCH_DIR/late" ] && set -- "$(($(/bin/date +%s) + 7200))"';
  const date = `#!/bin/sh\n${late} && exec echo "$1"\nexec /bin/date "$@"`;
  const expires = String(Math.floor(Date.now() / 1000) + 3600);
  const guest = await boot({ env: { BENCH_EXPIRES: expires }, path: programs('date', date) });
  await sayTo(guest)(['go', '0', '1700000000000']);
  await pollUntil(guest, isMeasuring);
  writeFileSync(join(guest.dir, 'late'), '');
  expect(await guest.ended).toBe(105);
  expect(readFileSync(join(guest.dir, 'done.0'), 'utf8')).toMatch(/^exit 105\n/);
});

test('a signal to all of the machine ends k6 and costs no rows', async () => {
  const guest = await boot();
  await sayTo(guest)(['go', '0', '1700000000000']);
  await pollUntil(guest, isMeasuring);
  process.kill(-(guest.entry.pid ?? 0), 'SIGTERM');
  expect(await guest.ended).toBe(105);
  expect(readFileSync(join(guest.dir, 'index.0'), 'utf8')).toMatch(/^0 \d+ [0-9a-f]{64}\n$/);
});

test('a k6 that is ending already is left to end', async () => {
  const ending = programs(
    'k6',
    `#!/bin/sh\ntrap 'trap - TERM; sleep 1; exit 99' TERM\necho '0/1 VUs, 1 complete and 0 interrupted'\nwhile :; do sleep 0.1; done`,
  );
  const guest = await boot({ path: ending });
  await sayTo(guest)(['go', '0', '1700000000000']);
  await pollUntil(guest, isMeasuring);
  process.kill(-(guest.entry.pid ?? 0), 'SIGTERM');
  expect(await guest.ended).toBe(99);
});

test('a k6 that does not listen yet has ended as it was told to', async () => {
  const guest = await boot({ path: programs('k6', '#!/bin/sh\nexec sleep 60') });
  await sayTo(guest)(['go', '0', '1700000000000']);
  await sayTo(guest)(['stop']);
  expect((await pollUntil(guest, isDone)).exit?.code).toBe(105);
});

test('a k6 that does not listen is killed', async () => {
  const deaf = programs(
    'k6',
    `#!/bin/sh\ntrap '' TERM\necho '0/1 VUs, 1 complete and 0 interrupted'\nwhile :; do sleep 0.1; done`,
  );
  const guest = await boot({ path: deaf });
  await sayTo(guest)(['go', '0', '1700000000000']);
  await pollUntil(guest, isMeasuring);
  await sayTo(guest)(['stop']);
  expect((await pollUntil(guest, isDone)).exit?.code).toBe(137);
});

test('rows that can not be packed are no success', async () => {
  const guest = await boot({ path: programs('awk', '#!/bin/sh\nexit 2') });
  await sayTo(guest)(['go', '0', '1700000000000']);
  const { exit, segments } = await pollUntil(guest, isDone);
  expect(exit).toMatchObject({ isCut: true });
  expect(segments).toEqual([]);
});

test('what the machine does not understand is an error', async () => {
  const guest = await boot();
  await expect(sayTo(guest)(['dance', '1'])).rejects.toThrow(
    '"dance 1" failed in the machine: vantage.sh: no verb dance',
  );
});

test('a machine is what a run asks for, and stays small', async () => {
  const machine = await machineConfig({
    ...{ job, vantage: job.vantage, region: 'gru', runId: '2026-11-21-a1', size: 'performance-2x' },
    ...{ expiresAt: 1_795_265_140_500, controller: 'host/1/2', upload: 's3://b/' },
  });
  expect(machine.name).toBe('k6-2026-11-21-a1-gru-for-scl');
  const { files, ...config } = machine.config;
  expect(config).toEqual({
    image: 'grafana/k6:2.2.0',
    guest: { cpu_kind: 'performance', cpus: 2, memory_mb: 4096 },
    env: { BENCH_DIR: '/tmp/bench', BENCH_EXPIRES: '1795265141', BENCH_IDLE_S: '600' },
    init: { exec: ['sh', '/bench/entry.sh'] },
    restart: { policy: 'no' },
    auto_destroy: false,
    metadata: {
      'bench-run': '2026-11-21-a1',
      'bench-vantage': 'gru (for scl)',
      'bench-expires': '1795265141',
      'bench-controller': 'host/1/2',
      'bench-rows': job.rowsFile,
      'bench-upload': 's3://b/',
    },
    stop_config: { signal: 'SIGTERM', timeout: '15s' },
  });
  expect(files.map(({ guest_path }) => guest_path)).toEqual(
    ['entry.sh', 'vantage.sh', 'pack.awk', 'put.js', 'script.js.gz', 'part.0.gz'].map(
      (f) => `/bench/${f}`,
    ),
  );
  expect(files.reduce((sum, { raw_value }) => sum + raw_value.length, 0)).toBeLessThan(50_000);
});

test('an environment that a machine can not be given is refused', async () => {
  const odd = { ...job, env: { 'A B': 'x' } };
  await expect(guestFiles(odd)).rejects.toMatchObject({ kind: 'usage' });
  await expect(guestFiles({ ...job, env: { A: 'x\ny' } })).rejects.toMatchObject({ kind: 'usage' });
});
