import { chmod, chown, mkdir, mkdtemp, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { makeOwn } from './own-folder.ts';

const uid = process.getuid?.() ?? 0;
let cache: string;
let folder: string;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'own-folder-test-'));
  folder = join(cache, 'some', 'where');
  onTestFinished(() => rm(cache, { recursive: true }));
});

test('makes it for all to read, whatever the umask, and finds it again', async () => {
  const umask = process.umask(0o077);
  onTestFinished(() => void process.umask(umask));
  await makeOwn(folder);
  expect((await stat(folder)).mode & 0o777).toBe(0o755);
  await makeOwn(folder);
});

test('refuses a folder that others can write', async () => {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o777);
  await expect(makeOwn(folder)).rejects.toThrow(`everybody can write ${folder}`);
});

test("refuses a link to somebody's folder", async () => {
  await mkdir(dirname(folder));
  await symlink(tmpdir(), folder);
  await expect(makeOwn(folder)).rejects.toThrow('everybody can write /');
});

test.runIf(uid === 0)("refuses another user's folder", async () => {
  await mkdir(folder, { recursive: true });
  await chown(folder, 65534, 65534);
  await expect(makeOwn(folder)).rejects.toThrow(`user 65534 owns ${folder}`);
});

test('refuses one on the way to which others can write', async () => {
  await mkdir(folder, { recursive: true });
  await chmod(dirname(folder), 0o777);
  await expect(makeOwn(folder)).rejects.toThrow(`everybody can write ${dirname(folder)}`);
});
