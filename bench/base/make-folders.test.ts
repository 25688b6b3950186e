import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeFolders, makeFoldersSync } from './make-folders.ts';

const ways: [string, (path: string) => Promise<void>][] = [
  ['makeFolders', makeFolders],
  [
    'makeFoldersSync',
    (path) =>
      Promise.resolve().then(() => {
        makeFoldersSync(path, 0o700);
      }),
  ],
];

test.each(ways)('%s makes all that is missing, and what is there stays', async (_, make) => {
  const folder = await mkdtemp(join(tmpdir(), 'folders-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const deep = join(folder, 'a b', '#é%', 'c');
  await make(deep);
  await make(deep);
  expect((await stat(deep)).isDirectory()).toBe(true);
  await writeFile(join(folder, 'file'), '');
  await expect(make(join(folder, 'file', 'below', 'it'))).rejects.toThrow(/ENOTDIR/);
});

// Node's own `recursive` never comes back from there.
test.runIf(process.platform === 'linux').each(ways)(
  '%s gives up where a file system takes no folders',
  async (_, make) => {
    await expect(make('/proc/nope/a/b')).rejects.toThrow(/ENOENT|EACCES|EPERM/);
  },
);
