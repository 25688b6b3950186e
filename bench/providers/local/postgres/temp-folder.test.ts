import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { findPostgres } from './find.ts';
import { tempFolder } from './temp-folder.ts';

const root = process.getuid?.() === 0;
const { user } = await findPostgres({ env: {} });
let parent: string;
let closed: string;
let open: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'temp-folder-test-'));
  await chmod(parent, 0o755);
  closed = join(parent, 'closed');
  open = join(parent, 'open');
  await mkdir(closed, { mode: 0o700 });
  await mkdir(open);
  await chmod(open, 0o755);
  onTestFinished(() => rm(parent, { recursive: true }));
});

test.runIf(root)('passes over a folder that is closed to the other user', async () => {
  const made = await tempFolder({ user }, [closed, open]);
  expect(dirname(made)).toBe(open);
  // To pass through, not to look into.
  expect((await stat(made)).mode & 0o777).toBe(0o711);
  expect(await readdir(closed)).toEqual([]);
});

test('keeps it closed where Postgres runs as we do', async () => {
  const made = await tempFolder({ user: undefined }, [closed]);
  expect(dirname(made)).toBe(closed);
  expect((await stat(made)).mode & 0o777).toBe(0o700);
});

test('says what to do if none will do', async () => {
  await expect(tempFolder({ user }, ['/no/such/folder'])).rejects.toMatchObject({
    kind: 'fault',
    message: expect.stringContaining('/no/such/folder') as string,
    fix: 'Set TMPDIR to a folder that can be written and that other users may enter.',
  });
});
