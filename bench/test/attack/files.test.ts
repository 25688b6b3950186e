import { execFileSync } from 'node:child_process';
import {
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultOptions } from '../../k6/install/options.ts';
import { cachedBinary } from '../../k6/install/places.ts';
import { bench } from '../support/bench.ts';
import { writeSyntheticRun } from '../support/synthetic-run.ts';

let root: string;
let victim: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'attack-files-'));
  victim = join(root, 'authorized_keys');
  await writeFile(victim, 'precious');
});
afterAll(() => rm(root, { recursive: true }));

const hostileRun = (name: string) =>
  writeSyntheticRun(join(root, name), { targets: ['single-region'], vantages: ['cdg'] });

test('a hostile run folder makes bench report write into no other file, nor wait for a pipe', async () => {
  const dir = await hostileRun('hostile');
  const names = ['index.html', 'summary.csv', 'summary.json'];
  for (const name of [...names, ...names.map((each) => `${each}.new`)])
    for (const end of ['.unfinished', '.tmp', '.part'])
      await symlink(victim, join(dir, name + end));
  await symlink(victim, join(dir, 'index.html'));
  await link(victim, join(dir, 'summary.csv'));
  execFileSync('mkfifo', [join(dir, 'summary.json')]);
  // Beside it: what makes the folder above look like one of ours, and a page of the user's.
  await symlink('hostile', join(root, 'latest'));
  await writeFile(join(root, 'index.html'), 'my own page');
  const { code, stderr } = await bench(['report', dir]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(await readFile(victim, 'utf8')).toBe('precious');
  expect(await readFile(join(root, 'index.html'), 'utf8')).toBe('my own page');
  for (const name of names) {
    const found = await lstat(join(dir, name));
    expect(found.isFile()).toBe(true);
    expect(found.nlink).toBe(1);
  }
  expect((await readdir(dir)).filter((name) => name.startsWith('.bench-'))).toEqual([]);
});

test('a baseline in a hostile folder writes into no other file', async () => {
  const dir = await hostileRun('run');
  const baseline = join(root, 'baseline');
  await mkdir(baseline);
  await symlink(victim, join(baseline, 'baseline.json.unfinished'));
  const { code, stderr } = await bench(['gate', dir, '--accept', '--baseline', baseline]);
  expect(`${String(code)} ${stderr}`).toBe('0 ');
  expect((await lstat(join(baseline, 'baseline.json'))).isFile()).toBe(true);
  expect(await readFile(victim, 'utf8')).toBe('precious');
});

test.each([
  ['everybody can write the folder of all caches', (k6: string) => up(k6, 4), 'open'],
  ['another user owns it', (k6: string) => k6, 'given'],
])('a k6 in the cache is never run where %s', async (name, part, how) => {
  if (how === 'given' && process.getuid?.() !== 0) return;
  const cache = join(root, `cache ${name}`);
  const k6 = cachedBinary({ ...defaultOptions(), env: { XDG_CACHE_HOME: cache, HOME: root } });
  await mkdir(dirname(k6), { recursive: true, mode: 0o755 });
  const ran = join(root, `ran ${name}`);
  const prints = 'echo "k6 v2.2.0 (go1.26.8, linux/amd64)"';
  await writeFile(k6, `#!/bin/sh\ntouch '${ran}'\n${prints}\n`, { mode: 0o755 });
  if (how === 'open') await chmod(part(k6), 0o777);
  else await chown(part(k6), 65534, 65534);
  const path = join(root, 'no programs');
  const env = { XDG_CACHE_HOME: cache, HOME: root, K6_PATH: '', PATH: path };
  const { stdout, stderr } = await bench(['doctor'], env);
  expect(existing(await readdir(root), `ran ${name}`)).toBe(false);
  expect(stdout + stderr).toMatch(/k6/);
});

const existing = (names: readonly string[], name: string): boolean => names.includes(name);

function up(path: string, times: number): string {
  return times === 0 ? path : up(dirname(path), times - 1);
}

test('a mirror of k6 without https is asked nothing', async () => {
  const { code, stdout, stderr } = await bench(['doctor'], {
    ...{ XDG_CACHE_HOME: join(root, 'empty'), HOME: root, K6_PATH: '', PATH: '/nowhere' },
    BENCH_K6_RELEASES: 'http://127.0.0.1:9/k6',
  });
  expect(stdout + stderr).toMatch(/BENCH_K6_RELEASES=http:\/\/127\.0\.0\.1:9\/k6 is not an https/);
  expect(code).not.toBe(0);
});
