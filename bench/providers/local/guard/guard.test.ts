import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startTimeOf } from './identity.ts';

const modules = {
  guard: new URL('./guard.ts', import.meta.url).href,
  children: new URL('../children.ts', import.meta.url).href,
};

/** What the parent of these tests says once everything runs. */
interface Pids {
  readonly guard: number;
  readonly polite: number;
  readonly stubborn: number;
  readonly grandchild: number;
}

/**
 * A program like ours: a guard, a child that ends when asked, one that ignores that, a grandchild in a watched group
 * whose leader has ended, and a folder. Then it does `then`.
 */
const program = (folder: string, then: string) => `
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { startGuard } from '${modules.guard}';
import { spawnWatched, stopChild } from '${modules.children}';
const guard = await startGuard();
guard.folder('${folder}');
const forever = 'setInterval(() => {}, 1000);';
const start = (script) => spawnWatched(guard, process.execPath, ['-e', script], {
  endSignal: 'SIGTERM', log: '${folder}/log', ipc: true,
});
const polite = await start(forever + 'process.send(0)');
const stubborn = await start("process.on('SIGTERM', () => {});" + forever + 'process.send(0)');
await Promise.all([polite, stubborn].map((child) => once(child.process, 'message')));
const leader = spawn(process.execPath, ['-e', \`
  const child = require('node:child_process').spawn(process.execPath, ['-e', '\${forever}'], { stdio: 'ignore' });
  process.send(child.pid);
\`], { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
guard.watch(leader, 'SIGTERM', true);
const [grandchild] = await once(leader, 'message');
const isGuard = (pid) => {
  try {
    const command = readFileSync('/proc/' + pid + '/cmdline', 'utf8');
    const parent = readFileSync('/proc/' + pid + '/stat', 'utf8').split(') ')[1].split(' ')[1];
    return command.includes('guard.mjs') && parent === String(process.pid);
  } catch { return false; }
};
console.log(JSON.stringify({
  guard: Number(readdirSync('/proc').find((pid) => /^\\d+$/.test(pid) && isGuard(pid))),
  polite: polite.pid, stubborn: stubborn.pid, grandchild,
}));
${then}
`;

const alive = (pid: number) => startTimeOf(pid) !== undefined;
const pidsOf = ({ guard, polite, stubborn, grandchild }: Pids) => [
  guard,
  polite,
  stubborn,
  grandchild,
];
const linuxOnly = process.platform === 'linux' ? test : test.skip;

async function startProgram(then: string) {
  const folder = await mkdtemp(join(tmpdir(), 'guard-test-'));
  await mkdir(join(folder, 'some', 'where'), { recursive: true });
  await writeFile(join(folder, 'some', 'where', 'data'), 'x');
  const parent = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', program(folder, then)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const pids = await firstLine(parent);
  onTestFinished(async () => {
    for (const pid of [parent.pid as number, ...pidsOf(pids)])
      if (alive(pid)) process.kill(pid, 'SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });
  return { parent, folder, pids };
}

async function firstLine(parent: ChildProcess): Promise<Pids> {
  const lines = createInterface({ input: parent.stdout as NodeJS.ReadableStream });
  const [line] = (await once(lines, 'line')) as [string];
  return JSON.parse(line) as Pids;
}

linuxOnly('after kill -9 of the program nothing is left', async () => {
  const { parent, folder, pids } = await startProgram('setInterval(() => {}, 1000);');
  expect(pidsOf(pids).filter(alive)).toHaveLength(4);
  const exited = once(parent, 'exit');
  parent.kill('SIGKILL');
  await exited;
  await vi.waitFor(
    () => {
      expect(pidsOf(pids).filter(alive)).toEqual([]);
      expect(existsSync(folder)).toBe(false);
    },
    { timeout: 30_000, interval: 10 },
  );
});

linuxOnly('Ctrl-C, SIGTERM and a hang-up do not end the guard', async () => {
  const { parent, folder, pids } = await startProgram('setInterval(() => {}, 1000);');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(pids.guard, signal);
  parent.kill('SIGKILL');
  await vi.waitFor(
    () => {
      expect(pidsOf(pids).filter(alive)).toEqual([]);
      expect(existsSync(folder)).toBe(false);
    },
    { timeout: 30_000, interval: 10 },
  );
});

linuxOnly('process.exit without release is tidied up as well', async () => {
  const { folder, pids } = await startProgram('process.exit(3);');
  await vi.waitFor(
    () => {
      expect(pidsOf(pids).filter(alive)).toEqual([]);
      expect(existsSync(folder)).toBe(false);
    },
    { timeout: 30_000, interval: 10 },
  );
});

linuxOnly('release ends the guard, twice is fine, and touches nothing', async () => {
  const { parent, folder, pids } = await startProgram(`
    await guard.release();
    await guard.release();
    guard.folder('/nowhere');
    process.exit(0);
  `);
  if (parent.exitCode === null) await once(parent, 'exit');
  expect(parent.exitCode).toBe(0);
  expect(alive(pids.guard)).toBe(false);
  expect([pids.polite, pids.stubborn, pids.grandchild].filter(alive)).toHaveLength(3);
  expect(existsSync(folder)).toBe(true);
});

linuxOnly('a program with nothing left to do ends, though it has a guard', async () => {
  const { parent, pids } = await startProgram(`
    await Promise.all([stopChild(polite, []), stopChild(stubborn, [])]);
    guard.forgetFolder('/nowhere');
    process.kill(grandchild, 'SIGKILL');
  `);
  if (parent.exitCode === null) await once(parent, 'exit');
  expect(parent.exitCode).toBe(0);
  await vi.waitFor(
    () => {
      expect(alive(pids.guard)).toBe(false);
    },
    { timeout: 30_000, interval: 10 },
  );
});
