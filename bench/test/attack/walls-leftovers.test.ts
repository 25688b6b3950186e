import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startTimeOf } from '../../providers/local/guard/identity.ts';
import { launchBench, type Running } from '../support/bench.ts';
import { descendantsOf, leftAfter, stillRunning } from '../support/processes.ts';
import { segmentsOf } from '../support/shared-memory.ts';

const small = ['--regions', 'cdg', '--topologies', 'single-region'];
const goneMs = 30_000;

/** A home in which no folder can be made, and no other place for caches. */
const noHome = { HOME: '/proc/nowhere', XDG_CACHE_HOME: '' };

const postmasterOf = (running: Running) =>
  descendantsOf(running.pid).filter(({ command }) => command.includes('/bin/postgres -D'));

describe.concurrent('what is killed or stopped', () => {
  test('kill -9 of bench and postmaster, all else stopped: nothing stays', async ({
    expect,
    onTestFinished,
  }) => {
    const running = await launchBench(['world', 'up', ...small]);
    onTestFinished(() => running.tidyUp());
    await running.says(/as if from cdg/);
    const seen = descendantsOf(running.pid);
    const postmaster = postmasterOf(running)[0]?.pid ?? 0;
    const { uid } = statSync(`/proc/${postmaster}`);
    expect(segmentsOf([postmaster], uid)).toHaveLength(1);
    const guard = seen.find(({ command }) => command.includes('dist/guard.mjs'));
    const stopped = seen.filter(({ pid }) => pid !== postmaster && pid !== guard?.pid);
    // The network, the app, and every process of the database.
    expect(stopped.length).toBeGreaterThan(5);
    for (const { pid } of stopped) process.kill(pid, 'SIGSTOP');
    process.kill(postmaster, 'SIGKILL');
    running.child.kill('SIGKILL');
    await running.ended;
    expect(await leftAfter(seen, goneMs)).toEqual([]);
    expect(segmentsOf([postmaster], uid)).toEqual([]);
    expect(await running.leftFiles()).toEqual([]);
  });

  test('a world stays up without standard input and without a home, and Ctrl-C ends it', async ({
    expect,
    onTestFinished,
  }) => {
    const running = await launchBench(['world', 'up', ...small], noHome);
    onTestFinished(() => running.tidyUp());
    running.child.stdin.end();
    await running.says(/as if from cdg/);
    const seen = descendantsOf(running.pid);
    // It would have ended by now; however busy the machine is, it must not have.
    await sleep(1500);
    expect(running.child.exitCode).toBeNull();
    expect(stillRunning(seen)).toHaveLength(seen.length);
    running.child.kill('SIGINT');
    expect((await running.ended).code).toBeOneOf([0, 130]);
    expect(await leftAfter(seen, 0)).toEqual([]);
    expect(await running.leftFiles()).toEqual([]);
  });

  test('with --json the end of standard input ends it', async ({ expect, onTestFinished }) => {
    const running = await launchBench(['world', 'up', '--json', ...small]);
    onTestFinished(() => running.tidyUp());
    running.child.stdin.end();
    expect((await running.ended).code).toBe(0);
    expect(await running.leftFiles()).toEqual([]);
  });

  test('a run that can keep no k6 says so, instead of trying for ever', async ({
    expect,
    onTestFinished,
  }) => {
    const env = { ...noHome, K6_PATH: '', PATH: '/usr/bin:/bin' };
    const running = await launchBench(['run', ...small, '--rounds', '1', '--out', 'run'], env);
    onTestFinished(() => running.tidyUp());
    const { code, stderr } = await running.ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/error .*\/proc\/nowhere.* can't be written/);
    expect(stderr).toMatch(/fix /);
  });

  test('doctor ends though the API and k6 are silent, and leaves no process of them', async ({
    expect,
    onTestFinished,
  }) => {
    const folder = await mkdtemp(join(tmpdir(), 'walls-test-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const k6 = join(folder, 'k6');
    await writeFile(k6, '#!/bin/sh\necho $$ > "$0.pid"\nexec sleep 4000\n', { mode: 0o755 });
    const api = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void api.close());
    await once(api, 'listening');
    const url = `http://127.0.0.1:${String((api.address() as AddressInfo).port)}`;
    const env = { K6_PATH: k6, FLY_API_TOKEN: 'fm2_ours', FLY_FLAPS_BASE_URL: url };
    const running = await launchBench(['doctor', '--json'], env);
    onTestFinished(() => running.tidyUp());
    const { code, stdout } = await running.ended;
    expect(code).toBe(1);
    const findings = JSON.parse(stdout) as { subject: string; detail: string; fix?: string }[];
    for (const subject of ['k6', 'fly']) {
      const finding = findings.find((one) => one.subject === subject);
      expect(finding?.detail).toBe('no answer within 5 s');
      expect(finding?.fix).toBeTruthy();
    }
    // A very busy computer gives it up before it has begun.
    const pid = await readFile(`${k6}.pid`, 'utf8').catch(() => '');
    if (pid !== '') expect(startTimeOf(Number(pid))).toBeUndefined();
  });
});

test.runIf(process.getuid?.() === 0)('a container with one user id alone is told so', () => {
  // Root of a namespace of its own, in which nobody else exists.
  const bench = join(process.cwd(), 'dist', 'bench.mjs');
  const args = ['--user', '--map-root-user', process.execPath, bench, 'doctor', '--json'];
  let stdout: string;
  try {
    stdout = execFileSync('unshare', args, { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    ({ stdout } = error as { stdout: string });
    // Not every computer allows it.
    if (stdout === '') return;
  }
  const findings = JSON.parse(stdout) as { subject: string; state: string; detail: string }[];
  const postgres = findings.find(({ subject }) => subject === 'postgres');
  expect(postgres?.state).toBe('broken');
  expect(postgres?.detail).toContain('no user id to spare');
});
