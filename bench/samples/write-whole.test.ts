import { execFileSync } from 'node:child_process';
import {
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, afterEach, expect, test } from 'vitest';
import { appendOwn } from './append-own.ts';
import { linkLatest } from './latest.ts';
import { createRunFolder } from './run-folder.ts';
import { writeNamed, writeWhole } from './write-whole.ts';

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
  const [text] = await Promise.all([readFile(pipe, 'utf8'), writeNamed(pipe, 'to the reader')]);
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

test('what stands under the name of a file is replaced, and nothing is written into it', async () => {
  const victim = join(folder, 'victim');
  await writeFile(victim, 'precious');
  const file = join(folder, 'page.html');
  const plants = [
    () => symlink(victim, file),
    () => link(victim, file),
    () => Promise.resolve(execFileSync('mkfifo', [file])),
    () => symlink('page.html', file),
  ];
  for (const plant of plants) {
    await plant();
    await writeWhole(file, 'page');
    expect(await readFile(file, 'utf8')).toBe('page');
    expect(await readFile(victim, 'utf8')).toBe('precious');
    await rm(file);
  }
  expect(await readdir(folder)).toEqual(['victim']);
});

test('standard output that is a file is added to', async () => {
  const script = `import { writeNamed } from ${JSON.stringify(join(import.meta.dirname, 'write-whole.ts'))};
    process.stdout.write('first '); await writeNamed('/dev/stdout', 'second');`;
  const output = join(folder, 'output');
  const command = `"$0" --import tsx --input-type=module -e "$1" > "$2"`;
  execFileSync('sh', ['-c', command, process.execPath, script, output]);
  expect(await readFile(output, 'utf8')).toBe('first second');
});

test('nothing is added through a link, to a second name of a file, or to a pipe', async () => {
  const victim = join(folder, 'victim');
  await writeFile(victim, 'precious');
  const names = ['link', 'hard', 'pipe'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await symlink(victim, names[0]);
  await link(victim, names[1]);
  execFileSync('mkfifo', [names[2]]);
  for (const name of names) await expect(appendOwn(name, 'more')).rejects.toThrow();
  expect(await readFile(victim, 'utf8')).toBe('precious');
  await appendOwn(join(folder, 'own'), 'one');
  await appendOwn(join(folder, 'own'), ' two');
  expect(await readFile(join(folder, 'own'), 'utf8')).toBe('one two');
});

test('a run never begins in a folder that somebody else made, nor ends in place of a link', async () => {
  const elsewhere = join(folder, 'elsewhere');
  await mkdir(elsewhere);
  await symlink(elsewhere, join(folder, 'run.partial'));
  await expect(createRunFolder(join(folder, 'run'))).rejects.toThrow();
  await symlink(elsewhere, join(folder, 'link'));
  await expect(createRunFolder(join(folder, 'link'))).rejects.toThrow(/is a link/);
  expect(await readdir(elsewhere)).toEqual([]);
});

test.each(['file', 'folder'])('a %s of the user’s that is called latest stays', async (kind) => {
  const latest = join(folder, 'latest');
  if (kind === 'file') await writeFile(latest, 'mine');
  else await mkdir(latest);
  await expect(linkLatest(join(folder, 'run'))).rejects.toThrow(`a ${kind} of yours`);
  expect((await stat(latest)).isFile()).toBe(kind === 'file');
  expect(await readdir(folder)).toEqual(['latest']);
});

test.skipIf(!existsSync('/dev/full'))(
  'a full disk is said in one line (skipped without /dev/full)',
  async () => {
    await expect(writeNamed('/dev/full', 'text')).rejects.toMatchObject({
      kind: 'fault',
      message: 'The disk is full: could not write /dev/full.',
    });
  },
);

test('nothing is left of a file that could not be written', async () => {
  await mkdir(join(folder, 'taken', 'by'), { recursive: true });
  await expect(writeWhole(join(folder, 'taken'), 'text')).rejects.toThrow(/Could not write/);
  expect(await readdir(folder)).toEqual(['taken']);
});
