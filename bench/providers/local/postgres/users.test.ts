import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test, vi } from 'vitest';
import { packageRoot } from '../../../base/package-root.ts';
import { segmentsOf } from '../../../test/support/shared-memory.ts';
import { startTimeOf } from '../guard/identity.ts';
import { platformPackage } from './platform-package.ts';

const module = (path: string) => new URL(path, import.meta.url).href;

/** What the program says once its server is up. */
interface Facts {
  readonly folder: string;
  readonly owner: string;
  readonly pids: readonly number[];
}

/** A program that brings a database up and then waits to be killed. */
const program = (packageFolder: string) => `
import { statSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { freePorts } from '${module('../free-ports.ts')}';
import { startGuard } from '${module('../guard/guard.ts')}';
import { initCluster } from '${module('./cluster.ts')}';
import { findPostgres } from '${module('./find.ts')}';
import { startPostgres } from '${module('./server.ts')}';
import { tempFolder } from '${module('./temp-folder.ts')}';
const install = await findPostgres({ env: {}, packageFolder: '${packageFolder}' });
const guard = await startGuard();
const folder = await tempFolder(install);
guard.folder(folder);
const dataDir = join(folder, 'data');
await initCluster(install, dataDir, { guard, password: 'secret' });
const [port] = await freePorts(1);
const server = await startPostgres(install, { dataDir, port, maxConnections: 10, guard });
const sql = postgres("postgres://postgres:secret@127.0.0.1:" + port + "/postgres");
const rows = await sql\`select pid from pg_stat_activity\`;
const owner = statSync(dataDir).uid;
console.log(JSON.stringify({
  folder, owner: String(owner), pids: [server.pid, ...rows.map(({ pid }) => pid)],
}));
`;

const root = process.getuid?.() === 0;
const nobody = 65534;
const nobodyMayReadUs =
  root &&
  spawnSync('test', ['-r', join(packageRoot(), 'package.json')], { uid: nobody }).status === 0;

/** Runs the program as that user, whose home and temporary folder is a new one. */
async function startAs(uid: number): Promise<{ parent: ChildProcess; facts: Facts }> {
  const home = await mkdtemp(join(tmpdir(), 'users-test-'));
  if (root) await chown(home, uid, uid);
  const parent = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', program(platformPackage())],
    {
      cwd: packageRoot(),
      env: { PATH: process.env['PATH'], HOME: home, TMPDIR: uid === 0 ? tmpdir() : home },
      stdio: ['ignore', 'pipe', 'inherit'],
      ...(root ? { uid, gid: uid } : {}),
    },
  );
  onTestFinished(async () => {
    parent.kill('SIGKILL');
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  });
  const lines = createInterface({ input: parent.stdout });
  const [line] = (await Promise.race([once(lines, 'line'), once(lines, 'close')])) as [string];
  return { parent, facts: JSON.parse(line) as Facts };
}

test.for([
  { who: 'the user who runs the tests', uid: process.getuid?.() ?? 0, possible: true },
  { who: 'an ordinary user', uid: nobody, possible: nobodyMayReadUs },
])('$who has a database; kill -9 leaves nothing of it', async ({ uid, possible }, { skip }) => {
  skip(!possible, 'only root can try, where the repository may be read by all');
  const { parent, facts } = await startAs(uid);
  if (uid === 0) expect(facts.owner).not.toBe('0');
  else expect(facts.owner).toBe(String(uid));
  const running = () => facts.pids.filter((pid) => startTimeOf(pid) !== undefined);
  expect(running().length).toBeGreaterThan(3);

  const exited = once(parent, 'exit');
  parent.kill('SIGKILL');
  await exited;
  await vi.waitFor(
    () => {
      expect(running()).toEqual([]);
      expect(existsSync(facts.folder)).toBe(false);
    },
    { timeout: 30_000, interval: 10 },
  );
  if (process.platform === 'linux') expect(segmentsOf(facts.pids, Number(facts.owner))).toEqual([]);
});
