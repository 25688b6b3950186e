import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, afterEach, expect, test } from 'vitest';
import { writeWhole } from './write-whole.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whole-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a file is replaced by a whole one, and nothing else is left', async () => {
  const file = join(folder, 'a #1 100%?.txt');
  await writeWhole(file, 'one');
  await writeWhole(file, 'two');
  expect(await readFile(file, 'utf8')).toBe('two');
  expect(await readdir(folder)).toHaveLength(1);
});

test('a pipe is written into and stays what it is, as /dev/stdout does', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const [text] = await Promise.all([readFile(pipe, 'utf8'), writeWhole(pipe, 'to the reader')]);
  expect(text).toBe('to the reader');
  expect((await stat(pipe)).isFIFO()).toBe(true);
  expect(await readdir(folder)).toHaveLength(1);
});

test('a folder that is not there is said, with what to do', async () => {
  await expect(writeWhole(join(folder, 'no', 'file'), '')).rejects.toMatchObject({
    kind: 'fault',
    message: expect.stringContaining('Could not write') as string,
  });
});
