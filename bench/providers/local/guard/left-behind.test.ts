import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { thisHost } from './host.ts';
import { startTimeOf } from './identity.ts';
import { journalFolder } from './journal.ts';
import { findLeftBehind, removeLeftBehind, standingOf } from './left-behind.ts';

const guardModule = new URL('./guard.ts', import.meta.url).href;
const childrenModule = new URL('../children.ts', import.meta.url).href;

/** A program with a guard, a child and a folder; it says their ids, and stays. */
const program = (folder: string) => `
import { startGuard } from '${guardModule}';
import { spawnWatched } from '${childrenModule}';
const guard = await startGuard();
guard.folder('${folder}');
const { pid } = await spawnWatched(guard, process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
  endSignal: 'SIGTERM', log: '${folder}/log',
});
console.log(JSON.stringify({ guard: guard.pid, child: pid }));
setInterval(() => {}, 1000);
`;

async function temporary(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), name));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('what a run left that was killed together with its guard is found, and removed', async () => {
  const cache = await temporary('bench-cache-');
  const folder = await temporary('bench-left-');
  const env = { ...process.env, XDG_CACHE_HOME: cache, HOME: cache };
  const parent = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', program(folder)],
    { env, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => {
    parent.kill('SIGKILL');
  });
  const [line] = (await once(createInterface(parent.stdout), 'line')) as [string];
  const { guard, child } = JSON.parse(line) as { guard: number; child: number };
  onTestFinished(() => {
    if (startTimeOf(child) !== undefined) process.kill(child, 'SIGKILL');
  });
  const journals = journalFolder(env);
  const find = () => findLeftBehind(journals, thisHost());
  const written = async () =>
    (
      await Promise.all(
        (await readdir(journals)).map((name) => readFile(join(journals, name), 'utf8')),
      )
    ).join('');
  await expect.poll(written).toContain(`"pid":${child},`);
  // While the program lives, nothing of it is left behind.
  expect(await find()).toEqual([]);

  process.kill(guard, 'SIGKILL');
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  await expect.poll(() => startTimeOf(guard)).toBeUndefined();
  const left = await find();
  expect(left).toMatchObject([{ processes: [{ pid: child }], folders: [folder] }]);
  expect(startTimeOf(child)).toBeDefined();

  for (const one of left) await removeLeftBehind(journals, one);
  await expect.poll(() => startTimeOf(child)).toBeUndefined();
  expect(existsSync(folder)).toBe(false);
  expect(await find()).toEqual([]);
});

const here = thisHost();
const dead = { pid: 2 ** 22 + 1, started: '1' };

test('only a journal of this boot of this computer tells who is alive', () => {
  const journal = { host: here, guard: dead, owner: dead };
  const of = (host: object, alive = false) =>
    standingOf({ ...journal, host: { ...here, ...host } }, here, () => alive);
  expect(of({})).toBe('left');
  expect(of({}, true)).toBe('in use');
  expect(of({ boot: 'earlier' }, true)).toBe('rebooted');
  expect(of({ name: 'elsewhere' })).toBe('unknown');
  expect(of({ namespace: '1' })).toBe('unknown');
});

/** A journal of a dead program, as it would be written. */
async function journalOf(more: object): Promise<string> {
  const folder = await temporary('journals-');
  const journal = { host: here, guard: dead, owner: dead, watched: [], folders: [], ...more };
  await writeFile(join(folder, '1.json'), JSON.stringify(journal));
  return folder;
}

test('a process that has another one’s id by now is left alone, and so is a group without its leader', async () => {
  const others = { pid: process.pid, started: 'earlier', signal: 'SIGTERM' };
  const watched = [
    { ...others, group: false },
    { ...others, ...dead, group: true },
  ];
  const [left] = await findLeftBehind(await journalOf({ watched }), here);
  expect(left?.processes).toEqual([]);
});

test('a folder that is not named as ours is not removed', async () => {
  const theirs = await temporary('precious-');
  const ours = await temporary('bench-');
  const folders = [theirs, ours, '/bench-is-not-there'];
  const [left] = await findLeftBehind(await journalOf({ folders }), here);
  expect(left?.folders).toEqual([ours]);
});

test('what others may write to, or is broken, is not believed', async () => {
  const open = await journalOf({});
  await chmod(open, 0o777);
  expect(await findLeftBehind(open, here)).toEqual([]);
  const broken = await journalOf({ watched: [{ pid: -1 }] });
  await writeFile(join(broken, '2.json'), '{');
  await mkdir(join(broken, '3.json'));
  expect(await findLeftBehind(broken, here)).toEqual([]);
  expect(await findLeftBehind('/nowhere', here)).toEqual([]);
});
