import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startFakeFly } from '../providers/fake/index.ts';
import { thisController } from '../providers/fly/controller.ts';
import { machinesClient } from '../providers/fly/machines.ts';
import { thisHost } from '../providers/local/guard/host.ts';
import { startTimeOf } from '../providers/local/guard/identity.ts';
import { journalFolder, writeJournal } from '../providers/local/guard/journal.ts';
import { benchHere } from '../test/support/bench-here.ts';

const app = 'bench-clean';
const controllerText = thisController();
const deadController = controllerText.replace(/\/\d+\//, '/4194305/');

/** An environment of its own, so that nobody's journals are touched. */
async function ownEnv(): Promise<NodeJS.ProcessEnv> {
  const home = await mkdtemp(join(tmpdir(), 'home-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  return { HOME: home, XDG_CACHE_HOME: home, FLY_ACCESS_TOKEN: '', FLY_API_TOKEN: '' };
}

/** A fake with one machine of each kind: what may be found in an app. */
async function fakeWithMachines() {
  const fake = await startFakeFly({ rateLimits: false });
  onTestFinished(() => fake.close());
  const api = machinesClient({ baseUrl: fake.url, token: fake.token });
  onTestFinished(() => api.close());
  await api.createApp(app, 'personal');
  const [past, future] = ['1000', String(Math.ceil(Date.now() / 1000) + 3600)];
  const kinds = {
    orphaned: { 'bench-run': 'r1', 'bench-controller': deadController, 'bench-expires': future },
    expired: { 'bench-run': 'r2', 'bench-controller': 'far/1/1', 'bench-expires': past },
    elsewhere: { 'bench-run': 'r2', 'bench-controller': 'far/1/1', 'bench-expires': future },
    running: { 'bench-run': 'r3', 'bench-controller': controllerText, 'bench-expires': past },
    theirs: { owner: 'somebody' },
  };
  for (const [name, metadata] of Object.entries(kinds))
    await api.create(app, {
      ...{ name, region: 'cdg' },
      config: {
        image: 'grafana/k6:2.2.0',
        guest: { cpu_kind: 'performance', cpus: 1, memory_mb: 2048 },
        env: {},
        init: { exec: ['sh', '-c', 'sleep 100'] },
        files: [],
        restart: { policy: 'no' },
        auto_destroy: false,
        metadata,
        stop_config: { signal: 'SIGINT', timeout: '1s' },
      },
    });
  const env = {
    ...(await ownEnv()),
    FLY_API_TOKEN: fake.token,
    FLY_FLAPS_BASE_URL: fake.url,
  };
  const left = () => fake.machines().map(({ name }) => name);
  const clean = (...args: string[]) => benchHere(['clean', '--app', app, ...args], env);
  return { clean, left };
}

test('removes what was left behind, and nothing that may be needed or is somebody else’s', async () => {
  const { clean, left } = await fakeWithMachines();
  const dry = await clean('--dry-run');
  expect(dry.code).toBe(0);
  expect(dry.stdout).toContain('would remove Machine');
  expect(left()).toHaveLength(5);

  const { code, stdout, stderr } = await clean();
  expect([code, stderr]).toEqual([0, '']);
  expect(left()).toEqual(['elsewhere', 'running', 'theirs']);
  const line = /^removed Machine \w+, cdg, of run r1: the process that made it is gone$/m;
  expect(stdout).toMatch(line);
  expect(stdout).toContain('its time was up at 1970-01-01T00:16:40.000Z');
  expect(stdout).toContain('What is left may still be measuring; --all removes it too.');

  expect((await clean('--all', '--run', 'r3')).code).toBe(0);
  expect(left()).toEqual(['elsewhere', 'theirs']);
  const { machines } = JSON.parse((await clean('--all', '--json')).stdout) as {
    machines: object[];
  };
  expect(machines).toMatchObject([{ run: 'r2', because: 'elsewhere', removed: true }]);
  expect(left()).toEqual(['theirs']);
  expect((await clean()).stdout).toContain('Nothing was left behind.');
});

test('ends the processes and removes the folders of a run that was killed with its guard', async () => {
  const env = await ownEnv();
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const child = spawn('sleep', ['100'], { stdio: 'ignore' });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const pid = child.pid ?? 0;
  const dead = { pid: 4194305, started: '1' };
  writeJournal(journalFolder(env), {
    ...{ host: thisHost(), guard: dead, owner: dead, folders: [folder] },
    watched: [{ pid, signal: 'SIGTERM', group: false, started: startTimeOf(pid) ?? '' }],
  });
  const exited = once(child, 'exit');
  const dry = await benchHere(['clean', '--dry-run'], env);
  expect(dry.stdout).toContain(
    `would remove 1 process ${pid} and 1 folder of a run that was killed (process 4194305)`,
  );
  expect(existsSync(folder)).toBe(true);
  const { code, stdout } = await benchHere(['clean'], env);
  expect(code).toBe(0);
  expect(stdout).toContain(`removed 1 process ${pid} and 1 folder`);
  expect(stdout).toContain('Fly was not asked: there is no token (FLY_API_TOKEN).');
  await exited;
  expect(existsSync(folder)).toBe(false);
  expect((await benchHere(['clean'], env)).stdout).toContain('Nothing was left behind.');
});

test('an app of somebody else, a name that is none, and a token that is not accepted', async () => {
  const fake = await startFakeFly({ foreignApps: ['theirs'] });
  onTestFinished(() => fake.close());
  const env = { ...(await ownEnv()), FLY_API_TOKEN: fake.token, FLY_FLAPS_BASE_URL: fake.url };
  const tried = async (args: string[], more: NodeJS.ProcessEnv = {}) => {
    const { code, stderr } = await benchHere(['clean', ...args], { ...env, ...more });
    expect(stderr.trim().split('\n')).toHaveLength(2);
    return [code, stderr];
  };
  expect(await tried(['--app', 'theirs'])).toEqual([2, expect.stringContaining('HTTP 403')]);
  expect(await tried(['--app', 'No Name'])).toEqual([2, expect.stringContaining('"No Name"')]);
  const expired = await tried([], { FLY_API_TOKEN: 'expired-token' });
  expect(expired).toEqual([2, expect.stringContaining('does not accept the token')]);
  expect(String(expired[1])).not.toContain('expired-token');
  const missing = await benchHere(['clean'], env);
  expect(missing.stdout).toContain('Nothing was left behind.');
});
